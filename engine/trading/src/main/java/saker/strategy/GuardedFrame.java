package saker.strategy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The arguments of a strategy call, each between guard bytes, with a copy of them all: after the
 * call it is known whether the library wrote anywhere but into the result rows. For trying a
 * library out; {@link CallFrame} is what an engine calls with.
 */
final class GuardedFrame implements ResultRows {
    static final int ARGUMENTS = 22;

    /** How bars and strings lie in memory: of {@code c_}, {@code mql5_} and {@code mql4_}. */
    enum Layout {
        C(NativeStructs.C_RATES),
        MQL5(NativeStructs.MQL5_RATES),
        MQL4(NativeStructs.MQL4_RATES);

        final int barBytes;

        Layout(int barBytes) {
            this.barBytes = barBytes;
        }
    }

    static final String[] NAMES = {
        "settings",
        "symbol",
        "accountCurrency",
        "broker",
        "refBroker",
        "brokerTime",
        "openOrdersCount",
        "orders",
        "accountInfo",
        "bidAsk",
        "ratesInfo",
        "rates[0]",
        "rates[1]",
        "rates[2]",
        "rates[3]",
        "rates[4]",
        "rates[5]",
        "rates[6]",
        "rates[7]",
        "rates[8]",
        "rates[9]",
        "outResults"
    };

    private static final int SETTINGS = 0;
    private static final int SYMBOL = 1;
    private static final int BROKER_TIME = 5;
    private static final int ORDERS = 7;
    private static final int ACCOUNT_INFO = 8;
    private static final int BID_ASK = 9;
    private static final int RATES_INFO = 10;
    private static final int RATES = 11;
    private static final int RESULTS = 21;
    private static final int STRINGS = 4;
    private static final int GUARD_BYTES = 4096;
    private static final byte GUARD = (byte) 0xC5;
    private static final String[] RESULT_FIELDS = {
        "ticketNumber",
        "tradingSignals",
        "lots",
        "entryPrice",
        "brokerSL",
        "brokerTP",
        "internalSL",
        "internalTP",
        "useTrailingSL",
        "expirationTime"
    };

    private final Layout layout;
    private final int orderRows;
    private final int resultRows;
    private final int[] bars;
    private final int[] starts = new int[ARGUMENTS];
    private final int[] sizes = new int[ARGUMENTS];
    private final long[] addresses = new long[ARGUMENTS];
    private final ByteBuffer block;
    private final ByteBuffer copy;
    private final UnsafeBuffer memory;

    /**
     * @param bars length of the array of each rates index, 0 for those that are off
     */
    GuardedFrame(Layout layout, int orderRows, int resultRows, int[] bars) {
        this.layout = layout;
        this.orderRows = orderRows;
        this.resultRows = resultRows;
        this.bars = bars;
        Arrays.fill(sizes, SYMBOL, SYMBOL + STRINGS, CallFrame.STRING_BYTES);
        sizes[SETTINGS] = NativeFramework.SETTINGS * Double.BYTES;
        sizes[BROKER_TIME] = Integer.BYTES;
        sizes[BROKER_TIME + 1] = 6 * Integer.BYTES;
        sizes[ORDERS] = orderRows * NativeFramework.ORDER_BYTES;
        sizes[ACCOUNT_INFO] = 10 * Double.BYTES;
        sizes[BID_ASK] = 6 * Double.BYTES;
        sizes[RATES_INFO] = CallFrame.RATES_INDICES * NativeFramework.RATES_INFO_BYTES;
        for (int i = 0; i < CallFrame.RATES_INDICES; i++) {
            sizes[RATES + i] = Math.max(1, bars[i]) * layout.barBytes;
        }
        sizes[RESULTS] = resultRows * NativeFramework.RESULT_BYTES;
        int wrappers = STRINGS * NativeStructs.MQL4_STRING;
        int total = GUARD_BYTES + wrappers;
        for (int i = 0; i < ARGUMENTS; i++) {
            starts[i] = (total + 15) / 16 * 16;
            total = starts[i] + sizes[i] + GUARD_BYTES;
        }
        block = ByteBuffer.allocateDirect(total).order(ByteOrder.LITTLE_ENDIAN);
        copy = ByteBuffer.allocateDirect(total).order(ByteOrder.LITTLE_ENDIAN);
        memory = new UnsafeBuffer(block);
        memory.setMemory(0, total, GUARD);
        for (int i = 0; i < ARGUMENTS; i++) {
            memory.setMemory(starts[i], sizes[i], (byte) 0);
            addresses[i] = memory.addressOffset() + starts[i];
        }
        if (layout == Layout.MQL4) {
            wrapStrings();
        }
    }

    /** {@code Mql4String}: a length and a pointer. */
    private void wrapStrings() {
        for (int i = 0; i < STRINGS; i++) {
            int at = GUARD_BYTES / 2 / 16 * 16 + i * NativeStructs.MQL4_STRING;
            memory.putLong(at, CallFrame.STRING_BYTES);
            memory.putLong(at + 8, addresses[SYMBOL + i]);
            addresses[SYMBOL + i] = memory.addressOffset() + at;
        }
    }

    /** Addresses in the order of {@code c_runStrategy}. */
    long[] addresses() {
        return addresses;
    }

    /** Which arguments the library may look at: not the rates of an index that is off. */
    List<Integer> meaningful() {
        List<Integer> meaningful = new ArrayList<>();
        for (int i = 0; i < ARGUMENTS; i++) {
            if (i < RATES || i == RESULTS || bars[i - RATES] > 0) {
                meaningful.add(i);
            }
        }
        return meaningful;
    }

