package saker.broker.oanda;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;

/**
 * A broker that does exactly what a test scripts, faults included: transactions by id, a stream
 * that the test writes, answers to orders.
 */
final class ScriptedBroker {
    static final String ACCOUNT = "101-001-1-001";
    private static final String BASE = "/v3/accounts/" + ACCOUNT;

    final ConcurrentSkipListMap<Long, String> transactions = new ConcurrentSkipListMap<>();
    final List<HttpServerRequest> requests = new CopyOnWriteArrayList<>();
    volatile LongPredicate listed = id -> true; // What sinceid and idrange admit.
    volatile int listedMax = Integer.MAX_VALUE; // Of sinceid.
    volatile int accountStatus = 200;
    volatile Handler<HttpServerRequest> onOrder =
            request -> request.response().setStatusCode(500).end();

    private final Context context;
    private final int port;
    private HttpServerResponse stream;

    ScriptedBroker(Vertx vertx, long lastTransactionId) throws Exception {
        transactions.put(lastTransactionId, transaction(lastTransactionId, "CREATE", ""));
        context = vertx.getOrCreateContext();
        port =
                vertx.createHttpServer()
                        .requestHandler(this::onRequest)
                        .listen(0, "127.0.0.1")
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(10, TimeUnit.SECONDS)
                        .actualPort();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    static String transaction(long id, String type, String members) {
        return "{\"id\":\"%d\",\"batchID\":\"%d\",\"type\":\"%s\",\"time\":\"2026-03-02T10:00:00.5Z\"%s}"
                .formatted(id, id, type, members.isEmpty() ? "" : "," + members);
    }

    /** Makes a transaction; {@code onStream} says whether the stream tells of it. */
    void happens(long id, String type, String members, boolean onStream) {
        String json = transaction(id, type, members);
        transactions.put(id, json);
        if (onStream) {
            say(json);
        }
    }

    /** Writes a line to the open transaction stream. */
    void say(String line) {
        context.runOnContext(ready -> stream.write(line + "\n"));
    }

    void heartbeat() {
        say(
                "{\"type\":\"HEARTBEAT\",\"lastTransactionID\":\"%d\",\"time\":\"2026-03-02T10:00:01Z\"}"
                        .formatted(transactions.lastKey()));
    }

    void cutStream() {
        context.runOnContext(ready -> stream.reset());
    }

    long count(String method, String pathPart) {
        return requests.stream()
                .filter(r -> r.method().name().equals(method) && r.uri().contains(pathPart))
                .count();
    }

    private void onRequest(HttpServerRequest request) {
        requests.add(request);
        String path = request.path();
        if (!request.method().name().equals("GET")) {
            request.body().onSuccess(body -> onOrder.handle(request));
        } else if (path.equals(BASE + "/transactions/stream")) {
            context.runOnContext(ready -> stream = request.response().setChunked(true));
            context.runOnContext(ready -> heartbeat());
        } else if (path.equals(BASE + "/transactions/sinceid")) {
            long since = Long.parseLong(request.getParam("id"));
            list(request, since + 1, Long.MAX_VALUE, listedMax);
        } else if (path.equals(BASE + "/transactions/idrange")) {
            long from = Long.parseLong(request.getParam("from"));
            list(request, from, Long.parseLong(request.getParam("to")), Integer.MAX_VALUE);
        } else if (path.equals(BASE)) {
            request.response()
                    .setStatusCode(accountStatus)
                    .end(
                            "{\"account\":{\"currency\":\"EUR\",\"balance\":\"1234.56789\",\"trades\":[],\"orders\":[]},\"lastTransactionID\":\"%d\"}"
                                    .formatted(transactions.lastKey()));
        } else {
            request.response().setStatusCode(404).end();
        }
    }

    private void list(HttpServerRequest request, long from, long to, int max) {
        List<String> rows = new ArrayList<>();
        transactions.forEach(
                (id, json) -> {
                    if (id >= from && id <= to && listed.test(id) && rows.size() < max) {
                        rows.add(json);
                    }
                });
        request.response()
                .end(
                        "{ \"transactions\" : %s, \"lastTransactionID\":\"%d\"}"
                                .formatted(
                                        rows.stream().collect(Collectors.joining(", ", "[", "]")),
                                        transactions.lastKey()));
    }
}
