package saker.broker.oanda;

import saker.broker.oanda.OandaCounters.Count;
import saker.model.Instrument;
import saker.model.TickFlags;

/**
 * Judges each price before it may become a tick: absurd ones are quarantined, repeated ones are
 * dropped, late ones are marked. Remembers the last price of each instrument over reconnects, so
 * that the snapshot after one is no second tick. Allocates nothing. One thread.
 *
 * <p>A price far from the last accepted one may be a real gap. It is accepted once {@value
 * #GAP_CONFIRMATIONS} prices in a row agree with each other, so a single wrong print never is.
 */
public final class TickGate {
    static final int GAP_CONFIRMATIONS = 3;

    /** Deviation from the last accepted price that is still no gap. */
    public static final int DEVIATION_PCT_DEFAULT = 20;

    /** A stamp this far ahead of our clock would make every later tick late. */
    private static final long AHEAD_NS_MAX = 86_400_000_000_000L;

    // Set once.
    private final TickSink sink;
    private final OandaCounters counters;
    private final int deviationPct;

    private boolean followsOurClock = true;

    // Per instrument; a bid of 0 means none yet.
    private final long[] bidE8 = new long[Instrument.MAX_INSTRUMENTS];
    private final long[] askE8 = new long[Instrument.MAX_INSTRUMENTS];
    private final long[] timeNs = new long[Instrument.MAX_INSTRUMENTS];
    private final int[] flags = new int[Instrument.MAX_INSTRUMENTS];
    private final long[] suspectMidE8 = new long[Instrument.MAX_INSTRUMENTS];
    private final int[] suspectCount = new int[Instrument.MAX_INSTRUMENTS];

    /**
     * @param deviationPct 1 to 99
     */
    public TickGate(TickSink sink, OandaCounters counters, int deviationPct) {
        if (deviationPct < 1 || deviationPct > 99) {
            throw new IllegalArgumentException("bad deviation: deviationPct=" + deviationPct);
        }
        this.sink = sink;
        this.counters = counters;
        this.deviationPct = deviationPct;
    }

    /** Whether the feed's stamps can be held against our clock: not for a venue with its own. */
    void followsOurClock(boolean follows) {
        followsOurClock = follows;
    }

    /** Passes a PRICE line on, or counts why not. */
    public void onPrice(PriceLine line, long receiveTimeNs) {
        int id = line.instrumentId;
        if (id < 0) {
            counters.increment(Count.LINE_UNKNOWN_INSTRUMENT);
            return;
        }
        if (followsOurClock && line.timeNs - receiveTimeNs > AHEAD_NS_MAX) {
            counters.increment(Count.QUARANTINED_TIME);
            return;
        }
        if (!line.hasBid || !line.hasAsk) {
            onHalted(id, line.timeNs, receiveTimeNs);
            return;
        }
        if (isSane(line) && isNear(id, line)) {
            accept(
                    id,
                    line.bidE8,
                    line.askE8,
                    line.timeNs,
                    receiveTimeNs,
                    line.tradeable ? TickFlags.TRADEABLE : 0);
        }
    }

    /** One side is empty: nobody trades at the last price any more, but it is still the last. */
    private void onHalted(int id, long eventTimeNs, long receiveTimeNs) {
        counters.increment(Count.TICK_NO_DEPTH);
        if (bidE8[id] != 0) {
            accept(id, bidE8[id], askE8[id], eventTimeNs, receiveTimeNs, 0);
        }
    }

    private boolean isSane(PriceLine line) {
        if (line.bidE8 <= 0 || line.askE8 <= 0) {
            counters.increment(Count.QUARANTINED_NOT_POSITIVE);
            return false;
        }
        if (line.askE8 < line.bidE8) {
            counters.increment(Count.QUARANTINED_CROSSED);
            return false;
        }
        if (deviates(line.askE8, line.bidE8)) {
            counters.increment(Count.QUARANTINED_DEVIATION);
            return false;
        }
        return true;
    }

    private boolean isNear(int id, PriceLine line) {
        long midE8 = mid(line.bidE8, line.askE8);
        if (bidE8[id] == 0 || !deviates(midE8, mid(bidE8[id], askE8[id]))) {
            suspectCount[id] = 0;
            return true;
        }
        boolean agrees = suspectCount[id] > 0 && !deviates(midE8, suspectMidE8[id]);
        suspectCount[id] = agrees ? suspectCount[id] + 1 : 1;
        suspectMidE8[id] = midE8;
        if (suspectCount[id] < GAP_CONFIRMATIONS) {
            counters.increment(Count.QUARANTINED_DEVIATION);
            return false;
        }
        suspectCount[id] = 0;
        counters.increment(Count.GAPS_ACCEPTED);
        return true;
    }

    private void accept(
            int id, long bid, long ask, long eventTimeNs, long receiveTimeNs, int tickFlags) {
        if (eventTimeNs < timeNs[id]) {
            counters.increment(Count.TICK_LATE);
            sink.onTick(id, bid, ask, eventTimeNs, receiveTimeNs, tickFlags | TickFlags.LATE);
            return;
        }
        if (eventTimeNs == timeNs[id]
                && bid == bidE8[id]
                && ask == askE8[id]
                && tickFlags == flags[id]) {
            counters.increment(Count.TICK_DUPLICATE);
            return;
        }
        bidE8[id] = bid;
        askE8[id] = ask;
        timeNs[id] = eventTimeNs;
        flags[id] = tickFlags;
        counters.increment(Count.TICKS);
        sink.onTick(id, bid, ask, eventTimeNs, receiveTimeNs, tickFlags);
    }

    /** By hundredths of the reference first, so that no price overflows. */
    private boolean deviates(long priceE8, long referenceE8) {
        return Math.abs(priceE8 - referenceE8) / deviationPct > referenceE8 / 100;
    }

    private static long mid(long bid, long ask) {
        return bid + (ask - bid) / 2;
    }
}
