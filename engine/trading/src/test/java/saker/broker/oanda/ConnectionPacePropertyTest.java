package saker.broker.oanda;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ConnectionPacePropertyTest {

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
}
