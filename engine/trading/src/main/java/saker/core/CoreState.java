package saker.core;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import saker.journal.EngineStateDescriptor;
import saker.journal.PayloadReader;
import saker.journal.PayloadWriter;
import saker.market.QuotesState;
import saker.model.EngineState;

/**
 * All a {@link TradingCore} knows after a record, for a snapshot. Immutable: made on the core's
 * thread in a moment, encoded on another.
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
        List<DeskState> desks) {
    private static final int VERSION = 1;
    private static final int DESK_LENGTH = 60; // At least.

    /** Accounts in it. */
    public int accounts() {
        return desks.size();
    }

    public byte[] encode() {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(64 << 10);
        PayloadWriter out = new PayloadWriter(buffer, 0);
        out.u8(VERSION).i64(bootId).i64(bootIndex).i64(dayEndNs);
        out.i32(boots.size());
        boots.forEach(out::i64);
        out.i32(recoveryHalts.size());
        recoveryHalts.forEach(halt -> out.nested(halt, EngineStateDescriptor::encode));
        quotes.encode(out);
        switches.encode(out);
        out.i32(desks.size());
        desks.forEach(desk -> desk.encode(out));
        byte[] bytes = new byte[out.length()];
        buffer.getBytes(0, bytes);
        return bytes;
    }

    /** Throws {@link saker.journal.PayloadDamagedException} where the bytes are no such state. */
    public static CoreState decode(byte[] bytes) {
        PayloadReader in =
                new PayloadReader("core state", new UnsafeBuffer(bytes), 0, bytes.length);
        in.version(VERSION);
        CoreState state =
                new CoreState(
                        in.i64(),
                        in.i64(),
                        in.i64(),
                        list(in, Long.BYTES, PayloadReader::i64),
                        list(
                                in,
                                Integer.BYTES,
                                reader -> reader.nested(EngineStateDescriptor::decode)),
                        QuotesState.decode(in),
                        SwitchState.decode(in),
                        list(in, DESK_LENGTH, DeskState::decode));
        in.end();
        return state;
    }

    private static <T> List<T> list(
            PayloadReader in, int elementLength, Function<PayloadReader, T> element) {
        int count = in.count(elementLength);
        List<T> list = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            list.add(element.apply(in));
        }
        return list;
    }
}
