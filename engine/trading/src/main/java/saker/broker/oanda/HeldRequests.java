package saker.broker.oanda;

import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import saker.broker.oanda.RequestBook.OpenRequest;
import saker.model.OrderIntent;

/**
 * Closes, modifications and cancels that provably were not executed and wait to be sent again: risk
 * is taken away late rather than not at all. Event loop only.
 */
final class HeldRequests {
    private static final long FIRST_WAIT_MS = 250;
    private static final long LONGEST_WAIT_MS = 5_000;

    private final Vertx vertx;
    private final BackgroundErrors errors;
    private final BooleanSupplier ready;
    private final Consumer<OpenRequest> sender;
    private final List<OpenRequest> held = new ArrayList<>();

    HeldRequests(
            Vertx vertx,
            BackgroundErrors errors,
            BooleanSupplier ready,
            Consumer<OpenRequest> sender) {
        this.vertx = vertx;
        this.errors = errors;
        this.ready = ready;
        this.sender = sender;
    }

    /** Whether the intent only takes risk away; an entry is never sent again. */
    static boolean isFor(OrderIntent intent) {
        return !intent.action().isEntry();
    }

    /** Keeps the request until the session is ready. */
    void untilReady(OpenRequest request) {
        request.retryAtMs = ConnectionPacer.nowMs();
        held.add(request);
    }

    /** Keeps the request for 250 ms, doubling to 5 s, and until the session is ready. */
    void backOff(OpenRequest request) {
        int doublings = Math.min(request.retries++, 10);
        long waitMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS << doublings);
        request.retryAtMs = ConnectionPacer.nowMs() + waitMs;
        held.add(request);
        vertx.setTimer(waitMs, errors.guarded("send again", id -> sendDue()));
    }

    /** Sends what need not wait any longer, oldest first. */
    void sendDue() {
        if (!ready.getAsBoolean()) {
            return;
        }
        long nowMs = ConnectionPacer.nowMs();
        List<OpenRequest> due =
                held.stream().filter(request -> request.retryAtMs <= nowMs).toList();
        held.removeAll(due);
        due.forEach(sender);
    }

    /** Gives up all of them. */
    List<OpenRequest> drain() {
        List<OpenRequest> all = List.copyOf(held);
        held.clear();
        return all;
    }
}
