package saker.broker.oanda;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ConnectionPacerTest {
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
