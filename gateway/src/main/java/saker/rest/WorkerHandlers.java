package saker.rest;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.regex.Pattern;
import saker.api.WorkerView;
import saker.api.Workers;
import saker.json.ViewJson;

/** The strategy workers: shown, started, stopped and restarted. Event loop only. */
final class WorkerHandlers {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final String ID_ALLOWED = "the worker_id of a worker, such as native-1";

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

    /** Answers once it is under way; the worker's state tells the rest. */
    Future<Answer> control(Call call, Workers.Action action) {
        call.query().allowOnly();
        call.body().allowOnly("reason");
        String id = call.pathText("worker_id", ID, ID_ALLOWED);
        String reason = call.body().textOr("reason", "", CommandHandlers.MAX_REASON_CHARS);
        return used.once(call, () -> control(id, action, call.who().username(), reason))
                .answer()
                .apply(0);
    }

    private IdempotencyStore.Act control(
            String id, Workers.Action action, String user, String reason) {
        if (find(id).isEmpty()) {
            throw Problem.notFound("no such worker: worker_id=" + id);
        }
        Future<String> refusal =
                Future.fromCompletionStage(
                                workers.control(id, action, user, reason), Vertx.currentContext())
                        .recover(WorkerHandlers::notDone);
        return new IdempotencyStore.Act(
                refusal, waitMs -> refusal.compose(why -> answer(id, action, why)));
    }

    private Optional<WorkerView> find(String id) {
        return workers.workers().stream().filter(worker -> worker.id().equals(id)).findFirst();
    }

    private static Future<Answer> answer(String id, Workers.Action action, String refusal) {
        if (!refusal.isEmpty()) {
            return Future.failedFuture(new Problem(409, "conflict", refusal));
        }
        JsonObject json =
                new JsonObject()
                        .put("worker_id", id)
                        .put("action", action.name())
                        .put("state", "ACCEPTED")
                        .put("message", "under way");
        return Future.succeededFuture(Answer.of(202, json));
    }

    private static Future<String> notDone(Throwable failure) {
        String message = "the worker was not asked: " + failure.getMessage();
        return Future.failedFuture(new Problem(503, "engine_unavailable", message));
    }
}
