package saker.journal;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Layout of a TICK payload. The event time is the header's market time. Allocates nothing.
 *
 * <pre>
 *   0                 4          8           16          24                  32
 *  +-----------------+----------+-----------+-----------+-------------------+
 *  | instrumentId i32| flags i32| bidE8 i64 | askE8 i64 | receiveTimeNs i64 |
 *  +-----------------+----------+-----------+-----------+-------------------+
 * </pre>
 *
 * Flags are those of {@link saker.model.TickFlags}.
 */
public final class TickDescriptor {
    public static final int VERSION = 1;
    public static final int LENGTH = 32;

    private static final int INSTRUMENT_ID = 0;
    private static final int FLAGS = 4;
    private static final int BID = 8;
    private static final int ASK = 16;
    private static final int RECEIVE_TIME = 24;

    private TickDescriptor() {}

    /** Returns {@link #LENGTH}. Prices are in quote currency × 10^8. */
    public static int encode(
            MutableDirectBuffer buffer,
            int offset,
            int instrumentId,
            long bidE8,
            long askE8,
            long receiveTimeNs,
            int flags) {
        buffer.putInt(offset + INSTRUMENT_ID, instrumentId, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(offset + FLAGS, flags, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(offset + BID, bidE8, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(offset + ASK, askE8, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(offset + RECEIVE_TIME, receiveTimeNs, ByteOrder.LITTLE_ENDIAN);
        return LENGTH;
    }

    public static int instrumentId(DirectBuffer buffer, int offset) {
        return buffer.getInt(offset + INSTRUMENT_ID, ByteOrder.LITTLE_ENDIAN);
    }

    public static int flags(DirectBuffer buffer, int offset) {
        return buffer.getInt(offset + FLAGS, ByteOrder.LITTLE_ENDIAN);
    }

    public static long bidE8(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset + BID, ByteOrder.LITTLE_ENDIAN);
    }

    public static long askE8(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset + ASK, ByteOrder.LITTLE_ENDIAN);
    }

    /** Ours, ns since the Unix epoch; for latency only, never for decisions. */
    public static long receiveTimeNs(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset + RECEIVE_TIME, ByteOrder.LITTLE_ENDIAN);
    }

    /** A tick's payload has one length; any other is damage. */
    public static void checkLength(int length) {
        if (length != LENGTH) {
            throw new PayloadDamagedException("bad length: kind=TICK, length=" + length);
        }
    }
}
