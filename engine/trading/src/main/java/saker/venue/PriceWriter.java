package saker.venue;

import saker.broker.simulated.Quote;

/** Prices as OANDA's JSON. There is one level of depth: everything fills at the quote. */
final class PriceWriter {
    /** Units on offer at the one level, as written. */
    static final long LIQUIDITY = 10_000_000;

    private PriceWriter() {}

    /** One line of the stream. */
    static byte[] line(Quote quote, int digits, DatetimeFormat format) {
        JsonLine json = new JsonLine(format).begin();
        members(json, quote, digits);
        return json.end().toBytes();
    }

    /** The members both the stream and the poll have, without the braces. */
    static void members(JsonLine json, Quote quote, int digits) {
        json.text("type", "PRICE");
        json.text("instrument", quote.instrument());
        json.time("time", quote.timeNs());
        json.text("status", quote.tradeable() ? "tradeable" : "non-tradeable");
        json.flag("tradeable", quote.tradeable());
        bucket(json, "bids", quote.bidE8(), digits);
        bucket(json, "asks", quote.askE8(), digits);
        json.price("closeoutBid", quote.bidE8(), digits);
        json.price("closeoutAsk", quote.askE8(), digits);
    }

    private static void bucket(JsonLine json, String name, long priceE8, int digits) {
        json.beginArray(name)
                .beginElement()
                .price("price", priceE8, digits)
                .number("liquidity", LIQUIDITY)
                .end()
                .endArray();
    }
}
