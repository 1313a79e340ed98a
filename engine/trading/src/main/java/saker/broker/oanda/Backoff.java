package saker.broker.oanda;

import java.util.random.RandomGenerator;

/**
 * Waits between tries: none before the first retry, then a random part of a span that doubles (full
 * jitter), so that many clients do not return at once. One thread.
 */
final class Backoff {
    private final long firstMs;
    private final long maxMs;
    private final RandomGenerator random;
    private int tries;

    Backoff(long firstMs, long maxMs, RandomGenerator random) {
        this.firstMs = firstMs;
        this.maxMs = maxMs;
        this.random = random;
    }

    long nextMs() {
        int done = tries++;
        if (done == 0) {
            return 0;
        }
        long spanMs = done > 30 ? maxMs : Math.min(maxMs, firstMs << (done - 1));
        return random.nextLong(spanMs + 1);
    }

    void reset() {
        tries = 0;
    }
}
