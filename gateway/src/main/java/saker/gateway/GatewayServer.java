package saker.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import saker.api.Engine;
import saker.api.LogHistory;
import saker.api.TradeHistory;
import saker.api.UserStore;
import saker.api.Workers;
import saker.auth.AccessTokens;
import saker.auth.JwtKeys;
import saker.auth.Logins;
import saker.auth.Operation;
import saker.auth.Passwords;
import saker.auth.Revocations;
import saker.config.SakerConfig.GatewayConfig;
import saker.rest.Dashboard;
import saker.rest.Origins;
import saker.rest.RestApi;
import saker.rest.SecurityHeaders;
import saker.ws.SocketHub;

/**
 * The gateway: REST under {@code /api}, the socket at {@code /ws}, and the dashboard, on one event
 * loop of its own. Trading does not depend on it.
 */
public final class GatewayServer {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayServer.class);
    private static final long USER_POLL_MS = 5_000;

    private final Vertx vertx;
    private final GatewayConfig config;
    private final Engine engine;
    private final Workers workers;
    private final LogHistory logs;
    private final TradeHistory history;
    private final UserStore users;
    private final MeterRegistry meters;
    private final InstantSource clock;
    private final boolean secure;
    private final Origins origins;
    private final Revocations revocations;
    private final AccessTokens tokens;
    private final Passwords passwords;
    private final Logins logins;
    private volatile String deployment;
    private volatile int port;

    /**
     * @throws IllegalArgumentException if the configuration is unsafe: listening beyond loopback
     *     without TLS or a declared proxy, or an origin that is not exact
     */
    public GatewayServer(
            Vertx vertx,
            GatewayConfig config,
            Engine engine,
            Workers workers,
            LogHistory logs,
            TradeHistory history,
            UserStore users,
            JwtKeys keys,
            MeterRegistry meters,
            InstantSource clock) {
        boolean tls = config.tlsCertificate() != null;
        boolean loopback = Loopback.contains(config.host());
        check(config);
        this.vertx = vertx;
        this.config = config;
        this.engine = engine;
        this.workers = workers;
        this.logs = logs;
        this.history = history;
        this.users = users;
        this.meters = meters;
        this.clock = clock;
        this.secure = tls || config.behindProxy();
        this.origins = new Origins(config.origins(), loopback && !config.behindProxy(), secure);
        this.revocations = new Revocations(clock);
        this.tokens = new AccessTokens(keys, revocations, clock);
        this.passwords = new Passwords(vertx);
        this.logins = new Logins(users, passwords, tokens, revocations, clock);
    }

    /**
     * Makes the first admin if there is no user.
     *
     * @param password of {@link Logins#ADMIN_PASSWORD_VARIABLE}, or null
     * @return the random one-time password, to be printed once; empty if none was made
     */
    public Future<Optional<String>> ensureAdmin(String password) {
        return logins.ensureAdmin(password);
    }

    /**
     * Whether a gateway may run like this.
     *
     * @throws IllegalArgumentException see {@link #GatewayServer}
     */
    public static void check(GatewayConfig config) {
        boolean tls = config.tlsCertificate() != null;
        boolean loopback = Loopback.contains(config.host());
        checkTransport(config, tls, loopback);
        new Origins(
                config.origins(), loopback && !config.behindProxy(), tls || config.behindProxy());
    }

    /** Starts to listen; may be called again after it failed. */
    public Future<Void> start() {
        return vertx.deployVerticle(new GatewayVerticle())
                .onSuccess(id -> deployment = id)
                .mapEmpty();
    }

    /** Closes sockets with a code that tells them to come back, then the port. Once is enough. */
    public Future<Void> stop() {
        if (deployment == null) {
            return Future.succeededFuture();
        }
        String running = deployment;
        deployment = null;
        return vertx.undeploy(running).onComplete(done -> passwords.close());
    }

    /** The port it listens on; another than configured if that was 0. */
    public int port() {
        return port;
    }

    /** An address that is taken or not ours: says which, as the system's own message does not. */
    static <T> Future<T> refuse(String part, String host, int port, Throwable cause) {
        return Future.failedFuture(
                new IllegalStateException(
                        "%s cannot listen: host=%s, port=%d: %s"
                                .formatted(part, host, port, cause.getMessage()),
                        cause));
    }

    private static void checkTransport(GatewayConfig config, boolean tls, boolean loopback) {
        if (!loopback && !tls && !config.behindProxy()) {
            throw new IllegalArgumentException(
                    "gateway.host=%s is beyond loopback: set gateway.tls (certificate and key), or gateway.behind_proxy if a TLS proxy is in front"
                            .formatted(config.host()));
        }
        if (tls && config.tlsKey() == null) {
            throw new IllegalArgumentException(
                    "gateway.tls: certificate=%s without a key".formatted(config.tlsCertificate()));
        }
    }

    private HttpServerOptions options() {
        HttpServerOptions options =
                new HttpServerOptions()
                        .setMaxWebSocketFrameSize(RestApi.MAX_BODY_BYTES)
                        .setMaxWebSocketMessageSize(RestApi.MAX_BODY_BYTES)
                        .setMaxInitialLineLength(4_096)
                        .setMaxHeaderSize(8_192)
                        .setHttp2ClearTextEnabled(false)
                        .setIdleTimeout(120);
        if (config.tlsCertificate() != null) {
            options.setSsl(true)
                    .setUseAlpn(true)
                    .setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"))
                    .setKeyCertOptions(
                            new PemKeyCertOptions()
                                    .setCertPath(config.tlsCertificate())
                                    .setKeyPath(config.tlsKey()));
        }
        return options;
    }

    /** Lifecycle on the gateway's own event loop. */
    private final class GatewayVerticle extends VerticleBase {
        private SocketHub hub;

        @Override
        public Future<?> start() {
            hub = startHub(context);
            vertx.setPeriodic(USER_POLL_MS, timer -> pollUsers());
            pollUsers();
            return listen(router()).onFailure(e -> hub.stop());
        }

        @Override
        public Future<?> stop() {
            hub.stop();
            return Future.succeededFuture();
        }

        private SocketHub startHub(Context context) {
            SocketHub.Audit audit =
                    (address, user, reason) ->
                            logins.audit(user, address, "socket", "refused", reason);
            SocketHub started =
                    new SocketHub(
                            context, engine, workers, tokens, revocations, audit, meters, clock);
            started.start();
            return started;
        }

        /** Roles may change on the command line; until the store answers, what we know counts. */
        private void pollUsers() {
            logins.poll().onFailure(e -> LOG.debug("cannot poll users: error={}", e.getMessage()));
        }

        private Router router() {
            Router router = Router.router(vertx);
            Dashboard dashboard = new Dashboard(vertx, engine);
            RestApi api =
                    new RestApi(
                            engine,
                            workers,
                            logs,
                            history,
                            users,
                            tokens,
                            logins,
                            origins,
                            config.behindProxy(),
                            secure,
                            hub::count,
                            meters,
                            clock);
            router.route().handler(new SecurityHeaders(origins, secure));
            for (Operation socket : List.of(Operation.OPEN_SOCKET, Operation.OPEN_SOCKET_ALIAS)) {
                router.get(socket.path()).handler(request -> openSocket(api, request));
            }
            api.mount(router);
            router.get(Operation.GET_ROOT.path()).handler(dashboard::serveRoot);
            router.head(Operation.GET_ROOT.path()).handler(dashboard::serveRoot);
            router.get().handler(dashboard::serve);
            router.head().handler(dashboard::serve);
            return router;
        }

        private void openSocket(RestApi api, RoutingContext request) {
            hub.onRequest(
                    request.request(),
                    api.address(request.request()),
                    origins.isAllowed(request.request()));
        }

        private Future<Void> listen(Router router) {
            HttpServer server = vertx.createHttpServer(options());
            return server.requestHandler(router)
                    .listen(config.port(), config.host())
                    .onSuccess(listening -> port = listening.actualPort())
                    .recover(e -> refuse("gateway", config.host(), config.port(), e))
                    .mapEmpty();
        }
    }
}
