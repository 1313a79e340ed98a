package saker.journal;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import saker.model.EngineState;
import saker.model.RecordKind;
import saker.model.RiskRule;

/**
 * Layout of an ENGINE_STATE payload, fields in this order; text is its length (i32) and UTF-8.
 *
 * <pre>
 *   scope u8 | scopeId i64 | state u8 | rule i32 (code) | detail text
 * </pre>
 */
public final class EngineStateDescriptor {
    public static final int VERSION = 1;

    private EngineStateDescriptor() {}

    /** Returns the payload's length in bytes. */
    public static int encode(EngineState state, MutableDirectBuffer buffer, int offset) {
        PayloadWriter out = new PayloadWriter(buffer, offset);
        out.constant(state.scope())
                .i64(state.scopeId())
                .constant(state.state())
                .i32(state.rule().code());
        out.text(state.detail());
        return out.length();
    }

    /** Throws {@link PayloadDamagedException} where the bytes are no such payload. */
    public static EngineState decode(DirectBuffer buffer, int offset, int length) {
        PayloadReader in = new PayloadReader(RecordKind.ENGINE_STATE, buffer, offset, length);
        try {
            EngineState state =
                    new EngineState(
                            in.constant(EngineState.Scope.values()),
                            in.i64(),
                            in.constant(EngineState.State.values()),
                            RiskRule.ofCode(in.i32()),
                            in.text());
            in.end();
            return state;
        } catch (IllegalArgumentException e) {
            throw new PayloadDamagedException(
                    "payload refused: kind=ENGINE_STATE: " + e.getMessage(), e);
        }
    }
}
