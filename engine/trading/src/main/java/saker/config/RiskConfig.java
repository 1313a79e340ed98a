package saker.config;

/**
 * Limits of one account. Optional limits are off where they are null.
 *
 * @param quoteAgeMs refuse to open off an older quote; never applies to closes
 * @param streamSilenceMs a feed silent for longer, heartbeats included, is stale
 * @param maxSpreadPips refuse to open at a wider spread
 * @param maxDeviationPips reject an entry when the price moved further since the signal
 * @param signalTtlMs an entry not sent within this time is dropped
 * @param maxUnitsE4 largest single order, base units
 * @param maxPositionUnitsE4 largest open units of an instrument, either side
 * @param maxOpenTrades over the account
 * @param maxOrdersPerMinute new orders over the account
 * @param maxMarginUsedPct of equity, after the order
 * @param dailyLossPct of the day's opening equity; trading halts here; null is off
 * @param requireStop refuse entries without a stop loss
 */
public record RiskConfig(
        long quoteAgeMs,
        long streamSilenceMs,
        double maxSpreadPips,
        double maxDeviationPips,
        long signalTtlMs,
        long maxUnitsE4,
        long maxPositionUnitsE4,
        int maxOpenTrades,
        int maxOrdersPerMinute,
        double maxMarginUsedPct,
        Double dailyLossPct,
        boolean requireStop) {

    private static final int MANY = 1_000_000;

    public static final RiskConfig DEFAULTS =
            new RiskConfig(
                    60_000,
                    10_000,
                    10.0,
                    5.0,
                    2_000,
                    10_000_000_000L,
                    50_000_000_000L,
                    50,
                    60,
                    50.0,
                    null,
                    false);

    /** The same without limits of counts and of a day's loss: for benches and rehearsals. */
    public RiskConfig withoutCounts() {
        return new RiskConfig(
                quoteAgeMs,
                streamSilenceMs,
                maxSpreadPips,
                maxDeviationPips,
                signalTtlMs,
                maxUnitsE4,
                maxPositionUnitsE4,
                MANY,
                MANY,
                maxMarginUsedPct,
                null,
                false);
    }
}
