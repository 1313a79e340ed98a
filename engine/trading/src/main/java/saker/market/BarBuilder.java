package saker.market;

import saker.model.BarPeriod;
import saker.time.BrokerClock;

/**
 * Builds fixed-period bid bars of one instrument from ticks, or from the bars of a shorter period.
 * Bars up to one hour are aligned to UTC; longer ones to the FX day, which ends at 17:00 New York.
 * Owner's thread only; a tick allocates nothing.
 */
public final class BarBuilder {
    private static final long NO_BAR = Long.MIN_VALUE;

    // Set once.
    private final BarPeriod period;
    private final long periodNs;
    private final BarSink sink;
    private final BrokerClock clock = new BrokerClock();

    // The bar being built.
    private long startNs = NO_BAR;
    private long endNs = NO_BAR;
    private long openE8;
    private long highE8;
    private long lowE8;
    private long closeE8;
    private long volume;
    private long lateTicks;

    /**
     * @param period up to a day; weeks and months are made of days by whoever wants them
     */
    public BarBuilder(BarPeriod period, BarSink sink) {
        if (period.minutes() > BarPeriod.D1.minutes()) {
            throw new IllegalArgumentException("period is longer than a day: period=" + period);
        }
        this.period = period;
        this.periodNs = period.lengthNs();
        this.sink = sink;
    }

    /** One bid. A tick before the forming bar is counted and left out: no bar is ever reopened. */
    public void onTick(long bidE8, long eventTimeNs) {
        merge(eventTimeNs, bidE8, bidE8, bidE8, bidE8, 1);
    }

    /** One bar of a period that divides this one, or is equal to it. */
    public void onBar(
            long barStartNs, long openE8, long highE8, long lowE8, long closeE8, long volume) {
        merge(barStartNs, openE8, highE8, lowE8, closeE8, volume);
    }

    /** Forgets everything. */
    public void clear() {
        startNs = NO_BAR;
        endNs = NO_BAR;
    }

    /** The forming bar, for {@link #restore}. */
    public FormingBar state() {
        return new FormingBar(startNs, endNs, openE8, highE8, lowE8, closeE8, volume);
    }

    /** Goes on with a bar; its sink is not told. */
    public void restore(FormingBar bar) {
        startNs = bar.startNs();
        endNs = bar.endNs();
        openE8 = bar.openE8();
        highE8 = bar.highE8();
        lowE8 = bar.lowE8();
        closeE8 = bar.closeE8();
        volume = bar.volume();
    }

    /** Start of the bar of this period that {@code timeNs} falls into. */
    public long startOf(long timeNs) {
        long offsetNs = periodNs > BarPeriod.H1.lengthNs() ? clock.offsetNs(timeNs) : 0;
        return timeNs - Math.floorMod(timeNs + offsetNs, periodNs);
    }

    private void merge(long timeNs, long open, long high, long low, long close, long ticks) {
        if (timeNs < startNs) {
            lateTicks++;
            return;
        }
        if (startNs == NO_BAR || timeNs >= endNs) {
            startNs = startOf(timeNs);
            endNs = startNs + periodNs;
            openE8 = open;
            highE8 = high;
            lowE8 = low;
            closeE8 = close;
            volume = ticks;
            sink.onBarOpened(this);
            return;
        }
        highE8 = Math.max(highE8, high);
        lowE8 = Math.min(lowE8, low);
        closeE8 = close;
        volume += ticks;
        sink.onBarChanged(this);
    }

    public BarPeriod period() {
        return period;
    }

    /** Start of the forming bar, ns since the Unix epoch. */
    public long startNs() {
        return startNs;
    }

    /** Where the forming bar ends, ns since the Unix epoch, exclusive. */
    public long endNs() {
        return endNs;
    }

    /** Whether no bar has begun yet. */
    public boolean isEmpty() {
        return startNs == NO_BAR;
    }

    public long openE8() {
        return openE8;
    }

    public long highE8() {
        return highE8;
    }

    public long lowE8() {
        return lowE8;
    }

    public long closeE8() {
        return closeE8;
    }

    /** Ticks in the forming bar. */
    public long volume() {
        return volume;
    }

    public long lateTicks() {
        return lateTicks;
    }
}
