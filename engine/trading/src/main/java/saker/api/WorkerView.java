package saker.api;

import java.util.List;

/**
 * One strategy worker: a thread of the engine or a child process, and the instances it runs.
 *
 * @param id {@code strategy-0} for the engine's own thread, {@code NAME-1}, {@code NAME-2} … for
 *     the children of the framework group NAME
 * @param framework name of the framework group whose library it runs
 * @param library path of that library
 * @param libraryVersion such as {@code 4.5.10}; empty until known
 * @param replayable whether the library can snapshot and restore an instance
 * @param pid process id; the engine's own for a thread, 0 while there is none
 * @param restarts since the engine started
 * @param configId SHA-256 of the configuration it runs with, in hex
 * @param lastHeartbeatNs when it last showed a sign of life, ns since the Unix epoch; 0 for never
 * @param lastIndex of the journal record it has handled last
 * @param residentBytes memory of its process; 0 where not known
 * @param instanceIds instances assigned to it, ascending
 * @param detail why it is in this state, for people; may be empty
 */
public record WorkerView(
        String id,
        String framework,
        String library,
        String libraryVersion,
        boolean replayable,
        Isolation isolation,
        State state,
        long pid,
        int restarts,
        String configId,
        long lastHeartbeatNs,
        long lastIndex,
        long residentBytes,
        List<Long> instanceIds,
        String detail) {

    /** Where a worker runs. */
    public enum Isolation {
        THREAD,
        PROCESS
    }

    /** What a worker is doing. */
    public enum State {
        /** Reads the journal up to now, or loads the library. */
        STARTING,
        RUNNING,
        /** It ended by itself or was ended; the next start waits for its backoff. */
        RESTARTING,
        /** Stopped by an operator. */
        STOPPED,
        /** Given up after too many restarts; its instances run elsewhere or are disabled. */
        LOST
    }

    public WorkerView {
        instanceIds = List.copyOf(instanceIds);
    }
}
