package saker.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import saker.model.BarPeriod;
import saker.model.Bars;

class ChartBarsTest {
    private static final long MINUTE_NS = BarPeriod.M1.lengthNs();
    private static final long START_NS = 1_767_686_400_000_000_000L; // 08:00 UTC, a full hour.

    private final ChartBars chart = new ChartBars();

    @Test
    void shouldShowThePastThatArrivesAfterTheFirstTicks() {
        chart.onTick(105, START_NS + 10 * MINUTE_NS + 5);

        chart.onBars(new Bars(0, BarPeriod.M1, true, minutes(0, 10)));

        List<Bars.Bar> bars = chart.bars(BarPeriod.M1, 100);
        assertThat(bars).hasSize(11);
        assertThat(bars.get(10).closeE8()).isEqualTo(105);
    }

    @Test
    void shouldJoinMinutesOfThePastWithTheFormingBarOfALongerPeriod() {
        chart.onTick(500, START_NS + 10 * MINUTE_NS + 5);

        chart.onBars(new Bars(0, BarPeriod.M1, true, minutes(0, 10)));

        Bars.Bar hour = chart.bars(BarPeriod.H1, 1).get(0);
        assertThat(hour.startNs()).isEqualTo(START_NS);
        assertThat(hour.openE8()).isEqualTo(100);
        assertThat(hour.highE8()).isEqualTo(500);
        assertThat(hour.lowE8()).isEqualTo(90);
        assertThat(hour.closeE8()).isEqualTo(500);
    }

    @Test
    void shouldGiveTheNewestBarsOldestFirst() {
        chart.onBars(new Bars(0, BarPeriod.M1, true, minutes(0, 50)));

        List<Bars.Bar> bars = chart.bars(BarPeriod.M1, 3);

        assertThat(bars)
                .extracting(Bars.Bar::startNs)
                .containsExactly(
                        START_NS + 47 * MINUTE_NS,
                        START_NS + 48 * MINUTE_NS,
                        START_NS + 49 * MINUTE_NS);
    }

    private static List<Bars.Bar> minutes(int from, int to) {
        return java.util.stream.IntStream.range(from, to)
                .mapToObj(i -> new Bars.Bar(START_NS + i * MINUTE_NS, 100, 110, 90, 101, 7))
                .toList();
    }
}
