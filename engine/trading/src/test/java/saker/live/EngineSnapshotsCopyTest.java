package saker.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import saker.journal.Journal;
import saker.journal.JournalOptions;
import saker.journal.JournalReader;
import saker.journal.PartState;
import saker.journal.RecordHandler;

/** A part that cannot give its copy. */
class EngineSnapshotsCopyTest {
    private static final int EVERY_RECORD = 1;

    @TempDir private Path data;

    @Test
    void shouldCostASnapshotAndNoMore() throws IOException {
        JournalOptions options =
                JournalOptions.defaults("test").withBlockSize(1 << 20).withSpace(0, 0, null);
        try (Journal journal = Journal.open(data, options);
                JournalReader reader = journal.newReader()) {
            EngineSnapshots snapshots = new EngineSnapshots(journal, EVERY_RECORD);
            AtomicInteger seen = new AtomicInteger();
            RecordHandler part =
                    snapshots.taking(
                            "part",
                            entry -> seen.incrementAndGet(),
                            EngineSnapshotsCopyTest::broken);

            while (reader.poll(part, 10) > 0) {
                // To the end.
            }

            assertThat(seen).hasPositiveValue();
            assertThat(snapshots.failedCopies()).isEqualTo(seen.get());
        }
    }

    private static PartState broken() {
        throw new IllegalStateException("of the test");
    }
}
