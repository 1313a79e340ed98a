package saker.journal;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.MutableDirectBuffer;

/** Writes the fields of a payload one after the other, little-endian. */
final class PayloadWriter {
    private final MutableDirectBuffer buffer;
    private final int start;
    private int position;

    PayloadWriter(MutableDirectBuffer buffer, int offset) {
        this.buffer = buffer;
        this.start = offset;
        this.position = offset;
    }

    PayloadWriter u8(int value) {
        buffer.putByte(position, (byte) value);
        position += Byte.BYTES;
        return this;
    }

    PayloadWriter bool(boolean value) {
        return u8(value ? 1 : 0);
    }

    /** The constant's place in its enum: constants are only ever added at the end. */
    PayloadWriter constant(Enum<?> value) {
        return u8(value.ordinal());
    }

    PayloadWriter i32(int value) {
        buffer.putInt(position, value, ByteOrder.LITTLE_ENDIAN);
        position += Integer.BYTES;
        return this;
    }

    PayloadWriter i64(long value) {
        buffer.putLong(position, value, ByteOrder.LITTLE_ENDIAN);
        position += Long.BYTES;
        return this;
    }

    PayloadWriter f64(double value) {
        return i64(Double.doubleToRawLongBits(value));
    }

    /** Length in bytes, then UTF-8. */
    PayloadWriter text(String value) {
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    /** Length, then the bytes. */
    PayloadWriter bytes(byte[] value) {
        i32(value.length);
        buffer.putBytes(position, value);
        position += value.length;
        return this;
    }

    int length() {
        return position - start;
    }
}
