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
}
