package saker.market;

import java.util.List;
import saker.journal.PayloadReader;
import saker.journal.PayloadWriter;
import saker.model.Instrument;

/**
 * {@link Quotes} in a snapshot.
 *
 * <pre>
 *   count i32, each: id i32 | bidE8 i64 | askE8 i64 | marketTimeNs i64 | journalTimeNs i64 | flags i32
 * </pre>
 */
public record QuotesState(List<Quote> quotes) {
    private static final int QUOTE_LENGTH = 40;

    /** The latest tick of one instrument. */
    public record Quote(
            int instrumentId,
            long bidE8,
            long askE8,
            long marketTimeNs,
            long journalTimeNs,
            int flags) {}

    public void encode(PayloadWriter out) {
        out.list(
                quotes,
                (o, quote) ->
                        o.i32(quote.instrumentId)
                                .i64(quote.bidE8)
                                .i64(quote.askE8)
                                .i64(quote.marketTimeNs)
                                .i64(quote.journalTimeNs)
                                .i32(quote.flags));
    }

    public static QuotesState decode(PayloadReader in) {
        return new QuotesState(in.list(QUOTE_LENGTH, QuotesState::quote));
    }

    private static Quote quote(PayloadReader in) {
        int id = in.index(Instrument.MAX_INSTRUMENTS);
        return new Quote(id, in.i64(), in.i64(), in.i64(), in.i64(), in.i32());
    }
}
