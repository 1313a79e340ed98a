package saker.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import saker.journal.MemoryRecord;
import saker.strategy.RunObserver;
import saker.strategy.StrategyHost;

/** A tick in a StrategyHost: bars, account, the framework's arguments and the call itself. */
@State(Scope.Thread)
@BenchmarkMode({Mode.AverageTime, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class NativeCallBench {
    @Param({"1", "3"})
    public int timeframes;

    private final MemoryRecord entry = new MemoryRecord(HostSetup.START_NS);
    private Path folder;
    private StrategyHost host;
    private int number;
    private long runs;

    @Setup(Level.Trial)
    public void open() throws IOException {
        Path parent = Path.of(System.getProperty("saker.bench.folder", "target"));
        Files.createDirectories(parent);
        folder = Files.createTempDirectory(parent, "bench-native");
        RunObserver count = (instance, durationNs, code) -> runs += code == 0 ? 1 : 0;
        host = HostSetup.host(timeframes, folder, new CountingSink(), count);
        HostSetup.prepare(host, timeframes, entry);
    }

    @Benchmark
    public void tick() {
        host.onRecord(HostSetup.tick(entry, number++));
    }

    /** Calls that the framework answered with success. */
    long runs() {
        return runs;
    }

    @TearDown(Level.Trial)
    public void close() throws IOException {
        host.close();
        Benches.delete(folder);
        if (runs == 0) {
            throw new IllegalStateException("the framework never answered with success");
        }
    }
}
