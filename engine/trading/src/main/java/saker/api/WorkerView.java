package saker.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.regex.Pattern;

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

    /** What an id looks like. */
    public static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

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

    /**
     * The object {@code Worker} of openapi.yaml, for whoever writes JSON.
     *
     * @param time how a time is written, from ns since the Unix epoch
     */
    public Map<String, Object> members(LongFunction<Object> time) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("worker_id", id);
        members.put("framework", framework);
        members.put("library", library);
        members.put("library_version", libraryVersion.isEmpty() ? null : libraryVersion);
        members.put("replayable", replayable);
        members.put("isolation", isolation.name());
        members.put("state", state.name());
        members.put("pid", pid == 0 ? null : pid);
        members.put("restarts", restarts);
        members.put("config_id", configId);
        members.put("heartbeat", lastHeartbeatNs == 0 ? null : time.apply(lastHeartbeatNs));
        members.put("last_index", Long.toString(lastIndex));
        members.put("resident_bytes", residentBytes == 0 ? null : residentBytes);
        members.put("instance_ids", instanceIds);
        members.put("detail", detail);
        return members;
    }
}
