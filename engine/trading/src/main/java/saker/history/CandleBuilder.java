package saker.history;

import java.util.ArrayList;
import java.util.List;

/** Joins candles of a short period into those of a longer one. */
final class CandleBuilder {
    private final Periods periods;
    private final long nowNs;
    private final List<Candle> done = new ArrayList<>();
    private long startNs = Long.MIN_VALUE;
    private long endNs = Long.MIN_VALUE;
    private Candle open;

    CandleBuilder(Periods periods, long nowNs) {
        this.periods = periods;
        this.nowNs = nowNs;
    }

    /** Adds candles in ascending order. */
    void add(Candle part) {
        if (part.startNs() >= endNs) {
            finish();
            startNs = periods.startOf(part.startNs());
            endNs = periods.endOf(startNs);
            open = part;
        } else {
            open = open.join(part);
        }
    }

    private void finish() {
        if (open != null) {
            done.add(open.as(startNs, nowNs >= endNs));
            open = null;
        }
    }

    List<Candle> candles() {
        finish();
        return done;
    }
}
