package saker.broker.oanda;

import io.vertx.core.MultiMap;

/**
 * What a venue with a market time of its own says on its streams.
 *
 * @param rate market seconds per wall second; 1 for a real broker
 * @param ownClock whether its stamps are not those of our clock
 */
record MarketHeaders(double rate, boolean ownClock) {
    private static final String RATE = "X-Saker-Market-Rate";
    private static final String EPOCH = "X-Saker-Market-Epoch";

    static MarketHeaders of(MultiMap headers) {
        String rate = headers.get(RATE);
        boolean ownClock = rate != null || headers.get(EPOCH) != null;
        return new MarketHeaders(rate == null ? 1 : parse(rate), ownClock);
    }

    private static double parse(String text) {
        try {
            double rate = Double.parseDouble(text);
            return rate > 0 && Double.isFinite(rate) ? rate : 1;
        } catch (NumberFormatException e) {
            return 1;
        }
    }
}
