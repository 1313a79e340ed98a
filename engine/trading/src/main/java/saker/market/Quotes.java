package saker.market;

import java.util.ArrayList;
import java.util.List;
import saker.model.Instrument;
import saker.model.TickFlags;

/**
 * The latest bid and ask of every instrument, in arrays by instrument id. One thread; a tick
 * allocates nothing.
 */
public final class Quotes {
    private static final int SIZE = Instrument.MAX_INSTRUMENTS;

    private final long[] bidE8 = new long[SIZE];
    private final long[] askE8 = new long[SIZE];
    private final long[] marketTimeNs = new long[SIZE];
    private final long[] journalTimeNs = new long[SIZE];
    private final int[] flags = new int[SIZE];

    /**
     * Takes a tick. A late one ({@link TickFlags#LATE}) changes nothing.
     *
     * @param journalTimeNs our time of the record; the quote's age counts from here
     */
    public void onTick(
            int instrumentId,
            long bidE8,
            long askE8,
            long marketTimeNs,
            long journalTimeNs,
            int flags) {
        if ((flags & TickFlags.LATE) != 0) {
            return;
        }
        this.bidE8[instrumentId] = bidE8;
        this.askE8[instrumentId] = askE8;
        this.marketTimeNs[instrumentId] = marketTimeNs;
        this.journalTimeNs[instrumentId] = journalTimeNs;
        this.flags[instrumentId] = flags;
    }

    /** A copy for a snapshot. */
    public QuotesState state() {
        List<QuotesState.Quote> seen = new ArrayList<>();
        for (int id = 0; id < SIZE; id++) {
            if (has(id)) {
                seen.add(
                        new QuotesState.Quote(
                                id,
                                bidE8[id],
                                askE8[id],
                                marketTimeNs[id],
                                journalTimeNs[id],
                                flags[id]));
            }
        }
        return new QuotesState(seen);
    }

    /** Goes on from a snapshot; before the first tick. */
    public void restore(QuotesState state) {
        for (QuotesState.Quote quote : state.quotes()) {
            onTick(
                    quote.instrumentId(),
                    quote.bidE8(),
                    quote.askE8(),
                    quote.marketTimeNs(),
                    quote.journalTimeNs(),
                    quote.flags());
        }
    }

    /** Whether a tick of the instrument was seen. */
    public boolean has(int instrumentId) {
        return bidE8[instrumentId] > 0;
    }

    /** 0 before the first tick. */
    public long bidE8(int instrumentId) {
        return bidE8[instrumentId];
    }

    /** 0 before the first tick. */
    public long askE8(int instrumentId) {
        return askE8[instrumentId];
    }

    public long marketTimeNs(int instrumentId) {
        return marketTimeNs[instrumentId];
    }

    public long journalTimeNs(int instrumentId) {
        return journalTimeNs[instrumentId];
    }

    /** Whether the broker would trade at this price. */
    public boolean isTradeable(int instrumentId) {
        return (flags[instrumentId] & TickFlags.TRADEABLE) != 0;
    }

    /** What a trade with these signed units would be closed at: bid for a long, ask for a short. */
    public long closingPriceE8(int instrumentId, long unitsE4) {
        return unitsE4 > 0 ? bidE8[instrumentId] : askE8[instrumentId];
    }
}
