package saker.journal;

import saker.time.EpochNanoClock;

/** A clock that a test sets. */
final class ManualClock implements EpochNanoClock {
    private volatile long nowNs;

    ManualClock(long nowNs) {
        this.nowNs = nowNs;
    }

    void set(long nowNs) {
        this.nowNs = nowNs;
    }

    void advance(long ns) {
        nowNs += ns;
    }

    @Override
    public long nanoTime() {
        return nowNs;
    }
}
