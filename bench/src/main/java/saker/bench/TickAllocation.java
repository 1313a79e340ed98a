package saker.bench;

import com.sun.management.ThreadMXBean;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import saker.broker.oanda.InstrumentTable;
import saker.broker.oanda.JournalTickSink;
import saker.broker.oanda.OandaCounters;
import saker.broker.oanda.PriceStreamReader;
import saker.broker.oanda.TickGate;
import saker.journal.JournalReader;
import saker.journal.JournalWaiter;
import saker.journal.MemoryRecord;
import saker.journal.WaitMode;
import saker.model.RecordKind;
import saker.strategy.StrategyHost;

/**
 * Bytes allocated per tick from the chunk, as Vert.x hands it over, to the framework's answer: the
 * feed's thread parses and appends, a parked worker reads, folds and calls.
 */
final class TickAllocation {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final byte[] bytes = new byte[1_024];
    private final RollingLine line = new RollingLine();
    private volatile boolean running = true;
    private volatile long ticksSeen;
    private volatile Throwable failure;
    private long runs;

    /** Runs it and returns the report. */
    String run(Path folder, int warmUpTicks, int ticks) throws Exception {
        try (JournalFolderState state = new JournalFolderState()) {
            StrategyHost host =
                    HostSetup.host(
                            BenchEngine.unpackLibrary(folder),
                            1,
                            folder,
                            state.journal(),
                            (instance, durationNs, code) -> runs++);
            HostSetup.prepare(host, 1, new MemoryRecord(HostSetup.START_NS));
            JournalReader reader = state.journal().newReaderAtEnd();
            JournalWaiter waiter =
                    state.journal().newWaiter(WaitMode.PARK, EnumSet.of(RecordKind.TICK));
            Thread worker = new Thread(() -> work(reader, waiter, host), "bench-worker");
            worker.start();
            PriceStreamReader feed = feed(state);
            feed(feed, warmUpTicks);
            awaitTicks(warmUpTicks);
            long mine = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
            long theirs = THREADS.getThreadAllocatedBytes(worker.getId());
            long runsBefore = runs;
            feed(feed, ticks);
            awaitTicks(warmUpTicks + ticks);
            long feedBytes = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - mine;
            long workerBytes = THREADS.getThreadAllocatedBytes(worker.getId()) - theirs;
            long calls = runs - runsBefore;
            running = false;
            waiter.wakeUp();
            worker.join(5_000);
            reader.close();
            host.close();
            return String.format(
                    Locale.ROOT,
                    "ticks=%d, native calls=%d%n"
                            + "chunk to journal (feed thread): %d B in all, %.4f B per tick%n"
                            + "journal to native call (worker): %d B in all, %.4f B per tick%n"
                            + "goal 0 B per tick: %s%n",
                    ticks,
                    calls,
                    feedBytes,
                    feedBytes / (double) ticks,
                    workerBytes,
                    workerBytes / (double) ticks,
                    (feedBytes + workerBytes) / ticks == 0 && calls == ticks ? "met" : "MISSED");
        }
    }

    private static PriceStreamReader feed(JournalFolderState state) {
        OandaCounters counters = new OandaCounters();
        return new PriceStreamReader(
                new InstrumentTable(List.of(BenchInstruments.EURUSD)),
                new TickGate(
                        new JournalTickSink(state.journal(), counters),
                        counters,
                        TickGate.DEVIATION_PCT_DEFAULT),
                counters);
    }

    /** Keeps the worker at most a little behind, as a stream does. */
    private void feed(PriceStreamReader feed, int count) throws IOException {
        long target = ticksSeen;
        for (int i = 0; i < count; i++) {
            Buffer chunk = line.next();
            int length = chunk.length();
            chunk.getBytes(0, length, bytes, 0);
            feed.onChunk(bytes, 0, length, HostSetup.START_NS);
            target++;
            while (ticksSeen < target - 256 && failure == null) {
                Thread.onSpinWait();
            }
        }
    }

    private void awaitTicks(long count) throws InterruptedException {
        BenchEngine.await("the worker", () -> ticksSeen >= count || failure != null);
        if (failure != null) {
            throw new IllegalStateException("the worker failed", failure);
        }
    }

    private void work(JournalReader reader, JournalWaiter waiter, StrategyHost host) {
        try {
            while (running) {
                waiter.arm();
                int count = reader.poll(host, 256);
                ticksSeen = host.ticks();
                waiter.idle(count);
            }
        } catch (RuntimeException | Error e) {
            failure = e;
        }
    }
}
