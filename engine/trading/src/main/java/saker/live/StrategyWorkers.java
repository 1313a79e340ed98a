package saker.live;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import saker.api.WorkerCounters;
import saker.api.WorkerView;
import saker.api.Workers;
import saker.config.SakerConfig.FrameworkConfig;
import saker.config.StrategyConfig;
import saker.journal.Journal;
import saker.journal.RecordView;
import saker.strategy.FrameworkFiles;
import saker.strategy.HostState;
import saker.strategy.InstanceStatus;
import saker.strategy.NativeFramework;
import saker.strategy.RunObserver;
import saker.strategy.StrategyHost;
import saker.time.EpochNanoClock;

/**
 * All strategy workers of an engine: the thread of the group with {@code isolation: thread}, if
 * there is one, and the children of the others.
 */
final class StrategyWorkers implements Workers, AutoCloseable {
    /** Name of the engine's own strategy thread. */
    static final String THREAD = "strategy-0";

    private static final EpochNanoClock CLOCK = EpochNanoClock.system();
    private static final long WATCH_MS = 10;

    private final WorkerSetup setup;
    private final FrameworkConfig threadGroup; // Null if every group has processes.
    private final NativeFramework framework;
    private final StrategyHost host;
    private final ThreadCalls calls = new ThreadCalls();
    private final SignalImport signals;
    private final WorkerSupervisor supervisor;
    private final Thread deadline = new Thread(this::watchCalls, "strategy-deadline");
    private final Consumer<String> onOverrun;

    private volatile long lastIndex;
    private volatile long heartbeatNs;
    private volatile String overrun = "";
    private volatile boolean running = true;

    /**
     * @param observer told of each call on the engine's thread
     * @param onOverrun told once, with the reason, when a call on the engine's thread does not
     *     return, or when nobody watches the children any more; another thread's
     */
    StrategyWorkers(
            Journal journal, WorkerSetup setup, RunObserver observer, Consumer<String> onOverrun) {
        this.setup = setup;
        this.onOverrun = onOverrun;
        this.threadGroup =
                setup.config().frameworkGroups().stream()
                        .filter(group -> group.inThread() && !setup.held())
                        .findAny()
                        .orElse(null);
        this.framework =
                threadGroup == null
                        ? null
                        : NativeFramework.load(setup.libraries().get(threadGroup.name()).path());
        this.host = threadGroup == null ? null : host(journal, observer);
        List<StrategyConfig> inChildren =
                setup.config().strategies().stream()
                        .filter(s -> threadGroup == null || !isOfThread(s))
                        .toList();
        this.signals = new SignalImport(journal, setup.instruments(), inChildren);
        this.supervisor = new WorkerSupervisor(journal, setup, signals, onOverrun);
        this.deadline.setDaemon(true);
    }

    private StrategyHost host(Journal journal, RunObserver observer) {
        return new StrategyHost(
                framework,
                FrameworkFiles.writeConfig(setup.frameworkFolder(threadGroup)),
                threadGroup.testing(),
                setup.instruments(),
                setup.accounts(),
                setup.config().strategiesOf(threadGroup),
                journal,
                observer,
                calls,
                false);
    }

    private boolean isOfThread(StrategyConfig strategy) {
        return strategy.framework().equals(threadGroup.name());
    }

    // ---- The engine's own thread ---------------------------------------------------------------

    /** The group that runs in the engine, or null. */
    FrameworkConfig threadGroup() {
        return threadGroup;
    }

    /** The engine's strategy thread takes the next record. */
    void onRecord(RecordView entry) {
        host.onRecord(entry);
    }

    /** The engine's strategy thread has looked at the journal. */
    void onLooked(long index) {
        lastIndex = index;
        heartbeatNs = CLOCK.nanoTime();
    }

    /** What the engine's strategy thread folded so far. */
    HostState snapshot() {
        return host.snapshot();
    }

    /** The engine's strategy thread goes on from a snapshot; before its first record. */
    void restore(byte[] state) {
        host.restore(HostState.decode(state));
    }

    /** From the next record on the framework is called. */
    void goLive() {
        host.goLive();
    }

    /** Ticks the engine's strategy thread has seen; without one, those every child has. */
    long ticks() {
        return host == null ? supervisor.ticks() : host.ticks();
    }

    private void watchCalls() {
        CallTimer timer = new CallTimer();
        while (running) {
            long elapsedNs = timer.elapsedNs(calls.callCount(), System.nanoTime());
            int limitMs = threadGroup.deadlineMs(calls.isSetup());
            if (elapsedNs > limitMs * 1_000_000L) {
                overrun =
                        "call of more than %d ms: instanceId=%d"
                                .formatted(limitMs, calls.instanceId());
                onOverrun.accept(overrun);
                return; // The thread is lost; once is enough.
            }
            try {
                Thread.sleep(WATCH_MS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    // ---- All of them ---------------------------------------------------------------------------

    /** Starts the children and the watches. */
    void start() throws IOException {
        if (host != null) {
            deadline.start();
        }
        if (!supervisor.isEmpty()) {
            signals.start();
            supervisor.start();
        }
    }

    /** Status of each instance, in the configuration's order; may be read by any thread. */
    List<InstanceStatus> statuses() {
        Map<Long, InstanceStatus> inChildren = supervisor.statuses();
        List<InstanceStatus> own = host == null ? List.of() : host.statuses();
        List<InstanceStatus> statuses = new ArrayList<>();
        for (StrategyConfig strategy : setup.config().strategies()) {
            own.stream()
                    .filter(status -> status.instanceId() == strategy.instanceId())
                    .findAny()
                    .or(() -> Optional.ofNullable(inChildren.get(strategy.instanceId())))
                    .ifPresent(statuses::add);
        }
        return statuses;
    }

    @Override
    public List<WorkerView> workers() {
        List<WorkerView> views = new ArrayList<>();
        if (host != null) {
            views.add(threadView());
        }
        views.addAll(supervisor.views());
        return views;
    }

    private WorkerView threadView() {
        return new WorkerView(
                THREAD,
                threadGroup.name(),
                framework.path().toString(),
                framework.version(),
                framework.isReplayable(),
                WorkerView.Isolation.THREAD,
                overrun.isEmpty() ? WorkerView.State.RUNNING : WorkerView.State.LOST,
                ProcessHandle.current().pid(),
                0,
                setup.configId(),
                heartbeatNs,
                lastIndex,
                0,
                host.statuses().stream().map(InstanceStatus::instanceId).sorted().toList(),
                overrun);
    }

    @Override
    public String whyNotEnabled(long instanceId) {
        return supervisor.whyNotEnabled(instanceId);
    }

    @Override
    public CompletionStage<String> control(
            String workerId, Action action, String user, String reason, String commandId) {
        if (workerId.equals(THREAD) && host != null) {
            return CompletableFuture.completedFuture(
                    "it is a thread of the engine: restart the engine");
        }
        return supervisor.isEmpty()
                ? CompletableFuture.completedFuture("no such worker: " + workerId)
                : supervisor.control(workerId, action, user, reason, commandId);
    }

    @Override
    public WorkerCounters counters() {
        return new WorkerCounters(
                supervisor.restarts(),
                supervisor.deadlineMisses() + (overrun.isEmpty() ? 0 : 1),
                signals.imported(),
                signals.repeated(),
                signals.refused(),
                signals.lagNsSum(),
                signals.lagNsMax());
    }

    @Override
    public void close() {
        running = false;
        deadline.interrupt();
        if (!supervisor.isEmpty()) {
            supervisor.close();
            signals.close();
        }
        if (host != null && overrun.isEmpty()) {
            host.close();
        }
    }
}
