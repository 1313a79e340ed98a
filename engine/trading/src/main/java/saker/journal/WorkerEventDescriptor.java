package saker.journal;

import org.agrona.MutableDirectBuffer;
import saker.model.RecordKind;
import saker.model.WorkerEvent;

/**
 * Layout of a WORKER_EVENT payload, fields in this order; text is its length (i32) and UTF-8.
 *
 * <pre>
 *   event u8 | workerId text | framework text | incarnation i32 | pid i64 | instanceId i64
 *   atIndex i64 | policy u8 | configId text | user text | detail text
 *   commandId text, from version 2 on
 * </pre>
 */
public final class WorkerEventDescriptor {
    public static final int VERSION = 2;

    private WorkerEventDescriptor() {}

    /** Returns the payload's length in bytes. */
    public static int encode(WorkerEvent event, MutableDirectBuffer buffer, int offset) {
        PayloadWriter out = new PayloadWriter(buffer, offset);
        out.constant(event.event()).text(event.workerId()).text(event.framework());
        out.i32(event.incarnation()).i64(event.pid()).i64(event.instanceId()).i64(event.atIndex());
        out.constant(event.policy()).text(event.configId());
        out.text(event.user()).text(event.detail()).text(event.commandId());
        return out.length();
    }

    /** A record of any version; throws {@link PayloadDamagedException} where it is no such. */
    public static WorkerEvent decode(RecordView entry) {
        RecordDecoder.checkVersion(RecordKind.WORKER_EVENT, entry.version());
        PayloadReader in =
                new PayloadReader(
                        RecordKind.WORKER_EVENT, entry.buffer(), entry.offset(), entry.length());
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
                        in.text(),
                        entry.version() == 1 ? "" : in.text());
        in.end();
        return event;
    }
}
