package saker.bench;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
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
import saker.journal.JournalReader;
import saker.journal.RecordHandler;
import saker.journal.TickDescriptor;
import saker.model.RecordKind;

/** A record appended and read back, checked, by a reader of the same thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TailBench {
    private final UnsafeBuffer payload = new UnsafeBuffer(new byte[TickDescriptor.LENGTH]);
    private long seen;
    private final RecordHandler count = entry -> seen += entry.length();
    private JournalFolderState state;
    private JournalReader reader;

    @Setup(Level.Iteration)
    public void open() throws IOException {
        state = new JournalFolderState();
        TickDescriptor.encode(payload, 0, 0, 110_000_000, 110_010_000, 1, 1);
        reader = state.journal().newReader();
        while (reader.poll(entry -> {}, 1_000) > 0) {
            // To the end.
        }
    }

    @Benchmark
    public long appendAndPoll() {
        state.journal()
                .append(
                        RecordKind.TICK,
                        TickDescriptor.VERSION,
                        1_773_700_000_000_000_000L,
                        0,
                        0,
                        true,
                        payload,
                        0,
                        TickDescriptor.LENGTH);
        while (reader.poll(count, 1) == 0) {
            Thread.onSpinWait();
        }
        return seen;
    }

    @TearDown(Level.Iteration)
    public void close() throws IOException {
        reader.close();
        state.close();
    }
}
