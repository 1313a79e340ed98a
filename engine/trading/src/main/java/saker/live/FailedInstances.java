package saker.live;

import java.io.IOException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import saker.journal.JournalReader;
import saker.journal.ReadOnlyJournal;
import saker.journal.RecordHandler;
import saker.journal.RecordView;
import saker.journal.WorkerEventDescriptor;
import saker.model.RecordKind;
import saker.model.WorkerEvent;
import saker.strategy.StrategyHost;

/**
 * Where in a journal instances were given up, for whoever computes it again: from the record of the
 * call that broke them to the next boot they are not called, and their signals are not compared.
 */
final class FailedInstances implements RecordHandler {
    private static final int BATCH = 10_000;

    private record Failure(long atIndex, long instanceId) {}

    private final Queue<Failure> failures =
            new PriorityQueue<>(Comparator.comparingLong(Failure::atIndex));
    private final Set<Long> retired = new HashSet<>();

    static FailedInstances read(ReadOnlyJournal journal) throws IOException {
        FailedInstances failed = new FailedInstances();
        try (JournalReader reader = journal.newReader()) {
            while (reader.poll(failed, BATCH) > 0) {
                // Until the end.
            }
        }
        return failed;
    }

    /** The same failures, for another walk over the journal. */
    FailedInstances again() {
        FailedInstances copy = new FailedInstances();
        copy.failures.addAll(failures);
        return copy;
    }

    /** First pass: every record in order. */
    @Override
    public void onRecord(RecordView entry) {
        if (entry.kind() != RecordKind.WORKER_EVENT) {
            return;
        }
        WorkerEvent event = WorkerEventDescriptor.decode(entry);
        if (event.event() == WorkerEvent.Event.INSTANCE_FAILED) {
            // Without a call that was seen, nothing after the event itself can be computed.
            long at = event.atIndex() > 0 ? event.atIndex() : entry.index();
            failures.add(new Failure(at, event.instanceId()));
        }
    }

    /**
     * Second pass: before the record is taken in.
     *
     * @param host whose instances are not called from here on, or null
     */
    void retireAt(RecordView entry, StrategyHost host) {
        if (entry.kind() == RecordKind.BOOT) {
            retired.clear();
        }
        while (!failures.isEmpty() && failures.peek().atIndex() <= entry.index()) {
            Failure failure = failures.poll();
            retired.add(failure.instanceId());
            if (host != null) {
                host.retire(failure.instanceId());
            }
        }
    }

    /** Whether signals of an instance cannot be computed at this place. */
    boolean isRetired(long instanceId) {
        return retired.contains(instanceId);
    }
}
