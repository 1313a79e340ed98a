package saker.live;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import saker.config.SakerConfig.FrameworkConfig;
import saker.config.StrategyConfig;
import saker.journal.Journal;
import saker.journal.JournalReader;
import saker.journal.ReadOnlyJournal;
import saker.journal.RecordFileWriter;
import saker.journal.UnknownPositionException;
import saker.live.LaneStates.LaneState;
import saker.live.LaneStates.SavedLane;
import saker.strategy.FrameworkException;
import saker.strategy.InstanceResume;
import saker.strategy.InstanceSnapshot;
import saker.strategy.InstanceStatus;
import saker.strategy.NativeFramework;
import saker.strategy.ResourceLimits;
import saker.strategy.RunObserver;
import saker.strategy.StrategyHost;
import saker.time.EpochNanoClock;

/**
 * A strategy worker in a process of its own: reads the engine's journal, runs its instances over it
 * and writes their signals to a file that the engine imports. It takes no lock of the engine and
 * writes nothing of its journal. It ends when its standard input does, which the engine's end does
 * too, even while a library never returns.
 *
 * <p>Its exit code says whether another start may help.
 */
public final class StrategyWorker {
    /** Another configuration, or none, at the place it was told. */
    public static final int CONFIG_REFUSED = 3;

    /** The library is not the recorded one, or no framework library. */
    public static final int LIBRARY_REFUSED = 4;

    /** A strategy cannot be set up, the journal cannot be read, or the like. */
    public static final int FAILED = 5;

    private static final Logger LOG = LoggerFactory.getLogger(StrategyWorker.class);
    private static final int BATCH = 256;
    private static final long BACKOFF_MIN_NS = 100_000;
    private static final long BACKOFF_MAX_NS = 1_500_000; // An idle loop takes under 2 % of a core.
    private static final long PUBLISH_NS = 50_000_000;
    private static final long SNAPSHOT_NS = 10_000_000_000L;
    private static final long END_NS = 1_000_000_000L;
    private static final long LANES_NS = 600_000_000_000L; // They are large, and only save reading.

    private final WorkerOptions options;
    private final WorkerStatusFile.Writer status;
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final List<WorkerLane> lanes = new ArrayList<>();
    private final List<InstanceStatus> refused = new ArrayList<>();
    private final ExecutorService laneWriter =
            Executors.newSingleThreadExecutor(
                    task -> {
                        Thread thread = new Thread(task, "lane-states");
                        thread.setDaemon(true);
                        return thread;
                    });
    private volatile boolean ending;

    // Set by start().
    private ReadOnlyJournal journal;
    private RecordedBoot boot;
    private FrameworkConfig group;
    private NativeFramework framework;
    private InstanceSnapshots snapshots;
    private LaneStates laneStates;
    private RecordFileWriter signals;

    private boolean running;
    private long publishedNs;
    private long snapshotNs;
    private long lanesNs;

    private StrategyWorker(WorkerOptions options) throws IOException {
        this.options = options;
        this.status = new WorkerStatusFile.Writer(options.status());
    }

    /** The process: {@link WorkerOptions} as arguments. */
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /** Runs until standard input ends; returns the exit code. */
    public static int run(String... arguments) {
        WorkerOptions options;
        try {
            options = WorkerOptions.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println("worker: " + e.getMessage());
            return 2;
        }
        MDC.put("worker", options.workerId());
        if (!ResourceLimits.ofWorker()) {
            LOG.warn("not all limits of the process could be set");
        }
        try {
            return new StrategyWorker(options).work();
        } catch (IOException | RuntimeException e) {
            LOG.error("worker ends", e);
            return FAILED;
        }
    }

    private int work() throws IOException {
        Thread input = new Thread(this::readInput, "engine");
        input.setDaemon(true);
        input.start(); // First: loading may take long, or never end.
        status.beat();
        try {
            start();
        } catch (ConfigRefused e) {
            return refuse(CONFIG_REFUSED, e.getMessage());
        } catch (FrameworkException e) {
            return refuse(LIBRARY_REFUSED, e.getMessage());
        }
        try {
            return options.replay() == null ? follow() : replay();
        } catch (IOException | RuntimeException e) {
            LOG.error("worker fails", e);
            return refuse(FAILED, String.valueOf(e.getMessage()));
        } finally {
            journal.close();
        }
    }

    private int refuse(int code, String why) {
        LOG.error("worker refused: {}", why);
        status.problem(why);
        return code;
    }

    private void start() throws IOException {
        status.state(WorkerStatusFile.State.LOADING);
        journal = Journal.openReadOnly(options.data());
        boot = RecordedBoot.read(journal, options, status::beat);
        group =
                boot.setup().config().frameworkGroups().stream()
                        .filter(g -> g.name().equals(options.framework()))
                        .findAny()
                        .orElseThrow(
                                () -> new ConfigRefused("no framework=" + options.framework()));
        framework = loadLibrary();
        status.library(framework.version(), framework.isReplayable());
        snapshots = new InstanceSnapshots(options.snapshots(), boot.bootId(), options.configId());
        laneStates = new LaneStates(options.data().resolve("lanes"), boot.bootIndex());
        signals = new RecordFileWriter(options.signals(), EpochNanoClock.system());
    }

