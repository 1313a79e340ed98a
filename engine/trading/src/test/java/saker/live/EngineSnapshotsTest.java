package saker.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import saker.config.AccountConfig.Durability;
import saker.config.SakerConfig;
import saker.core.CoreState;
import saker.core.RecordedDecisions;
import saker.core.TradingAccount;
import saker.core.TradingCore;
import saker.journal.Journal;
import saker.journal.JournalOptions;
import saker.journal.JournalReader;
import saker.journal.ReadOnlyJournal;
import saker.journal.RecordHandler;
import saker.journal.Snapshot;
import saker.market.Instruments;
import saker.market.QuotesState;
import saker.strategy.FrameworkFiles;
import saker.strategy.HostState;
import saker.strategy.NativeFramework;
import saker.strategy.RunObserver;
import saker.strategy.StrategyHost;
import saker.strategy.TestLibrary;
import saker.venue.OandaVenue;
import saker.venue.VenueOptions;

/**
 * A day with snapshots: whatever goes on from one knows the same as what folds the whole journal.
 */
class EngineSnapshotsTest {
    private static final int EVERY = 1_000;

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
    void shouldKnowTheSameFromASnapshotAsFromTheWholeJournal() throws Exception {
        try (EngineRuntime engine = start()) {
            await("a closed trade", () -> profitSeen(engine));
            Path before = newest();
            await("a snapshot of that", () -> before == null || !before.equals(newest()));
        }
        assertAllGoOnAlike();

        try (EngineRuntime engine = start()) {
            assertThat(engine.journal().snapshot()).isNotNull();
            await("running", () -> account(engine).equals("RUNNING"));
            long ticks = engine.engine().view().status().ticks();
            await("new ticks", () -> engine.engine().view().status().ticks() > ticks);
        }
        assertAllGoOnAlike();
        JournalReplay.Result replay = replay();
        assertThat(replay.first()).isNull();
        assertThat(replay.compared()).isPositive();

        forgeNewestSnapshot();
        JournalReplay.Result forged = replay();
        assertThat(forged.first().kind()).isEqualTo("Snapshot");
        assertThat(forged.first().field()).isEqualTo("stateHash");
    }

    private JournalReplay.Result replay() throws IOException {
        return JournalReplay.run(folder.resolve("data"), null, folder.resolve("scratch"));
    }

    /** The newest snapshot forgets its quotes; the Boot record says that it lies in the past. */
    private void forgeNewestSnapshot() throws IOException {
        JournalOptions options = JournalOptions.defaults("test");
        try (Journal journal = Journal.open(folder.resolve("data"), options)) {
            Snapshot newest = journal.snapshot();
            CoreState state = CoreState.decode(newest.components().get(StartPoint.CORE));
            CoreState other =
                    new CoreState(
                            state.bootId(),
                            state.bootIndex(),
                            state.dayEndNs(),
                            state.boots(),
                            state.recoveryHalts(),
                            new QuotesState(List.of()),
                            state.switches(),
                            state.desks());
            Snapshot forged =
                    new Snapshot(newest.position(), Map.of(StartPoint.CORE, other.encode()));
            assertThat(journal.snapshots().save(forged, newest.index())).isTrue();
        }
    }

