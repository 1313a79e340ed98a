package saker.bench;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.agrona.ExpandableArrayBuffer;
import saker.config.AccountConfig.Durability;
import saker.journal.Journal;
import saker.journal.TickDescriptor;
import saker.live.EngineRuntime;
import saker.model.RecordKind;
import saker.model.TickFlags;
import saker.strategy.RunObserver;

/**
 * How long an engine takes to start on a long journal, with and without its snapshots. The journal
 * is written by a running engine, which takes its snapshots meanwhile; each start is a JVM of its
 * own.
 */
final class StartTime {
    private static final int BATCH = 20_000;
    private static final int ROUNDS = 3;

    String run(Path folder, int ticks, int snapshotEvery, int orders) throws Exception {
        StringBuilder report = new StringBuilder();
        try (LoopbackBroker broker = new LoopbackBroker((echo, readNs, body) -> {})) {
            write(folder, broker, ticks, snapshotEvery, orders);
            Path snapshots = folder.resolve("data/journal/snapshots");
            report.append("journal: %d ticks, %d orders, ".formatted(ticks, orders));
            report.append("snapshots of up to %d bytes%n".formatted(largest(snapshots)));
            for (int i = 0; i < ROUNDS; i++) {
                report.append("with a snapshot: ").append(start(folder, broker)).append('\n');
            }
            for (int i = 0; i < ROUNDS; i++) {
                clear(snapshots);
                report.append("without: ").append(start(folder, broker)).append('\n');
            }
        }
        return report.toString();
    }

    private static void write(
            Path folder, LoopbackBroker broker, int ticks, int snapshotEvery, int orders)
            throws Exception {
        Vertx vertx = Vertx.vertx();
        try (EngineRuntime engine = engine(vertx, folder, broker.port(), snapshotEvery)) {
            BenchEngine.await("the account", () -> BenchEngine.isRunning(engine));
            BenchEngine.await("the price stream", broker::isPriceStreamOpen);
            for (int i = 0; i < orders; i++) {
                broker.sendPrice(
                        PriceLines.answered(i, saker.time.EpochNanoClock.system().nanoTime()));
                TimeUnit.MILLISECONDS.sleep(2);
            }
            int id = engine.instruments().all().get(0).id();
            for (int i = 0; i < ticks; i += BATCH) {
                append(engine.journal(), id, Math.min(BATCH, ticks - i));
                long end = engine.journal().appendedIndex();
                BenchEngine.await(
                        "the readers", () -> engine.engine().view().status().journalIndex() >= end);
            }
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
    }

    /** Prices that the bench's strategy leaves alone: their bid ends in an odd digit. */
    private static void append(Journal journal, int instrumentId, int count) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(64);
        for (int i = 0; i < count; i++) {
            long bidE8 = 90_001_000L + (i & 0x7F) * 2_000L;
            int length =
                    TickDescriptor.encode(
                            buffer, 0, instrumentId, bidE8, bidE8 + 10_000, 0, TickFlags.TRADEABLE);
            journal.append(
                    RecordKind.TICK,
                    TickDescriptor.VERSION,
                    journal.journalTimeNs(),
                    0,
                    0,
                    false,
                    buffer,
                    0,
                    length);
        }
    }

    private static String start(Path folder, LoopbackBroker broker) throws Exception {
        Path out = folder.resolve("once.txt");
        int code =
                BenchSeries.start(
                        "start-once --engine %s --broker %d --folder %s --out %s"
                                .formatted(folder, broker.port(), folder, out));
        if (code != 0) {
            throw new IllegalStateException("a start failed: exit=" + code);
        }
        return Files.readString(out).strip();
    }

    /** One start; the folder was written by {@link #run}. */
    static String once(Path folder, int brokerPort) throws Exception {
        Vertx vertx = Vertx.vertx();
        long beganNs = System.nanoTime();
        Journal.open(folder.resolve("data"), saker.journal.JournalOptions.defaults("bench"))
                .close();
        long openedNs = System.nanoTime();
        try (EngineRuntime engine = engine(vertx, folder, brokerPort, 0)) {
            long startedNs = System.nanoTime();
            BenchEngine.await("the account", () -> BenchEngine.isRunning(engine));
            return "%d ms until it runs; the journal opened alone before took %d ms; account RUNNING after %d ms"
                    .formatted(
                            (startedNs - openedNs) / 1_000_000,
                            (openedNs - beganNs) / 1_000_000,
                            (System.nanoTime() - openedNs) / 1_000_000);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
    }

    private static EngineRuntime engine(Vertx vertx, Path folder, int brokerPort, int snapshotEvery)
            throws IOException {
        return EngineRuntime.start(
                vertx,
                BenchEngine.config(
                        folder,
                        BenchEngine.unpackLibrary(folder),
                        brokerPort,
                        false,
                        Durability.PROCESS,
                        snapshotEvery),
                "bench",
                folder.resolve("data"),
                RunObserver.NOBODY);
    }

    private static long largest(Path snapshots) throws IOException {
        long largest = 0;
        for (Path file : files(snapshots)) {
            largest = Math.max(largest, Files.size(file));
        }
        return largest;
    }

    private static void clear(Path snapshots) throws IOException {
        for (Path file : files(snapshots)) {
            Files.delete(file);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
