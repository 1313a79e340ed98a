package saker.gateway;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import saker.api.WorkerCounters;
import saker.api.WorkerView;
import saker.api.WorkerView.Isolation;
import saker.api.WorkerView.State;
import saker.api.Workers;

/**
 * Workers that are what a test says, and obey like real ones: a thread of the engine cannot be
 * controlled, and what runs cannot be started. Thread-safe.
 */
public final class MemoryWorkers implements Workers {
    public static final String LIBRARY = "/opt/framework/libfwk.so";

    private final Map<String, WorkerView> workers = new LinkedHashMap<>();
    private final List<String> asked = new ArrayList<>();
    private final List<String> commandIds = new ArrayList<>();
    private final Map<Long, String> stranded = new LinkedHashMap<>();
    private boolean closed;
    private boolean hanging;

    public MemoryWorkers() {
        put(worker("strategy-0", Isolation.THREAD, State.RUNNING, "", 7001L));
        put(worker("other-1", Isolation.PROCESS, State.RUNNING, "", 7002L));
        put(worker("other-2", Isolation.PROCESS, State.STOPPED, "stopped by admin"));
    }

    public static WorkerView worker(
            String id, Isolation isolation, State state, String detail, Long... instances) {
        boolean runs = state == State.RUNNING;
        return new WorkerView(
                id,
                id.replaceAll("-.*", ""),
                LIBRARY,
                runs ? "4.5.10" : "",
                isolation == Isolation.THREAD,
                isolation,
                state,
                runs ? 4_711 : 0,
                2,
                "ab".repeat(32),
                RecordedEngine.T0_NS,
                99,
                runs ? 64L << 20 : 0,
                List.of(instances),
                detail);
    }

    public synchronized void put(WorkerView worker) {
        workers.put(worker.id(), worker);
    }

    public synchronized void remove(String id) {
        workers.remove(id);
    }

    /** From now on nothing reaches the journal. */
    public synchronized void close() {
        closed = true;
    }

    /** What was asked for, each as {@code ACTION id user reason}. */
    public synchronized List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    public synchronized List<WorkerView> workers() {
        return List.copyOf(workers.values());
    }

    /** From now on nobody answers. */
    public synchronized void hang() {
        hanging = true;
    }

    /** From now on no worker would run an instance. */
    public synchronized void strand(long instanceId, String why) {
        stranded.put(instanceId, why);
    }

    /** The ids of the commands, in the order they came. */
    public synchronized List<String> commandIds() {
        return List.copyOf(commandIds);
    }

    @Override
    public WorkerCounters counters() {
        return new WorkerCounters(3, 2, 1_000, 17, 1, 2_500_000_000L, 40_000_000L);
    }

    @Override
    public synchronized String whyNotEnabled(long instanceId) {
        return stranded.getOrDefault(instanceId, "");
    }

    @Override
    public synchronized CompletionStage<String> control(
            String workerId, Action action, String user, String reason, String commandId) {
        commandIds.add(commandId);
        if (closed) {
            return CompletableFuture.failedFuture(new IllegalStateException("disk is full"));
        }
        if (hanging) {
            return new CompletableFuture<>();
        }
        String refusal = refusal(workers.get(workerId), action);
        if (refusal.isEmpty()) {
            asked.add("%s %s %s %s".formatted(action, workerId, user, reason));
            WorkerView old = workers.get(workerId);
            State state = action == Action.STOP ? State.STOPPED : State.STARTING;
            put(
                    worker(
                            workerId,
                            old.isolation(),
                            state,
                            "",
                            old.instanceIds().toArray(Long[]::new)));
        }
        return CompletableFuture.completedFuture(refusal);
    }

    private static String refusal(WorkerView worker, Action action) {
        if (worker == null) {
            return "no such worker";
        }
        if (worker.isolation() == Isolation.THREAD) {
            return "a thread of the engine: worker=" + worker.id();
        }
        boolean ended = worker.state() == State.STOPPED || worker.state() == State.LOST;
        boolean fits = action == Action.START ? ended : !ended;
        return fits ? "" : "not now: worker=" + worker.id() + ", state=" + worker.state();
    }
}
