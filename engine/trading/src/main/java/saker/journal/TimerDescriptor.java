package saker.journal;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import saker.model.RecordKind;
import saker.model.Timer;

/**
 * Layout of a TIMER payload, fields in this order; text is its length (i32) and UTF-8.
 *
 * <pre>
 *   timerId i64 | dueNs i64
 * </pre>
 */
public final class TimerDescriptor {
    public static final int VERSION = 1;

    private TimerDescriptor() {}

    /** Returns the payload's length in bytes. */
    public static int encode(Timer timer, MutableDirectBuffer buffer, int offset) {
        PayloadWriter out = new PayloadWriter(buffer, offset);
        out.i64(timer.timerId()).i64(timer.dueNs());
        return out.length();
    }

    /** Throws {@link PayloadDamagedException} where the bytes are no such payload. */
    public static Timer decode(DirectBuffer buffer, int offset, int length) {
        PayloadReader in = new PayloadReader(RecordKind.TIMER, buffer, offset, length);
        try {
            Timer timer = new Timer(in.i64(), in.i64());
            in.end();
            return timer;
        } catch (IllegalArgumentException e) {
            throw new PayloadDamagedException("payload refused: kind=TIMER: " + e.getMessage(), e);
        }
    }
}
