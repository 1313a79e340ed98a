package saker.live;

import org.agrona.ExpandableArrayBuffer;
import saker.journal.Journal;
import saker.journal.WorkerEventDescriptor;
import saker.model.RecordKind;
import saker.model.WorkerEvent;

/** Writes what happens to workers into the journal. One thread. */
final class WorkerEvents {
    private final Journal journal;
    private final String configId;
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(1024);

    WorkerEvents(Journal journal, String configId) {
        this.journal = journal;
        this.configId = configId;
    }

    /** Of the engine itself, with no user and no command. Returns the record's index. */
    long append(
            ChildWorker worker,
            WorkerEvent.Event event,
            long instanceId,
            long atIndex,
            String detail) {
        return append(worker, event, instanceId, atIndex, "", detail, "");
    }

    /** Returns the record's index. */
    long append(
            ChildWorker worker,
            WorkerEvent.Event event,
            long instanceId,
            long atIndex,
            String user,
            String detail,
            String commandId) {
        WorkerEvent record =
                new WorkerEvent(
                        event,
                        worker.id,
                        worker.group.name(),
                        worker.incarnation,
                        worker.pid,
                        instanceId,
                        atIndex,
                        worker.group.onFailure(),
                        configId,
                        user,
                        detail,
                        commandId);
        return journal.append(
                RecordKind.WORKER_EVENT,
                WorkerEventDescriptor.VERSION,
                journal.marketTimeNs(),
                0,
                0,
                true,
                buffer,
                0,
                WorkerEventDescriptor.encode(record, buffer, 0));
    }
}
