package saker.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import saker.api.WorkerView;
import saker.broker.BrokerSession.AccountTerms;
import saker.config.AccountConfig.Durability;
import saker.config.SakerConfig;
import saker.config.SakerConfig.FrameworkConfig;
import saker.config.SakerConfig.FrameworkConfig.Isolation;
import saker.config.StrategyConfig;
import saker.core.Fixtures;
import saker.journal.BarsDescriptor;
import saker.journal.BrokerEventDescriptor;
import saker.journal.ConfigDescriptor;
import saker.journal.EngineStateDescriptor;
import saker.journal.InstrumentDescriptor;
import saker.journal.Journal;
import saker.journal.JournalOptions;
import saker.journal.JournalReader;
import saker.journal.RecordDecoder;
import saker.journal.RecordHandler;
import saker.journal.SignalDescriptor;
import saker.journal.TickDescriptor;
import saker.journal.WorkerEventDescriptor;
import saker.market.Instruments;
import saker.model.BarPeriod;
import saker.model.Bars;
import saker.model.BrokerEvent;
import saker.model.Configuration;
import saker.model.EngineState;
import saker.model.FixedPoint;
import saker.model.Instrument;
import saker.model.RecordKind;
import saker.model.RiskRule;
import saker.model.Signal;
import saker.model.TickFlags;
import saker.model.WorkerEvent;
import saker.strategy.FrameworkFiles;
import saker.strategy.NativeFramework;
import saker.strategy.RunObserver;
import saker.strategy.StrategyHost;
import saker.strategy.TestLibrary;
import saker.time.EpochNanoClock;

/**
 * An engine's journal and its strategy workers, without core and broker: a test appends what
 * happens, real children compute real signals.
 */
final class WorkerDesk implements AutoCloseable {
    static final int BREAKOUT = 1000;

    private static final Path TEST_LIBRARIES =
            Path.of("../../native/target/test-classes/native/linux-x86-64/test");
    private static final long START_NS = 1_767_686_400_000_000_000L; // A Tuesday, 08:00 UTC.
    private static final long TICK_NS = 3_000_000_000L;
    static final long SPREAD_E8 = 10_000;

    final Path data;
    final Journal journal;
    final WorkerSetup setup;
    final StrategyWorkers workers;
    final List<String> overruns = new ArrayList<>();

    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(64 * 1024);
    private final Random random = new Random(7);
    private volatile long aheadNs;
    private long timeNs = START_NS;
    private long bidE8 = 110_000_000L;

    private WorkerDesk(Path folder, List<FrameworkConfig> groups, List<StrategyConfig> strategies)
            throws IOException {
        data = folder.resolve("data");
        journal =
                Journal.open(
                        data,
                        JournalOptions.defaults("test")
                                .withClock(() -> EpochNanoClock.system().nanoTime() + aheadNs)
                                .withBlockSize(1 << 20)
                                .withIntervals(0, 0, 0)
                                .withSpace(0, 0, null));
        SakerConfig config = config(folder, groups, strategies);
        List<Instrument> instruments = Fixtures.instruments();
        for (Instrument instrument : instruments) {
            append(RecordKind.INSTRUMENT, InstrumentDescriptor.encode(instrument, buffer, 0));
        }
        Map<String, WorkerSetup.GroupLibrary> libraries = new TreeMap<>();
        Map<String, String> hashes = new TreeMap<>();
        for (FrameworkConfig group : config.frameworkGroups()) {
            Path library = group.library() == null ? TestLibrary.path() : Path.of(group.library());
            String sha256 = journal.copyLibrary(library);
            libraries.put(group.name(), new WorkerSetup.GroupLibrary(library, sha256));
            hashes.put(group.name(), sha256);
        }
        Configuration configuration =
                new Configuration(
                        hashes.get(FrameworkConfig.DEFAULT),
                        new RecordedSetup(config, List.of(new AccountTerms("USD", true)), hashes)
                                .text());
        long index = append(RecordKind.CONFIG, ConfigDescriptor.encode(configuration, buffer, 0));
        setup =
                new WorkerSetup(
                        data,
                        config,
                        new Instruments(instruments),
                        List.of(new StrategyHost.Account("demo", "USD")),
                        libraries,
                        index,
                        RecordedBoot.idOf(configuration),
                        List.of(),
                        false);
        workers = new StrategyWorkers(journal, setup, RunObserver.NOBODY, overruns::add);
    }

    /** Starts the children of these groups; the default group's thread is not run. */
    static WorkerDesk start(
            Path folder, List<FrameworkConfig> groups, List<StrategyConfig> strategies)
            throws IOException {
        WorkerDesk desk = prepare(folder, groups, strategies);
        desk.workers.start();
        return desk;
    }

