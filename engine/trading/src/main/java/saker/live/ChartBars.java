package saker.live;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import saker.market.BarBuilder;
import saker.market.BarSink;
import saker.model.BarPeriod;
import saker.model.Bars;

/**
 * The newest bars of one instrument in every chart period, from warm-up bars and ticks. Written by
 * the live feed's thread, read by any.
 */
final class ChartBars {
    private static final int KEPT = 1500;

    private final Map<BarPeriod, Ring> rings = new EnumMap<>(BarPeriod.class);

    /** Told which period's bar changed. */
    interface Listener {
        void onBar(BarPeriod period, Bars.Bar bar);
    }

    ChartBars() {
        for (BarPeriod period : BarPeriod.values()) {
            if (period.minutes() <= BarPeriod.D1.minutes()) {
                rings.put(period, new Ring(period));
            }
        }
    }

    synchronized void onTick(long bidE8, long timeNs) {
        for (Ring ring : rings.values()) {
            ring.builder.onTick(bidE8, timeNs);
        }
    }

    /**
     * Completed bars: into their own period and, minutes only, into the longer ones. What lies
     * before a bar already built is left out.
     */
    synchronized void onBars(Bars record) {
        for (Bars.Bar bar : record.bars()) {
            for (Ring ring : rings.values()) {
                if (ring.period == record.period()
                        || (record.period() == BarPeriod.M1 && !ring.hasBar(bar.startNs()))) {
                    ring.builder.onBar(
                            bar.startNs(),
                            bar.openE8(),
                            bar.highE8(),
                            bar.lowE8(),
                            bar.closeE8(),
                            bar.volume());
                }
            }
        }
    }

    /** A process started: bars may be missing since the last one, warm-up brings them again. */
    synchronized void clear() {
        rings.values().forEach(Ring::clear);
    }

    /** Oldest first, the forming bar last; empty for a period that is not charted. */
    synchronized List<Bars.Bar> bars(BarPeriod period, int count) {
        Ring ring = rings.get(period);
        return ring == null ? List.of() : ring.newest(count);
    }

    /** The forming bar, or null. */
    synchronized Bars.Bar forming(BarPeriod period) {
        Ring ring = rings.get(period);
        return ring == null ? null : ring.forming();
    }

    private static final class Ring implements BarSink {
        final BarPeriod period;
        final BarBuilder builder;
        private final Bars.Bar[] completed = new Bars.Bar[KEPT];
        private int count;

        // The forming bar as of the builder's last call; what is complete when the next one opens.
        private long startNs;
        private long openE8;
        private long highE8;
        private long lowE8;
        private long closeE8;
        private long volume;
        private boolean any;

        Ring(BarPeriod period) {
            this.period = period;
            this.builder = new BarBuilder(period, this);
        }

        @Override
        public void onBarOpened(BarBuilder bar) {
            if (any) {
                completed[count++ % KEPT] = forming();
            }
            any = true;
            onBarChanged(bar);
        }

        @Override
        public void onBarChanged(BarBuilder bar) {
            startNs = bar.startNs();
            openE8 = bar.openE8();
            highE8 = bar.highE8();
            lowE8 = bar.lowE8();
            closeE8 = bar.closeE8();
            volume = bar.volume();
        }

        boolean hasBar(long timeNs) {
            return any && timeNs < startNs;
        }

        Bars.Bar forming() {
            return any ? new Bars.Bar(startNs, openE8, highE8, lowE8, closeE8, volume) : null;
        }

        List<Bars.Bar> newest(int wanted) {
            List<Bars.Bar> bars = new ArrayList<>();
            int completeWanted = Math.min(Math.min(wanted - 1, count), KEPT);
            for (int i = count - Math.max(0, completeWanted); i < count; i++) {
                bars.add(completed[i % KEPT]);
            }
            if (any) {
                bars.add(forming());
            }
            return bars;
        }

        void clear() {
            builder.clear();
            count = 0;
            any = false;
        }
    }
}
