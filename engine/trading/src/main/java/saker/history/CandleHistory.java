package saker.history;

import java.nio.file.Path;
import java.util.List;

/**
 * Candles of all periods: before the start from a file or generated backwards from the first
 * price, after it from the prices fed in. Not thread-safe.
 */
public final class CandleHistory {

    /** Past generated backwards from the first price of each instrument, by the seed. */
    public CandleHistory(long seed, List<PriceModel> models) {
        throw new UnsupportedOperationException();
    }

    /**
     * Takes the past of {@code instrument} from a Lean zip or CSV file instead.
     *
     * @throws IllegalArgumentException with file, line and value of a bad row
     */
    public void loadFile(String instrument, Path file) throws java.io.IOException {
        throw new UnsupportedOperationException();
    }

    /** Adds one price of the market; non-tradeable ones are left out. */
    public void onPrice(MarketPrice price) {
        throw new UnsupportedOperationException();
    }

    /**
     * The last {@code count} candles that start before {@code toNs} (exclusive), oldest first.
     *
     * @param nowNs decides whether the last one is complete
     */
    public List<Candle> last(
            String instrument,
            Granularity granularity,
            CandleAlignment alignment,
            int count,
            long toNs,
            long nowNs) {
        throw new UnsupportedOperationException();
    }

    /** Candles from the period holding {@code fromNs} on, at most {@code limit}, oldest first. */
    public List<Candle> range(
            String instrument,
            Granularity granularity,
            CandleAlignment alignment,
            long fromNs,
            long toNs,
            int limit,
            long nowNs) {
        throw new UnsupportedOperationException();
    }
}
