package saker.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class LoginThrottleTest {
    private long nowMs = 1_000_000;
    private final InstantSource clock = () -> Instant.ofEpochMilli(nowMs);
    private final LoginThrottle throttle = new LoginThrottle(clock);

    @Test
    void shouldDoubleThePauseUpToALimit() {
        long longest = 0;
        for (int i = 0; i < 40; i++) {
            throttle.onFailure("ann", "10.0.0." + i);
            long pauseMs = throttle.pauseMs("ann", "other");
            assertThat(pauseMs).isGreaterThanOrEqualTo(longest);
            longest = pauseMs;
        }

        assertThat(longest).isEqualTo(LoginThrottle.MAX_PAUSE_MS);
        nowMs += longest;
        assertThat(throttle.pauseMs("ann", "other")).isZero();
    }

    @Test
    void shouldHoldBackAnAddressThatTriesManyNames() {
        for (int i = 0; i < 20; i++) {
            throttle.onFailure("user" + i, "10.0.0.1");
        }

        assertThat(throttle.pauseMs("someone", "10.0.0.1")).isPositive();
        assertThat(throttle.pauseMs("someone", "10.0.0.2")).isZero();
    }

    @Test
    void shouldNotHoldBackTheOwnersAddressForTheGuessesOfOthers() {
        throttle.onSuccess("ann", "10.0.0.1");
        for (int i = 0; i < 1_000; i++) {
            throttle.onFailure("ann", "10.9." + i % 250 + ".1");
        }

        assertThat(throttle.pauseMs("ann", "10.7.7.7")).isPositive();
        assertThat(throttle.pauseMs("ann", "10.0.0.1")).isZero();
    }

    @Test
    void shouldForgetAfterAQuarterOfAnHour() {
        for (int i = 0; i < 30; i++) {
            throttle.onFailure("ann", "10.0.0.1");
        }
        nowMs += 16 * 60_000;
        throttle.onFailure("ann", "10.0.0.1");

        assertThat(throttle.pauseMs("ann", "10.0.0.1")).isZero();
    }
}
