package saker.journal;

import java.util.function.Consumer;
import java.util.function.Function;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What one part of the engine knows after a record: a component of a {@link Snapshot}. Immutable:
 * made on the part's own thread in a moment, encoded on another.
 */
public interface PartState {

    byte[] encode();

    /** The bytes of a layout that begins with its version. */
    static byte[] encode(int version, Consumer<PayloadWriter> fields) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(16 << 10);
        PayloadWriter out = new PayloadWriter(buffer, 0);
        out.u8(version);
        fields.accept(out);
        byte[] bytes = new byte[out.length()];
        buffer.getBytes(0, bytes);
        return bytes;
    }

    /**
     * Reads such bytes to their end.
     *
     * @throws PayloadDamagedException where they are no such layout
     */
    static <T> T decode(String what, int version, byte[] bytes, Function<PayloadReader, T> fields) {
        PayloadReader in = new PayloadReader(what, new UnsafeBuffer(bytes), 0, bytes.length);
        try {
            in.version(version);
            T state = fields.apply(in);
            in.end();
            return state;
        } catch (IllegalArgumentException e) {
            throw new PayloadDamagedException(what + " refused: " + e.getMessage(), e);
        }
    }
}
