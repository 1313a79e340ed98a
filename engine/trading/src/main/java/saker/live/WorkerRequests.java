package saker.live;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import saker.api.WorkerView;
import saker.api.Workers;

/**
 * Answers what the control socket is asked about strategy workers: {@code WORKERS} with a JSON
 * array in one line, {@code WORKER START|STOP|RESTART id reason}.
 */
final class WorkerRequests {
    private static final long WAIT_MS = 10_000;
    private static final long NS_PER_S = 1_000_000_000L;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Workers workers;
    private final String user;

    /**
     * @param user who asks, for the journal
     */
    WorkerRequests(Workers workers, String user) {
        this.workers = workers;
        this.user = user;
    }

    String list() {
        ArrayNode array = JSON.arrayNode();
        workers.workers().forEach(worker -> array.add(json(worker)));
        return "OK " + array;
    }

    /** {@code START|STOP|RESTART id reason}; waits until it is under way or refused. */
    String control(String request) {
        String[] words = request.split(" ", 3);
        if (words.length < 2) {
            return "ERROR bad request: WORKER " + request;
        }
        Workers.Action action;
        try {
            action = Workers.Action.valueOf(words[0].toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return "ERROR unknown action: " + words[0];
        }
        return control(words[1], action, words.length > 2 ? words[2] : "");
    }

    private String control(String id, Workers.Action action, String reason) {
        try {
            String refusal =
                    workers.control(id, action, user, reason)
                            .toCompletableFuture()
                            .get(WAIT_MS, TimeUnit.MILLISECONDS);
            return refusal.isEmpty()
                    ? "OK %s %s under way".formatted(action, id)
                    : "ERROR " + refusal;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "ERROR interrupted";
        } catch (ExecutionException e) {
            return "ERROR " + e.getCause().getMessage();
        } catch (TimeoutException e) {
            return "PENDING asked, no answer yet: worker=" + id;
        }
    }

    /** The members of the REST object of openapi.yaml. */
    private static ObjectNode json(WorkerView view) {
        String version = view.libraryVersion();
        ObjectNode json =
                JSON.objectNode()
                        .put("worker_id", view.id())
                        .put("framework", view.framework())
                        .put("library", view.library())
                        .put("library_version", version.isEmpty() ? null : version)
                        .put("replayable", view.replayable())
                        .put("isolation", view.isolation().name())
                        .put("state", view.state().name())
                        .put("pid", view.pid() == 0 ? null : view.pid())
                        .put("restarts", view.restarts())
                        .put("config_id", view.configId())
                        .put("heartbeat", time(view.lastHeartbeatNs()))
                        .put("last_index", Long.toString(view.lastIndex()))
                        .put(
                                "resident_bytes",
                                view.residentBytes() == 0 ? null : view.residentBytes());
        ArrayNode instances = json.putArray("instance_ids");
        view.instanceIds().forEach(instances::add);
        return json.put("detail", view.detail());
    }

    private static String time(long timeNs) {
        return timeNs == 0
                ? null
                : Instant.ofEpochSecond(
                                Math.floorDiv(timeNs, NS_PER_S), Math.floorMod(timeNs, NS_PER_S))
                        .toString();
    }
}
