package saker.journal;

import net.openhft.chronicle.core.time.TimeProvider;
import saker.time.EpochNanoClock;

/**
 * Journal time: our clock, but never decreasing, not over a restart either. Chronicle gets the
 * stamp of the record in hand, so a record always lies in the file its journal time belongs to.
 */
final class JournalTime implements TimeProvider {
    private final EpochNanoClock clock;
    private volatile long lastNs;

    JournalTime(EpochNanoClock clock, long lastNs) {
        this.clock = clock;
        this.lastNs = Math.max(lastNs, clock.nanoTime());
    }

    /** Under the append lock only. */
    long stamp() {
        long stampNs = Math.max(lastNs, clock.nanoTime());
        lastNs = stampNs;
        return stampNs;
    }

    long now() {
        return Math.max(lastNs, clock.nanoTime());
    }

    /** Stamp of the newest record, or the opening of the journal. */
    long lastNs() {
        return lastNs;
    }

    @Override
    public long currentTimeMillis() {
        return lastNs / 1_000_000;
    }

    @Override
    public long currentTimeMicros() {
        return lastNs / 1_000;
    }

    @Override
    public long currentTimeNanos() {
        return lastNs;
    }
}
