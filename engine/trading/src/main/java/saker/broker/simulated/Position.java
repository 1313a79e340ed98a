package saker.broker.simulated;

import java.util.List;

/**
 * All open trades of one instrument and what it earned so far; amounts E8 in account currency. Once
 * traded, an instrument keeps its position, flat if need be.
 *
 * @param financingE8 paid and received at rollovers so far
 */
public record Position(
        String instrument,
        long plE8,
        long unrealizedPlE8,
        long marginUsedE8,
        long financingE8,
        Side longSide,
        Side shortSide) {

    /**
     * The long or the short trades.
     *
     * @param unitsE4 ≥ 0 long, ≤ 0 short
     * @param averagePriceE8 null when flat
     */
    public record Side(
            long unitsE4,
            Long averagePriceE8,
            List<Long> tradeIds,
            long plE8,
            long unrealizedPlE8,
            long financingE8) {}

    public boolean isOpen() {
        return longSide.unitsE4 != 0 || shortSide.unitsE4 != 0;
    }
}
