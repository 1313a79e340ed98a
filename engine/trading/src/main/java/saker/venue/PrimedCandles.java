package saker.venue;

import java.util.HashMap;
import java.util.Map;
import saker.history.CandleHistory;
import saker.history.MarketPrice;
import saker.history.MarketSource;

/**
 * Candles that know the first price of every instrument before the market begins: the past is
 * generated backwards from it, and clients ask for the past first. That price is not counted again
 * when the market comes to it.
 */
final class PrimedCandles {
    /** Instruments that begin later than this many rows have a past by their model only. */
    private static final int LOOK_AHEAD_ROWS = 500_000;

    private final CandleHistory history;
    private final Map<String, MarketPrice> primed = new HashMap<>();

    /**
     * @param ahead the market once more, to look into; it is used up
     */
    PrimedCandles(CandleHistory history, MarketSource ahead) {
        this.history = history;
        int instruments = ahead.instruments().size();
        for (int row = 0; row < LOOK_AHEAD_ROWS && primed.size() < instruments; row++) {
            MarketPrice price = ahead.next();
            if (price == null) {
                break;
            }
            if (primed.putIfAbsent(price.instrument(), price) == null) {
                history.onPrice(price);
            }
        }
    }

    CandleHistory history() {
        return history;
    }

    void onPrice(MarketPrice price) {
        MarketPrice first = primed.remove(price.instrument());
        if (first == null) {
            history.onPrice(price);
        }
    }
}
