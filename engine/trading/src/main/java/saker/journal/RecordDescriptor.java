package saker.journal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Layout of a journal record: a fixed header, then the payload of its kind. Little-endian.
 *
 * <pre>
 *   0       1         2         4            8             12              16
 *  +-------+---------+---------+------------+-------------+---------------+
 *  | kind  | version | flags   | ordinal    | crc32c      | payloadLength |
 *  | u8    | u8      | u16     | i32        | u32         | i32           |
 *  +-------+---------+---------+------------+-------------+---------------+
 *   16                        24             32              40           48
 *  +--------------------------+--------------+---------------+------------+---------
 *  | index                    | marketTimeNs | journalTimeNs | cause      | payload
 *  | i64                      | i64          | i64           | i64        |
 *  +--------------------------+--------------+---------------+------------+---------
 * </pre>
 *
 * The CRC-32C covers the whole record but its own four bytes: [0, 8) and [12, end). The index is
 * that of the Chronicle queue and so proves that the record is where it was written.
 */
public final class RecordDescriptor {
    public static final int KIND_OFFSET = 0;
    public static final int VERSION_OFFSET = 1;
    public static final int FLAGS_OFFSET = 2;
    public static final int ORDINAL_OFFSET = 4;
    public static final int CRC_OFFSET = 8;
    public static final int PAYLOAD_LENGTH_OFFSET = 12;
    public static final int INDEX_OFFSET = 16;
    public static final int MARKET_TIME_OFFSET = 24;
    public static final int JOURNAL_TIME_OFFSET = 32;
    public static final int CAUSE_OFFSET = 40;

    /** Where the payload starts. */
    public static final int HEADER_LENGTH = 48;

    /** Flag: the last output of its cause. */
    public static final int LAST = 1;

    /** Largest record, header included: well inside one mapped block of the queue. */
    public static final int MAX_LENGTH = 8 << 20;

    private RecordDescriptor() {}

    /** Writes every header field but the CRC. */
    static void encodeHeader(
            MutableDirectBuffer buffer,
            int kindCode,
            int version,
            int flags,
            int ordinal,
            int payloadLength,
            long index,
            long marketTimeNs,
            long journalTimeNs,
            long cause) {
        buffer.putByte(KIND_OFFSET, (byte) kindCode);
        buffer.putByte(VERSION_OFFSET, (byte) version);
        buffer.putShort(FLAGS_OFFSET, (short) flags, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(ORDINAL_OFFSET, ordinal, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(PAYLOAD_LENGTH_OFFSET, payloadLength, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(INDEX_OFFSET, index, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(MARKET_TIME_OFFSET, marketTimeNs, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(JOURNAL_TIME_OFFSET, journalTimeNs, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(CAUSE_OFFSET, cause, ByteOrder.LITTLE_ENDIAN);
    }

    static void encodeCrc(MutableDirectBuffer buffer, int crc) {
        buffer.putInt(CRC_OFFSET, crc, ByteOrder.LITTLE_ENDIAN);
    }

    static int kindCode(DirectBuffer buffer) {
        return buffer.getByte(KIND_OFFSET) & 0xFF;
    }

    static int version(DirectBuffer buffer) {
        return buffer.getByte(VERSION_OFFSET) & 0xFF;
    }

    static boolean last(DirectBuffer buffer) {
        return (buffer.getShort(FLAGS_OFFSET, ByteOrder.LITTLE_ENDIAN) & LAST) != 0;
    }

    static int ordinal(DirectBuffer buffer) {
        return buffer.getInt(ORDINAL_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    static int crc(DirectBuffer buffer) {
        return buffer.getInt(CRC_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    static int payloadLength(DirectBuffer buffer) {
        return buffer.getInt(PAYLOAD_LENGTH_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    static long index(DirectBuffer buffer) {
        return buffer.getLong(INDEX_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    static long marketTimeNs(DirectBuffer buffer) {
        return buffer.getLong(MARKET_TIME_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    static long journalTimeNs(DirectBuffer buffer) {
        return buffer.getLong(JOURNAL_TIME_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    static long cause(DirectBuffer buffer) {
        return buffer.getLong(CAUSE_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * CRC-32C of a record that starts at 0 of the buffer.
     *
     * @param crc reused by its owner, so that nothing is allocated
     */
    static int computeCrc(CRC32C crc, ByteBuffer bytes, int length) {
        crc.reset();
        bytes.limit(CRC_OFFSET).position(0);
        crc.update(bytes);
        bytes.limit(length).position(PAYLOAD_LENGTH_OFFSET);
        crc.update(bytes);
        bytes.clear();
        return (int) crc.getValue();
    }
}
