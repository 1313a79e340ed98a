package saker.strategy;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agrona.collections.LongArrayList;
import saker.market.BarBuilder;
import saker.model.BarPeriod;
import saker.model.Bars;

/**
 * Fills the bar builders of one instance before its first call: the completed bars of every period,
 * then minutes for what has passed of the longer periods' forming bars, then the ticks that arrived
 * in the meantime and lie behind the last minute. So the first call sees what it would have seen
 * had the engine never been down.
 */
final class WarmUp {
    private final Map<BarPeriod, List<Bars.Bar>> bars = new EnumMap<>(BarPeriod.class);
    private final Set<BarPeriod> missing;
    private final LongArrayList ticks = new LongArrayList(); // bid, time, bid, time ...

    /**
     * @param periods wanted besides M1, which is always
     */
    WarmUp(Set<BarPeriod> periods) {
        missing = EnumSet.copyOf(periods);
        missing.add(BarPeriod.M1);
    }

    void onBars(Bars record) {
        bars.computeIfAbsent(record.period(), period -> new ArrayList<>()).addAll(record.bars());
        if (record.complete()) {
            missing.remove(record.period());
        }
    }

    void onTick(long bidE8, long timeNs) {
        ticks.addLong(bidE8);
        ticks.addLong(timeNs);
    }

    boolean isComplete() {
        return missing.isEmpty();
    }

    String waitsFor() {
        return "waits for bars: " + missing;
    }

    /** Feeds everything into the builders, in time's order. */
    void fill(Iterable<BarBuilder> builders) {
        List<Bars.Bar> minutes = bars.getOrDefault(BarPeriod.M1, List.of());
        long minutesEndNs =
                minutes.isEmpty()
                        ? Long.MIN_VALUE
                        : minutes.get(minutes.size() - 1).startNs() + BarPeriod.M1.lengthNs();
        for (BarBuilder builder : builders) {
            List<Bars.Bar> own = bars.getOrDefault(builder.period(), List.of());
            own.forEach(bar -> feed(builder, bar));
            if (builder.period() != BarPeriod.M1) {
                long completedNs = builder.isEmpty() ? Long.MIN_VALUE : builder.endNs();
                minutes.stream()
                        .filter(bar -> bar.startNs() >= completedNs)
                        .forEach(bar -> feed(builder, bar));
            }
            for (int i = 0; i < ticks.size(); i += 2) {
                if (ticks.getLong(i + 1) >= minutesEndNs) {
                    builder.onTick(ticks.getLong(i), ticks.getLong(i + 1));
                }
            }
        }
    }

    private static void feed(BarBuilder builder, Bars.Bar bar) {
        builder.onBar(
                bar.startNs(),
                bar.openE8(),
                bar.highE8(),
                bar.lowE8(),
                bar.closeE8(),
                bar.volume());
    }
}
