package saker.live;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import saker.journal.EngineStateDescriptor;
import saker.journal.Journal;
import saker.journal.JournalReader;
import saker.journal.RecordView;
import saker.journal.UnknownPositionException;
import saker.model.EngineState;
import saker.model.RecordKind;

/**
 * Finds in the journal that an instance which had been given up is enabled again. It reads only
 * while there is one. One thread.
 */
final class EnableWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EnableWatch.class);
    private static final int BATCH = 10_000;

    /** Told of an instance and the record that enabled it. */
    interface Listener {
        void onEnabled(long instanceId, long index);
    }

    private record Enabled(long instanceId, long index) {}

    private final Journal journal;
    private final Map<Long, Long> instances = new HashMap<>(); // Since which record.
    private final List<Enabled> found = new ArrayList<>();
    private JournalReader reader;

    EnableWatch(Journal journal) {
        this.journal = journal;
    }

    /**
     * @param after only a record behind this one enables it
     */
    void watch(long instanceId, long after) {
        instances.put(instanceId, after);
        if (reader == null && after > 0) {
            try {
                reader = journal.newReaderAfter(after);
            } catch (UnknownPositionException e) {
                LOG.error("enabled instances are not seen before the next start", e);
            }
        }
    }

    void poll(Listener listener) {
        if (reader == null) {
            return;
        }
        reader.poll(this::onRecord, BATCH);
        List<Enabled> told = List.copyOf(found);
        found.clear();
        told.forEach(one -> listener.onEnabled(one.instanceId, one.index));
        if (instances.isEmpty()) {
            close();
        }
    }

    private void onRecord(RecordView entry) {
        if (entry.kind() != RecordKind.ENGINE_STATE) {
            return;
        }
        EngineState state =
                EngineStateDescriptor.decode(entry.buffer(), entry.offset(), entry.length());
        if (state.scope() == EngineState.Scope.INSTANCE
                && state.state() == EngineState.State.RUNNING
                && entry.index() > instances.getOrDefault(state.scopeId(), Long.MAX_VALUE)) {
            instances.remove(state.scopeId());
            found.add(new Enabled(state.scopeId(), entry.index()));
        }
    }

    @Override
    public void close() {
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }
}
