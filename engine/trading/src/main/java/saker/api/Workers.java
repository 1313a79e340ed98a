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

    /**
     * Starts, stops or restarts a child process. It is recorded in the journal with user and
     * reason.
     *
     * @return completes when it is under way: empty if it is, else why it is refused (no such
     *     worker, a thread of the engine, not in a state that allows it)
     */
    CompletionStage<String> control(String workerId, Action action, String user, String reason);
}
