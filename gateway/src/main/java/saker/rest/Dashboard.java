package saker.rest;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import saker.api.Engine;
import saker.json.Health;

/**
 * Serves the web client from {@code webroot/} on the class path; a path that names no file is a
 * page of the client and gets its index. Read once, then kept. Event loop only.
 */
public final class Dashboard {
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+");
    private static final String INDEX = "/index.html";
    private static final Map<String, String> TYPES =
            Map.ofEntries(
                    Map.entry("html", "text/html; charset=utf-8"),
                    Map.entry("js", "text/javascript; charset=utf-8"),
                    Map.entry("css", "text/css; charset=utf-8"),
                    Map.entry("json", "application/json"),
                    Map.entry("webmanifest", "application/manifest+json"),
                    Map.entry("svg", "image/svg+xml"),
                    Map.entry("png", "image/png"),
                    Map.entry("ico", "image/x-icon"),
                    Map.entry("woff2", "font/woff2"),
                    Map.entry("txt", "text/plain; charset=utf-8"));

    private record Asset(String contentType, Buffer plain, Buffer gzip) {}

    private final Vertx vertx;
    private final Engine engine;
    private final Map<String, Asset> assets = new HashMap<>();

    public Dashboard(Vertx vertx, Engine engine) {
        this.vertx = vertx;
        this.engine = engine;
    }

    /** {@code GET /}: JSON for a program that asks for it, the client for all others. */
    public void serveRoot(RoutingContext context) {
        String accept = context.request().getHeader("Accept");
        boolean json =
                accept != null
                        && accept.contains("application/json")
                        && !accept.contains("text/html");
        if (json) {
            context.response().putHeader("Content-Type", "application/json").end(root().toBuffer());
        } else {
            serve(context, INDEX);
        }
    }

    /** Any other path outside the API. */
    public void serve(RoutingContext context) {
        String path = context.normalizedPath();
        if (!PATH.matcher(path).matches()) {
            notFound(context);
            return;
        }
        boolean isFile = path.substring(path.lastIndexOf('/')).contains(".");
        serve(context, isFile ? path : INDEX);
    }

    private void serve(RoutingContext context, String path) {
        load(path)
                .onFailure(context::fail)
                .onSuccess(
                        asset ->
                                asset.ifPresentOrElse(
                                        found -> send(context, path, found),
                                        () -> notFound(context)));
    }

    private void send(RoutingContext context, String path, Asset asset) {
        String accepted = context.request().getHeader("Accept-Encoding");
        boolean gzip = asset.gzip() != null && accepted != null && accepted.contains("gzip");
        var response = context.response().putHeader("Content-Type", asset.contentType());
        if (path.startsWith("/assets/")) {
            // The build puts a hash of the content into these names.
            response.putHeader("Cache-Control", "public, max-age=31536000, immutable");
        } else if (!path.equals(INDEX)) {
            response.putHeader("Cache-Control", "no-cache");
        }
        if (gzip) {
            response.putHeader("Content-Encoding", "gzip");
        }
        response.putHeader("Vary", "Origin, Accept-Encoding");
        response.end(gzip ? asset.gzip() : asset.plain());
    }

    private Future<Optional<Asset>> load(String path) {
        Asset known = assets.get(path);
        if (known != null) {
            return Future.succeededFuture(Optional.of(known));
        }
        return vertx.executeBlocking(() -> read(path))
                .onSuccess(read -> read.ifPresent(asset -> assets.put(path, asset)));
    }

    private static Optional<Asset> read(String path) throws IOException {
        String type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
        if (type == null) {
            return Optional.empty();
        }
        try (InputStream in =
                Dashboard.class.getClassLoader().getResourceAsStream("webroot" + path)) {
            if (in == null) {
                return Optional.empty();
            }
            byte[] bytes = in.readAllBytes();
            boolean text = !type.startsWith("image/p") && !type.startsWith("font/");
            return Optional.of(new Asset(type, Buffer.buffer(bytes), text ? gzip(bytes) : null));
        }
    }

    private static Buffer gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return Buffer.buffer(out.toByteArray());
    }

    private JsonObject root() {
        var view = engine.view();
        return new JsonObject()
                .put("name", "Saker")
                .put("version", view.status().version())
                .put("status", Health.of(view).isHealthy() ? "healthy" : "unhealthy");
    }

    private static void notFound(RoutingContext context) {
        context.response()
                .setStatusCode(404)
                .putHeader("Content-Type", "text/plain; charset=utf-8")
                .end("not found\n");
    }
}
