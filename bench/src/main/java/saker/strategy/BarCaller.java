package saker.strategy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A bar backtest's inner loop around one instance: one array of M5 bars, seven rates indices whose
 * windows move through it, the newest bar reduced to its open, and one order that is opened, moved
 * and closed as the rows and its stop say.
 */
final class BarCaller {
    static final int INSTANCE = 1;
    static final int BARS = 500;

    private static final int[] MINUTES = {5, 15, 60, 240, 1440, 30, 480};
    private static final int BASE_MINUTES = MINUTES[0];
    private static final int MONDAY = 946_857_600;
    private static final double SPREAD = 0.0001;
    private static final int RECORD = RatesWindow.RECORD_BYTES;
    private static final int OPEN_BUY = 0x1;
    private static final int CLOSE_BUY = 0x2;
    private static final int UPDATE_BUY = 0x4;
    private static final int OPEN_SELL = 0x10000;
    private static final int CLOSE_SELL = 0x20000;
    private static final int UPDATE_SELL = 0x40000;

    private final NativeFramework framework;
    private final CallFrame frame = new CallFrame(2, 1);
    private final UnsafeBuffer bars;
    private final long[] windowBytes = new long[MINUTES.length];
    private final int first;
    private final int count;
    private int at;

    // The one order.
    private boolean isOpen;
    private boolean isLong;
    private double stop;
    private double target;
    private int opened;

    /**
     * @param shown bars that {@link #next} can be asked for
     */
    BarCaller(NativeFramework framework, int strategyId, int trendMode, int shown) {
        this.framework = framework;
        int longest = 0;
        for (int i = 0; i < MINUTES.length; i++) {
            // As much again as a half, since weekends are dropped, and two days more.
            int window = BARS * 3 / 2 * MINUTES[i] / BASE_MINUTES + 2880 / BASE_MINUTES;
            windowBytes[i] = (long) window * RECORD;
            longest = Math.max(longest, window);
            frame.ratesInfo(i, MINUTES[i], BARS, BASE_MINUTES, 0.00001, 5);
            long info = frame.ratesInfo + (long) i * NativeFramework.RATES_INFO_BYTES;
            new UnsafeBuffer(info, NativeFramework.RATES_INFO_BYTES).putDouble(32, window);
        }
        this.first = longest - 1;
        this.count = first + shown;
        this.at = first;
        this.bars =
                new UnsafeBuffer(
                        ByteBuffer.allocateDirect(count * RECORD).order(ByteOrder.LITTLE_ENDIAN));
        walk();
        fillConstants(strategyId, trendMode);
    }

    private void walk() {
        SplittableRandom random = new SplittableRandom(1);
        double price = 1.1;
        double step = 0.00008 * Math.sqrt(BASE_MINUTES);
        for (int i = 0; i < count; i++) {
            double open = price;
            double high = price;
            double low = price;
            for (int tick = 0; tick < 4; tick++) {
                price *= 1 + step * (random.nextDouble() + random.nextDouble() - 1);
                high = Math.max(high, price);
                low = Math.min(low, price);
            }
            write(i, open, high, low, price, 4);
            bars.putInt(i * RECORD + 40, MONDAY + i * BASE_MINUTES * 60);
        }
    }

    private void write(int i, double open, double high, double low, double close, double volume) {
        int record = i * RECORD;
        bars.putDouble(record, open);
        bars.putDouble(record + 8, high);
        bars.putDouble(record + 16, low);
        bars.putDouble(record + 24, close);
        bars.putDouble(record + 32, volume);
    }

