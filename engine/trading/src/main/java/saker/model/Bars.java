package saker.model;

import java.util.List;

/**
 * Completed bars of the past, given to strategies as warm-up, oldest first.
 *
 * @param complete true with the last record of the series
 */
public record Bars(int instrumentId, BarPeriod period, boolean complete, List<Bar> bars) {
    public Bars {
        bars = List.copyOf(bars);
    }

    /** One bar of bid prices; {@code startNs} is its opening time, ns since the Unix epoch. */
    public record Bar(
            long startNs, long openE8, long highE8, long lowE8, long closeE8, long volume) {
        public Bar {
            if (lowE8 <= 0
                    || highE8 < Math.max(openE8, closeE8)
                    || lowE8 > Math.min(openE8, closeE8)) {
                throw new IllegalArgumentException(
                        "bad bar: startNs=%d, open=%d, high=%d, low=%d, close=%d"
                                .formatted(startNs, openE8, highE8, lowE8, closeE8));
            }
        }
    }
}
