package saker.history;

import saker.history.CandleHistory.Side;

/**
 * Splits a one-minute candle into twelve of five seconds along the path open, one extreme, other
 * extreme, close, of 20 seconds each, so that joined again they give the minute.
 */
final class SecondsSplit {
    private static final int PARTS = 12;
    private static final long PART_NS = 5_000_000_000L;

    private SecondsSplit() {}

    static void addTo(Candle minute, long pointE8, long fromNs, long toNs, CandleBuilder builder) {
        boolean up = minute.bidCloseE8() >= minute.bidOpenE8();
        for (int part = 0; part < PARTS; part++) {
            long startNs = minute.startNs() + part * PART_NS;
            if (startNs < fromNs || startNs >= toNs) {
                continue;
            }
            Side bid =
                    new Side(
                            minute.bidOpenE8(),
                            minute.bidHighE8(),
                            minute.bidLowE8(),
                            minute.bidCloseE8());
            Side ask =
                    new Side(
                            minute.askOpenE8(),
                            minute.askHighE8(),
                            minute.askLowE8(),
                            minute.askCloseE8());
            long bidOpen = bid.along(up, part, pointE8);
            long bidClose = bid.along(up, part + 1, pointE8);
            long askOpen = ask.along(up, part, pointE8);
            long askClose = ask.along(up, part + 1, pointE8);
            builder.add(
                    new Candle(
                            startNs,
                            bidOpen,
                            Math.max(bidOpen, bidClose),
                            Math.min(bidOpen, bidClose),
                            bidClose,
                            askOpen,
                            Math.max(askOpen, askClose),
                            Math.min(askOpen, askClose),
                            askClose,
                            Math.max(1, minute.volume() / PARTS),
                            true));
        }
    }
}
