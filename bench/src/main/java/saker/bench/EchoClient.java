package saker.bench;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;

/**
 * What the same bytes cost without an engine: a chunk of the price stream is answered at once, on
 * the same event loop, with a POST of an order's bytes. Clients, options and codecs are those of
 * the OANDA adapter.
 */
final class EchoClient {
    private final Context context;
    private final HttpClientAgent streamClient;
    private final HttpClientAgent restClient;
    private final int port;
    private volatile Buffer order;

    EchoClient(Vertx vertx, int port, String order) {
        this.port = port;
        this.order = Buffer.buffer(order);
        this.context = vertx.getOrCreateContext();
        this.streamClient =
                vertx.httpClientBuilder()
                        .with(new HttpClientOptions().setTcpNoDelay(true).setKeepAlive(true))
                        .with(new PoolOptions().setHttp1MaxSize(4))
                        .build();
        this.restClient =
                vertx.httpClientBuilder()
                        .with(
                                new HttpClientOptions()
                                        .setTcpNoDelay(true)
                                        .setKeepAlive(true)
                                        .setKeepAliveTimeout(30)
                                        .setDecompressionSupported(true))
                        .with(new PoolOptions().setHttp1MaxSize(4))
                        .build();
    }

    void start() {
        context.runOnContext(
                started ->
                        streamClient
                                .request(options(HttpMethod.GET, LoopbackBroker.ECHO + "/stream"))
                                .compose(request -> request.send())
                                .onSuccess(response -> response.handler(this::onChunk)));
    }

    /** One order for each line; a busy socket may bring two lines in one chunk. */
    private void onChunk(Buffer chunk) {
        for (int i = 0; i < chunk.length(); i++) {
            if (chunk.getByte(i) == '\n') {
                post();
            }
        }
    }

    private void post() {
        restClient
                .request(options(HttpMethod.POST, LoopbackBroker.ECHO + "/orders"))
                .compose(
                        request ->
                                request.putHeader("Content-Type", "application/json").send(order))
                .compose(response -> response.body());
    }

    private RequestOptions options(HttpMethod method, String path) {
        return new RequestOptions()
                .setMethod(method)
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI(path)
                .putHeader("Authorization", "Bearer bench-token")
                .putHeader("Accept-Datetime-Format", "RFC3339");
    }
}
