package saker.rest;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import saker.api.WorkerView;
import saker.api.Workers;
import saker.json.ViewJson;

/**
 * The strategy workers: shown, started, stopped and restarted. What is asked of one has an id that
 * follows from the user, the Idempotency-Key and the path, so that a request repeated after a
 * restart of the engine restarts no worker twice. Event loop only.
 */
final class WorkerHandlers {
    private static final String ID_ALLOWED = "the worker_id of a worker, such as native-1";
    private static final long WAIT_MS = 10_000; // A worker that does not end is killed in 2 s.

    private final Workers workers;
    private final IdempotencyStore used;

    WorkerHandlers(Workers workers, IdempotencyStore used) {
        this.workers = workers;
        this.used = used;
    }

    Future<Answer> list(Call call) {
        call.query().allowOnly();
        return Future.succeededFuture(
                Answer.ok(ViewJson.array(workers.workers(), ViewJson.REST::worker)));
    }

    /** Answers once it is under way or the time is over; the worker's state tells the rest. */
    Future<Answer> control(Call call, Workers.Action action) {
        long waitMs =
                call.query()
                        .allowOnly("wait")
                        .whole("wait", 0, CommandHandlers.MAX_WAIT_MS, WAIT_MS);
        call.body().allowOnly("reason");
        String id = call.pathText("worker_id", WorkerView.ID, ID_ALLOWED);
        return used.once(call, () -> control(call, id, action)).answer().apply(waitMs);
    }

    private IdempotencyStore.Act control(Call call, String id, Workers.Action action) {
        if (find(id).isEmpty()) {
            throw Problem.notFound("no such worker: worker_id=" + id);
        }
        String user = call.who().username();
        String reason = call.body().textOr("reason", "", CommandHandlers.MAX_REASON_CHARS);
        String commandId =
                IdempotencyStore.commandId("worker", user, IdempotencyStore.key(call), call.path());
        Future<String> refusal =
                Future.fromCompletionStage(
                                workers.control(id, action, user, reason, commandId),
                                Vertx.currentContext())
                        .recover(WorkerHandlers::notDone);
        return new IdempotencyStore.Act(refusal, waitMs -> inTime(refusal, waitMs, id, action));
    }

    private Optional<WorkerView> find(String id) {
        return workers.workers().stream().filter(worker -> worker.id().equals(id)).findFirst();
    }

    private static Future<Answer> inTime(
            Future<String> refusal, long waitMs, String id, Workers.Action action) {
        return refusal.timeout(Math.max(1, waitMs), TimeUnit.MILLISECONDS)
                .compose(
                        why -> answer(id, action, why),
                        failure ->
                                failure instanceof TimeoutException
                                        ? accepted(id, action, "PENDING", "asked, no answer yet")
                                        : Future.failedFuture(failure));
    }

    private static Future<Answer> answer(String id, Workers.Action action, String refusal) {
        return refusal.isEmpty()
                ? accepted(id, action, "ACCEPTED", "under way")
                : Future.failedFuture(new Problem(409, "conflict", refusal));
    }

    private static Future<Answer> accepted(
            String id, Workers.Action action, String state, String message) {
        JsonObject json =
                new JsonObject()
                        .put("worker_id", id)
                        .put("action", action.name())
                        .put("state", state)
                        .put("message", message);
        return Future.succeededFuture(Answer.of(202, json));
    }

    private static Future<String> notDone(Throwable failure) {
        String message = "the worker was not asked: " + failure.getMessage();
        return Future.failedFuture(new Problem(503, "engine_unavailable", message));
    }
}
