package saker.journal;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.function.BiConsumer;
import org.agrona.MutableDirectBuffer;

/** Writes the fields of a payload or of a snapshot one after the other, little-endian. */
public final class PayloadWriter {

    /** The {@code encode} of a descriptor. */
    @FunctionalInterface
    public interface Encoder<T> {
        int encode(T fact, MutableDirectBuffer buffer, int offset);
    }

    private final MutableDirectBuffer buffer;
    private final int start;
    private int position;

    public PayloadWriter(MutableDirectBuffer buffer, int offset) {
        this.buffer = buffer;
        this.start = offset;
        this.position = offset;
    }

    public PayloadWriter u8(int value) {
        buffer.putByte(position, (byte) value);
        position += Byte.BYTES;
        return this;
    }

    public PayloadWriter bool(boolean value) {
        return u8(value ? 1 : 0);
    }

    /** The constant's place in its enum: constants are only ever added at the end. */
    public PayloadWriter constant(Enum<?> value) {
        return u8(value.ordinal());
    }

    public PayloadWriter i32(int value) {
        buffer.putInt(position, value, ByteOrder.LITTLE_ENDIAN);
        position += Integer.BYTES;
        return this;
    }

    public PayloadWriter i64(long value) {
        buffer.putLong(position, value, ByteOrder.LITTLE_ENDIAN);
        position += Long.BYTES;
        return this;
    }

    public PayloadWriter f64(double value) {
        return i64(Double.doubleToRawLongBits(value));
    }

    /** Length in bytes, then UTF-8. */
    public PayloadWriter text(String value) {
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    /** Length, then the bytes. */
    public PayloadWriter bytes(byte[] value) {
        i32(value.length);
        buffer.putBytes(position, value);
        position += value.length;
        return this;
    }

    /** A whole payload of a descriptor, its length before it. */
    public <T> PayloadWriter nested(T fact, Encoder<T> encoder) {
        int length = encoder.encode(fact, buffer, position + Integer.BYTES);
        i32(length);
        position += length;
        return this;
    }

    /** How many, then each. */
    public <T> PayloadWriter list(Collection<T> all, BiConsumer<PayloadWriter, T> encoder) {
        i32(all.size());
        all.forEach(each -> encoder.accept(this, each));
        return this;
    }

    public int length() {
        return position - start;
    }
}
