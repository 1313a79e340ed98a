package saker.journal;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import saker.model.RecordKind;
import saker.model.RiskDecision;
import saker.model.RiskRule;

/**
 * Layout of a RISK_DECISION payload, fields in this order; text is its length (i32) and UTF-8.
 *
 * <pre>
 *   approved u8 | rule i32 (code) | accountId i32 | instrumentId i32 | instanceId i64
 *   origin i64 | row i32 | detail text
 * </pre>
 */
public final class RiskDecisionDescriptor {
    public static final int VERSION = 1;

    private RiskDecisionDescriptor() {}

    /** Returns the payload's length in bytes. */
    public static int encode(RiskDecision decision, MutableDirectBuffer buffer, int offset) {
        PayloadWriter out = new PayloadWriter(buffer, offset);
        out.bool(decision.approved())
                .i32(decision.rule().code())
                .i32(decision.accountId())
                .i32(decision.instrumentId());
        out.i64(decision.instanceId())
                .i64(decision.origin())
                .i32(decision.row())
                .text(decision.detail());
        return out.length();
    }

    /** Throws {@link PayloadDamagedException} where the bytes are no such payload. */
    public static RiskDecision decode(DirectBuffer buffer, int offset, int length) {
        PayloadReader in = new PayloadReader(RecordKind.RISK_DECISION, buffer, offset, length);
        try {
            RiskDecision decision =
                    new RiskDecision(
                            in.bool(),
                            RiskRule.ofCode(in.i32()),
                            in.i32(),
                            in.i32(),
                            in.i64(),
                            in.i64(),
                            in.i32(),
                            in.text());
            in.end();
            return decision;
        } catch (IllegalArgumentException e) {
            throw new PayloadDamagedException(
                    "payload refused: kind=RISK_DECISION: " + e.getMessage(), e);
        }
    }
}
