package saker.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerClockTest {
    private final BrokerClock clock = new BrokerClock();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1970-01-01T00:00:00Z",
                "2026-01-05T10:00:00Z",
                "2026-03-06T21:59:59Z", // The last second before New York's clock goes forward,
                "2026-03-08T21:00:00Z", // and the first of the week after.
                "2026-07-06T10:00:00Z",
                "2026-10-30T20:59:59Z", // The same in the autumn.
                "2026-11-01T22:00:00Z",
                "2038-01-19T00:00:00Z"
            })
    void shouldFindTheTimeThatABrokersClockShowed(String time) {
        long utcNs = Instant.parse(time).getEpochSecond() * 1_000_000_000L;

        assertThat(clock.toUtcNs(clock.toBrokerNs(utcNs))).isEqualTo(utcNs);
    }
}
