package saker.broker.oanda;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A raw HTTP server on loopback whose every answer the test writes itself. */
final class StreamServer {
    final List<HttpServerRequest> requests = new CopyOnWriteArrayList<>();
    final List<Long> connectedAtMs = new CopyOnWriteArrayList<>();
    final HttpServer server;

    StreamServer(Vertx vertx, Handler<HttpServerRequest> handler) throws Exception {
        server =
                vertx.createHttpServer()
                        .connectionHandler(c -> connectedAtMs.add(System.nanoTime() / 1_000_000))
                        .requestHandler(
                                request -> {
                                    requests.add(request);
                                    handler.handle(request);
                                });
        server.listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.actualPort());
    }
}
