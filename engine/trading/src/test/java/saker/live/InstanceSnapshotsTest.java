package saker.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import saker.strategy.InstanceSnapshot;

class InstanceSnapshotsTest {
    @TempDir private Path folder;

    @Test
    void shouldKeepTheNewestOfEachInstance() throws Exception {
        InstanceSnapshots snapshots = new InstanceSnapshots(folder, 7, "config");
        snapshots.save(snapshot(1, 10));
        snapshots.save(snapshot(2, 10));
        snapshots.save(snapshot(1, 20));

        assertThat(snapshots.load(1)).usingRecursiveComparison().isEqualTo(snapshot(1, 20));
        assertThat(snapshots.load(2).index()).isEqualTo(10);
        assertThat(snapshots.load(3)).isNull();
        snapshots.forget(1);
        assertThat(snapshots.load(1)).isNull();
    }

    @Test
    void shouldPassOverThoseOfAnotherBootOrConfiguration() throws Exception {
        new InstanceSnapshots(folder, 7, "config").save(snapshot(1, 10));

        assertThat(new InstanceSnapshots(folder, 8, "config").load(1)).isNull();
        assertThat(new InstanceSnapshots(folder, 7, "other").load(1)).isNull();
    }

    @Test
    void shouldPassOverDamageOfAnyByte() throws Exception {
        InstanceSnapshots snapshots = new InstanceSnapshots(folder, 7, "config");
        snapshots.save(snapshot(1, 10));
        Path file = folder.resolve("1.snap");
        byte[] whole = Files.readAllBytes(file);

        for (int i = 0; i < whole.length; i++) {
            byte[] damaged = whole.clone();
            damaged[i] ^= 0x20;
            Files.write(file, damaged);
            assertThat(snapshots.load(1)).as("byte " + i).isNull();
            Files.write(file, java.util.Arrays.copyOf(whole, i));
            assertThat(snapshots.load(1)).as("length " + i).isNull();
        }
    }

    /** Root may read every file, but no folder. */
    @Test
    void shouldPassOverWhatCannotBeReadAndLeaveItAlone() throws Exception {
        InstanceSnapshots snapshots = new InstanceSnapshots(folder, 7, "config");
        Path inItsPlace = Files.createDirectories(folder.resolve("1.snap").resolve("kept"));

        assertThat(snapshots.load(1)).isNull();

        assertThatThrownBy(() -> snapshots.save(snapshot(1, 10))).isInstanceOf(IOException.class);
        assertThat(inItsPlace).isDirectory();
    }

    private static InstanceSnapshot snapshot(long instanceId, long index) {
        return new InstanceSnapshot(
                instanceId, index, true, 3009, 5, 6, 7, "why", new byte[] {1, 2, 3});
    }
}
