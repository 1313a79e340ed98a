package saker.gateway;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import saker.api.Engine;
import saker.json.Health;

/**
 * The management port: {@code /metrics} as Prometheus text and {@code /health} for probes, 200 or
 * 503 with reasons. No login, so it stays on loopback unless configured.
 */
public final class ManagementServer {
    private static final long CHECK_MS = 1_000;

    private final Vertx vertx;
    private final String host;
    private final int configuredPort;
    private final Engine engine;
    private final PrometheusMeterRegistry meters;
    private final EngineMetrics metrics;
    private HttpServer server;
    private volatile long timer = -1;

    /**
     * @param metrics started and checked every second from here
     */
    public ManagementServer(
            Vertx vertx,
            String host,
            int port,
            Engine engine,
            PrometheusMeterRegistry meters,
            EngineMetrics metrics) {
        this.vertx = vertx;
        this.host = host;
        this.configuredPort = port;
        this.engine = engine;
        this.meters = meters;
        this.metrics = metrics;
    }

    /** Starts to listen; may be called again after it failed. */
    public Future<Void> start() {
        server = vertx.createHttpServer().requestHandler(this::onRequest);
        metrics.start();
        return server.listen(configuredPort, host)
                .onSuccess(on -> timer = vertx.setPeriodic(CHECK_MS, tick -> metrics.check()))
                .recover(e -> GatewayServer.refuse("management", host, configuredPort, e))
                .mapEmpty();
    }

    public Future<Void> stop() {
        vertx.cancelTimer(timer);
        return server == null ? Future.succeededFuture() : server.close();
    }

    public int port() {
        return server.actualPort();
    }

    private void onRequest(HttpServerRequest request) {
        switch (request.path()) {
            case "/metrics" -> serveMetrics(request);
            case "/health" -> serveHealth(request);
            default -> request.response().setStatusCode(404).end("not found\n");
        }
    }

    /** A scrape walks every meter: off the event loop. */
    private void serveMetrics(HttpServerRequest request) {
        vertx.executeBlocking(() -> meters.scrape(), false)
                .onFailure(e -> request.response().setStatusCode(500).end())
                .onSuccess(
                        text ->
                                request.response()
                                        .putHeader(
                                                "Content-Type",
                                                "text/plain; version=0.0.4; charset=utf-8")
                                        .end(text));
    }

    private void serveHealth(HttpServerRequest request) {
        Health health = Health.of(engine.view());
        JsonObject json =
                new JsonObject()
                        .put("status", health.isHealthy() ? "healthy" : "unhealthy")
                        .put("reasons", health.reasons());
        request.response()
                .setStatusCode(health.isHealthy() ? 200 : 503)
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end(json.toBuffer());
    }
}
