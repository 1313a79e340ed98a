package saker.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotStoreTest {
    private final AtomicLong durableIndex = new AtomicLong(100);
    @TempDir Path folder;

    @Test
    void shouldLoadTheNewestOfThreeKept() throws IOException {
        SnapshotStore store = store();
        for (int index = 1; index <= 5; index++) {
            assertThat(store.save(snapshot(index))).isTrue();
        }

        Snapshot newest = store().loadNewest().orElseThrow();

        assertThat(newest.index()).isEqualTo(5);
        assertThat(newest.components().get("core")).containsExactly(5, 1, 2);
        assertThat(newest.components().get("empty")).isEmpty();
        assertThat(files()).hasSize(3);
    }

    @Test
    void shouldNotSaveWhatIsNotDurable() throws IOException {
        durableIndex.set(4);

        assertThat(store().save(snapshot(5))).isFalse();

        assertThat(files()).isEmpty();
    }

    @Test
    void shouldPassOverDamagedSnapshots() throws IOException {
        SnapshotStore store = store();
        store.save(snapshot(1));
        store.save(snapshot(2));
        Path newest = files().get(1);
        byte[] bytes = Files.readAllBytes(newest);

        for (int i = 0; i < bytes.length; i++) {
            byte[] damaged = bytes.clone();
            damaged[i] ^= 0x40;
            Files.write(newest, damaged);

            assertThat(store.loadNewest().orElseThrow().index()).as("byte %d", i).isEqualTo(1);
        }
    }

    @Test
    void shouldPassOverATruncatedSnapshot() throws IOException {
        SnapshotStore store = store();
        store.save(snapshot(1));
        Path file = files().get(0);
        byte[] bytes = Files.readAllBytes(file);

        Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 1));

        assertThat(store.loadNewest()).isEmpty();
    }

    private SnapshotStore store() throws IOException {
        return new SnapshotStore(folder, durableIndex::get);
    }

    private static Snapshot snapshot(int index) {
        return new Snapshot(
                index, Map.of("core", new byte[] {(byte) index, 1, 2}, "empty", new byte[0]));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
