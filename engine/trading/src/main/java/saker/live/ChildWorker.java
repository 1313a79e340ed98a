package saker.live;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import saker.api.WorkerView;
import saker.api.WorkerView.State;
import saker.config.SakerConfig.FrameworkConfig;
import saker.strategy.CallTimes;

/** One worker of a group over all its incarnations, as the supervisor keeps it. Its thread only. */
final class ChildWorker {
    private static final long BACKOFF_MIN_NS = 200_000_000L;
    private static final long BACKOFF_MAX_NS = 10_000_000_000L;

    // Set once.
    final String id;
    final FrameworkConfig group;
    final List<Long> instances = new ArrayList<>(); // Ascending.

    // The present incarnation.
    State state = State.STOPPED;
    boolean idle; // Has nothing to run, and may be given something.
    String detail = "";
    WorkerProcess process;
    SignalImport.Source source;
    boolean assigned;
    long startedNs;
    long seenSign; // Heartbeats and calls, which both are signs of life.
    long heartbeatNs; // Our clock; when the heartbeat last moved.
    long heartbeatEpochNs;
    long ownBytes;
    CallTimer call = new CallTimer();
    final Map<Long, CallTimes.Counts> calls = new HashMap<>(); // As last seen, by instance.

    // Over all incarnations.
    int incarnation;
    int restarts;
    boolean ran;
    int faults; // Without an instance to blame, since the last long time without any.
    int faultsInARow;
    long restartAtNs;
    long pid;
    long lastIndex;
    long ticks;
    String libraryVersion = "";
    boolean replayable;

    ChildWorker(String id, FrameworkConfig group, List<Long> instances) {
        this.id = id;
        this.group = group;
        this.instances.addAll(instances);
        if (instances.isEmpty()) {
            rest();
        }
    }

    /** It is not started again but by an operator. */
    void lost(String why) {
        state = State.LOST;
        idle = false;
        detail = why;
    }

    /** It has no instance left, and waits for one. */
    void rest() {
        state = State.STOPPED;
        idle = true;
        detail = "nothing to run";
    }

    /** Whether it can take instances over. */
    boolean isUsable() {
        return state == State.STARTING
                || state == State.RUNNING
                || state == State.RESTARTING
                || idle;
    }

    boolean isUp() {
        return process != null;
    }

    void add(long instanceId) {
        instances.add(instanceId);
        instances.sort(null);
        if (source != null) {
            source.instances(instances);
        }
    }

    void remove(long instanceId) {
        instances.remove(instanceId);
        if (source != null) {
            source.instances(instances);
        }
    }

    /** When to start again after another fault: later each time, and never in step. */
    long backoffNs() {
        long base = BACKOFF_MIN_NS << Math.min(faultsInARow, 6);
        long capped = Math.min(base, BACKOFF_MAX_NS);
        return capped * ThreadLocalRandom.current().nextLong(75, 126) / 100;
    }

    WorkerView view(String configId, String library) {
        return new WorkerView(
                id,
                group.name(),
                library,
                libraryVersion,
                replayable,
                WorkerView.Isolation.PROCESS,
                state,
                isUp() ? pid : 0,
                restarts,
                configId,
                heartbeatEpochNs,
                lastIndex,
                ownBytes,
                instances,
                detail);
    }
}
