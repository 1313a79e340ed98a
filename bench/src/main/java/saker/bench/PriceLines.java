package saker.bench;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Chunks of the price stream as OANDA writes them, one line each. */
final class PriceLines {
    /** Prices repeat after so many orders: far more than can be under way. */
    static final int DISTINCT = 1_000;

    private static final long NANOS = 1_000_000_000L;
    private static final int BASE_PIPETTES = 110_000;
    private static final int SPREAD_PIPETTES = 10;

    private PriceLines() {}

    /** A line whose bid ends in an even digit: the bench's strategy answers it with an order. */
    static byte[] answered(long number, long timeNs) {
        return chunk(line(bidPipettes(number), timeNs));
    }

    /** A line that leads to nothing. */
    static byte[] ignored(long number, long timeNs) {
        return chunk(line(bidPipettes(number) + 1, timeNs));
    }

    /** The number, modulo {@link #DISTINCT}, of the line that a price bound belongs to. */
    static int numberOfBound(String priceBound, int boundPipettes) {
        int pipettes = (int) Math.round(Double.parseDouble(priceBound) * 1e5);
        return (pipettes - BASE_PIPETTES - SPREAD_PIPETTES - boundPipettes) / 2;
    }

    static String line(int bidPipettes, long timeNs) {
        String bid = price(bidPipettes);
        String ask = price(bidPipettes + SPREAD_PIPETTES);
        return "{\"type\":\"PRICE\",\"time\":\""
                + Instant.ofEpochSecond(timeNs / NANOS, timeNs % NANOS)
                + "\",\"bids\":[{\"price\":\""
                + bid
                + "\",\"liquidity\":10000000}],\"asks\":[{\"price\":\""
                + ask
                + "\",\"liquidity\":10000000}],\"closeoutBid\":\""
                + bid
                + "\",\"closeoutAsk\":\""
                + ask
                + "\",\"status\":\"tradeable\",\"tradeable\":true,\"instrument\":\"EUR_USD\"}\n";
    }

    static byte[] chunk(String text) {
        return (Integer.toHexString(text.length()) + "\r\n" + text + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static int bidPipettes(long number) {
        return BASE_PIPETTES + 2 * (int) (number % DISTINCT);
    }

    private static String price(int pipettes) {
        String digits = Integer.toString(pipettes);
        return digits.substring(0, digits.length() - 5)
                + "."
                + digits.substring(digits.length() - 5);
    }
}
