package saker.cli;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import saker.auth.JwtKeys;
import saker.auth.Logins;
import saker.broker.oanda.OandaCounters;
import saker.config.SakerConfig;
import saker.gateway.EngineMetrics;
import saker.gateway.GatewayServer;
import saker.gateway.ManagementServer;
import saker.gateway.StrategyTimers;
import saker.live.DataLock;
import saker.live.EngineRuntime;
import saker.logs.LogSearch;
import saker.store.Store;
import saker.store.StoreState;
import saker.strategy.RunObserver;

/**
 * The whole program on one data folder: engine, store, gateway and management port. What can be
 * refused is refused before the engine starts; once it trades, it depends on none of the others,
 * and whatever of them does not start can be tried again.
 */
final class Service implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Service.class);
    private static final long TIMEOUT_S = 60;
    private static final long ADMIN_TIMEOUT_S = 5;
    private static final long STATE_POLL_MS = 500;
    private static final long RETRY_S = 5;
    private static final long ATTEMPT_END_MS = 15_000;

    private final SakerConfig config;
    private final Path data;
    private final JwtKeys keys;
    private final PrometheusMeterRegistry meters =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Deque<AutoCloseable> closers = new ConcurrentLinkedDeque<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Set<String> reported = new HashSet<>();
    private final List<Part> missing =
            new ArrayList<>(
                    List.of(
                            new Part("management", this::startManagement, false),
                            new Part("database", this::openStore, false),
                            new Part("first admin", this::ensureAdmin, true),
                            new Part("gateway", this::startGateway, true)));
    private final LogSearch logs;
    private final Vertx vertx;
    private final EngineRuntime engine;
    private ManagementServer management;
    private volatile Store store;
    private volatile GatewayServer gateway;
    private Thread attempts;

    /** What comes after the engine; those that need the store wait for it. */
    private record Part(String name, Start start, boolean needsStore) {}

    private interface Start {
        void run();
    }

    /**
     * Starts the engine, which trades from here on. Blocks.
     *
     * @throws IllegalArgumentException if the gateway's configuration is unsafe
     * @throws IllegalStateException if the data folder or a port is in use; nothing has traded then
     */
    static Service start(SakerConfig config, Path data) throws IOException {
        GatewayServer.check(config.gateway());
        DataLock.acquire(data).close(); // Says so, rather than that its ports are taken.
        Ports.check(config.gateway());
        return new Service(config, data, JwtKeys.load(data, System.getenv()));
    }

    private Service(SakerConfig config, Path data, JwtKeys keys) throws IOException {
        this.config = config;
        this.data = data;
        this.keys = keys;
        this.logs = new LogSearch(data);
        closers.push(logs);
        vertx =
                Vertx.vertx(
                        new VertxOptions()
                                .setPreferNativeTransport(true)
                                .setEventLoopPoolSize(4)
                                .setWorkerPoolSize(4));
        closers.push(() -> await(vertx.close()));
        try {
            engine =
                    EngineRuntime.start(
                            vertx, config, VersionCommand.version(), data, RunObserver.NOBODY);
            closers.push(engine);
            meters.getPrometheusRegistry()
                    .register(new StrategyTimers(config.strategies(), engine::strategyStatuses));
            countBrokerConnections();
            writePid(data);
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** {@code saker_broker_…_total}: what the connections to the broker counted. */
    private void countBrokerConnections() {
        for (OandaCounters.Count count : OandaCounters.Count.values()) {
            String name = "saker_broker_" + count.name().toLowerCase(Locale.ROOT);
            FunctionCounter.builder(name, engine, e -> e.counters().get(count)).register(meters);
        }
    }

    /** Starts all the rest, once. Blocks; prints the address and the first admin's password. */
    void attach() {
        for (Part part : List.copyOf(missing)) {
            part.start().run();
            missing.remove(part);
        }
    }

    /** Starts the rest on a thread of its own, and what fails again and again. */
    void keepAttaching() {
        attempts = new Thread(this::attachUntilDone, "attach");
        attempts.setDaemon(true);
        attempts.start();
    }

    private void attachUntilDone() {
        try {
            do {
                List.copyOf(missing).forEach(this::attempt);
            } while (!missing.isEmpty() && !closing.await(RETRY_S, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void attempt(Part part) {
        if (closing.getCount() == 0 || part.needsStore() && store == null) {
            return;
        }
        try {
            part.start().run();
            missing.remove(part);
        } catch (RuntimeException | AssertionError e) {
            report(part, e);
        }
    }

    private void report(Part part, Throwable cause) {
        String text = "missing: %s: %s".formatted(part.name(), cause.getMessage());
        if (reported.add(text)) {
            LOG.warn("{}", text, cause);
            System.err.println(
                    text + "; trading goes on, the rest is tried every " + RETRY_S + " s");
        }
    }

    private void startManagement() {
        if (management == null) {
            management =
                    new ManagementServer(
                            vertx,
                            config.gateway().managementHost(),
                            config.gateway().managementPort(),
                            engine.engine(),
                            meters,
                            new EngineMetrics(
                                    meters,
                                    engine.engine(),
                                    engine.workers(),
                                    InstantSource.system()));
        }
        await(management.start());
        closers.push(() -> await(management.stop()));
    }

    private void openStore() {
        try {
            Store opened = Store.open(vertx, config.database(), data);
            closers.push(opened);
            opened.project(engine.journal(), config);
            store = opened;
        } catch (RuntimeException e) {
            engine.databaseState(StoreState.DOWN.name(), true);
            throw e;
        }
        long poll =
                vertx.setPeriodic(
                        STATE_POLL_MS,
                        id -> engine.databaseState(store.state().name(), store.isDelayed()));
        closers.push(() -> vertx.cancelTimer(poll));
        gateway =
                new GatewayServer(
                        vertx,
                        config.gateway(),
                        engine.engine(),
                        engine.workers(),
                        logs,
                        store.history(),
                        store.users(),
                        keys,
                        meters,
                        InstantSource.system());
    }

    /** A password that comes late is printed too. */
    private void ensureAdmin() {
        String given = System.getenv(Logins.ADMIN_PASSWORD_VARIABLE);
        await(
                gateway.ensureAdmin(given).onSuccess(made -> made.ifPresent(Service::print)),
                ADMIN_TIMEOUT_S);
    }

    /** Printed once; it has to be changed at the first login. */
    private static void print(String password) {
        System.out.println("user admin, one-time password " + password);
    }

    private void startGateway() {
        await(gateway.start());
        closers.push(() -> await(gateway.stop()));
        System.out.println("ready " + url());
    }

    private static void writePid(Path data) throws IOException {
        Files.writeString(
                data.resolve("engine.pid"), Long.toString(ProcessHandle.current().pid()) + "\n");
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
        return await(future, TIMEOUT_S);
    }

    private static <T> T await(Future<T> future, long limitS) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(limitS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("no answer in " + limitS + " s", e);
        }
    }

    @Override
    public void close() {
        endAttempts();
        while (!closers.isEmpty()) {
            try {
                closers.pop().close();
            } catch (Exception e) {
                LOG.warn("could not be stopped cleanly", e);
            }
        }
    }

    /** The attempt in hand may go on for a while, such as a PostgreSQL that starts. */
    private void endAttempts() {
        closing.countDown();
        if (attempts == null) {
            return;
        }
        try {
            attempts.join(ATTEMPT_END_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
