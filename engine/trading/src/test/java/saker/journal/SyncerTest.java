package saker.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyncerTest {
    @TempDir Path data;

    @Test
    void shouldMakeOnlyWhatIsAskedForDurableWithoutAPeriod() throws Exception {
        try (Journal journal = Journal.open(data, Journals.options())) {
            long index = Journals.appendTick(journal, 0);
            assertThat(journal.durableIndex()).isLessThan(index);

            assertThat(journal.syncer().awaitDurable(index, 5_000)).isTrue();

            assertThat(journal.durableIndex()).isEqualTo(index);
            assertThat(Journal.openReadOnly(data))
                    .satisfies(
                            other -> {
                                assertThat(other.durableIndex()).isEqualTo(index);
                                other.close();
                            });
        }
    }

    @Test
    void shouldCoverAllThatWaitWithOneSync() throws Exception {
        try (Journal journal = Journal.open(data, Journals.options())) {
            List<Long> published = new CopyOnWriteArrayList<>();
            journal.syncer().addListener(published::add);
            List<Long> indexes = Journals.appendTicks(journal, 0, 1_000);
            indexes.forEach(journal.syncer()::requestSync);

            Journals.await("durable", () -> journal.durableIndex() >= indexes.get(999));

            assertThat(journal.syncer().syncCount()).isBetween(1L, 5L);
            assertThat(published).isSorted().contains(indexes.get(999));
        }
    }

    @Test
    void shouldSyncByItselfWithinItsPeriod() throws Exception {
        try (Journal journal = Journal.open(data, Journals.options().withIntervals(20, 0, 0))) {
            long index = Journals.appendTick(journal, 0);

            Journals.await("durable", () -> journal.durableIndex() >= index);

            assertThat(journal.durableIndex()).isEqualTo(index);
        }
    }

    @Test
    void shouldMakeEverythingDurableAtClose() throws Exception {
        long index;
        try (Journal journal = Journal.open(data, Journals.options())) {
            index = Journals.appendTick(journal, 0);
        }

        try (ReadOnlyJournal journal = Journal.openReadOnly(data)) {
            assertThat(journal.durableIndex()).isEqualTo(index);
        }
    }

    @Test
    void shouldSurviveATornSlotOfTheDurableIndexFile() throws Exception {
        Path file = data.resolve("durable.index");
        try (DurableIndexFile durable = DurableIndexFile.open(file)) {
            durable.write(5);
            durable.write(6);
        }
        byte[] bytes = java.nio.file.Files.readAllBytes(file);
        bytes[16] ^= 1;
        java.nio.file.Files.write(file, bytes);

        try (DurableIndexFile durable = DurableIndexFile.open(file)) {
            assertThat(durable.read()).isEqualTo(5);
        }
    }
}
