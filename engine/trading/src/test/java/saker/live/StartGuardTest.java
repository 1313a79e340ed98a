package saker.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import saker.api.CommandOutcome;
import saker.api.CommandRequest;
import saker.config.AccountConfig.Durability;
import saker.config.SakerConfig;
import saker.journal.ChildJvm;
import saker.model.Command;
import saker.strategy.RunObserver;
import saker.venue.OandaVenue;
import saker.venue.VenueOptions;

/** Starts that fail, in real processes. */
class StartGuardTest {
    private final Vertx vertx = Vertx.vertx();

    @TempDir private Path folder;

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    void shouldComeUpHaltedWithoutStrategiesAndCountAnew() throws Exception {
        int port = startVenue();
        Files.createDirectories(data());
        Files.writeString(data().resolve("failed.starts"), "3\n");

        try (EngineRuntime engine = start(port)) {
            await("halted", () -> status(engine).equals("HALTED"));
            await("reconciled", () -> account(engine).equals("RUNNING"));
            assertThat(engine.engine().view().status().reason()).contains("3 starts failed");
            assertThat(engine.strategyStatuses()).isEmpty();
            assertThat(Files.readString(data().resolve("failed.starts"))).isEqualTo("4\n");
            await("up", () -> !Files.exists(data().resolve("failed.starts")));
        }
    }

    @Test
    @Tag("nightly")
    void shouldStartHaltedAfterThreeStartsThatDied() throws Exception {
        int port = startVenue();
        openATrade(port);
        for (int i = 1; i <= StartGuard.FAILED_STARTS_MAX; i++) {
            try (ChildJvm child = child("die", port)) {
                assertThat(child.exitCode()).isEqualTo(EngineChild.DIED);
            }
            assertThat(Files.readString(data().resolve("failed.starts"))).isEqualTo(i + "\n");
        }

        try (ChildJvm child = child("stay", port)) {
            assertThat(child.line())
                    .matches("up HALTED positions=[1-9]\\d* reason=3 starts failed in a row.*");
            await("up", () -> !Files.exists(data().resolve("failed.starts")));
            assertThat(ask("STATUS")).isEqualTo("OK HALTED");
            assertThat(ask("FLATTEN test")).startsWith("OK FLATTEN DONE");
            assertThat(ask("RESUME test")).startsWith("OK RESUME DONE");
            await("running", () -> ask("STATUS").equals("OK RUNNING"));
            child.kill();
        }

        try (EngineRuntime engine = start(port)) {
            assertThat(engine.strategyStatuses()).hasSize(3);
            await("running", () -> status(engine).equals("RUNNING"));
            assertThat(engine.engine().view().positions()).isEmpty();
        }
        assertThat(data().resolve("failed.starts")).doesNotExist();
    }

    @Test
    void shouldNotCountAStartThatWasRefused() throws Exception {
        int nobody = 1; // A port on which no broker is.
        for (int i = 0; i <= StartGuard.FAILED_STARTS_MAX; i++) {
            assertThatThrownBy(() -> start(nobody)).isInstanceOf(IllegalStateException.class);
        }

        assertThat(StartGuard.begin(data()).isHeld()).isFalse();
    }

    @Test
    void shouldNotCountAStartWithoutItsLibrary() throws Exception {
        String missing = folder.resolve("mistyped.so").toString();
        SakerConfig config = DemoConfigs.of(folder, 1, Durability.PROCESS, 1_000, missing);

        assertThatThrownBy(
                        () ->
                                EngineRuntime.start(
                                        vertx, config, "test", data(), RunObserver.NOBODY))
                .isInstanceOf(NoSuchFileException.class);

        assertThat(data().resolve("failed.starts")).doesNotExist();
    }

    @Test
    void shouldNotCountAStartThatWasStopped() throws Exception {
        Path count = data().resolve("failed.starts");
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                ChildJvm child = child("stay", silent.getLocalPort())) {
            silent.setSoTimeout(60_000);
            try (Socket asking = silent.accept()) { // For its account; there is no answer.
                assertThat(asking.isConnected()).isTrue();
                assertThat(Files.readString(count)).isEqualTo("1\n");
                child.terminate();
                child.exitCode();
            }
        }

        assertThat(Files.readString(count)).isEqualTo("0\n");
    }

    @Test
    void shouldBeginAnewWithAFileThatIsNoCount() throws IOException {
        Files.createDirectories(data());
        Files.writeString(data().resolve("failed.starts"), "many");

        StartGuard guard = StartGuard.begin(data());

        assertThat(guard.isHeld()).isFalse();
        assertThat(Files.readString(data().resolve("failed.starts"))).isEqualTo("1\n");
        guard.clear();
        assertThat(data().resolve("failed.starts")).doesNotExist();
    }

    private void openATrade(int port) throws Exception {
        try (EngineRuntime engine = start(port)) {
            await("running", () -> status(engine).equals("RUNNING"));
            await("a quote", () -> !engine.engine().view().quotes().isEmpty());
            CommandOutcome outcome = null;
            for (int i = 0; i < 50 && !isDone(outcome); i++) {
                CommandRequest trade =
                        new CommandRequest(
                                Command.Type.TRADE,
                                "trade-" + i,
                                "test",
                                "",
                                "AUDUSD",
                                0,
                                1_000_0000,
                                0,
                                0,
                                0);
                engine.engine().submit(trade).toCompletableFuture().get();
                outcome =
                        engine.engine()
                                .await(trade.commandId(), 5_000)
                                .toCompletableFuture()
                                .get(20, TimeUnit.SECONDS);
            }
            assertThat(isDone(outcome)).as("outcome=%s", outcome).isTrue();
        }
    }

    private static boolean isDone(CommandOutcome outcome) {
        return outcome != null && outcome.state() == CommandOutcome.State.DONE;
    }

    private int startVenue() throws Exception {
        return OandaVenue.start(
                        vertx,
                        VenueOptions.withToken(DemoConfigs.TOKEN)
                                .hedging(true)
                                .accountId(DemoConfigs.ACCOUNT)
                                .speed(20)
                                .conflate(false)
                                .build())
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS)
                .port();
    }

    private ChildJvm child(String act, int port) throws IOException {
        return ChildJvm.start(EngineChild.class, act, folder.toString(), Integer.toString(port));
    }

    private EngineRuntime start(int port) throws IOException {
        SakerConfig config = DemoConfigs.of(folder, port, Durability.PROCESS);
        return EngineRuntime.start(vertx, config, "test", data(), RunObserver.NOBODY);
    }

    private Path data() {
        return folder.resolve("data");
    }

    private String ask(String request) {
        try {
            return ControlSocket.ask(data(), request);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static String status(EngineRuntime engine) {
        return engine.engine().view().status().engine().name();
    }

    private static String account(EngineRuntime engine) {
        return engine.engine().view().accounts().get(0).state();
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time for " + what).isLessThan(deadline);
            Thread.sleep(20);
        }
    }
}
