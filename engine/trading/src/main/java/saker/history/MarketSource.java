package saker.history;

import java.util.List;

/** Prices in order of market time, pulled one by one. One thread. */
public interface MarketSource {

    /** The next price, or null at the end (a generated market never ends). */
    MarketPrice next();

    /** Where market time begins, ns since the Unix epoch. */
    long startNs();

    /** Broker's names of the instruments it may quote. */
    List<String> instruments();

    /** Rows dropped because instrument, time, bid and ask repeat the row before. */
    default long duplicates() {
        return 0;
    }
}
