package saker.broker.oanda;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ConnectionPacerTest {

    @Property
    void shouldNeverAllowThreeInASecond(
            @ForAll @Size(max = 50) List<@IntRange(max = 2_000) Integer> pausesMs) {
        ConnectionPacer pacer = new ConnectionPacer();
        List<Long> at = new ArrayList<>();
        long nowMs = -5_000_000; // The steady clock may be negative.
        for (int pause : pausesMs) {
            nowMs += pause;
            at.add(nowMs + pacer.reserve("host", nowMs));
        }

        for (int i = 2; i < at.size(); i++) {
            assertThat(at.get(i) - at.get(i - 2)).isGreaterThan(1_000);
        }
    }

    @Test
    void shouldNotLetHostsWaitForEachOther() {
        ConnectionPacer pacer = new ConnectionPacer();
        pacer.reserve("a", 0);
        pacer.reserve("a", 0);

        assertThat(pacer.reserve("a", 0)).isPositive();
        assertThat(pacer.reserve("b", 0)).isZero();
    }

    @Test
    void shouldRetryAtOnceAndThenWithinADoublingSpan() {
        Backoff backoff = new Backoff(1_000, 60_000, new Random(1));

        assertThat(backoff.nextMs()).isZero();
        for (long spanMs = 1_000; spanMs < 200_000; spanMs *= 2) {
            assertThat(backoff.nextMs()).isBetween(0L, Math.min(spanMs, 60_000));
        }
    }
}
