package saker.store;

import saker.model.SignalBits;

/** Signal bits as the {@code signals} table has them. */
final class SignalTypes {
    private SignalTypes() {}

    /** Such as {@code BUY}, {@code CLOSE SELL} or {@code SELL + CLOSE BUY}; HOLD for no wish. */
    static String of(int bits) {
        StringBuilder type = new StringBuilder();
        add(type, bits, SignalBits.OPEN_BUY, "BUY");
        add(type, bits, SignalBits.OPEN_SELL, "SELL");
        add(type, bits, SignalBits.OPEN_BUY_LIMIT, "BUY LIMIT");
        add(type, bits, SignalBits.OPEN_SELL_LIMIT, "SELL LIMIT");
        add(type, bits, SignalBits.OPEN_BUY_STOP, "BUY STOP");
        add(type, bits, SignalBits.OPEN_SELL_STOP, "SELL STOP");
        add(type, bits, SignalBits.CLOSE_BUY, "CLOSE BUY");
        add(type, bits, SignalBits.CLOSE_SELL, "CLOSE SELL");
        add(type, bits, SignalBits.UPDATE_BUY, "UPDATE BUY");
        add(type, bits, SignalBits.UPDATE_SELL, "UPDATE SELL");
        add(type, bits, SignalBits.CLOSE_BUY_LIMIT, "CANCEL BUY LIMIT");
        add(type, bits, SignalBits.CLOSE_SELL_LIMIT, "CANCEL SELL LIMIT");
        add(type, bits, SignalBits.CLOSE_BUY_STOP, "CANCEL BUY STOP");
        add(type, bits, SignalBits.CLOSE_SELL_STOP, "CANCEL SELL STOP");
        int updates =
                SignalBits.UPDATE_BUY_LIMIT
                        | SignalBits.UPDATE_BUY_STOP
                        | SignalBits.UPDATE_SELL_LIMIT
                        | SignalBits.UPDATE_SELL_STOP;
        add(type, bits, updates, "UPDATE ORDER");
        return type.isEmpty() ? "HOLD" : type.toString();
    }

    private static void add(StringBuilder type, int bits, int bit, String word) {
        if ((bits & bit) != 0) {
            type.append(type.isEmpty() ? "" : " + ").append(word);
        }
    }
}
