package saker.live;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import saker.api.WorkerView;
import saker.api.WorkerView.State;
import saker.api.Workers.Action;
import saker.config.SakerConfig.FrameworkConfig;
import saker.config.StrategyConfig;
import saker.journal.Journal;
import saker.model.WorkerEvent.Event;
import saker.strategy.CallTimes;
import saker.strategy.CrashReport;
import saker.strategy.FrameworkFiles;
import saker.strategy.InstanceStatus;
import saker.time.EpochNanoClock;

/**
 * Keeps the children of every group with {@code isolation: process} running. A child that crashes,
 * hangs or takes too much memory is killed and started again. An instance that was in call at the
 * time is blamed: it is given up after so many faults. A child that fails without one to blame is
 * given up itself, and its instances go to the others of its group.
 *
 * <p>One thread of its own, which looks every 10 ms; nobody waits for it.
 */
final class WorkerSupervisor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerSupervisor.class);
    private static final long LOOK_NS = 10_000_000L;
    private static final long SLOW_LOOK_NS = 100_000_000L;
    private static final long SILENCE_NS = 5_000_000_000L;
    private static final long STEADY_NS = 10_000_000_000L;
    private static final long GOOD_AGAIN_NS = 600_000_000_000L;

    private record Request(
            String workerId,
            Action action,
            String user,
            String reason,
            String commandId,
            CompletableFuture<String> answer) {

        /** The engine's own wish. */
        static Request own(String why) {
            return new Request("", Action.START, "", why, "", null);
        }
    }

    // Set once.
    private final Journal journal;
    private final WorkerSetup setup;
    private final SignalImport signals;
    private final WorkerEvents events;
    private final EnableWatch enabled;
    private final Consumer<String> onFailure;
    private final List<ChildWorker> workers = new ArrayList<>();
    private final Map<Long, InstanceStatus> statuses = new TreeMap<>();
    private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
    private final Thread thread = new Thread(this::run, "worker-watch");

    // The supervisor's thread.
    private final Map<Long, Integer> faults = new HashMap<>();
    private final Map<Long, FrameworkConfig> failed = new HashMap<>();
    private final Map<Long, Long> handled = new HashMap<>(); // Instances that ran in this boot.
    private final Map<Long, Long> anewAfter = new HashMap<>();
    private final UsedCommands obeyed = new UsedCommands();
    private final List<Long> waiting = new ArrayList<>(); // Enabled, and no worker can take them.
    private long slowLookNs;

    private volatile List<WorkerView> views = List.of();
    private volatile Map<Long, String> notEnabled = Map.of();
    private volatile long ticks;
    private volatile int restarts;
    private volatile int deadlineMisses;
    private volatile boolean running = true;
    private volatile boolean ended;

    /**
     * @param onFailure told why nobody watches the children any more; its own thread's
     */
    WorkerSupervisor(
            Journal journal, WorkerSetup setup, SignalImport signals, Consumer<String> onFailure) {
        this.onFailure = onFailure;
        this.journal = journal;
        this.setup = setup;
        this.signals = signals;
        this.events = new WorkerEvents(journal, setup.configId());
        this.enabled = new EnableWatch(journal);
        setup.usedCommands().forEach(obeyed::add);
        for (FrameworkConfig group : setup.config().frameworkGroups()) {
            if (!group.inThread() && !setup.held()) {
                plan(group);
            }
        }
        thread.setDaemon(true);
        publish();
    }

    private void plan(FrameworkConfig group) {
        List<Long> ids =
                setup.config().strategiesOf(group).stream()
                        .map(StrategyConfig::instanceId)
                        .toList();
        ids.forEach(id -> statuses.put(id, new InstanceStatus(id)));
        List<List<Long>> plan = WorkerPlan.spread(ids, group.workers());
        for (int i = 0; i < plan.size(); i++) {
            workers.add(new ChildWorker(group.name() + "-" + (i + 1), group, plan.get(i)));
        }
    }

    boolean isEmpty() {
        return workers.isEmpty();
    }

    void start() throws IOException {
        try {
            deleteTree(setup.workers()); // What an earlier engine left.
        } catch (IOException | UncheckedIOException e) {
            // A child of it may still be ending.
            LOG.warn("an earlier engine's files not removed: {}", e.getMessage());
        }
        for (FrameworkConfig group : setup.config().frameworkGroups()) {
            if (!group.inThread()) {
                FrameworkFiles.writeConfig(setup.frameworkFolder(group));
            }
        }
        thread.start();
    }

    private void run() {
        try {
            for (ChildWorker worker : workers) {
                if (!worker.instances.isEmpty()) {
                    MDC.put("worker", worker.id);
                    launch(worker, Request.own(""));
                }
            }
            while (running) {
                lookSafely();
                LockSupport.parkNanos(this, LOOK_NS);
            }
        } catch (Throwable e) {
            LOG.error("the supervisor ends", e);
            workers.forEach(worker -> worker.lost("nobody watches it any more"));
            onFailure.accept("no supervision of strategy workers any more: " + e);
        } finally {
            ended = true;
            refuseRequests();
            workers.stream().filter(ChildWorker::isUp).forEach(this::end);
            publish();
            enabled.close();
        }
    }

    private void lookSafely() {
        try {
            look(System.nanoTime());
        } catch (RuntimeException e) {
            LOG.error("the supervisor goes on after a failure", e);
        }
    }

    private void refuseRequests() {
        for (Request request = requests.poll(); request != null; request = requests.poll()) {
            request.answer.complete("the engine ends");
        }
    }

    private void look(long nowNs) {
        boolean slow = nowNs - slowLookNs >= SLOW_LOOK_NS;
        for (Request request = requests.poll(); request != null; request = requests.poll()) {
            try {
                request.answer.complete(answer(request));
            } finally {
                request.answer.complete("failed, see the log"); // Unless it is answered.
            }
        }
        List.copyOf(waiting).forEach(id -> takeBack(id, journal.appendedIndex()));
        enabled.poll(this::takeBack);
        for (ChildWorker worker : workers) {
            MDC.put("worker", worker.id);
            if (worker.isUp()) {
                watch(worker, nowNs, slow);
            } else if (worker.state == State.RESTARTING && nowNs >= worker.restartAtNs) {
                launch(worker, Request.own(""));
            }
        }
        MDC.remove("worker");
        if (slow) {
            slowLookNs = nowNs;
            publish();
        }
    }

    // ---- One child -----------------------------------------------------------------------------

    private void launch(ChildWorker worker, Request by) {
        worker.incarnation++;
        worker.idle = false;
        boolean first = worker.incarnation == 1;
        WorkerOptions options = options(worker);
        try {
            worker.process = WorkerProcess.start(options, worker.group.memoryMb());
        } catch (IOException e) {
            LOG.error("worker cannot be started: id={}", worker.id, e);
            afterFault(worker, 0, 0, "cannot be started: " + e.getMessage());
            return;
        }
        worker.pid = worker.process.pid();
        worker.source = null;
        worker.assigned = false;
        worker.startedNs = System.nanoTime();
        worker.heartbeatNs = worker.startedNs;
        worker.seenSign = 0;
        worker.call = new CallTimer();
        worker.calls.clear();
        worker.state = State.STARTING;
        worker.detail = "";
        if (!first) {
            worker.restarts++;
            restarts++;
        }
        Event event = first ? Event.STARTED : Event.RESTARTED;
        events.append(worker, event, 0, 0, by.user, by.reason, by.commandId);
        LOG.info(
                "worker started: id={}, pid={}, start={}",
                worker.id,
                worker.pid,
                worker.incarnation);
    }

    private WorkerOptions options(ChildWorker worker) {
        WorkerSetup.GroupLibrary library = setup.libraries().get(worker.group.name());
        return new WorkerOptions(
                setup.data(),
                setup.workers().resolve(worker.id).resolve(Integer.toString(worker.incarnation)),
                setup.snapshots(),
                worker.id,
                worker.group.name(),
                setup.configIndex(),
                setup.configId(),
                library.path().toAbsolutePath(),
                library.sha256(),
                setup.frameworkFolder(worker.group).resolve("AsirikuyConfig.xml").toAbsolutePath(),
                null);
    }

    private void watch(ChildWorker worker, long nowNs, boolean slow) {
        WorkerStatusFile.Reader status = worker.process.status();
        boolean seen = status.refresh(slow);
        if (!worker.process.isAlive()) {
            onEnded(worker, status, seen);
            return;
        }
        if (seen) {
            long elapsedNs = worker.call.elapsedNs(status.callCount(), nowNs);
            int limitMs = worker.group.deadlineMs(status.isSetup());
            if (elapsedNs > limitMs * 1_000_000L) {
                deadlineMisses++;
                fault(worker, "call of more than %d ms".formatted(limitMs));
                return;
            }
            if (elapsedNs > 0) {
                worker.heartbeatNs = nowNs; // The call's own deadline judges it.
            }
            long sign = status.heartbeat() + status.callCount();
            if (sign != worker.seenSign) {
                worker.seenSign = sign;
                worker.heartbeatNs = nowNs;
                worker.heartbeatEpochNs = EpochNanoClock.system().nanoTime();
            }
            advance(worker, status);
        }
        boolean loading = !worker.assigned;
        long limitNs = loading ? worker.group.startDeadlineMs() * 1_000_000L : silenceNs(worker);
        long sinceNs = nowNs - (loading ? worker.startedNs : worker.heartbeatNs);
        if (sinceNs > limitNs) {
            fault(
                    worker,
                    (loading ? "not ready after %d ms" : "no sign of life for %d ms")
                            .formatted(limitNs / 1_000_000L));
        } else if (worker.source != null && worker.source.problem() != null) {
            distrust(worker, worker.source.problem());
        } else if (slow) {
            slowWatch(worker, status, nowNs, seen);
        }
    }

    private static long silenceNs(ChildWorker worker) {
        return Math.max(SILENCE_NS, 2_000_000L * worker.group.callDeadlineMs());
    }

    /** From loading to reading to running. */
    private void advance(ChildWorker worker, WorkerStatusFile.Reader status) {
        if (worker.source == null && Files.exists(worker.process.options().signals())) {
            try {
                worker.source = signals.add(worker.process.options(), worker.instances);
            } catch (IOException e) {
                LOG.warn("signals not there yet: worker={}: {}", worker.id, e.getMessage());
                return;
            }
            worker.libraryVersion = status.version();
            worker.replayable = status.isReplayable();
            worker.assigned = assign(worker, worker.instances);
            worker.heartbeatNs = System.nanoTime();
        }
        if (worker.assigned
                && worker.state == State.STARTING
                && status.state() == WorkerStatusFile.State.RUNNING) {
            worker.state = State.RUNNING;
            worker.ran = true;
            LOG.info("worker runs: id={}, instances={}", worker.id, worker.instances);
        }
    }

    private boolean assign(ChildWorker worker, List<Long> ids) {
        if (ids.isEmpty()) {
            return true;
        }
        List<WorkerAssignment> assignments = new ArrayList<>();
        for (long id : ids) {
            assignments.add(assignment(id, worker.replayable));
            handled.putIfAbsent(id, 0L);
        }
        return worker.process.assign(assignments);
    }

    /**
     * One that ran before goes on where it was; a library without snapshots is called for what it
     * missed, and its signals of that time are marked as discarded.
     */
    private WorkerAssignment assignment(long id, boolean replayable) {
        long anew = anewAfter.getOrDefault(id, 0L);
        boolean ran = handled.containsKey(id);
        if (!ran) {
            WorkerAssignment.How how =
                    anew == 0 ? WorkerAssignment.How.BOOT : WorkerAssignment.How.ANEW;
            return new WorkerAssignment(id, how, anew, 0);
        }
        return replayable
                ? new WorkerAssignment(id, WorkerAssignment.How.RESUME, anew, 0)
                : new WorkerAssignment(
                        id,
                        WorkerAssignment.How.RESUME,
                        Math.max(anew, handled.get(id)),
                        journal.appendedIndex());
    }

    private void slowWatch(
            ChildWorker worker, WorkerStatusFile.Reader status, long nowNs, boolean seen) {
        worker.ownBytes = worker.process.ownBytes();
        if (worker.process.isAbove(worker.group.memoryMb())) {
            // It grew over many calls: the one under way is no more to blame than the others.
            String why = "memory of %d MB".formatted(worker.ownBytes >> 20);
            worker.process.kill();
            takeDown(worker);
            afterFault(worker, 0, 0, why);
            return;
        }
        if (seen) {
            remember(worker, status);
        }
        if (worker.state != State.RUNNING) {
            return;
        }
        if (nowNs - worker.startedNs > STEADY_NS) {
            worker.faultsInARow = 0;
        }
        if (nowNs - worker.startedNs > GOOD_AGAIN_NS) {
            worker.faults = 0;
            worker.instances.forEach(faults::remove);
        }
    }

    private void remember(ChildWorker worker, WorkerStatusFile.Reader status) {
        worker.lastIndex = Math.max(worker.lastIndex, status.lastIndex());
        worker.ticks = status.ticks();
        for (WorkerStatusFile.Row row : status.rows()) {
            if (worker.instances.contains(row.instanceId())) {
                InstanceStatus shown = statuses.get(row.instanceId());
                shown.mirror(
                        row.phase(),
                        row.detail(),
                        row.runs(),
                        row.signals(),
                        row.lastRunNs(),
                        row.ticks());
                CallTimes.Counts before = worker.calls.put(row.instanceId(), row.calls());
                shown.callTimes()
                        .addSince(before == null ? CallTimes.Counts.NONE : before, row.calls());
                handled.merge(row.instanceId(), row.handled(), Math::max);
            }
        }
    }

    // ---- Faults --------------------------------------------------------------------------------

    private void onEnded(ChildWorker worker, WorkerStatusFile.Reader status, boolean seen) {
        int code = worker.process.exitCode();
        String problem = seen ? status.problem() : "";
        String end = CrashReport.of(code, worker.process.crashLog());
        String why = problem.isEmpty() ? end : end + ": " + problem;
        if (code == StrategyWorker.CONFIG_REFUSED || code == StrategyWorker.LIBRARY_REFUSED) {
            takeDown(worker);
            lose(worker, why); // Another start would be refused too.
        } else {
            fault(worker, why);
        }
    }

    private void fault(ChildWorker worker, String why) {
        WorkerStatusFile.Reader status = worker.process.status();
        worker.process.kill();
        boolean seen = status.refresh(true);
        long blamed = seen ? status.instanceInCall() : 0;
        if (!worker.instances.contains(blamed)) {
            blamed = 0;
        }
        long at = blamed == 0 ? 0 : status.callIndex();
        SignalImport.Source source = worker.source;
        takeDown(worker);
        if (source != null && source.problem() != null) {
            distrust(worker, source.problem());
            return;
        }
        afterFault(worker, blamed, at, why);
    }

    private void afterFault(ChildWorker worker, long blamed, long at, String why) {
        worker.faultsInARow++;
        events.append(worker, Event.FAULT, blamed, at, why);
        LOG.error(
                "worker failed: id={}, instanceInCall={}, starts={}: {}",
                worker.id,
                blamed,
                worker.incarnation,
                why);
        if (blamed != 0) {
            if (faults.merge(blamed, 1, Integer::sum) > worker.group.maxRestarts()) {
                giveUp(worker, blamed, at, why);
            }
        } else if (++worker.faults > worker.group.maxRestarts()) {
            lose(worker, why);
            return;
        }
        if (worker.instances.isEmpty()) {
            worker.rest();
        } else {
            worker.state = State.RESTARTING;
            worker.detail = why;
            worker.restartAtNs = System.nanoTime() + worker.backoffNs();
        }
    }

    /** The process has ended: takes what it left and lets go of it. */
    private void takeDown(ChildWorker worker) {
        if (worker.process.status().refresh(true)) {
            remember(worker, worker.process.status());
        }
        if (worker.source != null) {
            signals.finish(worker.source);
        }
        Path folder = worker.process.options().folder();
        try {
            worker.process.close();
            deleteTree(folder);
        } catch (IOException e) {
            LOG.warn("worker's files not removed: folder={}: {}", folder, e.getMessage());
        }
        worker.source = null;
        worker.process = null;
        worker.assigned = false;
        worker.ownBytes = 0;
    }

    /** What it wrote cannot be trusted, so neither can what its instances would write elsewhere. */
    private void distrust(ChildWorker worker, String why) {
        if (worker.isUp()) {
            worker.process.kill();
            takeDown(worker);
        }
        worker.lost(why);
        events.append(worker, Event.LOST, 0, worker.lastIndex, why);
        List.copyOf(worker.instances).forEach(id -> giveUp(worker, id, 0, why));
    }

    /** An instance is not called any more. */
    private void giveUp(ChildWorker worker, long instanceId, long at, String why) {
        worker.remove(instanceId);
        failed.put(instanceId, worker.group);
        handled.remove(instanceId);
        statuses.get(instanceId).fail(why);
        long index =
                events.append(
                        worker,
                        Event.INSTANCE_FAILED,
                        instanceId,
                        at,
                        "%s: %s".formatted(worker.id, why));
        enabled.watch(instanceId, index);
        LOG.error("strategy instance given up: instanceId={}: {}", instanceId, why);
    }

    private void lose(ChildWorker worker, String why) {
        worker.lost(why);
        events.append(worker, Event.LOST, 0, worker.lastIndex, why);
        LOG.error("worker given up: id={}, instances={}: {}", worker.id, worker.instances, why);
        for (long id : List.copyOf(worker.instances)) {
            // What never ran here may keep every other worker from running too.
            ChildWorker other = worker.ran ? leastLoaded(worker.group) : null;
            if (other == null) {
                giveUp(worker, id, 0, why);
            } else {
                worker.remove(id);
                give(other, id, "from " + worker.id);
            }
        }
    }

    private ChildWorker leastLoaded(FrameworkConfig group) {
        List<ChildWorker> usable =
                workers.stream().filter(w -> w.group.equals(group) && w.isUsable()).toList();
        int least = WorkerPlan.leastLoaded(usable.stream().map(w -> w.instances.size()).toList());
        return least < 0 ? null : usable.get(least);
    }

    private void give(ChildWorker worker, long instanceId, String why) {
        worker.add(instanceId);
        if (worker.assigned) {
            assign(worker, List.of(instanceId));
        } else if (worker.state == State.STOPPED) {
            launch(worker, Request.own(why));
        }
        events.append(worker, Event.ASSIGNED, instanceId, journal.appendedIndex(), why);
        LOG.warn("instance assigned: instanceId={}, worker={}: {}", instanceId, worker.id, why);
    }

    /** An operator enabled an instance that had been given up: it begins anew. */
    private void takeBack(long instanceId, long index) {
        FrameworkConfig group = failed.get(instanceId);
        ChildWorker worker = group == null ? null : leastLoaded(group);
        if (worker == null) {
            if (!waiting.contains(instanceId)) {
                waiting.add(instanceId);
                statuses.get(instanceId).fail("enabled, but no worker can run it");
                LOG.error("no worker for an enabled instance: instanceId={}", instanceId);
            }
            return;
        }
        waiting.remove(instanceId);
        failed.remove(instanceId);
        faults.remove(instanceId);
        anewAfter.put(instanceId, index);
        give(worker, instanceId, "enabled again");
    }

    // ---- Operators -----------------------------------------------------------------------------

    CompletionStage<String> control(
            String workerId, Action action, String user, String reason, String commandId) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        requests.add(new Request(workerId, action, user, reason, commandId, answer));
        LockSupport.unpark(thread);
        if (ended) {
            refuseRequests();
        }
        return answer;
    }

    private String answer(Request request) {
        ChildWorker worker =
                workers.stream().filter(w -> w.id.equals(request.workerId)).findAny().orElse(null);
        if (worker == null) {
            return "no such worker: " + request.workerId;
        }
        if (obeyed.holds(request.commandId) && isDone(worker, request.action)) {
            return "";
        }
        MDC.put("worker", worker.id); // Until the look ends.
        if (request.action == Action.START && worker.isUp()) {
            return "it runs already";
        }
        if (request.action != Action.STOP && worker.idle) {
            return "it has nothing to run";
        }
        if (request.action == Action.STOP && worker.state == State.STOPPED) {
            return "it is stopped already";
        }
        if (request.action != Action.START) {
            stop(worker, request);
        }
        if (request.action != Action.STOP) {
            worker.faults = 0;
            worker.faultsInARow = 0;
            if (worker.instances.isEmpty()) {
                worker.rest(); // Ready for an instance that is enabled again.
            } else {
                launch(worker, request);
            }
        }
        obeyed.add(request.commandId);
        publish();
        return "";
    }

    /**
     * What is left of a command that was obeyed before: a worker that was stopped runs again if the
     * engine was started since, and one that was started may have been stopped.
     */
    private static boolean isDone(ChildWorker worker, Action action) {
        return switch (action) {
            case START -> worker.isUsable();
            case STOP -> worker.state == State.STOPPED;
            case RESTART -> true;
        };
    }

    private void stop(ChildWorker worker, Request request) {
        if (worker.isUp()) {
            end(worker);
        }
        worker.state = State.STOPPED;
        worker.idle = false;
        worker.detail = "by " + request.user;
        events.append(
                worker,
                Event.STOPPED,
                0,
                worker.lastIndex,
                request.user,
                request.reason,
                request.commandId);
        LOG.info("worker stopped: id={}, by={}", worker.id, request.user);
    }

    private void end(ChildWorker worker) {
        worker.process.end();
        takeDown(worker);
    }

    // ---- What others see -----------------------------------------------------------------------

    private void publish() {
        ticks =
                workers.stream()
                        .filter(worker -> !worker.instances.isEmpty())
                        .mapToLong(worker -> worker.ticks)
                        .min()
                        .orElse(0);
        Map<Long, String> stranded = new HashMap<>();
        failed.forEach(
                (id, group) -> {
                    if (leastLoaded(group) == null) {
                        stranded.put(id, "start a worker first: none can run it: " + states(group));
                    }
                });
        notEnabled = Map.copyOf(stranded);
        views = // Last: who sees a worker lost also sees what that keeps from being enabled.
                workers.stream()
                        .map(
                                w ->
                                        w.view(
                                                setup.configId(),
                                                setup.libraries()
                                                        .get(w.group.name())
                                                        .path()
                                                        .toString()))
                        .toList();
    }

    private String states(FrameworkConfig group) {
        return workers.stream()
                .filter(worker -> worker.group.equals(group))
                .map(worker -> worker.id + " is " + worker.state)
                .collect(Collectors.joining(", "));
    }

    /** Any thread. */
    List<WorkerView> views() {
        return views;
    }

    /** Any thread. */
    String whyNotEnabled(long instanceId) {
        return notEnabled.getOrDefault(instanceId, "");
    }

    /** By instance id; any thread. */
    Map<Long, InstanceStatus> statuses() {
        return statuses;
    }

    /** Ticks that every child with something to run has seen; any thread. */
    long ticks() {
        return ticks;
    }

    int restarts() {
        return restarts;
    }

    int deadlineMisses() {
        return deadlineMisses;
    }

    @Override
    public void close() {
        running = false;
        LockSupport.unpark(thread);
        try {
            thread.join(30_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