    void setting(int index, double value) {
        memory.putDouble(starts[SETTINGS] + index * Double.BYTES, value);
    }

    void strings(String symbol, String currency, String broker) {
        String[] texts = {symbol, currency, broker, broker};
        for (int i = 0; i < STRINGS; i++) {
            byte[] bytes = texts[i].getBytes(StandardCharsets.ISO_8859_1);
            memory.putBytes(starts[SYMBOL + i], bytes);
        }
    }

    void brokerTime(int seconds) {
        memory.putInt(starts[BROKER_TIME], seconds);
    }

    void account(int index, double value) {
        memory.putDouble(starts[ACCOUNT_INFO] + index * Double.BYTES, value);
    }

    void bidAsk(int index, double value) {
        memory.putDouble(starts[BID_ASK] + index * Double.BYTES, value);
    }

    void ratesInfo(int index, int requiredMinutes, int barsRequired, int actualMinutes) {
        int at = starts[RATES_INFO] + index * NativeFramework.RATES_INFO_BYTES;
        double[] values = {
            1, requiredMinutes, barsRequired, actualMinutes, bars[index], 0.00001, 5
        };
        for (int i = 0; i < values.length; i++) {
            memory.putDouble(at + i * Double.BYTES, values[i]);
        }
    }

    void order(int row, int field, double value) {
        memory.putDouble(
                starts[ORDERS] + row * NativeFramework.ORDER_BYTES + field * Double.BYTES, value);
    }

    void clearOrders() {
        memory.setMemory(starts[ORDERS], sizes[ORDERS], (byte) 0);
    }

    /** Moves an index's bars by one towards the oldest, which is dropped. */
    void shiftBars(int index) {
        int at = starts[RATES + index];
        memory.putBytes(at, memory, at + layout.barBytes, sizes[RATES + index] - layout.barBytes);
    }

    /** Writes a bar, {@code shift} bars before the newest. */
    void bar(int index, int shift, ProbeMarket.Bar bar) {
        int at = starts[RATES + index] + (bars[index] - 1 - shift) * layout.barBytes;
        switch (layout) {
            case C -> {
                putDoubles(at, bar.open, bar.high, bar.low, bar.close, bar.volume);
                memory.putLong(at + 40, bar.time);
            }
            case MQL5 -> {
                memory.putLong(at, bar.time);
                putDoubles(at + 8, bar.open, bar.high, bar.low, bar.close);
                memory.putLong(at + 40, (long) bar.volume);
                memory.putLong(at + 48, 0);
                memory.putLong(at + 56, 0);
            }
            case MQL4 -> {
                memory.putInt(at, bar.time);
                putDoubles(at + 4, bar.open, bar.low, bar.high, bar.close, bar.volume);
            }
            default -> throw new AssertionError(layout);
        }
    }

    private void putDoubles(int at, double... values) {
        for (int i = 0; i < values.length; i++) {
            memory.putDouble(at + i * Double.BYTES, values[i]);
        }
    }

    void clearResults() {
        memory.setMemory(starts[RESULTS], sizes[RESULTS], (byte) 0);
    }

    @Override
    public int resultRows() {
        return resultRows;
    }

    @Override
    public double result(int row, int field) {
        return memory.getDouble(
                starts[RESULTS] + row * NativeFramework.RESULT_BYTES + field * Double.BYTES);
    }

    static String resultField(int field) {
        return RESULT_FIELDS[field];
    }

    /** All result rows as they lie in memory. */
    byte[] results() {
        byte[] bytes = new byte[sizes[RESULTS]];
        memory.getBytes(starts[RESULTS], bytes);
        return bytes;
    }

    /** Remembers everything, before a call. */
    void remember() {
        copy.clear();
        copy.put(block.duplicate().clear());
    }

    /** What was written besides the result rows since {@link #remember}, or null. */
    String problem() {
        int at = mismatch(0, starts[RESULTS]);
        if (at < 0) {
            at = mismatch(starts[RESULTS] + sizes[RESULTS], block.capacity());
        }
        if (at < 0) {
            return null;
        }
        int argument = 0;
        while (argument + 1 < ARGUMENTS && at >= starts[argument + 1]) {
            argument++;
        }
        int offset = at - starts[argument];
        if (offset < 0) {
            return "writes before " + NAMES[0];
        }
        if (offset >= sizes[argument]) {
            return "writes beyond %s: size=%d, at=%d"
                    .formatted(described(argument), sizes[argument], offset);
        }
        return "changes its input: " + element(argument, offset);
    }

    private int mismatch(int from, int to) {
        int at = block.slice(from, to - from).mismatch(copy.slice(from, to - from));
        return at < 0 ? -1 : from + at;
    }

    private String described(int argument) {
        return argument == RESULTS
                ? "the result rows (%d of %d bytes)"
                        .formatted(resultRows, NativeFramework.RESULT_BYTES)
                : argument == ORDERS ? "the order rows (%d)".formatted(orderRows) : NAMES[argument];
    }

    private String element(int argument, int offset) {
        if (argument == ORDERS) {
            return "orders[%d], field=%d"
                    .formatted(
                            offset / NativeFramework.ORDER_BYTES,
                            offset % NativeFramework.ORDER_BYTES / Double.BYTES);
        }
        if (argument >= RATES && argument < RESULTS) {
            return "%s, bar=%d of %d"
                    .formatted(
                            NAMES[argument],
                            offset / layout.barBytes,
                            sizes[argument] / layout.barBytes);
        }
        return argument == SETTINGS
                ? "settings[%d]".formatted(offset / Double.BYTES)
                : "%s, byte=%d".formatted(NAMES[argument], offset);
    }
}
