package saker.live;

import saker.model.SignalBits;

/** Signal bits as traders read them. */
final class SignalTitles {
    private SignalTitles() {}

    /** Such as {@code BUY}, {@code CLOSE SELL} or {@code SELL + CLOSE BUY}. */
    static String of(int bits) {
        StringBuilder title = new StringBuilder();
        add(title, bits, SignalBits.OPEN_BUY, "BUY");
        add(title, bits, SignalBits.OPEN_SELL, "SELL");
        add(title, bits, SignalBits.OPEN_BUY_LIMIT, "BUY LIMIT");
        add(title, bits, SignalBits.OPEN_SELL_LIMIT, "SELL LIMIT");
        add(title, bits, SignalBits.OPEN_BUY_STOP, "BUY STOP");
        add(title, bits, SignalBits.OPEN_SELL_STOP, "SELL STOP");
        add(title, bits, SignalBits.CLOSE_BUY, "CLOSE BUY");
        add(title, bits, SignalBits.CLOSE_SELL, "CLOSE SELL");
        add(title, bits, SignalBits.UPDATE_BUY, "UPDATE BUY");
        add(title, bits, SignalBits.UPDATE_SELL, "UPDATE SELL");
        int pending =
                SignalBits.CLOSE_BUY_LIMIT
                        | SignalBits.CLOSE_BUY_STOP
                        | SignalBits.CLOSE_SELL_LIMIT
                        | SignalBits.CLOSE_SELL_STOP;
        add(title, bits, pending, "CANCEL ORDER");
        int updated =
                SignalBits.UPDATE_BUY_LIMIT
                        | SignalBits.UPDATE_BUY_STOP
                        | SignalBits.UPDATE_SELL_LIMIT
                        | SignalBits.UPDATE_SELL_STOP;
        add(title, bits, updated, "UPDATE ORDER");
        return title.toString();
    }

    private static void add(StringBuilder title, int bits, int bit, String word) {
        if ((bits & bit) != 0) {
            title.append(title.isEmpty() ? "" : " + ").append(word);
        }
    }
}
