package saker.bench;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import saker.broker.oanda.InstrumentTable;
import saker.broker.oanda.JournalTickSink;
import saker.broker.oanda.OandaCounters;
import saker.broker.oanda.PriceStreamReader;
import saker.broker.oanda.TickGate;

/** A chunk of the price stream to a tick in the journal: copy, line, parser, gate, append. */
@State(Scope.Thread)
@BenchmarkMode({Mode.AverageTime, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PriceLineBench {
    private final RollingLine line = new RollingLine();
    private final byte[] bytes = new byte[1_024];
    private JournalFolderState state;
    private PriceStreamReader reader;

    @Setup(Level.Trial)
    public void open() throws IOException {
        state = new JournalFolderState();
        OandaCounters counters = new OandaCounters();
        reader =
                new PriceStreamReader(
                        new InstrumentTable(List.of(BenchInstruments.EURUSD)),
                        new TickGate(
                                new JournalTickSink(state.journal(), counters),
                                counters,
                                TickGate.DEVIATION_PCT_DEFAULT),
                        counters);
    }

    @Benchmark
    public void chunkToRecord() {
        Buffer chunk = line.next();
        int length = chunk.length();
        chunk.getBytes(0, length, bytes, 0);
        reader.onChunk(bytes, 0, length, HostSetup.START_NS);
    }

    long appendedIndex() {
        return state.journal().appendedIndex();
    }

    @TearDown(Level.Trial)
    public void close() throws IOException {
        state.close();
    }
}