    /** Starts nothing. */
    static WorkerDesk prepare(
            Path folder, List<FrameworkConfig> groups, List<StrategyConfig> strategies)
            throws IOException {
        WorkerDesk desk = new WorkerDesk(folder, groups, strategies);
        desk.warmUp();
        return desk;
    }

    /** The workers of another life of the engine, which knows the commands of earlier ones. */
    StrategyWorkers again(List<String> usedCommands) {
        WorkerSetup later =
                new WorkerSetup(
                        setup.data(),
                        setup.config(),
                        setup.instruments(),
                        setup.accounts(),
                        setup.libraries(),
                        setup.configIndex(),
                        setup.configId(),
                        usedCommands,
                        false);
        return new StrategyWorkers(journal, later, RunObserver.NOBODY, overruns::add);
    }

    /** What a child of a group is started with. */
    WorkerOptions options(String group, Path incarnation) {
        return options(group, incarnation, setup.configId());
    }

    WorkerOptions options(String group, Path incarnation, String configId) {
        return new WorkerOptions(
                data,
                incarnation,
                setup.snapshots(),
                group + "-1",
                group,
                setup.configIndex(),
                configId,
                setup.libraries().get(group).path(),
                setup.libraries().get(group).sha256(),
                FrameworkFiles.writeConfig(data.resolve("framework")).toAbsolutePath(),
                null);
    }

    static Path library(String name) {
        return TEST_LIBRARIES.resolve("lib" + name + ".so").toAbsolutePath().normalize();
    }

    /** A group of so many children; a call may take 400 ms. */
    static FrameworkConfig group(
            String name, Path library, int workers, int maxRestarts, WorkerEvent.Policy policy) {
        return new FrameworkConfig(
                name,
                library == null ? null : library.toString(),
                true,
                false,
                -1,
                Isolation.PROCESS,
                workers,
                400,
                60_000,
                maxRestarts,
                policy,
                512);
    }

