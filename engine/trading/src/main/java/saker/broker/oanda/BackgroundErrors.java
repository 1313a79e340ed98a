package saker.broker.oanda;

import io.vertx.core.Handler;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import saker.broker.oanda.OandaCounters.Count;

/**
 * Where every exception of a connection ends: counted, logged at most once in ten seconds per
 * activity, never thrown into the event loop. One thread.
 */
final class BackgroundErrors {
    private static final Logger LOG = LoggerFactory.getLogger("saker.broker.oanda");
    private static final long LOG_EVERY_MS = 10_000;

    private final OandaCounters counters;
    private final int accountIndex;
    private final Map<String, Long> loggedAtMs = new HashMap<>();

    BackgroundErrors(OandaCounters counters, int accountIndex) {
        this.counters = counters;
        this.accountIndex = accountIndex;
    }

    void on(String activity, Throwable error) {
        counters.increment(Count.ERRORS);
        long nowMs = ConnectionPacer.nowMs();
        Long last = loggedAtMs.get(activity);
        if (last == null || nowMs - last >= LOG_EVERY_MS) {
            loggedAtMs.put(activity, nowMs);
            LOG.warn("failed: activity={}, account={}", activity, accountIndex, error);
        }
    }

    /** Runs {@code body}; what it throws ends here. */
    void guard(String activity, Runnable body) {
        try {
            body.run();
        } catch (RuntimeException | Error e) {
            on(activity, e);
        }
    }

    /** A handler that never throws. */
    <T> Handler<T> guarded(String activity, Handler<T> handler) {
        return event -> {
            try {
                handler.handle(event);
            } catch (RuntimeException | Error e) {
                on(activity, e);
            }
        };
    }
}
