package saker.journal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/** Reads the fields of a payload one after the other and refuses to go beyond its end. */
final class PayloadReader {
    private final Object kind;
    private final DirectBuffer buffer;
    private final int start;
    private final int end;
    private int position;

    /**
     * @param kind what the payload is of, for messages
     */
    PayloadReader(Object kind, DirectBuffer buffer, int offset, int length) {
        if (offset < 0 || length < 0 || offset > buffer.capacity() - length) {
            throw new PayloadDamagedException(
                    "payload outside its buffer: kind=%s, offset=%d, length=%d, capacity=%d"
                            .formatted(kind, offset, length, buffer.capacity()));
        }
        this.kind = kind;
        this.buffer = buffer;
        this.start = offset;
        this.end = offset + length;
        this.position = offset;
    }

    int u8() {
        return buffer.getByte(advance(Byte.BYTES)) & 0xFF;
    }

    boolean bool() {
        int value = u8();
        if (value > 1) {
            throw damaged("flag is neither 0 nor 1: value=" + value);
        }
        return value == 1;
    }

    <E extends Enum<E>> E constant(E[] values) {
        int ordinal = u8();
        if (ordinal >= values.length) {
            throw damaged(
                    "unknown constant: type="
                            + values[0].getDeclaringClass().getSimpleName()
                            + ", value="
                            + ordinal);
        }
        return values[ordinal];
    }

    int i32() {
        return buffer.getInt(advance(Integer.BYTES), ByteOrder.LITTLE_ENDIAN);
    }

    long i64() {
        return buffer.getLong(advance(Long.BYTES), ByteOrder.LITTLE_ENDIAN);
    }

    double f64() {
        return Double.longBitsToDouble(i64());
    }

    String text() {
        byte[] bytes = bytes();
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw damaged("text is not UTF-8: length=" + bytes.length);
        }
    }

    byte[] bytes() {
        int length = i32();
        byte[] bytes = new byte[checkRoom(length, 1)];
        buffer.getBytes(advance(length), bytes);
        return bytes;
    }

    /** A count of elements that are at least so many bytes each. */
    int count(int elementLength) {
        return checkRoom(i32(), elementLength);
    }

    /** Every byte was read: a longer payload is of a layout we do not know. */
    void end() {
        if (position != end) {
            throw damaged("bytes left over: count=" + (end - position));
        }
    }

    private int checkRoom(int count, int elementLength) {
        if (count < 0 || (long) count * elementLength > end - position) {
            throw damaged("count beyond the payload: count=" + count);
        }
        return count;
    }

    private int advance(int length) {
        int from = position;
        if (length > end - from) {
            throw damaged("payload too short: wanted=" + length);
        }
        position = from + length;
        return from;
    }

    private PayloadDamagedException damaged(String why) {
        return new PayloadDamagedException(
                "%s: kind=%s, at=%d, length=%d"
                        .formatted(why, kind, position - start, end - start));
    }
}