    /** Breakouts of a group on EURUSD; the numbers are their ids. */
    static List<StrategyConfig> breakouts(String group, int from, int count) {
        List<StrategyConfig> strategies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            strategies.add(
                    new StrategyConfig(
                            from + i,
                            "s" + (from + i),
                            BREAKOUT,
                            "demo",
                            "EURUSD",
                            BarPeriod.M1,
                            Map.of(0, 10.0 + i % 20, 1, 1.5, 62, 20.0),
                            List.of(new StrategyConfig.Rates(0, BarPeriod.M1, 100)),
                            true,
                            group));
        }
        return strategies;
    }

    private static SakerConfig config(
            Path folder, List<FrameworkConfig> groups, List<StrategyConfig> strategies) {
        SakerConfig demo = DemoConfigs.of(folder, 1, Durability.PROCESS);
        return new SakerConfig(
                demo.gateway(),
                demo.database(),
                demo.framework(),
                groups,
                demo.journal(),
                demo.risk(),
                demo.accounts(),
                strategies);
    }

    private void warmUp() {
        append(
                RecordKind.BROKER_EVENT,
                BrokerEventDescriptor.encode(
                        BrokerEvent.of(BrokerEvent.Type.ACCOUNT_SNAPSHOT, 0)
                                .balanceE8(100_000 * FixedPoint.E8)
                                .reason("USD")
                                .build(),
                        buffer,
                        0));
        List<Bars.Bar> bars = new ArrayList<>();
        for (int i = 400; i > 0; i--) {
            long at = START_NS - i * BarPeriod.M1.lengthNs();
            long price = 110_000_000L + (i % 40) * 2_000L;
            bars.add(new Bars.Bar(at, price, price + 5_000, price - 5_000, price, 100));
        }
        Bars record = new Bars(Fixtures.EURUSD, BarPeriod.M1, true, bars);
        append(RecordKind.BARS, BarsDescriptor.encode(record, buffer, 0));
    }

    /** Appends ticks of a random walk; returns the last one's index. */
    long ticks(int count) {
        long index = 0;
        for (int i = 0; i < count; i++) {
            bidE8 += (random.nextInt(21) - 10) * 1_000L;
            timeNs += TICK_NS;
            TickDescriptor.encode(
                    buffer, 0, Fixtures.EURUSD, bidE8, bidE8 + SPREAD_E8, 0, TickFlags.TRADEABLE);
            index =
                    journal.append(
                            RecordKind.TICK,
                            TickDescriptor.VERSION,
                            timeNs,
                            0,
                            0,
                            true,
                            buffer,
                            0,
                            TickDescriptor.LENGTH);
        }
        return index;
    }

    /** Breaks a record under the feet of those who read it from now on, or mends it again. */
    void turnBitOf(long index) throws IOException {
        byte[] wanted = new byte[Long.BYTES];
        new UnsafeBuffer(wanted).putLong(0, index, ByteOrder.LITTLE_ENDIAN);
        try (Stream<Path> files = Files.list(data.resolve("journal"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".cq4")).toList()) {
                try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
                    byte[] head = new byte[1 << 20];
                    int length = bytes.read(head);
                    for (int at = 0; at < length - Long.BYTES; at += 4) {
                        if (Arrays.equals(head, at, at + Long.BYTES, wanted, 0, Long.BYTES)) {
                            bytes.seek(at + 24);
                            int was = bytes.read();
                            bytes.seek(at + 24);
                            bytes.write(was ^ 1);
                            return;
                        }
                    }
                }
            }
        }
        throw new IllegalArgumentException("no such record near the beginning: index=" + index);
    }

    /** The journal goes on in another file. */
    void nextDay() {
        aheadNs += TimeUnit.DAYS.toNanos(1);
    }

    /** Of the newest tick. */
    long lastBidE8() {
        return bidE8;
    }

    /** What the core appends for an instance. */
    void state(long instanceId, EngineState.State state) {
        EngineState record =
                new EngineState(
                        EngineState.Scope.INSTANCE, instanceId, state, RiskRule.NONE, "test");
        append(RecordKind.ENGINE_STATE, EngineStateDescriptor.encode(record, buffer, 0));
    }

    private long append(RecordKind kind, int length) {
        return journal.append(
                kind, RecordDecoder.newestVersion(kind), timeNs, 0, 0, true, buffer, 0, length);
    }

    WorkerView worker(String id) {
        return workers.workers().stream().filter(w -> w.id().equals(id)).findAny().orElseThrow();
    }

    void awaitRunning(String id) {
        await(id + " runs", () -> worker(id).state() == WorkerView.State.RUNNING);
    }

    /** Until every child has handled what is in the journal and it is imported. */
    void awaitHandled(long index) {
        await(
                "record " + index + " handled",
                () ->
                        workers.workers().stream()
                                .filter(w -> w.state() == WorkerView.State.RUNNING)
                                .filter(w -> w.isolation() == WorkerView.Isolation.PROCESS)
                                .allMatch(w -> w.lastIndex() >= index));
    }

    /** A signal as it stands in the journal. */
    record Recorded(long cause, Signal signal) {}

    /** Signals in the journal, by instance. */
    Map<Long, List<Recorded>> signals() {
        Map<Long, List<Recorded>> signals = new TreeMap<>();
        read(
                entry -> {
                    if (entry.kind() == RecordKind.SIGNAL) {
                        Signal signal =
                                SignalDescriptor.decode(
                                        entry.buffer(), entry.offset(), entry.length());
                        signals.computeIfAbsent(signal.instanceId(), id -> new ArrayList<>())
                                .add(new Recorded(entry.cause(), signal));
                    }
                });
        return signals;
    }

    /** Signals as one thread of this process computes them, by instance. */
    Map<Long, List<Recorded>> computed() {
        Map<Long, List<Recorded>> signals = new TreeMap<>();
        try (StrategyHost host =
                new StrategyHost(
                        NativeFramework.load(TestLibrary.path()),
                        FrameworkFiles.writeConfig(data.resolve("computed")),
                        true,
                        setup.instruments(),
                        setup.accounts(),
                        setup.config().strategies(),
                        (kind, version, time, cause, ordinal, last, payload, offset, length) -> {
                            Signal signal = SignalDescriptor.decode(payload, offset, length);
                            signals.computeIfAbsent(signal.instanceId(), id -> new ArrayList<>())
                                    .add(new Recorded(cause, signal));
                            return 1;
                        },
                        RunObserver.NOBODY,
                        true)) {
            read(host);
        }
        return signals;
    }

    /** Ticks in the journal, in their order. */
    List<Long> tickIndices() {
        List<Long> indices = new ArrayList<>();
        read(
                entry -> {
                    if (entry.kind() == RecordKind.TICK) {
                        indices.add(entry.index());
                    }
                });
        return indices;
    }

    List<WorkerEvent> events() {
        List<WorkerEvent> events = new ArrayList<>();
        read(
                entry -> {
                    if (entry.kind() == RecordKind.WORKER_EVENT) {
                        events.add(WorkerEventDescriptor.decode(entry));
                    }
                });
        return events;
    }

    List<WorkerEvent> events(WorkerEvent.Event kind) {
        return events().stream().filter(e -> e.event() == kind).toList();
    }

    void read(RecordHandler handler) {
        try (JournalReader reader = journal.newReader()) {
            while (reader.poll(handler, 10_000) > 0) {
                // Until the end.
            }
        }
    }

    static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time for " + what).isLessThan(deadline);
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        workers.close();
        journal.close();
    }
}