    private void assertAllGoOnAlike() throws IOException {
        try (ReadOnlyJournal journal = Journal.openReadOnly(folder.resolve("data"))) {
            List<Snapshot> snapshots = journal.snapshots();
            assertThat(snapshots).isNotEmpty();
            JournalSurvey survey = new JournalSurvey();
            RecordedDecisions recorded = new RecordedDecisions();
            read(journal, null, survey);
            read(journal, null, recorded);
            RecordedSetup setup = RecordedSetup.parse(survey.configuration().yaml());
            TradingCore core = core(survey, setup, recorded);
            LiveViews views = views(survey, setup);
            StrategyHost host = host(survey, setup);
            read(journal, null, core);
            read(journal, null, views);
            read(journal, null, host);
            views.goLive();
            for (Snapshot snapshot : snapshots) {
                assertThat(snapshot.components())
                        .containsOnlyKeys(
                                StartPoint.CORE,
                                StartPoint.SURVEY,
                                StartPoint.STRATEGIES,
                                StartPoint.VIEWS);
                RecordedDecisions tail = new RecordedDecisions();
                read(journal, snapshot, tail);
                TradingCore resumed = core(survey, setup, tail);
                resumed.restore(CoreState.decode(snapshot.components().get(StartPoint.CORE)));
                read(journal, snapshot, resumed);
                assertThat(resumed.snapshot()).isEqualTo(core.snapshot());
                assertThat(resumed.stateHash()).isEqualTo(core.stateHash());

                JournalSurvey surveyed = new JournalSurvey();
                surveyed.restore(SurveyState.decode(snapshot.components().get(StartPoint.SURVEY)));
                read(journal, snapshot, surveyed);
                assertThat(surveyed.snapshot()).isEqualTo(survey.snapshot());

                LiveViews shown = views(survey, setup);
                shown.restore(snapshot.components().get(StartPoint.VIEWS));
                read(journal, snapshot, shown);
                shown.goLive();
                assertThat(shown.view()).isEqualTo(views.view());
                assertThat(shown.snapshot()).isEqualTo(views.snapshot());

                try (StrategyHost strategies = host(survey, setup)) {
                    strategies.restore(
                            HostState.decode(snapshot.components().get(StartPoint.STRATEGIES)));
                    read(journal, snapshot, strategies);
                    assertThat(strategies.snapshot().encode()).isEqualTo(host.snapshot().encode());
                }
            }
            host.close();
        }
    }

    private static void read(ReadOnlyJournal journal, Snapshot after, RecordHandler handler)
            throws IOException {
        try (JournalReader reader =
                after == null ? journal.newReader() : journal.newReaderAfter(after.position())) {
            while (reader.poll(handler, 10_000) > 0) {
                // To the end.
            }
        } catch (saker.journal.UnknownPositionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TradingCore core(
            JournalSurvey survey, RecordedSetup setup, RecordedDecisions recorded) {
        return new TradingCore(
                List.copyOf(survey.instruments()),
                List.of(
                        new TradingAccount(
                                0,
                                "demo",
                                setup.accounts().get(0).currency(),
                                setup.accounts().get(0).hedging())),
                setup.config().strategies(),
                setup.config().risk(),
                (kind, version, time, cause, ordinal, last, payload, offset, length) -> 1,
                recorded);
    }

    private static LiveViews views(JournalSurvey survey, RecordedSetup setup) {
        return new LiveViews(
                "test",
                0,
                setup.config().accounts(),
                List.of(setup.accounts().get(0).currency()),
                new Instruments(List.copyOf(survey.instruments())),
                setup.config().strategies(),
                List.of());
    }

    private StrategyHost host(JournalSurvey survey, RecordedSetup setup) throws IOException {
        return new StrategyHost(
                NativeFramework.load(TestLibrary.path()),
                FrameworkFiles.writeConfig(Files.createTempDirectory(folder, "framework")),
                true,
                new Instruments(List.copyOf(survey.instruments())),
                List.of(new StrategyHost.Account("demo", setup.accounts().get(0).currency())),
                setup.config().strategies(),
                (kind, version, time, cause, ordinal, last, payload, offset, length) -> 1,
                RunObserver.NOBODY,
                false);
    }

    private EngineRuntime start() throws Exception {
        SakerConfig config = DemoConfigs.of(folder, venue.port(), Durability.PROCESS, EVERY);
        return EngineRuntime.start(
                vertx, config, "test", folder.resolve("data"), RunObserver.NOBODY);
    }

    private Path newest() {
        Path snapshots = folder.resolve("data/journal/snapshots");
        try (Stream<Path> files = Files.list(snapshots)) {
            return files.filter(f -> f.toString().endsWith(".snap"))
                    .max(java.util.Comparator.naturalOrder())
                    .orElse(null);
        } catch (IOException e) {
            return null;
        }
    }

    private static boolean profitSeen(EngineRuntime runtime) {
        return runtime.engine().view().strategies().stream().anyMatch(s -> s.profitE8() != 0);
    }

    private static String account(EngineRuntime runtime) {
        return runtime.engine().view().accounts().get(0).state();
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time for " + what).isLessThan(deadline);
            Thread.sleep(20);
        }
    }
}
