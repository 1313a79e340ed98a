package saker.rest;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.regex.Pattern;
import saker.api.LogHistory;
import saker.api.WorkerView;

/** The logs of all processes. Event loop only; the search runs elsewhere. */
final class LogHandlers {
    private static final Pattern CORRELATION = Pattern.compile("[0-9a-f]{1,16}");
    private static final Pattern TEXT = Pattern.compile("[^\\p{Cc}]{1,200}");
    private static final long DAY_NS = 24 * 3_600_000_000_000L;

    private final LogHistory logs;
    private final InstantSource clock;

    LogHandlers(LogHistory logs, InstantSource clock) {
        this.logs = logs;
        this.clock = clock;
    }

    /** Of the last 24 hours, if it is not said from when. */
    Future<Answer> lines(Call call) {
        RequestQuery query =
                call.query()
                        .allowOnly(
                                "correlation",
                                "instance_id",
                                "worker",
                                "level",
                                "text",
                                "from",
                                "to",
                                "offset",
                                "limit");
        Long from = query.timeNsOrNull("from");
        Long to = query.timeNsOrNull("to");
        long endNs = to == null ? clock.millis() * 1_000_000L : to;
        LogHistory.Query wanted =
                new LogHistory.Query(
                        query.text("correlation", CORRELATION, "a journal index in hex"),
                        query.wholeOrNull("instance_id", 0, Long.MAX_VALUE),
                        query.text("worker", WorkerView.ID, "a worker_id, engine or venue"),
                        query.choice("level", LogHistory.LEVELS),
                        query.text("text", TEXT, "1 to 200 characters"),
                        from == null ? endNs - DAY_NS : from,
                        to,
                        (int) query.whole("offset", 0, 10_000, 0),
                        (int) query.whole("limit", 1, 1_000, 200));
        return Future.fromCompletionStage(logs.lines(wanted), Vertx.currentContext())
                .map(page -> Answer.ok(json(page, wanted)));
    }

    private static JsonObject json(LogHistory.Page page, LogHistory.Query query) {
        JsonArray lines = new JsonArray();
        page.lines().forEach(line -> lines.add(new JsonObject(line)));
        return new JsonObject()
                .put("lines", lines)
                .put("more", page.more())
                .put("offset", query.offset())
                .put("limit", query.limit());
    }
}
