package saker.cli;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import saker.auth.JwtKeys;
import saker.auth.Logins;
import saker.config.SakerConfig;
import saker.gateway.EngineMetrics;
import saker.gateway.GatewayServer;
import saker.gateway.ManagementServer;
import saker.gateway.StrategyTimers;
import saker.live.DataLock;
import saker.live.EngineRuntime;
import saker.store.Store;

/**
 * The whole program on one data folder: engine, store, gateway and management port, started in that
 * order and stopped in the reverse. Trading starts first and depends on none of the others.
 */
final class Service implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Service.class);
    private static final long TIMEOUT_S = 60;
    private static final long STATE_POLL_MS = 500;

    private final Deque<AutoCloseable> closers = new ArrayDeque<>();
    private final Vertx vertx;
    private EngineRuntime engine;
    private Store store;
    private GatewayServer gateway;
    private ManagementServer management;
    private Optional<String> firstPassword = Optional.empty();

    private Service() {
        vertx =
                Vertx.vertx(
                        new VertxOptions()
                                .setPreferNativeTransport(true)
                                .setEventLoopPoolSize(4)
                                .setWorkerPoolSize(4));
        closers.push(() -> await(vertx.close()));
    }

    /** Starts everything; what was started is stopped again if something fails. Blocks. */
    static Service start(SakerConfig config, Path data) throws Exception {
        Service service = new Service();
        try {
            service.open(config, data);
            return service;
        } catch (Exception e) {
            service.close();
            throw e;
        }
    }

    private void open(SakerConfig config, Path data) throws Exception {
        DataLock.createFolder(data);
        JwtKeys keys = JwtKeys.load(data, System.getenv());
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        StrategyTimers timers = new StrategyTimers(meters, config.strategies());

        engine = EngineRuntime.start(vertx, config, VersionCommand.version(), data, timers::record);
        closers.push(engine);
        writePid(data);

        store = Store.open(vertx, config.database(), data);
        closers.push(store);
        store.project(engine.journal(), config);
        long poll =
                vertx.setPeriodic(
                        STATE_POLL_MS,
                        id -> engine.databaseState(store.state().name(), store.isDelayed()));
        closers.push(() -> vertx.cancelTimer(poll));

        EngineMetrics metrics = new EngineMetrics(meters, engine.engine(), InstantSource.system());
        gateway =
                new GatewayServer(
                        vertx,
                        config.gateway(),
                        engine.engine(),
                        store.history(),
                        store.users(),
                        keys,
                        meters,
                        InstantSource.system());
        firstPassword = await(gateway.ensureAdmin(System.getenv(Logins.ADMIN_PASSWORD_VARIABLE)));
        await(gateway.start());
        closers.push(() -> await(gateway.stop()));
        management =
                new ManagementServer(
                        vertx,
                        config.gateway().managementHost(),
                        config.gateway().managementPort(),
                        engine.engine(),
                        meters,
                        metrics);
        await(management.start());
        closers.push(() -> await(management.stop()));
    }

    private static void writePid(Path data) throws IOException {
        Files.writeString(
                data.resolve("engine.pid"), Long.toString(ProcessHandle.current().pid()) + "\n");
    }

    /**
     * Random password of the first admin, to be printed once; empty if there was a user already.
     */
    Optional<String> firstPassword() {
        return firstPassword;
    }

    String url() {
        return "http://127.0.0.1:" + gateway.port();
    }

    EngineRuntime engine() {
        return engine;
    }

    Store store() {
        return store;
    }

    Vertx vertx() {
        return vertx;
    }

    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage()
                    .toCompletableFuture()
                    .get(TIMEOUT_S, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("no answer in " + TIMEOUT_S + " s", e);
        }
    }

    @Override
    public void close() {
        while (!closers.isEmpty()) {
            try {
                closers.pop().close();
            } catch (Exception e) {
                LOG.warn("could not be stopped cleanly", e);
            }
        }
    }
}
