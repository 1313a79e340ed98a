package saker.journal;

import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import saker.model.RecordKind;
import saker.model.Signal;

/**
 * Layout of a SIGNAL payload, fields in this order; text is its length (i32) and UTF-8.
 *
 * <pre>
 *   instanceId i64 | instrumentId i32 | bidE8 i64 | askE8 i64 | returnCode i32 | discarded u8
 *   rows i32, each: ticket i64 | bits i32 | lotsE8 i64 | entryPriceE8 i64 | stopDistanceE8 i64
 *                   | targetDistanceE8 i64 | expirySeconds i64
 * </pre>
 */
public final class SignalDescriptor {
    public static final int VERSION = 1;

    private static final int ROW_LENGTH = 6 * Long.BYTES + Integer.BYTES;

    private SignalDescriptor() {}

    /** Returns the payload's length in bytes. */
    public static int encode(Signal signal, MutableDirectBuffer buffer, int offset) {
        PayloadWriter out = new PayloadWriter(buffer, offset);
        out.i64(signal.instanceId())
                .i32(signal.instrumentId())
                .i64(signal.bidE8())
                .i64(signal.askE8());
        out.i32(signal.returnCode()).bool(signal.discarded()).i32(signal.rows().size());
        for (Signal.Row row : signal.rows()) {
            encodeRow(row, out);
        }
        return out.length();
    }

    /** Throws {@link PayloadDamagedException} where the bytes are no such payload. */
    public static Signal decode(DirectBuffer buffer, int offset, int length) {
        PayloadReader in = new PayloadReader(RecordKind.SIGNAL, buffer, offset, length);
        try {
            long instanceId = in.i64();
            int instrumentId = in.i32();
            long bidE8 = in.i64();
            long askE8 = in.i64();
            int returnCode = in.i32();
            boolean discarded = in.bool();
            Signal signal =
                    new Signal(
                            instanceId,
                            instrumentId,
                            bidE8,
                            askE8,
                            returnCode,
                            discarded,
                            decodeRows(in));
            in.end();
            return signal;
        } catch (IllegalArgumentException e) {
            throw new PayloadDamagedException("payload refused: kind=SIGNAL: " + e.getMessage(), e);
        }
    }

    private static void encodeRow(Signal.Row row, PayloadWriter out) {
        out.i64(row.ticket()).i32(row.bits()).i64(row.lotsE8()).i64(row.entryPriceE8());
        out.i64(row.stopDistanceE8()).i64(row.targetDistanceE8()).i64(row.expirySeconds());
    }

    private static List<Signal.Row> decodeRows(PayloadReader in) {
        int count = in.count(ROW_LENGTH);
        List<Signal.Row> rows = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            rows.add(
                    new Signal.Row(
                            in.i64(), in.i32(), in.i64(), in.i64(), in.i64(), in.i64(), in.i64()));
        }
        return rows;
    }
}
