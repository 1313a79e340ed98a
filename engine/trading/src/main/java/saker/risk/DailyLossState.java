package saker.risk;

import saker.journal.PayloadReader;
import saker.journal.PayloadWriter;

/**
 * A {@link DailyLoss} in a snapshot: {@code dayEndNs i64 | openingEquityE8 i64}, as they are kept.
 */
public record DailyLossState(long dayEndNs, long openingEquityE8) {

    public void encode(PayloadWriter out) {
        out.i64(dayEndNs).i64(openingEquityE8);
    }

    public static DailyLossState decode(PayloadReader in) {
        return new DailyLossState(in.i64(), in.i64());
    }
}
