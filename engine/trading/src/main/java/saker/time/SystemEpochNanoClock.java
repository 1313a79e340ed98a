package saker.time;

import java.time.Clock;
import java.time.Instant;

/**
 * The system's wall clock without an object per reading: the monotonic clock plus an offset that is
 * measured anew every 100 ms, so that steps and slews of the wall clock are followed.
 */
final class SystemEpochNanoClock implements EpochNanoClock {
    private static final long RESAMPLE_NS = 100_000_000;

    private final Clock clock = Clock.systemUTC();
    private volatile long offsetNs;
    private volatile long sampledNs;

    SystemEpochNanoClock() {
        sample(System.nanoTime());
    }

    @Override
    public long nanoTime() {
        long monotonicNs = System.nanoTime();
        if (monotonicNs - sampledNs >= RESAMPLE_NS) {
            sample(monotonicNs);
        }
        return monotonicNs + offsetNs;
    }

    private void sample(long monotonicNs) {
        Instant now = clock.instant();
        // The wall clock was read between the two: their middle errs by less than half the gap.
        long middleNs = monotonicNs + (System.nanoTime() - monotonicNs) / 2;
        offsetNs = now.getEpochSecond() * 1_000_000_000L + now.getNano() - middleNs;
        sampledNs = monotonicNs;
    }
}
