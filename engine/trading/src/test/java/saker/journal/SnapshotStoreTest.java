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
            assertThat(store.save(snapshot(index), index)).isTrue();
        }

        Snapshot newest = store().loadNewest(at -> true).orElseThrow();

        assertThat(newest.index()).isEqualTo(5);
        assertThat(newest.components().get("core")).containsExactly(5, 1, 2);
        assertThat(newest.components().get("empty")).isEmpty();
        assertThat(files()).hasSize(3);
    }

    @Test
    void shouldNotSaveWhatIsNotDurable() throws IOException {
        durableIndex.set(4);

        assertThat(store().save(snapshot(5), 5)).isFalse();

        assertThat(files()).isEmpty();
    }

    @Test
    void shouldPassOverDamagedSnapshots() throws IOException {
        SnapshotStore store = store();
        store.save(snapshot(1), 1);
        store.save(snapshot(2), 2);
        Path newest = files().get(1);
        byte[] bytes = Files.readAllBytes(newest);

        for (int i = 0; i < bytes.length; i++) {
            byte[] damaged = bytes.clone();
            damaged[i] ^= 0x40;
            Files.write(newest, damaged);

            assertThat(store.loadNewest(at -> true).orElseThrow().index())
                    .as("byte %d", i)
                    .isEqualTo(1);
        }
    }

    @Test
    void shouldNotSaveWhatKnowsARecordThatIsNotDurable() throws IOException {
        durableIndex.set(5);

        assertThat(store().save(snapshot(5), 6)).isFalse();
        assertThat(store().save(snapshot(5), 5)).isTrue();
    }

    @Test
    void shouldPassOverAndRemoveWhatTheJournalDoesNotKnow() throws IOException {
        SnapshotStore store = store();
        for (int index = 1; index <= 3; index++) {
            store.save(snapshot(index), index);
        }
        durableIndex.set(2); // A power cut took the rest.

        Snapshot newest = store.loadNewest(at -> at.index() != 2).orElseThrow();

        assertThat(newest.position()).isEqualTo(new ReaderPosition(7, 8, 1));
        assertThat(files()).hasSize(1);
    }

    @Test
    void shouldRemoveWhatAProcessLeftThatDiedWhileItWrote() throws IOException {
        store().save(snapshot(1), 1);
        Files.write(folder.resolve("0000000000000002.snap.tmp"), new byte[10]);

        assertThat(store().loadNewest(at -> true).orElseThrow().index()).isEqualTo(1);

        assertThat(files()).hasSize(1);
    }

    @Test
    void shouldPassOverASnapshotOfALaterLayout() throws IOException {
        SnapshotStore store = store();
        store.save(snapshot(1), 1);
        store.save(snapshot(2), 2);
        byte[] bytes = Files.readAllBytes(files().get(1));
        bytes[7]++; // SKRSNAP3, as a later program would write it, with its CRC.
        java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
        crc.update(bytes, 0, bytes.length - 4);
        java.nio.ByteBuffer.wrap(bytes)
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .putInt(bytes.length - 4, (int) crc.getValue());
        Files.write(files().get(1), bytes);

        assertThat(store.loadNewest(at -> true).orElseThrow().index()).isEqualTo(1);
    }

    @Test
    void shouldPassOverATruncatedSnapshot() throws IOException {
        SnapshotStore store = store();
        store.save(snapshot(1), 1);
        Path file = files().get(0);
        byte[] bytes = Files.readAllBytes(file);

        Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 1));

        assertThat(store.loadNewest(at -> true)).isEmpty();
    }

    private SnapshotStore store() throws IOException {
        return new SnapshotStore(folder, durableIndex::get);
    }

    private static Snapshot snapshot(int index) {
        return new Snapshot(
                new ReaderPosition(7, 8, index),
                Map.of("core", new byte[] {(byte) index, 1, 2}, "empty", new byte[0]));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