    /** The library at its place if it is still the recorded one, else the journal's copy. */
    private NativeFramework loadLibrary() {
        Path path = options.library();
        if (!options.libraryId().equals(NativeFramework.sha256Of(path))) {
            LOG.warn("another library lies there now, taking the recorded one: path={}", path);
            path =
                    options.data()
                            .resolve("journal")
                            .resolve("libraries")
                            .resolve(options.libraryId() + ".so");
        }
        return NativeFramework.load(path);
    }

    // ---- Following a living engine -------------------------------------------------------------

    private int follow() throws IOException {
        long backoffNs = BACKOFF_MIN_NS;
        while (!ending) {
            takeLines();
            int count = 0;
            for (WorkerLane lane : lanes) {
                count += lane.poll(BATCH);
            }
            report(count);
            if (count > 0) {
                backoffNs = BACKOFF_MIN_NS;
            } else {
                LockSupport.parkNanos(this, backoffNs);
                backoffNs = Math.min(2 * backoffNs, BACKOFF_MAX_NS);
            }
        }
        if (running) {
            saveLanes();
        }
        laneWriter.shutdown(); // What it has begun it ends, if there is time.
        lanes.forEach(WorkerLane::close);
        signals.close();
        awaitLaneWriter();
        return 0;
    }

    private void awaitLaneWriter() {
        try {
            if (!laneWriter.awaitTermination(END_NS, TimeUnit.NANOSECONDS)) {
                LOG.warn("lanes not saved at the end, a restart reads more");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void readInput() {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            LOG.warn("standard input failed: {}", e.getMessage());
        }
        end();
    }

    /** The engine is gone or wants this process to end; a call that never returns is no excuse. */
    private void end() {
        ending = true;
        LockSupport.parkNanos(END_NS);
        Runtime.getRuntime().halt(0);
    }

    private void takeLines() throws IOException {
        for (String line = lines.poll(); line != null; line = lines.poll()) {
            status.state(WorkerStatusFile.State.READING);
            running = false;
            lanesNs = 0;
            addLanes(WorkerAssignment.parse(line));
        }
    }

    /** One lane, unless its instances come from several that went on at different places. */
    private void addLanes(List<WorkerAssignment> assignments) throws IOException {
        List<StrategyConfig> known = boot.setup().config().strategiesOf(group);
        Map<Long, StrategyConfig> configs = new TreeMap<>();
        for (StrategyConfig config : WorkerLane.configs(assignments, known)) {
            if (canBeSetUp(config)) {
                configs.put(config.instanceId(), config);
            }
        }
        Map<Long, InstanceResume> resumes = new HashMap<>();
        WorkerLane.resumes(assignments, framework.isReplayable(), snapshots)
                .forEach(resume -> resumes.put(resume.instanceId(), resume));
        Map<Long, Long> lastIndexOf = new TreeMap<>();
        for (long id : configs.keySet()) {
            InstanceResume resume = resumes.get(id);
            long beforeBoot = boot.bootIndex() - 1;
            lastIndexOf.put(
                    id, resume == null ? beforeBoot : Math.max(beforeBoot, resume.afterIndex()));
        }
        LaneStates.share(usable(laneStates.load()), lastIndexOf)
                .forEach(
                        (state, ids) ->
                                lanes.add(
                                        lane(
                                                state,
                                                ids.stream().map(configs::get).toList(),
                                                ids.stream()
                                                        .map(resumes::get)
                                                        .filter(Objects::nonNull)
                                                        .toList())));
    }

    /** Those whose record the journal still has. */
    private List<SavedLane> usable(List<SavedLane> states) throws IOException {
        List<SavedLane> usable = new ArrayList<>();
        for (SavedLane state : states) {
            try {
                journal.newReaderAfter(state.position()).close();
                usable.add(state);
            } catch (UnknownPositionException e) {
                LOG.info("lane passed over: {}", e.getMessage());
            }
        }
        return usable;
    }

    private WorkerLane lane(
            SavedLane saved, List<StrategyConfig> configs, List<InstanceResume> resumes) {
        StrategyHost host = host(configs, false);
        JournalReader reader = saved == null ? journal.newReader() : goOn(saved, host);
        if (reader == null) {
            host.close(); // It may have taken in some of it.
            return lane(null, configs, resumes);
        }
        LOG.info(
                "lane begins: behind={}, instances={}",
                saved == null ? 0 : saved.index(),
                configs.size());
        return new WorkerLane(reader, host, boot.bootIndex(), resumes);
    }

    /** A reader behind what the host goes on from, or null if it cannot. */
    private JournalReader goOn(SavedLane saved, StrategyHost host) {
        try {
            host.restore(saved.host());
            if (saved.index() >= boot.bootIndex()) {
                host.restoreBars(saved.bars());
            }
            return journal.newReaderAfter(saved.position());
        } catch (IOException | UnknownPositionException | RuntimeException e) {
            LOG.warn("lane of no use: file={}, reason={}", saved.file(), e.toString());
            return null;
        }
    }

    /** One that cannot be shows why, and the others of its worker run. */
    private boolean canBeSetUp(StrategyConfig config) {
        try {
            host(List.of(config), false).close();
            return true;
        } catch (RuntimeException e) {
            LOG.error("instance cannot be set up: instanceId={}", config.instanceId(), e);
            InstanceStatus failed = new InstanceStatus(config.instanceId());
            failed.fail("cannot be set up: " + describe(e));
            refused.add(failed);
            return false;
        }
    }

    /** A failure that nobody foresaw may have no message. */
    private static String describe(RuntimeException e) {
        return e instanceof FrameworkException ? e.getMessage() : e.toString();
    }

    private StrategyHost host(List<StrategyConfig> configs, boolean live) {
        return new StrategyHost(
                framework,
                options.frameworkConfig(),
                group.testing(),
                boot.instruments(),
                boot.hostAccounts(),
                configs,
                signals,
                RunObserver.NOBODY,
                status,
                live);
    }

    private void report(int count) {
        status.beat();
        if (lanes.isEmpty() && refused.isEmpty()) {
            return;
        }
        long nowNs = System.nanoTime();
        if (count == 0 && !running) {
            running = true;
            publish(nowNs);
            status.state(WorkerStatusFile.State.RUNNING);
        } else if (nowNs - publishedNs > PUBLISH_NS) {
            publish(nowNs);
        }
        if (running && framework.isReplayable() && nowNs - snapshotNs > SNAPSHOT_NS) {
            snapshotNs = nowNs;
            saveSnapshots();
        }
        if (running && (lanesNs == 0 || nowNs - lanesNs > LANES_NS)) {
            lanesNs = nowNs;
            saveLanes();
        }
    }

    /** Copied here, written elsewhere: a large file must not hold up a tick. */
    private void saveLanes() {
        for (int i = 0; i < lanes.size(); i++) {
            String lane = options.workerId() + "-" + i;
            LaneState state = lanes.get(i).state(journal.journalId(), boot.bootId());
            if (state != null) {
                laneWriter.execute(() -> save(lane, state));
            }
        }
    }

    private void save(String lane, LaneState state) {
        try {
            laneStates.save(lane, state);
        } catch (IOException | RuntimeException e) {
            LOG.warn("lane not saved, a restart reads more: lane={}", lane, e);
        }
    }

    private void saveSnapshots() {
        try {
            for (WorkerLane lane : lanes) {
                for (InstanceSnapshot snapshot : lane.snapshots()) {
                    snapshots.save(snapshot);
                }
            }
        } catch (IOException e) {
            LOG.warn("no snapshots, a restart computes more: {}", e.getMessage());
        }
    }

    private void publish(long nowNs) {
        publishedNs = nowNs;
        int row = 0;
        long newest = 0;
        long ticks = Long.MAX_VALUE;
        for (WorkerLane lane : lanes) {
            ticks = Math.min(ticks, lane.ticks());
            newest = Math.max(newest, lane.lastIndex());
            for (InstanceStatus instance : lane.statuses()) {
                status.row(row++, instance, lane.lastIndex());
            }
        }
        for (InstanceStatus instance : refused) {
            status.row(row++, instance, newest);
        }
        status.lastIndex(newest);
        status.ticks(lanes.isEmpty() ? 0 : ticks);
    }

    // ---- Replaying -----------------------------------------------------------------------------

    /** Computes every signal of the group over the boots it was told of, each anew. */
    private int replay() throws IOException {
        if (!framework.isReplayable()) {
            return 0; // Its recorded signals are inputs.
        }
        List<StrategyConfig> configs =
                boot.setup().config().strategiesOf(group).stream()
                        .filter(this::canBeSetUp)
                        .toList();
        FailedInstances failed = FailedInstances.read(journal);
        WorkerOptions.Replay boots = options.replay();
        try (StrategyHost host = host(configs, false);
                WorkerLane lane =
                        new WorkerLane(journal.newReader(), host, boots.from(), List.of())) {
            while (lane.poll(BATCH, boots.to() - 1, entry -> failed.retireAt(entry, host)) > 0) {
                status.beat();
            }
        }
        signals.close();
        return 0;
    }

    /** What the engine said does not fit what the journal holds. */
    static final class ConfigRefused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ConfigRefused(String message) {
            super(message);
        }
    }
}
