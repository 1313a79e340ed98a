package saker.gateway;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** Wall time plus whatever a test adds to it. */
public final class ManualClock implements InstantSource {
    private final AtomicLong aheadMs = new AtomicLong();

    public void advance(long ms) {
        aheadMs.addAndGet(ms);
    }

    @Override
    public Instant instant() {
        return Instant.now().plusMillis(aheadMs.get());
    }
}
