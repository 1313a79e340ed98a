package saker.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.FileStore;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileStoreAttributeView;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import saker.model.EngineState;
import saker.model.RiskRule;

class FreeSpaceGuardTest {
    @TempDir Path data;

    @Test
    void shouldTellLowSpaceOnceAndRecovery() throws Exception {
        SettableStore store = new SettableStore(1_000);
        Events events = new Events();
        try (Journal journal = open(store, events)) {
            store.freeBytes = 150;
            Journals.await("low", () -> events.contains("low 150"));
            store.freeBytes = 140;
            store.awaitPoll();
            store.freeBytes = 900;

            Journals.await("recovered", () -> events.contains("recovered 900"));

            assertThat(events.told).containsExactly("low 150", "recovered 900");
            assertThat(journal.isOpen()).isTrue();
        }
    }

    @Test
    void shouldWriteALastHaltAndCloseAtTheFloor() throws Exception {
        SettableStore store = new SettableStore(1_000);
        Events events = new Events();
        try (Journal journal = open(store, events)) {
            Journals.appendTick(journal, 0);
            store.freeBytes = 50;

            Journals.await("floor", () -> events.contains("floor 50"));

            assertThat(Journals.appendTick(journal, 1)).isEqualTo(RecordSink.CLOSED);
            assertThat(journal.durableIndex()).isEqualTo(journal.appendedIndex());
        }
        List<Object> facts = new CopyOnWriteArrayList<>();
        try (ReadOnlyJournal journal = Journal.openReadOnly(data);
                JournalReader reader = journal.newReader()) {
            reader.poll(entry -> facts.add(RecordDecoder.decode(entry)), 100);
        }
        EngineState last = (EngineState) facts.get(facts.size() - 1);
        assertThat(last.state()).isEqualTo(EngineState.State.HALTED);
        assertThat(last.rule()).isEqualTo(RiskRule.DISK_LOW);
        assertThat(events.told).doesNotContain("failed");
    }

    @Test
    void shouldWatchOnAfterAListenerThrew() throws Exception {
        SettableStore store = new SettableStore(1_000);
        Events events = new Events();
        events.throwing = true;
        try (Journal journal = open(store, events)) {
            store.freeBytes = 150;
            Journals.await("low", () -> events.contains("low 150"));
            store.freeBytes = 50;

            Journals.await("floor", () -> events.contains("floor 50"));

            assertThat(journal.isOpen()).isFalse();
        }
    }

    private Journal open(FileStore store, Events events) throws Exception {
        return Journal.open(
                data,
                Journals.options()
                        .withListener(events)
                        .withIntervals(0, 0, 1)
                        .withSpace(200, 100, store));
    }

    private static final class Events implements JournalListener {
        private final List<String> told = new CopyOnWriteArrayList<>();
        private volatile boolean throwing;

        boolean contains(String event) {
            return told.contains(event);
        }

        @Override
        public void onFailed(Throwable cause) {
            told.add("failed");
        }

        @Override
        public void onLowSpace(long freeBytes) {
            told.add("low " + freeBytes);
            if (throwing) {
                throw new IllegalStateException("listener");
            }
        }

        @Override
        public void onSpaceRecovered(long freeBytes) {
            told.add("recovered " + freeBytes);
        }

        @Override
        public void onFloor(long freeBytes) {
            told.add("floor " + freeBytes);
        }
    }

    /** A disk whose free space a test sets. */
    private static final class SettableStore extends FileStore {
        private volatile long freeBytes;
        private volatile long polls;

        SettableStore(long freeBytes) {
            this.freeBytes = freeBytes;
        }

        void awaitPoll() {
            long seen = polls;
            Journals.await("poll", () -> polls > seen + 1);
        }

        @Override
        public long getUsableSpace() {
            polls = polls + 1; // One thread polls.
            return freeBytes;
        }

        @Override
        public long getTotalSpace() {
            return 10_000;
        }

        @Override
        public long getUnallocatedSpace() {
            return freeBytes;
        }

        @Override
        public String name() {
            return "settable";
        }

        @Override
        public String type() {
            return "test";
        }

        @Override
        public boolean isReadOnly() {
            return false;
        }

        @Override
        public boolean supportsFileAttributeView(Class<? extends FileAttributeView> type) {
            return false;
        }

        @Override
        public boolean supportsFileAttributeView(String name) {
            return false;
        }

        @Override
        public <V extends FileStoreAttributeView> V getFileStoreAttributeView(Class<V> type) {
            return null;
        }

        @Override
        public Object getAttribute(String attribute) {
            throw new UnsupportedOperationException(attribute);
        }
    }
}
