package saker.journal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.agrona.DirectBuffer;

/**
 * Reads the fields of a payload or of a snapshot one after the other and refuses to go beyond its
 * end with a {@link PayloadDamagedException}.
 */
public final class PayloadReader {

    /** The {@code decode} of a descriptor. */
    @FunctionalInterface
    public interface Decoder<T> {
        T decode(DirectBuffer buffer, int offset, int length);
    }

    private final Object kind;
    private final DirectBuffer buffer;
    private final int start;
    private final int end;
    private int position;

    /**
     * @param kind what the payload is of, for messages
     */
    public PayloadReader(Object kind, DirectBuffer buffer, int offset, int length) {
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

    public int u8() {
        return buffer.getByte(advance(Byte.BYTES)) & 0xFF;
    }

    public boolean bool() {
        int value = u8();
        if (value > 1) {
            throw damaged("flag is neither 0 nor 1: value=" + value);
        }
        return value == 1;
    }

    public <E extends Enum<E>> E constant(E[] values) {
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

    /** Null where the u8 is {@code none} instead of a constant's place. */
    public <E extends Enum<E>> E constantOrNull(E[] values, int none) {
        if (position < end && (buffer.getByte(position) & 0xFF) == none) {
            position++;
            return null;
        }
        return constant(values);
    }

    /** An i32 from 0 to below a limit. */
    public int index(int limit) {
        int value = i32();
        if (value < 0 || value >= limit) {
            throw damaged("out of range: value=%d, limit=%d".formatted(value, limit));
        }
        return value;
    }

    public int i32() {
        return buffer.getInt(advance(Integer.BYTES), ByteOrder.LITTLE_ENDIAN);
    }

    public long i64() {
        return buffer.getLong(advance(Long.BYTES), ByteOrder.LITTLE_ENDIAN);
    }

    public double f64() {
        return Double.longBitsToDouble(i64());
    }

    public String text() {
        byte[] bytes = bytes();
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw damaged("text is not UTF-8: length=" + bytes.length);
        }
    }

    public byte[] bytes() {
        int length = i32();
        byte[] bytes = new byte[checkRoom(length, 1)];
        buffer.getBytes(advance(length), bytes);
        return bytes;
    }

    /** What {@link PayloadWriter#nested} wrote. */
    public <T> T nested(Decoder<T> decoder) {
        int length = checkRoom(i32(), 1);
        return decoder.decode(buffer, advance(length), length);
    }

    /** The version a layout begins with: another is not read. */
    public void version(int known) {
        int version = u8();
        if (version != known) {
            throw damaged("unknown layout: version=%d, known=%d".formatted(version, known));
        }
    }

    /** A count of elements that are at least so many bytes each. */
    public int count(int elementLength) {
        return checkRoom(i32(), elementLength);
    }

    /** What {@link PayloadWriter#list} wrote, of elements that are at least so many bytes each. */
    public <T> List<T> list(int elementLength, Function<PayloadReader, T> decoder) {
        int count = count(elementLength);
        List<T> list = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            list.add(decoder.apply(this));
        }
        return list;
    }

    /** Every byte was read: a longer payload is of a layout we do not know. */
    public void end() {
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
