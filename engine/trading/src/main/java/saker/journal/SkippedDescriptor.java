package saker.journal;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import saker.model.RecordKind;
import saker.model.Skipped;

/**
 * Layout of a SKIPPED payload, fields in this order; text is its length (i32) and UTF-8.
 *
 * <pre>
 *   index i64 | accountId i32 | detail text
 * </pre>
 */
public final class SkippedDescriptor {
    public static final int VERSION = 1;

    private SkippedDescriptor() {}

    /** Returns the payload's length in bytes. */
    public static int encode(Skipped skipped, MutableDirectBuffer buffer, int offset) {
        PayloadWriter out = new PayloadWriter(buffer, offset);
        out.i64(skipped.index()).i32(skipped.accountId()).text(skipped.detail());
        return out.length();
    }

    /** Throws {@link PayloadDamagedException} where the bytes are no such payload. */
    public static Skipped decode(DirectBuffer buffer, int offset, int length) {
        PayloadReader in = new PayloadReader(RecordKind.SKIPPED, buffer, offset, length);
        try {
            Skipped skipped = new Skipped(in.i64(), in.i32(), in.text());
            in.end();
            return skipped;
        } catch (IllegalArgumentException e) {
            throw new PayloadDamagedException(
                    "payload refused: kind=SKIPPED: " + e.getMessage(), e);
        }
    }
}
