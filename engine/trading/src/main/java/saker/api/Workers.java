package saker.api;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** The strategy workers, for those who watch and control them. Any thread; never blocks. */
public interface Workers {

    /** What an operator may ask of a worker. */
    enum Action {
        START,
        STOP,
        RESTART
    }

    /** All workers, in a stable order. */
    List<WorkerView> workers();

    /** What they counted since the engine started. */
    WorkerCounters counters();

    /**
     * Why no worker would run an instance that is enabled now, for people; empty if one would, or
     * where the instance was not given up.
     */
    String whyNotEnabled(long instanceId);

    /**
     * Starts, stops or restarts a child process. It is recorded in the journal with user, reason
     * and command id; a command id that was used is not obeyed again, not after a restart of the
     * engine either.
     *
     * @param commandId of the request, one per act; at most 64 characters
     * @return completes when it is under way: empty if it is, else why it is refused (no such
     *     worker, a thread of the engine, not in a state that allows it)
     */
    CompletionStage<String> control(
            String workerId, Action action, String user, String reason, String commandId);
}
