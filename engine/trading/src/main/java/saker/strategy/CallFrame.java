package saker.strategy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The arguments of {@code c_runStrategy} for one instance, in one block of native memory that lives
 * as long as the instance. Offsets are those of the framework's C structures.
 *
 * <pre>
 *   settings     64 doubles
 *   strings      4 × 256 bytes: symbol, account currency, broker, reference broker
 *   brokerTime   int (8 bytes)
 *   openOrders   6 ints (24 bytes)
 *   accountInfo  10 doubles
 *   bidAsk       6 doubles
 *   ratesInfo    10 × 7 doubles
 *   unusedRates  1 CRates, for indices that are off
 *   orders       rows × 120
 *   results      maxOpenOrders × 80
 * </pre>
 */
final class CallFrame implements ResultRows {
    static final int STRING_BYTES = 256;
    static final int RATES_INDICES = 10;

    final long settings;
    final long symbol;
    final long accountCurrency;
    final long broker;
    final long refBroker;
    final long brokerTime;
    final long openOrdersCount;
    final long orders;
    final long accountInfo;
    final long bidAsk;
    final long ratesInfo;
    final long results;

    /** Address of each rates array; moves with its window. */
    final long[] rates = new long[RATES_INDICES];

    private final UnsafeBuffer memory;
    private final int orderRows;
    private final int resultRows;

    CallFrame(int orderRows, int resultRows) {
        this.orderRows = orderRows;
        this.resultRows = resultRows;
        int size = 0;
        int settingsAt = size;
        size += NativeFramework.SETTINGS * 8;
        int stringsAt = size;
        size += 4 * STRING_BYTES;
        int brokerTimeAt = size;
        size += 8;
        int openOrdersAt = size;
        size += 24;
        int accountAt = size;
        size += 10 * 8;
        int bidAskAt = size;
        size += 6 * 8;
        int ratesInfoAt = size;
        size += RATES_INDICES * NativeFramework.RATES_INFO_BYTES;
        int unusedRatesAt = size;
        size += RatesWindow.RECORD_BYTES;
        int ordersAt = size;
        size += orderRows * NativeFramework.ORDER_BYTES;
        int resultsAt = size;
        size += resultRows * NativeFramework.RESULT_BYTES;

        memory = new UnsafeBuffer(ByteBuffer.allocateDirect(size).order(ByteOrder.LITTLE_ENDIAN));
        long base = memory.addressOffset();
        settings = base + settingsAt;
        symbol = base + stringsAt;
        accountCurrency = symbol + STRING_BYTES;
        broker = accountCurrency + STRING_BYTES;
        refBroker = broker + STRING_BYTES;
        brokerTime = base + brokerTimeAt;
        openOrdersCount = base + openOrdersAt;
        accountInfo = base + accountAt;
        bidAsk = base + bidAskAt;
        ratesInfo = base + ratesInfoAt;
        orders = base + ordersAt;
        results = base + resultsAt;
        java.util.Arrays.fill(rates, base + unusedRatesAt);
    }

    int orderRows() {
        return orderRows;
    }

    @Override
    public int resultRows() {
        return resultRows;
    }

    void setting(int index, double value) {
        putDouble(settings + index * 8L, value);
    }

    double setting(int index) {
        return memory.getDouble(offset(settings + index * 8L));
    }

    void string(long address, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length >= STRING_BYTES) {
            throw new IllegalArgumentException("text too long for the framework: " + text);
        }
        memory.setMemory(offset(address), STRING_BYTES, (byte) 0);
        memory.putBytes(offset(address), bytes);
    }

    void brokerTimeSeconds(int seconds) {
        memory.putInt(offset(brokerTime), seconds);
    }

    void accountInfo(int index, double value) {
        putDouble(accountInfo + index * 8L, value);
    }

    void bidAsk(int index, double value) {
        putDouble(bidAsk + index * 8L, value);
    }

    /** Describes one rates index: enabled, timeframes in minutes, bars required. */
    void ratesInfo(
            int index, int requiredMinutes, int bars, int actualMinutes, double point, int digits) {
        long at = ratesInfo + (long) index * NativeFramework.RATES_INFO_BYTES;
        putDouble(at, 1);
        putDouble(at + 8, requiredMinutes);
        putDouble(at + 16, bars);
        putDouble(at + 24, actualMinutes);
        putDouble(at + 40, point);
        putDouble(at + 48, digits);
    }

    /** Points a rates index at its window as it is now. */
    void rates(int index, RatesWindow window) {
        rates[index] = window.address();
        putDouble(
                ratesInfo + (long) index * NativeFramework.RATES_INFO_BYTES + 32, window.length());
    }

    /** Sets one field (0 to 14) of an order row. */
    void order(int row, int field, double value) {
        putDouble(orders + (long) row * NativeFramework.ORDER_BYTES + field * 8L, value);
    }

    double order(int row, int field) {
        return memory.getDouble(
                offset(orders + (long) row * NativeFramework.ORDER_BYTES + field * 8L));
    }

    void clearOrders() {
        memory.setMemory(offset(orders), orderRows * NativeFramework.ORDER_BYTES, (byte) 0);
    }

    void clearResults() {
        memory.setMemory(offset(results), resultRows * NativeFramework.RESULT_BYTES, (byte) 0);
    }

    @Override
    public double result(int row, int field) {
        return memory.getDouble(
                offset(results + (long) row * NativeFramework.RESULT_BYTES + field * 8L));
    }

    private void putDouble(long address, double value) {
        memory.putDouble(offset(address), value);
    }

    private int offset(long address) {
        return (int) (address - memory.addressOffset());
    }
}
