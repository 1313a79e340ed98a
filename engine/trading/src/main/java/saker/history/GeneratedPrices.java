package saker.history;

import java.util.List;

/** A seeded market without end: the same seed and start give the same prices, at any speed. */
public final class GeneratedPrices implements MarketSource {
    /** Tuesday 2026-01-06 08:00 London. */
    public static final long USUAL_START_NS = 1_767_686_400_000_000_000L;

    public GeneratedPrices(long seed, List<PriceModel> models, long startNs) {
        throw new UnsupportedOperationException();
    }

    @Override
    public MarketPrice next() {
        throw new UnsupportedOperationException();
    }

    @Override
    public long startNs() {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<String> instruments() {
        throw new UnsupportedOperationException();
    }
}
