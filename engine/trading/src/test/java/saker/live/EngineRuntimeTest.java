package saker.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import saker.api.AccountView;
import saker.api.StrategyView;
import saker.api.WorkerView;
import saker.config.AccountConfig.Durability;
import saker.config.SakerConfig;
import saker.journal.Journal;
import saker.journal.JournalReader;
import saker.journal.ReadOnlyJournal;
import saker.journal.SignalDescriptor;
import saker.model.RecordKind;
import saker.model.WorkerEvent.Policy;
import saker.strategy.RunObserver;
import saker.venue.OandaVenue;
import saker.venue.VenueOptions;

/** A trading day in one process: venue, adapter, journal, native strategies, core, views. */
class EngineRuntimeTest {
    private final Vertx vertx = Vertx.vertx();
    private OandaVenue venue;

    @TempDir private Path folder;

    @BeforeEach
    void startVenue() throws Exception {
        venue =
                OandaVenue.start(
                                vertx,
                                VenueOptions.withToken(DemoConfigs.TOKEN)
                                        .hedging(true)
                                        .accountId(DemoConfigs.ACCOUNT)
                                        .speed(120)
                                        .conflate(false)
                                        .build())
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(20, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    void shouldTradeRecoverAndReplayTheSameDay() throws Exception {
        EngineRuntime first = start();
        await("a closed trade", () -> profitSeen(first));
        first.close();

        EngineRuntime second = start();
        await("the second boot's account", () -> "RUNNING".equals(account(second).state()));
        assertThat(account(second).balanceE8()).isNotEqualTo(100_000_00000000L);
        second.close();
        JournalReplay.Result replay =
                JournalReplay.run(folder.resolve("data"), null, folder.resolve("scratch"));

        assertThat(replay.first()).isNull();
        assertThat(replay.compared()).isPositive();
    }

    @Test
    void shouldRunTwoLibrariesOfTheSameNamesSideBySideAndReplayBoth() throws Exception {
        SakerConfig config =
                DemoConfigs.withGroup(
                        DemoConfigs.of(folder, venue.port(), Durability.PROCESS),
                        WorkerDesk.group(
                                "other",
                                WorkerDesk.library("saker-framework-variant"),
                                1,
                                3,
                                Policy.HOLD));
        EngineRuntime engine = start(config);
        // Both trade EURUSD alike, but the variant's threshold is another.
        await(
                "signals of both that differ",
                () ->
                        !signalCauses(2001).isEmpty()
                                && !signalCauses(2001).equals(signalCauses(1001)));

        long pid = engine.workers().workers().get(1).pid();
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        await("another child", () -> isRestarted(engine));

        assertThat(engine.workers().workers())
                .extracting(WorkerView::id)
                .containsExactly("strategy-0", "other-1");
        assertThat(engine.workers().counters().imported()).isPositive();
        engine.close();
        JournalReplay.Result replay =
                JournalReplay.run(folder.resolve("data"), null, folder.resolve("scratch"));
        assertThat(replay.first()).isNull();
    }

    @Tag("nightly")
    @Test
    void shouldCloseWhatAnInstanceHasWhenItsWorkerIsGivenUp() throws Exception {
        SakerConfig config =
                DemoConfigs.withGroup(
                        DemoConfigs.of(folder, venue.port(), Durability.PROCESS),
                        WorkerDesk.group(
                                "other",
                                WorkerDesk.library("saker-framework-variant"),
                                1,
                                0,
                                Policy.FLATTEN));
        EngineRuntime engine = start(config);
        await("an open trade", () -> openTrades(engine) > 0);

        long pid = engine.workers().workers().get(1).pid();
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();

        await("a loss", () -> engine.workers().workers().get(1).state() == WorkerView.State.LOST);
        await("no open trade", () -> openTrades(engine) == 0);
        await("its status", () -> "ERROR".equals(strategy(engine, 2001).status()));
        assertThat(account(engine).state()).isEqualTo("RUNNING");
        engine.close();
        JournalReplay.Result replay =
                JournalReplay.run(folder.resolve("data"), null, folder.resolve("scratch"));
        assertThat(replay.first()).isNull();
    }

    private static int openTrades(EngineRuntime engine) {
        return strategy(engine, 2001).openTrades() + strategy(engine, 2002).openTrades();
    }

    private static boolean isRestarted(EngineRuntime engine) {
        WorkerView child = engine.workers().workers().get(1);
        return child.restarts() == 1 && child.state() == WorkerView.State.RUNNING;
    }

    /** What an instance asked for, by the ticks. */
    private List<Long> signalCauses(long instanceId) {
        List<Long> causes = new ArrayList<>();
        try (ReadOnlyJournal journal = Journal.openReadOnly(folder.resolve("data"));
                JournalReader reader = journal.newReader()) {
            reader.poll(
                    entry -> {
                        if (entry.kind() == RecordKind.SIGNAL
                                && SignalDescriptor.decode(
                                                        entry.buffer(),
                                                        entry.offset(),
                                                        entry.length())
                                                .instanceId()
                                        == instanceId) {
                            causes.add(entry.cause());
                        }
                    },
                    Integer.MAX_VALUE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return causes;
    }

    private EngineRuntime start() throws Exception {
        return start(DemoConfigs.of(folder, venue.port(), Durability.PROCESS));
    }

    private EngineRuntime start(SakerConfig config) throws Exception {
        return EngineRuntime.start(
                vertx, config, "test", folder.resolve("data"), RunObserver.NOBODY);
    }

    private static boolean profitSeen(EngineRuntime runtime) {
        return runtime.engine().view().strategies().stream().anyMatch(s -> s.profitE8() != 0);
    }

    private static StrategyView strategy(EngineRuntime runtime, long instanceId) {
        return runtime.engine().view().strategies().stream()
                .filter(s -> s.instanceId() == instanceId)
                .findAny()
                .orElseThrow();
    }

    private static AccountView account(EngineRuntime runtime) {
        return runtime.engine().view().accounts().get(0);
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time for " + what).isLessThan(deadline);
            Thread.sleep(20);
        }
    }
}
