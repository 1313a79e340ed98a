package saker.broker.oanda;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.RequestOptions;
import java.util.function.Supplier;
import saker.broker.oanda.OandaCounters.Count;
import saker.model.FeedStatus.State;

/**
 * One chunked stream that is kept up: connects, watches for silence with a watchdog of its own,
 * reconnects with jittered backoff. Event loop only.
 *
 * <p>Each connection has a generation; what an older one still says is ignored.
 */
final class StreamConnection {

    /** The stream's user. Called on the event loop. */
    interface Listener {
        /** Answered 200; bytes follow. */
        void onOpen(HttpClientResponse response);

        void onChunk(Buffer chunk);

        /** The connection is gone; another follows unless stopped. */
        void onDown();

        void onState(State state, String detail);
    }

    private static final long WATCHDOG_PERIOD_MS_MAX = 500;

    // Set once.
    private final Vertx vertx;
    private final HttpClient client;
    private final Supplier<RequestOptions> request;
    private final OandaOptions options;
    private final ConnectionPacer pacer;
    private final Backoff backoff;
    private final OandaCounters counters;
    private final BackgroundErrors errors;
    private final Listener listener;

    private boolean running;
    private int generation;
    private HttpConnection connection;
    private boolean connecting; // From the attempt's start until its end.
    private boolean live; // A byte came.
    private long openedAtMs;
    private long lastByteAtMs;
    private long watchdog;

    StreamConnection(
            Vertx vertx,
            HttpClient client,
            Supplier<RequestOptions> request,
            OandaOptions options,
            ConnectionPacer pacer,
            Backoff backoff,
            OandaCounters counters,
            BackgroundErrors errors,
            Listener listener) {
        this.vertx = vertx;
        this.client = client;
        this.request = request;
        this.options = options;
        this.pacer = pacer;
        this.backoff = backoff;
        this.counters = counters;
        this.errors = errors;
        this.listener = listener;
    }

    void start() {
        running = true;
        long silenceMs = options.timing().streamSilenceMs();
        long periodMs = Math.max(10, Math.min(WATCHDOG_PERIOD_MS_MAX, silenceMs / 10));
        watchdog = vertx.setPeriodic(periodMs, errors.guarded("watchdog", id -> watch()));
        connectIn(0);
    }

    void stop() {
        if (running) {
            running = false;
            vertx.cancelTimer(watchdog);
            drop();
        }
    }

    /** Tears the connection down and makes a new one. */
    void restart(String why) {
        if (running) {
            lose(State.DISCONNECTED, why);
        }
    }

    private void connectIn(long delayMs) {
        int mine = ++generation;
        if (delayMs > 0) {
            vertx.setTimer(delayMs, errors.guarded("reconnect", id -> reserve(mine)));
        } else {
            reserve(mine);
        }
    }

    private void reserve(int mine) {
        if (!isCurrent(mine)) {
            return;
        }
        long waitMs = pacer.reserve(options.streamUrl().getHost(), ConnectionPacer.nowMs());
        if (waitMs > 0) {
            vertx.setTimer(waitMs, errors.guarded("connect", id -> connect(mine)));
        } else {
            connect(mine);
        }
    }

    private void connect(int mine) {
        if (!isCurrent(mine)) {
            return;
        }
        connecting = true;
        live = false;
        lastByteAtMs = ConnectionPacer.nowMs();
        counters.increment(Count.STREAM_CONNECTS);
        listener.onState(State.CONNECTING, "");
        Future.succeededFuture()
                .compose(nothing -> client.request(request.get()))
                .compose(made -> send(mine, made))
                .onSuccess(errors.guarded("stream answer", answer -> onAnswer(mine, answer)))
                .onFailure(
                        errors.guarded("stream connect", error -> onLost(mine, describe(error))));
    }

    private Future<HttpClientResponse> send(int mine, HttpClientRequest made) {
        if (!isCurrent(mine)) {
            made.connection().close();
            return Future.failedFuture("superseded");
        }
        connection = made.connection();
        return made.send();
    }

    private void onAnswer(int mine, HttpClientResponse answer) {
        if (!isCurrent(mine)) {
            answer.request().connection().close();
            return;
        }
        if (answer.statusCode() != 200) {
            onRefused(answer.statusCode());
            return;
        }
        openedAtMs = ConnectionPacer.nowMs();
        lastByteAtMs = openedAtMs;
        answer.handler(errors.guarded("stream chunk", chunk -> onChunk(mine, chunk)));
        answer.exceptionHandler(
                errors.guarded("stream cut", error -> onLost(mine, describe(error))));
        answer.endHandler(errors.guarded("stream end", end -> onLost(mine, "ended by the broker")));
        listener.onOpen(answer);
    }

    private void onChunk(int mine, Buffer chunk) {
        if (!isCurrent(mine)) {
            return;
        }
        lastByteAtMs = ConnectionPacer.nowMs();
        if (!live) {
            live = true;
            listener.onState(State.LIVE, "");
        }
        listener.onChunk(chunk);
    }

    private void onRefused(int status) {
        counters.increment(Count.STREAM_REFUSED);
        drop();
        if (status == 401 || status == 403) {
            long retryMs = options.timing().refusedRetryMs();
            listener.onState(
                    State.DISCONNECTED,
                    "refused: status=%d, check token and account id, retryMs=%d"
                            .formatted(status, retryMs));
            connectIn(retryMs);
        } else {
            listener.onState(State.DISCONNECTED, "refused: status=" + status);
            connectIn(Math.max(backoff.nextMs(), options.timing().backoffFirstMs() / 2));
        }
    }

    private void onLost(int mine, String why) {
        if (isCurrent(mine)) {
            lose(State.DISCONNECTED, why);
        }
    }

    private void watch() {
        long silentMs = ConnectionPacer.nowMs() - lastByteAtMs;
        if (!connecting || silentMs < options.timing().streamSilenceMs()) {
            return;
        }
        counters.increment(Count.STREAM_SILENT);
        lose(live ? State.STALE : State.DISCONNECTED, "silent: silentMs=" + silentMs);
    }

    private void lose(State state, String why) {
        counters.increment(Count.STREAM_DISCONNECTS);
        long nowMs = ConnectionPacer.nowMs();
        if (live && nowMs - openedAtMs >= options.timing().streamSilenceMs()) {
            backoff.reset(); // It had been a good connection.
        }
        drop();
        listener.onState(state, why);
        connectIn(backoff.nextMs());
    }

    private void drop() {
        generation++;
        boolean was = connecting;
        connecting = false;
        live = false;
        if (connection != null) {
            connection.close();
            connection = null;
        }
        if (was) {
            listener.onDown();
        }
    }

    private boolean isCurrent(int mine) {
        return running && mine == generation;
    }

    private static String describe(Throwable error) {
        return error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
    }
}
