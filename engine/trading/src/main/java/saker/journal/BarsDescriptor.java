package saker.journal;

import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import saker.model.BarPeriod;
import saker.model.Bars;
import saker.model.RecordKind;

/**
 * Layout of a BARS payload, fields in this order; text is its length (i32) and UTF-8.
 *
 * <pre>
 *   instrumentId i32 | period u8 | complete u8
 *   bars i32, each: startNs i64 | openE8 i64 | highE8 i64 | lowE8 i64 | closeE8 i64 | volume i64
 * </pre>
 */
public final class BarsDescriptor {
    public static final int VERSION = 1;

    private static final int BAR_LENGTH = 6 * Long.BYTES;

    private BarsDescriptor() {}

    /** Returns the payload's length in bytes. */
    public static int encode(Bars series, MutableDirectBuffer buffer, int offset) {
        PayloadWriter out = new PayloadWriter(buffer, offset);
        out.i32(series.instrumentId())
                .constant(series.period())
                .bool(series.complete())
                .i32(series.bars().size());
        for (Bars.Bar bar : series.bars()) {
            out.i64(bar.startNs()).i64(bar.openE8()).i64(bar.highE8()).i64(bar.lowE8());
            out.i64(bar.closeE8()).i64(bar.volume());
        }
        return out.length();
    }

    /** Throws {@link PayloadDamagedException} where the bytes are no such payload. */
    public static Bars decode(DirectBuffer buffer, int offset, int length) {
        PayloadReader in = new PayloadReader(RecordKind.BARS, buffer, offset, length);
        try {
            Bars series =
                    new Bars(in.i32(), in.constant(BarPeriod.values()), in.bool(), decodeBars(in));
            in.end();
            return series;
        } catch (IllegalArgumentException e) {
            throw new PayloadDamagedException("payload refused: kind=BARS: " + e.getMessage(), e);
        }
    }

    private static List<Bars.Bar> decodeBars(PayloadReader in) {
        int count = in.count(BAR_LENGTH);
        List<Bars.Bar> bars = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            bars.add(new Bars.Bar(in.i64(), in.i64(), in.i64(), in.i64(), in.i64(), in.i64()));
        }
        return bars;
    }
}
