package saker.broker.oanda;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.function.Consumer;
import java.util.function.Supplier;
import saker.broker.oanda.OandaOptions.Timing;
import saker.broker.oanda.RequestBook.OpenRequest;

/**
 * Looks for the outcome of requests whose answer was lost. Evidence takes a request out of the book
 * as it passes. Only two complete scans without a trace, both begun after the settle delay and some
 * seconds apart, prove that nothing was executed. Nothing is ever sent again. Event loop only.
 */
final class EvidenceSearch {
    private final Vertx vertx;
    private final Timing timing;
    private final RequestBook book;
    private final Supplier<Future<Void>> scan;
    private final Consumer<OpenRequest> onNotSent;
    private final BackgroundErrors errors;

    private boolean running;
    private boolean stopped;
    private Promise<Void> settled = Promise.promise();

    /**
     * @param scan succeeds if it saw every transaction up to the broker's newest
     * @param onNotSent told of each request that is proven not executed
     */
    EvidenceSearch(
            Vertx vertx,
            Timing timing,
            RequestBook book,
            Supplier<Future<Void>> scan,
            Consumer<OpenRequest> onNotSent,
            BackgroundErrors errors) {
        this.vertx = vertx;
        this.timing = timing;
        this.book = book;
        this.scan = scan;
        this.onNotSent = onNotSent;
        this.errors = errors;
    }

    /** Starts, or goes on; the future succeeds once no outcome is unknown. */
    Future<Void> run() {
        if (!book.hasUnknown()) {
            return Future.succeededFuture();
        }
        if (!running) {
            running = true;
            settled = Promise.promise();
            scan();
        }
        return settled.future();
    }

    void stop() {
        stopped = true;
    }

    private void scan() {
        long startedAtMs = ConnectionPacer.nowMs();
        scan.get()
                .onSuccess(errors.guarded("evidence", done -> judge(startedAtMs)))
                .onFailure(error -> errors.on("evidence scan", error))
                .onComplete(errors.guarded("evidence", done -> goOn()));
    }

    private void judge(long startedAtMs) {
        for (OpenRequest request : book.unknown()) {
            if (startedAtMs - request.sentAtMs < timing.settleMs()) {
                continue; // It may still be on its way to the broker.
            }
            if (request.scannedAtMs == 0) {
                request.scannedAtMs = startedAtMs;
            } else if (startedAtMs - request.scannedAtMs >= timing.evidenceGapMs()) {
                book.remove(request);
                onNotSent.accept(request);
            }
        }
    }

    private void goOn() {
        if (stopped) {
            return;
        }
        if (book.hasUnknown()) {
            vertx.setTimer(timing.evidenceGapMs(), errors.guarded("evidence", id -> scan()));
            return;
        }
        running = false;
        settled.tryComplete();
    }
}
