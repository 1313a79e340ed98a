package saker.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
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
    private static final ObjectMapper JSON = new ObjectMapper();

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
        List<Map<String, Object>> array =
                workers.workers().stream().map(WorkerRequests::members).toList();
        try {
            return "OK " + JSON.writeValueAsString(array);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("workers are not JSON", e);
        }
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
                    workers.control(id, action, user, reason, UUID.randomUUID().toString())
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

    private static Map<String, Object> members(WorkerView worker) {
        return worker.members(
                timeNs ->
                        Instant.ofEpochSecond(
                                        Math.floorDiv(timeNs, NS_PER_S),
                                        Math.floorMod(timeNs, NS_PER_S))
                                .toString());
    }
}
