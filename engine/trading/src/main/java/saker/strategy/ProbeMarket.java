package saker.strategy;

import java.util.List;
import java.util.Random;

/**
 * Made-up prices and bars to try a library with: always the same, restless enough for strategies to
 * trade. Times are the broker's wall clock, from a Monday's midnight on, weekends left out.
 */
final class ProbeMarket {
    /**
     * One rates index: what the strategy requires, made of bars of another period, and how many.
     */
    record Rates(int index, int minutes, int bars, int actualMinutes, int window) {}

    /** A bar; times in seconds. */
    static final class Bar {
        int time;
        double open;
        double high;
        double low;
        double close;
        double volume;
    }

    private static final int START_SECONDS = 1_767_571_200; // Monday, 5 January 2026.
    private static final int MINUTE = 60;
    private static final int DAY = 86_400;
    private static final double POINT = 0.00001;
    private static final double SPREAD = 0.0001;
    private static final double START_PRICE = 1.1;
    private static final int STEP_POINTS = 12;

    private final GuardedFrame frame;
    private final List<Rates> rates;
    private final int secondsPerTick;
    private final Bar[] forming;
    private final Random random = new Random(7);
    private int time = START_SECONDS;
    private double bid = START_PRICE;

    ProbeMarket(GuardedFrame frame, List<Rates> rates, int secondsPerTick) {
        this.frame = frame;
        this.rates = rates;
        this.secondsPerTick = secondsPerTick;
        this.forming = new Bar[rates.size()];
        for (int i = 0; i < rates.size(); i++) {
            forming[i] = history(rates.get(i));
        }
    }

    /** Fills an index with completed bars; returns the one that forms at the start. */
    private Bar history(Rates r) {
        Random past = new Random(r.actualMinutes());
        int seconds = r.actualMinutes() * MINUTE;
        double price = START_PRICE;
        int at = START_SECONDS - seconds;
        frame.ratesInfo(r.index(), r.minutes(), r.bars(), r.actualMinutes());
        for (int shift = 1; shift < r.window(); at -= seconds) {
            if (isWeekend(at)) {
                continue;
            }
            Bar bar = new Bar();
            bar.time = at;
            bar.close = price;
            double range = POINT * 30 * Math.sqrt(r.actualMinutes());
            price = Math.max(0.5, price + (past.nextDouble() - 0.5) * range);
            bar.open = price;
            bar.high = Math.max(bar.open, bar.close) + past.nextDouble() * range / 2;
            bar.low = Math.min(bar.open, bar.close) - past.nextDouble() * range / 2;
            bar.volume = 1 + past.nextInt(100);
            frame.bar(r.index(), shift++, bar);
        }
        return open(r, START_SECONDS);
    }

    private Bar open(Rates r, int at) {
        Bar bar = new Bar();
        bar.time = Math.floorDiv(at, r.actualMinutes() * MINUTE) * r.actualMinutes() * MINUTE;
        bar.open = bar.high = bar.low = bar.close = bid;
        frame.bar(r.index(), 0, bar);
        return bar;
    }

    /** The next quote, written into the frame with its bars. */
    void tick() {
        time += secondsPerTick;
        while (isWeekend(time)) {
            time += DAY;
        }
        double swing = 4 * Math.sin(time / 1700.0);
        double points = random.nextInt(2 * STEP_POINTS + 1) - STEP_POINTS + Math.rint(swing);
        bid = Math.rint(Math.max(0.5, bid + points * POINT) / POINT) * POINT;
        for (int i = 0; i < forming.length; i++) {
            Rates r = rates.get(i);
            if (time >= forming[i].time + r.actualMinutes() * MINUTE) {
                frame.shiftBars(r.index());
                forming[i] = open(r, time);
            }
            Bar bar = forming[i];
            bar.high = Math.max(bar.high, bid);
            bar.low = Math.min(bar.low, bid);
            bar.close = bid;
            bar.volume++;
            frame.bar(r.index(), 0, bar);
        }
        frame.brokerTime(time);
        frame.bidAsk(0, bid);
        frame.bidAsk(1, ask());
    }

    private static boolean isWeekend(int seconds) {
        int day = Math.floorMod(Math.floorDiv(seconds, DAY) + 4, 7); // 0 is a Sunday.
        return day == 0 || day == 6;
    }

    int time() {
        return time;
    }

    double bid() {
        return bid;
    }

    double ask() {
        return bid + SPREAD;
    }
}
