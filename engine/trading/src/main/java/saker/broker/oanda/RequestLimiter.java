package saker.broker.oanda;

import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.LongSupplier;
import saker.broker.oanda.OandaCounters.Count;

/**
 * Lets requests out at the broker's rate, orders before anything else, over a few connections of
 * which one is always left for orders. Queues are bounded. Event loop only.
 */
final class RequestLimiter {

    /** Orders overtake everything else. */
    enum Priority {
        ORDER,
        OTHER
    }

    static final int ORDERS_WAITING_MAX = 64;
    static final int OTHERS_WAITING_MAX = 256;
    private static final int BURST = 10;

    // Set once.
    private final Vertx vertx;
    private final BackgroundErrors errors;
    private final OandaCounters counters;
    private final int perSecond;
    private final int slots;
    private final LongSupplier connectWaitMs;
    private final Queue<Runnable> orders = new ArrayDeque<>();
    private final Queue<Runnable> others = new ArrayDeque<>();

    private double tokens = BURST;
    private long filledAtMs = ConnectionPacer.nowMs();
    private int running;
    private boolean timerSet;

    /**
     * @param slots requests at a time, at least 2
     * @param connectWaitMs how long until a connection may be used, given the requests running; 0
     *     for now
     */
    RequestLimiter(
            Vertx vertx,
            BackgroundErrors errors,
            OandaCounters counters,
            int perSecond,
            int slots,
            LongSupplier connectWaitMs) {
        this.vertx = vertx;
        this.errors = errors;
        this.counters = counters;
        this.perSecond = perSecond;
        this.slots = slots;
        this.connectWaitMs = connectWaitMs;
    }

    boolean hasRoom(Priority priority) {
        return priority == Priority.ORDER
                ? orders.size() < ORDERS_WAITING_MAX
                : others.size() < OTHERS_WAITING_MAX;
    }

    /**
     * Runs {@code request} when its turn comes; it must call {@link #done} once.
     *
     * @return false if the queue is full; then nothing happens
     */
    boolean offer(Priority priority, Runnable request) {
        if (!hasRoom(priority)) {
            return false;
        }
        (priority == Priority.ORDER ? orders : others).add(request);
        pump();
        return true;
    }

    /** A request ended. */
    void done() {
        running--;
        pump();
    }

    int running() {
        return running;
    }

    private void pump() {
        for (Queue<Runnable> next = next(); next != null; next = next()) {
            long waitMs = Math.max(tokenWaitMs(), connectWaitMs.getAsLong());
            if (waitMs > 0) {
                counters.increment(Count.REQUESTS_THROTTLED);
                pumpIn(waitMs);
                return;
            }
            tokens--;
            running++;
            counters.increment(Count.REQUESTS);
            Runnable request = next.remove();
            errors.guard("request", request);
        }
    }

    private Queue<Runnable> next() {
        if (!orders.isEmpty()) {
            return running < slots ? orders : null;
        }
        return !others.isEmpty() && running < slots - 1 ? others : null;
    }

    private long tokenWaitMs() {
        long nowMs = ConnectionPacer.nowMs();
        tokens = Math.min(BURST, tokens + (nowMs - filledAtMs) * perSecond / 1000.0);
        filledAtMs = nowMs;
        return tokens >= 1 ? 0 : (long) Math.ceil((1 - tokens) * 1000 / perSecond);
    }

    private void pumpIn(long waitMs) {
        if (!timerSet) {
            timerSet = true;
            vertx.setTimer(
                    waitMs,
                    errors.guarded(
                            "request limiter",
                            id -> {
                                timerSet = false;
                                pump();
                            }));
        }
    }
}
