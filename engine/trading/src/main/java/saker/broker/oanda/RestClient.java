package saker.broker.oanda;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import java.util.function.BooleanSupplier;
import saker.broker.oanda.OandaCounters.Count;
import saker.broker.oanda.RequestLimiter.Priority;

/**
 * Requests over a few persistent connections. Never repeats one. Event loop only.
 *
 * <p>A future fails with {@link NotWritten} where no byte left, and with anything else where the
 * outcome is unknown.
 */
final class RestClient {
    private static final int CONNECTIONS = 4;
    private static final int REQUESTS_PER_SECOND = 100;

    /** Status and body of an answer. */
    record Answer(int status, byte[] body) {}

    /** Nothing was sent. */
    static final class NotWritten extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotWritten(String reason, Throwable cause) {
            super(reason, cause, false, false);
        }
    }

    // Set once.
    private final Vertx vertx;
    private final OandaOptions options;
    private final ConnectionPacer pacer;
    private final OandaCounters counters;
    private final BackgroundErrors errors;
    private final HttpClientAgent client;
    private final RequestLimiter limiter;

    private int open; // Connections that live.
    private int opening; // Connections that were allowed and are not there yet.
    private long mayOpenAtMs = -1; // When the next one is allowed; −1 while none is asked for.

    RestClient(
            Vertx vertx,
            OandaOptions options,
            ConnectionPacer pacer,
            OandaCounters counters,
            BackgroundErrors errors) {
        this.vertx = vertx;
        this.options = options;
        this.pacer = pacer;
        this.counters = counters;
        this.errors = errors;
        this.client = OandaHttp.restClient(vertx, options, CONNECTIONS, this::onConnection);
        this.limiter =
                new RequestLimiter(
                        vertx,
                        errors,
                        counters,
                        REQUESTS_PER_SECOND,
                        CONNECTIONS,
                        this::connectWaitMs);
    }

    boolean hasRoom(Priority priority) {
        return limiter.hasRoom(priority);
    }

    Future<Answer> get(String path) {
        return send(Priority.OTHER, HttpMethod.GET, path, null, () -> true);
    }

    /**
     * @param body JSON, or null for none
     * @param beforeWrite called right before the bytes leave; false drops the request, which then
     *     fails with {@link NotWritten}
     */
    Future<Answer> send(
            Priority priority,
            HttpMethod method,
            String path,
            Buffer body,
            BooleanSupplier beforeWrite) {
        Promise<Answer> promise = Promise.promise();
        boolean taken =
                limiter.offer(priority, () -> start(method, path, body, beforeWrite, promise));
        if (!taken) {
            promise.fail(new NotWritten("too many requests waiting", null));
        }
        return promise.future();
    }

    Future<Void> close() {
        return client.close();
    }

    private void start(
            HttpMethod method,
            String path,
            Buffer body,
            BooleanSupplier beforeWrite,
            Promise<Answer> promise) {
        promise.future().onComplete(errors.guarded("request done", done -> limiter.done()));
        Future.succeededFuture()
                .compose(nothing -> client.request(OandaHttp.restRequest(options, method, path)))
                .onSuccess(request -> write(request, body, beforeWrite, promise))
                .onFailure(
                        error -> {
                            opening = 0;
                            promise.tryFail(new NotWritten("no connection", error));
                        });
    }

    private void write(
            HttpClientRequest request,
            Buffer body,
            BooleanSupplier beforeWrite,
            Promise<Answer> promise) {
        boolean send;
        try {
            send = beforeWrite.getAsBoolean();
        } catch (RuntimeException | Error e) {
            errors.on("before write", e);
            send = false;
        }
        if (!send) {
            request.reset();
            promise.tryFail(new NotWritten("dropped before it was written", null));
            return;
        }
        long timer =
                vertx.setTimer(
                        options.timing().requestTimeoutMs(),
                        errors.guarded("request timeout", id -> onTimeout(request, promise)));
        promise.future().onComplete(done -> vertx.cancelTimer(timer));
        Future.succeededFuture()
                .compose(nothing -> body == null ? request.send() : sendJson(request, body))
                .compose(
                        response ->
                                response.body()
                                        .map(b -> new Answer(response.statusCode(), b.getBytes())))
                .onSuccess(promise::tryComplete)
                .onFailure(promise::tryFail);
    }

    private static Future<HttpClientResponse> sendJson(HttpClientRequest request, Buffer body) {
        return request.putHeader("Content-Type", "application/json").send(body);
    }

    private void onTimeout(HttpClientRequest request, Promise<Answer> promise) {
        counters.increment(Count.REQUEST_TIMEOUTS);
        promise.tryFail("no answer: timeoutMs=" + options.timing().requestTimeoutMs());
        request.connection().close();
    }

    private void onConnection(HttpConnection connection) {
        open++;
        opening = Math.max(0, opening - 1);
        connection.closeHandler(closed -> open--);
    }

    /** 0 if a request may go now: over a connection that is idle, or a new one that is allowed. */
    private long connectWaitMs() {
        if (limiter.running() < open + opening) {
            return 0;
        }
        long nowMs = ConnectionPacer.nowMs();
        if (mayOpenAtMs < 0) {
            mayOpenAtMs = nowMs + pacer.reserve(options.restUrl().getHost(), nowMs);
        }
        if (nowMs < mayOpenAtMs) {
            return mayOpenAtMs - nowMs;
        }
        mayOpenAtMs = -1;
        opening++;
        return 0;
    }
}
