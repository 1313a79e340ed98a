package saker.bench;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import saker.config.AccountConfig;
import saker.config.AccountConfig.Durability;
import saker.config.AccountConfig.Environment;
import saker.config.RiskConfig;
import saker.config.SakerConfig;
import saker.config.SakerConfig.DatabaseConfig;
import saker.config.SakerConfig.FrameworkConfig;
import saker.config.SakerConfig.GatewayConfig;
import saker.config.SakerConfig.JournalConfig;
import saker.config.StrategyConfig;
import saker.journal.JournalOptions;
import saker.live.EngineRuntime;
import saker.model.BarPeriod;
import saker.strategy.RunObserver;

/** The whole engine with one account, one instrument and one strategy, beside a broker. */
final class BenchEngine {
    static final long INSTANCE = 9_001;

    private static final int MANY = 1_000_000;
    private static final String LIBRARY = "/native/libsaker-bench.so";
    private static final int BARS = 500;

    private BenchEngine() {}

    /** Starts it and waits until account and strategy are running. */
    static EngineRuntime start(
            Vertx vertx,
            Path folder,
            int brokerPort,
            boolean spin,
            Durability durability,
            RunObserver observer,
            UnaryOperator<JournalOptions> tuning)
            throws IOException, InterruptedException {
        Path library = unpackLibrary(folder);
        SakerConfig config = config(folder, library, brokerPort, spin, durability, MANY);
        EngineRuntime engine =
                EngineRuntime.start(
                        vertx, config, "bench", folder.resolve("data"), observer, tuning);
        await("the account", () -> isRunning(engine));
        return engine;
    }

    static boolean isRunning(EngineRuntime engine) {
        var view = engine.engine().view();
        return view.accounts().get(0).state().equals("RUNNING")
                && view.strategies().stream().allMatch(s -> s.status().equals("RUNNING"));
    }

    static SakerConfig config(
            Path folder,
            Path library,
            int brokerPort,
            boolean spin,
            Durability durability,
            int snapshotEveryRecords)
            throws IOException {
        Path token = folder.resolve("token");
        Files.writeString(token, "bench-token");
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
        String url = "http://127.0.0.1:" + brokerPort;
        return new SakerConfig(
                new GatewayConfig("127.0.0.1", 0, "127.0.0.1", 0, List.of(), null, null, false),
                new DatabaseConfig(null, null),
                new FrameworkConfig(library.toString(), true, spin, -1),
                new JournalConfig(1, 1, snapshotEveryRecords),
                risk(),
                List.of(
                        new AccountConfig(
                                "bench",
                                "oanda",
                                Environment.DEMO,
                                LoopbackBroker.ACCOUNT,
                                url,
                                url,
                                "file:" + token,
                                List.of("EURUSD"),
                                durability)),
                List.of(
                        new StrategyConfig(
                                INSTANCE,
                                "every other tick",
                                1,
                                "bench",
                                "EURUSD",
                                BarPeriod.M1,
                                Map.of(),
                                List.of(new StrategyConfig.Rates(0, BarPeriod.M1, BARS)),
                                true)));
    }

    /** The defaults, but for the limits of counts. */
    static RiskConfig risk() {
        return RiskConfig.DEFAULTS.withoutCounts();
    }

    static Path unpackLibrary(Path folder) throws IOException {
        Path library = folder.resolve("libsaker-bench.so");
        try (InputStream in = BenchEngine.class.getResourceAsStream(LIBRARY)) {
            if (in == null) {
                throw new IOException("the bench's library was not built: resource=" + LIBRARY);
            }
            Files.copy(in, library, StandardCopyOption.REPLACE_EXISTING);
        }
        return library;
    }

    static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadlineNs) {
                throw new IllegalStateException("not in 60 s: " + what);
            }
            Thread.sleep(5);
        }
    }
}
