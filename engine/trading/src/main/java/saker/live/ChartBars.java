package saker.live;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

    /** Completed bars of the past: for their own period and, minutes, for the longer ones too. */
    synchronized void onBars(Bars record) {
        for (Ring ring : rings.values()) {
            if (ring.period == record.period()) {
                record.bars().forEach(ring::put);
            } else if (record.period() == BarPeriod.M1) {
                record.bars().forEach(ring::putMinute);
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

    /**
     * Bars of one period: those of the past by their start, and those built from ticks since the
     * first one arrived. Ticks and the past arrive in any order; where they meet, the bar is of
     * both.
     */
    private static final class Ring implements BarSink {
        final BarPeriod period;
        final BarBuilder builder;
        private final TreeMap<Long, Bars.Bar> past = new TreeMap<>();
        private final ArrayDeque<Bars.Bar> completed = new ArrayDeque<>();
        private Bars.Bar forming;

        Ring(BarPeriod period) {
            this.period = period;
            this.builder = new BarBuilder(period, this);
        }

        @Override
        public void onBarOpened(BarBuilder bar) {
            if (forming != null) {
                completed.add(forming);
                if (completed.size() > KEPT) {
                    completed.remove();
                }
            }
            onBarChanged(bar);
        }

        @Override
        public void onBarChanged(BarBuilder bar) {
            forming =
                    new Bars.Bar(
                            bar.startNs(),
                            bar.openE8(),
                            bar.highE8(),
                            bar.lowE8(),
                            bar.closeE8(),
                            bar.volume());
        }

        /** A whole bar of this period; better than one made of minutes. */
        void put(Bars.Bar bar) {
            past.put(bar.startNs(), bar);
            if (past.size() > KEPT) {
                past.pollFirstEntry();
            }
        }

        void putMinute(Bars.Bar minute) {
            long startNs = builder.startOf(minute.startNs());
            Bars.Bar known = past.get(startNs);
            put(known == null ? at(startNs, minute) : join(known, minute));
        }

        Bars.Bar forming() {
            return forming;
        }

        List<Bars.Bar> newest(int wanted) {
            List<Bars.Bar> built = new ArrayList<>(completed);
            if (forming != null) {
                built.add(forming);
            }
            long firstBuiltNs = built.isEmpty() ? Long.MAX_VALUE : built.get(0).startNs();
            Bars.Bar meeting = past.get(firstBuiltNs);
            if (meeting != null) {
                built.set(0, join(meeting, built.get(0)));
            }
            List<Bars.Bar> all = new ArrayList<>(past.headMap(firstBuiltNs).values());
            all.addAll(built);
            return List.copyOf(all.subList(Math.max(0, all.size() - wanted), all.size()));
        }

        void clear() {
            builder.clear();
            past.clear();
            completed.clear();
            forming = null;
        }

        private static Bars.Bar at(long startNs, Bars.Bar bar) {
            return new Bars.Bar(
                    startNs, bar.openE8(), bar.highE8(), bar.lowE8(), bar.closeE8(), bar.volume());
        }

        private static Bars.Bar join(Bars.Bar first, Bars.Bar second) {
            return new Bars.Bar(
                    first.startNs(),
                    first.openE8(),
                    Math.max(first.highE8(), second.highE8()),
                    Math.min(first.lowE8(), second.lowE8()),
                    second.closeE8(),
                    first.volume() + second.volume());
        }
    }
}
