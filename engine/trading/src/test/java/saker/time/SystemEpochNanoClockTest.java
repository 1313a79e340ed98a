package saker.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SystemEpochNanoClockTest {

    @Test
    void shouldTellTheWallClock() {
        EpochNanoClock clock = EpochNanoClock.system();

        long beforeMs = System.currentTimeMillis();
        long nowMs = TimeUnit.NANOSECONDS.toMillis(clock.nanoTime());
        long afterMs = System.currentTimeMillis();

        assertThat(nowMs).isBetween(beforeMs - 1, afterMs + 1);
    }
}
