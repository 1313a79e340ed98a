package saker.journal;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import saker.model.RecordKind;
import saker.model.WorkerEvent;

/**
 * Layout of a WORKER_EVENT payload, fields in this order; text is its length (i32) and UTF-8.
 *
 * <pre>
 *   event u8 | workerId text | framework text | incarnation i32 | pid i64 | instanceId i64
 *   atIndex i64 | policy u8 | configId text | user text | detail text
 * </pre>
 */
public final class WorkerEventDescriptor {
    public static final int VERSION = 1;

    private WorkerEventDescriptor() {}

    /** Returns the payload's length in bytes. */
    public static int encode(WorkerEvent event, MutableDirectBuffer buffer, int offset) {
        PayloadWriter out = new PayloadWriter(buffer, offset);
        out.constant(event.event()).text(event.workerId()).text(event.framework());
        out.i32(event.incarnation()).i64(event.pid()).i64(event.instanceId()).i64(event.atIndex());
        out.constant(event.policy()).text(event.configId());
        out.text(event.user()).text(event.detail());
        return out.length();
    }

    /** Throws {@link PayloadDamagedException} where the bytes are no such payload. */
    public static WorkerEvent decode(DirectBuffer buffer, int offset, int length) {
        PayloadReader in = new PayloadReader(RecordKind.WORKER_EVENT, buffer, offset, length);
        WorkerEvent event =
                new WorkerEvent(
                        in.constant(WorkerEvent.Event.values()),
                        in.text(),
                        in.text(),
                        in.i32(),
                        in.i64(),
                        in.i64(),
                        in.i64(),
                        in.constant(WorkerEvent.Policy.values()),
                        in.text(),
                        in.text(),
                        in.text());
        in.end();
        return event;
    }
}
