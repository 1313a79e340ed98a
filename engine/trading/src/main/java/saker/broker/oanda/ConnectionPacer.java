package saker.broker.oanda;

import java.util.HashMap;
import java.util.Map;

/**
 * Keeps new connections to a host at 2 in any second, over all sessions and streams that share it:
 * the broker rejects more. Thread-safe.
 */
public final class ConnectionPacer {
    /** Slightly over a second, since connections do not arrive exactly as they left. */
    static final long WINDOW_MS = 1_100;

    private final Map<String, long[]> lastTwo = new HashMap<>();

    /**
     * Reserves the next new connection.
     *
     * @param nowMs of any steady clock, the same for all callers
     * @return how long the caller has to wait before it connects, 0 for not at all
     */
    public synchronized long reserve(String host, long nowMs) {
        long[] times = lastTwo.computeIfAbsent(host, h -> new long[] {-WINDOW_MS, -WINDOW_MS});
        long atMs = Math.max(nowMs, times[0] + WINDOW_MS);
        times[0] = times[1];
        times[1] = atMs;
        return atMs - nowMs;
    }

    /** Milliseconds of the steady clock that all callers use. */
    static long nowMs() {
        return System.nanoTime() / 1_000_000;
    }
}
