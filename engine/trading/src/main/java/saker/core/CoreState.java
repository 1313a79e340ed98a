package saker.core;

import java.util.List;
import saker.journal.EngineStateDescriptor;
import saker.journal.PartState;
import saker.journal.PayloadReader;
import saker.journal.PayloadWriter;
import saker.market.QuotesState;
import saker.model.EngineState;

/**
 * All a {@link TradingCore} knows after a record, for a snapshot.
 *
 * <pre>
 *   version u8 | bootId i64 | bootIndex i64 | dayEndNs i64
 *   boots i32, each i64 | halts found while recovering i32, each: length i32, EngineState
 *   quotes | switches | desks i32, each desk
 * </pre>
 */
public record CoreState(
        long bootId,
        long bootIndex,
        long dayEndNs,
        List<Long> boots,
        List<EngineState> recoveryHalts,
        QuotesState quotes,
        SwitchState switches,
        List<DeskState> desks)
        implements PartState {
    /** 1 had neither failed instances nor the market rate, 2 no fills, 3 less of waiting orders. */
    private static final int VERSION = 4;

    private static final int DESK_LENGTH = 60; // At least.

    /** Accounts in it. */
    public int accounts() {
        return desks.size();
    }

    /** The same with these in place of the halts found while recovering. */
    public CoreState withRecoveryHalts(List<EngineState> halts) {
        return new CoreState(bootId, bootIndex, dayEndNs, boots, halts, quotes, switches, desks);
    }

    @Override
    public byte[] encode() {
        return PartState.encode(VERSION, this::encode);
    }

    private void encode(PayloadWriter out) {
        out.i64(bootId).i64(bootIndex).i64(dayEndNs);
        out.list(boots, PayloadWriter::i64);
        out.list(recoveryHalts, (o, halt) -> o.nested(halt, EngineStateDescriptor::encode));
        quotes.encode(out);
        switches.encode(out);
        out.list(desks, (o, desk) -> desk.encode(o));
    }

    /** Throws {@link saker.journal.PayloadDamagedException} where the bytes are no such state. */
    public static CoreState decode(byte[] bytes) {
        return PartState.decode(
                "core state",
                VERSION,
                bytes,
                in ->
                        new CoreState(
                                in.i64(),
                                in.i64(),
                                in.i64(),
                                in.list(Long.BYTES, PayloadReader::i64),
                                in.list(
                                        Integer.BYTES,
                                        i -> i.nested(EngineStateDescriptor::decode)),
                                QuotesState.decode(in),
                                SwitchState.decode(in),
                                in.list(DESK_LENGTH, DeskState::decode)));
    }
}
