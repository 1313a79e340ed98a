package saker.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import saker.api.UserStore.Role;
import saker.api.UserStore.User;
import saker.auth.AccessTokens;
import saker.auth.JwtKeys;
import saker.auth.Passwords;
import saker.auth.Revocations;
import saker.config.SakerConfig.GatewayConfig;

/** A gateway on a free port with one user per role, whose names are the roles. */
public final class GatewayFixture implements AutoCloseable {
    public static final byte[] SECRET =
            "0123456789abcdef0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    public static final String PASSWORD = "glass tortoise battery";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static String passwordHash;

    public final Vertx vertx = Vertx.vertx();
    public final ManualClock clock = new ManualClock();
    public final RecordedEngine engine = new RecordedEngine();
    public final MemoryWorkers workers = new MemoryWorkers();
    public final TestLogs logs = new TestLogs();
    public final MemoryUserStore users = new MemoryUserStore();
    public final PrometheusMeterRegistry meters =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    public GatewayServer server;
    public final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final GatewayConfig config;
    private final AccessTokens issuer =
            new AccessTokens(JwtKeys.ofSecret("test", SECRET), new Revocations(clock), clock);

    public GatewayFixture() {
        this(config(List.of("https://desk.example.com")), true);
    }

    public GatewayFixture(GatewayConfig config, boolean withUsers) {
        if (withUsers) {
            for (Role role : Role.values()) {
                await(
                        Future.fromCompletionStage(
                                users.create(new User(name(role), hash(vertx), role, false, 1))));
            }
        }
        this.config = config;
        start();
    }

    /** Stops the gateway and starts another, which knows nothing of the first one's requests. */
    public void restart() {
        await(server.stop());
        start();
    }

    private void start() {
        server =
                new GatewayServer(
                        vertx,
                        config,
                        engine,
                        workers,
                        logs.search(),
                        new MemoryHistory(),
                        users,
                        JwtKeys.ofSecret("test", SECRET),
                        meters,
                        clock);
        await(server.start());
    }

    public static GatewayConfig config(List<String> origins) {
        return new GatewayConfig("127.0.0.1", 0, "127.0.0.1", 0, origins, null, null, false);
    }

    public static String name(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    public static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException | java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A fresh access token without a login. */
    public String token(Role role) {
        return issuer.issue(new User(name(role), "", role, false, 1), "family-" + role);
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    public String origin() {
        return "http://127.0.0.1:" + server.port();
    }

    public HttpRequest.Builder request(String method, String path, String body) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(uri(path));
        if (body != null) {
            builder.header("Content-Type", "application/json");
        }
        return builder.method(
                method,
                body == null
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(body));
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public HttpResponse<String> get(Role role, String path) {
        return send(request("GET", path, null).header("Authorization", "Bearer " + token(role)));
    }

    /** A command with a key of its own. */
    public HttpResponse<String> command(Role role, String method, String path, String body) {
        return command(role, method, path, body, UUID.randomUUID().toString());
    }

    public HttpResponse<String> command(
            Role role, String method, String path, String body, String key) {
        return send(
                request(method, path, body)
                        .header("Authorization", "Bearer " + token(role))
                        .header("Idempotency-Key", key));
    }

    public HttpResponse<String> login(String username, String password) {
        return send(
                request(
                        "POST",
                        "/api/auth/login",
                        "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(username, password)));
    }

    /** The cookie pair of an answer, or null. */
    public static String cookie(HttpResponse<String> answer) {
        return answer.headers().firstValue("Set-Cookie").map(c -> c.split(";")[0]).orElse(null);
    }

    public HttpResponse<String> refresh(String cookie) {
        return send(
                request("POST", "/api/auth/refresh", null)
                        .header("Cookie", cookie)
                        .header("X-Saker-Request", "1"));
    }

    public static JsonNode json(HttpResponse<String> answer) {
        return json(answer.body());
    }

    public static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new IllegalStateException(text, e);
        }
    }

    @Override
    public void close() {
        await(server.stop());
        logs.close();
        await(vertx.close());
    }

    private static synchronized String hash(Vertx vertx) {
        if (passwordHash == null) {
            try (Passwords passwords = new Passwords(vertx)) {
                passwordHash = await(passwords.hash(PASSWORD));
            }
        }
        return passwordHash;
    }
}
