package saker.history;

/**
 * One price as it happens on the market.
 *
 * @param instrument broker's name such as {@code EUR_USD}
 * @param bidE8 &gt; 0
 * @param askE8 ≥ bid
 * @param tradeable false once when the market closes
 * @param timeNs market time, ns since the Unix epoch
 */
public record MarketPrice(
        String instrument, long bidE8, long askE8, boolean tradeable, long timeNs) {}
