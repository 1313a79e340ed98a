package saker.broker.oanda;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;

/** How requests to the broker are made. */
final class OandaHttp {
    private static final int CONNECT_TIMEOUT_MS_MAX = 10_000;

    private OandaHttp() {}

    /** A client for one stream; an old connection may still be closing while the next one opens. */
    static HttpClientAgent streamClient(Vertx vertx, OandaOptions options) {
        return vertx.httpClientBuilder()
                .with(clientOptions(options).setKeepAlive(true))
                .with(new PoolOptions().setHttp1MaxSize(4))
                .build();
    }

    /** A client with a few persistent connections. */
    static HttpClientAgent restClient(
            Vertx vertx, OandaOptions options, int connections, Handler<HttpConnection> onConnect) {
        return vertx.httpClientBuilder()
                .with(
                        clientOptions(options)
                                .setKeepAlive(true)
                                .setKeepAliveTimeout(0)
                                .setDecompressionSupported(true))
                .with(new PoolOptions().setHttp1MaxSize(connections))
                .withConnectHandler(onConnect)
                .build();
    }

    static RequestOptions streamRequest(OandaOptions options, String path) {
        return request(options, options.streamUrl(), HttpMethod.GET, path);
    }

    static RequestOptions restRequest(OandaOptions options, HttpMethod method, String path) {
        return request(options, options.restUrl(), method, path);
    }

    private static HttpClientOptions clientOptions(OandaOptions options) {
        long timeoutMs = Math.min(CONNECT_TIMEOUT_MS_MAX, options.timing().requestTimeoutMs());
        return new HttpClientOptions().setTcpNoDelay(true).setConnectTimeout((int) timeoutMs);
    }

    private static RequestOptions request(
            OandaOptions options, URI base, HttpMethod method, String path) {
        boolean tls = "https".equals(base.getScheme());
        int port = base.getPort() > 0 ? base.getPort() : tls ? 443 : 80;
        return new RequestOptions()
                .setMethod(method)
                .setSsl(tls)
                .setHost(base.getHost())
                .setPort(port)
                .setURI(prefix(base) + path)
                .putHeader("Authorization", "Bearer " + options.token().get())
                .putHeader("Accept-Datetime-Format", "RFC3339");
    }

    private static String prefix(URI base) {
        String path = base.getRawPath() == null ? "" : base.getRawPath();
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
