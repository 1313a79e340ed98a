package saker.journal;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import saker.model.Boot;
import saker.model.RecordKind;

/**
 * Layout of a BOOT payload, fields in this order; text is its length (i32) and UTF-8.
 *
 * <pre>
 *   bootId i64 | journalId i64 | startTimeNs i64 | version text
 * </pre>
 */
public final class BootDescriptor {
    public static final int VERSION = 1;

    private BootDescriptor() {}

    /** Returns the payload's length in bytes. */
    public static int encode(Boot boot, MutableDirectBuffer buffer, int offset) {
        PayloadWriter out = new PayloadWriter(buffer, offset);
        out.i64(boot.bootId()).i64(boot.journalId()).i64(boot.startTimeNs()).text(boot.version());
        return out.length();
    }

    /** Throws {@link PayloadDamagedException} where the bytes are no such payload. */
    public static Boot decode(DirectBuffer buffer, int offset, int length) {
        PayloadReader in = new PayloadReader(RecordKind.BOOT, buffer, offset, length);
        try {
            long bootId = in.i64();
            long journalId = in.i64();
            long startTimeNs = in.i64();
            Boot boot = new Boot(bootId, journalId, in.text(), startTimeNs);
            in.end();
            return boot;
        } catch (IllegalArgumentException e) {
            throw new PayloadDamagedException("payload refused: kind=BOOT: " + e.getMessage(), e);
        }
    }

    /** Reads the boot id alone, without allocation. */
    static long bootId(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset, java.nio.ByteOrder.LITTLE_ENDIAN);
    }
}