    private void fillConstants(int strategyId, int trendMode) {
        frame.setting(2, trendMode);
        frame.setting(41, 1); // USE_SL
        frame.setting(45, 1); // MAX_OPEN_ORDERS
        frame.setting(46, 1); // IS_BACKTESTING
        frame.setting(49, 100_000); // ORIGINAL_EQUITY
        frame.setting(50, 1); // OPERATIONAL_MODE
        frame.setting(51, INSTANCE);
        frame.setting(52, strategyId);
        frame.setting(53, BASE_MINUTES);
        frame.setting(57, 1); // ACCOUNT_RISK_PERCENT
        frame.setting(63, frame.orderRows());
        frame.string(frame.symbol, "EURUSD");
        frame.string(frame.accountCurrency, "USD");
        frame.string(frame.broker, FrameworkFiles.BROKER);
        frame.string(frame.refBroker, FrameworkFiles.BROKER);
        frame.accountInfo(1, 100_000);
        frame.accountInfo(2, 100_000);
        frame.accountInfo(4, 30);
        frame.accountInfo(5, 100_000);
        for (int i = 2; i < 6; i++) {
            frame.bidAsk(i, 1);
        }
    }

    /** Shows the next bar; returns 0, or a negative number if the framework refused. */
    long next() {
        int i = at++;
        int record = i * RECORD;
        double open = bars.getDouble(record);
        double high = bars.getDouble(record + 8);
        double low = bars.getDouble(record + 16);
        double close = bars.getDouble(record + 24);
        double volume = bars.getDouble(record + 32);
        write(i, open, open, open, open, 0);
        int time = bars.getInt(record + 40);
        frame.brokerTimeSeconds(time);
        frame.bidAsk(0, open);
        frame.bidAsk(1, open + SPREAD);
        long end = bars.addressOffset() + record + RECORD;
        for (int index = 0; index < windowBytes.length; index++) {
            frame.rates[index] = end - windowBytes[index];
        }
        frame.clearResults();
        long outcome = call();
        act(open, time);
        write(i, open, high, low, close, volume);
        tryLevels(high, low);
        return outcome;
    }

    /** The call alone; returns 0, or a negative number if the framework refused. */
    long call() {
        return framework.run(frame) == 0 ? 0 : Integer.MIN_VALUE;
    }

    private void act(double bid, int time) {
        int signals = (int) frame.result(0, 1);
        if (signals == 0) {
            return;
        }
        if ((signals & (OPEN_BUY | OPEN_SELL)) != 0) {
            open((signals & OPEN_BUY) != 0, bid, time);
        }
        if ((signals & (UPDATE_BUY | UPDATE_SELL)) != 0) {
            place(bid);
        }
        if ((signals & (CLOSE_BUY | CLOSE_SELL)) != 0) {
            close();
        }
    }

    private void open(boolean buy, double bid, int time) {
        isOpen = true;
        isLong = buy;
        opened++;
        frame.order(0, 0, opened);
        frame.order(0, 1, INSTANCE);
        frame.order(0, 2, buy ? 0 : 1);
        frame.order(0, 3, time);
        frame.order(0, 8, buy ? bid + SPREAD : bid);
        frame.order(0, 10, frame.result(0, 2));
        frame.order(0, 14, 1);
        place(bid);
    }

    private void place(double bid) {
        double price = isLong ? bid + SPREAD : bid;
        double sign = isLong ? 1 : -1;
        stop = level(price, -sign * frame.result(0, 4));
        target = level(price, sign * frame.result(0, 5));
        frame.order(0, 5, stop);
        frame.order(0, 6, target);
    }

    private static double level(double price, double distance) {
        return distance == 0 ? 0 : price + distance;
    }

    private void close() {
        isOpen = false;
        frame.order(0, 14, 0);
    }

    private void tryLevels(double high, double low) {
        if (!isOpen) {
            return;
        }
        double below = isLong ? stop : target;
        double above = isLong ? target : stop;
        double spread = isLong ? 0 : SPREAD;
        if ((below > 0 && low + spread <= below) || (above > 0 && high + spread >= above)) {
            close();
        }
    }

    /** From now on calls answer at once and do nothing. */
    void switchOff() {
        frame.setting(50, 0);
    }

    /** Orders so far: a loop that never trades would prove little. */
    int opened() {
        return opened;
    }
}
