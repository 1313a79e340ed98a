package saker.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.SyncMode;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import saker.journal.RecordDescriptor;
import saker.journal.TickDescriptor;
import saker.model.RecordKind;

/**
 * An append to the journal, with its lock, stamps, CRC and wake-ups, beside the same number of
 * bytes written to a bare Chronicle queue of the same options.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class AppendBench {
    private static final int RECORD_LENGTH = RecordDescriptor.HEADER_LENGTH + TickDescriptor.LENGTH;

    /** The journal as a service opens it. */
    @State(Scope.Thread)
    public static class Ours {
        final UnsafeBuffer payload = new UnsafeBuffer(new byte[TickDescriptor.LENGTH]);
        JournalFolderState state;

        @Setup(Level.Iteration)
        public void open() throws IOException {
            state = new JournalFolderState();
            TickDescriptor.encode(payload, 0, 0, 110_000_000, 110_010_000, 1, 1);
        }

        @TearDown(Level.Iteration)
        public void close() throws IOException {
            state.close();
        }
    }

    /** A bare queue. */
    @State(Scope.Thread)
    public static class Raw {
        final Bytes<?> record = Bytes.allocateDirect(RECORD_LENGTH);
        Path folder;
        SingleChronicleQueue queue;
        ExcerptAppender appender;

        @Setup(Level.Iteration)
        public void open() throws IOException {
            Path parent = Path.of(System.getProperty("saker.bench.folder", "target"));
            java.nio.file.Files.createDirectories(parent);
            folder = java.nio.file.Files.createTempDirectory(parent, "bench-raw");
            queue =
                    SingleChronicleQueueBuilder.binary(folder)
                            .rollCycle(RollCycles.FAST_DAILY)
                            .blockSize(64L << 20)
                            .syncMode(SyncMode.SYNC)
                            .build();
            appender = queue.createAppender();
            appender.singleThreadedCheckDisabled(true);
            record.clear();
            for (int i = 0; i < RECORD_LENGTH; i++) {
                record.writeByte((byte) i);
            }
        }

        @TearDown(Level.Iteration)
        public void close() throws IOException {
            appender.close();
            queue.close();
            Benches.delete(folder);
        }
    }

    @Benchmark
    public long journal(Ours ours) {
        return ours.state
                .journal()
                .append(
                        RecordKind.TICK,
                        TickDescriptor.VERSION,
                        1_773_700_000_000_000_000L,
                        0,
                        0,
                        true,
                        ours.payload,
                        0,
                        TickDescriptor.LENGTH);
    }

    @Benchmark
    public long chronicle(Raw raw) {
        try (DocumentContext document = raw.appender.writingDocument(false)) {
            document.wire().bytes().write(raw.record, 0L, RECORD_LENGTH);
            return document.index();
        }
    }
}
