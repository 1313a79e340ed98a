package saker.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import saker.strategy.CallTimes;
import saker.strategy.InstanceStatus;

class WorkerStatusFileTest {
    @TempDir private Path folder;

    @Test
    void shouldShowWhatTheChildWrites() throws Exception {
        Path file = folder.resolve("status");
        try (WorkerStatusFile.Reader reader = new WorkerStatusFile.Reader(file)) {
            assertThat(reader.refresh(true)).isFalse();
            WorkerStatusFile.Writer writer = new WorkerStatusFile.Writer(file);
            InstanceStatus instance = new InstanceStatus(7);
            instance.mirror(InstanceStatus.Phase.ERROR, "wärum", 1, 2, 3, 4);
            CallTimes.Counts calls =
                    new CallTimes.Counts(
                            LongStream.range(0, CallTimes.SPANS).boxed().toList(), 12_345);
            instance.callTimes().addSince(CallTimes.Counts.NONE, calls);

            writer.state(WorkerStatusFile.State.RUNNING);
            writer.library("4.5.10", true);
            writer.problem("x".repeat(1_000));
            writer.beat();
            writer.lastIndex(99);
            writer.ticks(77);
            writer.row(0, instance, 98);
            writer.onEnterSetup(7, 50);

            assertThat(reader.refresh(true)).isTrue();
            assertThat(reader.state()).isEqualTo(WorkerStatusFile.State.RUNNING);
            assertThat(reader.version()).isEqualTo("4.5.10");
            assertThat(reader.isReplayable()).isTrue();
            assertThat(reader.problem()).isEqualTo("x".repeat(372));
            assertThat(reader.heartbeat()).isEqualTo(1);
            assertThat(reader.lastIndex()).isEqualTo(99);
            assertThat(reader.ticks()).isEqualTo(77);
            assertThat(reader.instanceInCall()).isEqualTo(7);
            assertThat(reader.isSetup()).isTrue();
            assertThat(reader.callIndex()).isEqualTo(50);
            assertThat(reader.rows())
                    .containsExactly(
                            new WorkerStatusFile.Row(
                                    7, InstanceStatus.Phase.ERROR, "wärum", 1, 2, 3, 4, 98, calls));

            writer.onExit();
            writer.onEnter(8, 51);
            reader.refresh(false);
            assertThat(reader.instanceInCall()).isEqualTo(8);
            assertThat(reader.isSetup()).isFalse();
            writer.onExit();
            reader.refresh(false);
            assertThat(reader.instanceInCall()).isZero();
        }
    }

    @Test
    void shouldBearWhateverALibraryScribbledIntoIt() throws Exception {
        Path file = folder.resolve("status");
        new WorkerStatusFile.Writer(file);
        Random random = new Random(3);
        byte[] bytes = Files.readAllBytes(file);
        byte[] magic = java.util.Arrays.copyOf(bytes, 8);

        for (int i = 0; i < 50; i++) {
            random.nextBytes(bytes);
            System.arraycopy(magic, 0, bytes, 0, 8);
            Files.write(file, bytes);
            try (WorkerStatusFile.Reader reader = new WorkerStatusFile.Reader(file)) {
                assertThat(reader.refresh(true)).isTrue();
                assertThat(reader.state()).isNotNull();
                assertThat(reader.version().length()).isLessThanOrEqualTo(48);
                assertThat(reader.problem()).isNotNull();
                assertThat(reader.rows().size()).isLessThanOrEqualTo(200);
            }
        }
        Files.write(file, new byte[3]);
        try (WorkerStatusFile.Reader reader = new WorkerStatusFile.Reader(file)) {
            assertThat(reader.refresh(true)).isFalse();
        }
    }
}
