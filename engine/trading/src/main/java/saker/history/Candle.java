package saker.history;

/**
 * Open, high, low and close of bid and ask over one period; prices E8.
 *
 * @param startNs start of the period, ns since the Unix epoch
 * @param volume number of prices, ≥ 1
 * @param complete whether the period is over
 */
public record Candle(
        long startNs,
        long bidOpenE8,
        long bidHighE8,
        long bidLowE8,
        long bidCloseE8,
        long askOpenE8,
        long askHighE8,
        long askLowE8,
        long askCloseE8,
        int volume,
        boolean complete) {

    public long midOpenE8() {
        return (bidOpenE8 + askOpenE8) / 2;
    }

    public long midHighE8() {
        return (bidHighE8 + askHighE8) / 2;
    }

    public long midLowE8() {
        return (bidLowE8 + askLowE8) / 2;
    }

    public long midCloseE8() {
        return (bidCloseE8 + askCloseE8) / 2;
    }

    /** This candle followed by a later one. */
    Candle join(Candle later) {
        return new Candle(
                startNs,
                bidOpenE8,
                Math.max(bidHighE8, later.bidHighE8),
                Math.min(bidLowE8, later.bidLowE8),
                later.bidCloseE8,
                askOpenE8,
                Math.max(askHighE8, later.askHighE8),
                Math.min(askLowE8, later.askLowE8),
                later.askCloseE8,
                volume + later.volume,
                later.complete);
    }

    Candle as(long periodStartNs, boolean isComplete) {
        return new Candle(
                periodStartNs,
                bidOpenE8,
                bidHighE8,
                bidLowE8,
                bidCloseE8,
                askOpenE8,
                askHighE8,
                askLowE8,
                askCloseE8,
                volume,
                isComplete);
    }
}
