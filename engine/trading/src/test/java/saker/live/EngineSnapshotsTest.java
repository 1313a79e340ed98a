package saker.live;

import static org.assertj.core.api.Assertions.assertThat;
import static saker.live.EngineDesk.account;
import static saker.live.EngineDesk.await;
import static saker.live.EngineDesk.profitSeen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import saker.core.CoreState;
import saker.core.ForgedStates;
import saker.core.RecordedDecisions;
import saker.core.TradingAccount;
import saker.core.TradingCore;
import saker.journal.Journal;
import saker.journal.JournalOptions;
import saker.journal.JournalReader;
import saker.journal.PartState;
import saker.journal.ReadOnlyJournal;
import saker.journal.RecordHandler;
import saker.journal.Snapshot;
import saker.market.Instruments;
import saker.strategy.FrameworkFiles;
import saker.strategy.HostState;
import saker.strategy.NativeFramework;
import saker.strategy.RunObserver;
import saker.strategy.StrategyHost;
import saker.strategy.TestLibrary;

/**
 * A day with snapshots: whatever goes on from one knows the same as what folds the whole journal.
 */
class EngineSnapshotsTest {
    private static final int EVERY = 1_000;

    private EngineDesk desk;

    @TempDir private Path folder;

    @BeforeEach
    void startVenue() throws Exception {
        desk = EngineDesk.start(folder);
    }

    @AfterEach
    void stop() throws Exception {
        desk.stop();
    }

    @Test
    void shouldKnowTheSameFromASnapshotAsFromTheWholeJournal() throws Exception {
        try (EngineRuntime engine = desk.engine(desk.config(EVERY))) {
            await("a closed trade", () -> profitSeen(engine));
            Path before = newest();
            await("a snapshot of that", () -> !Objects.equals(newest(), before));
        }
        assertAllGoOnAlike();
        assertReplayed();

        try (EngineRuntime engine = desk.engine(desk.config(EVERY))) {
            assertThat(engine.journal().snapshot()).isNotNull();
            await("running", () -> account(engine).state().equals("RUNNING"));
            long ticks = engine.engine().view().status().ticks();
            await("new ticks", () -> engine.engine().view().status().ticks() > ticks);
        }
        assertAllGoOnAlike();
        assertReplayed();
        assertForgeriesNamed();
    }

    private void assertReplayed() throws IOException {
        JournalReplay.Result replay = desk.replay();
        assertThat(replay.first()).isNull();
        assertThat(replay.compared()).isPositive();
        assertThat(replay.snapshots()).isPositive();
    }

    /** One thing changed in one part of the newest snapshot is found, and by its name. */
    private void assertForgeriesNamed() throws IOException {
        try (Journal journal = Journal.open(desk.data, JournalOptions.defaults("test"))) {
            Snapshot honest = journal.snapshot();
            CoreState core = CoreState.decode(honest.components().get(StartPoint.CORE));
            assertForgeryNamed(
                    journal,
                    honest,
                    StartPoint.CORE,
                    ForgedStates.withAnotherEntry(core),
                    "core.desks[0].entryTimesNs[");

            SurveyState survey = SurveyState.decode(honest.components().get(StartPoint.SURVEY));
            assertForgeryNamed(
                    journal,
                    honest,
                    StartPoint.SURVEY,
                    new SurveyState(
                            survey.lastIndex(),
                            !survey.diskLow(),
                            survey.instruments(),
                            survey.configurations(),
                            survey.workerCommands()),
                    "survey.diskLow");

            ViewsState views = ViewsState.decode(honest.components().get(StartPoint.VIEWS));
            long instanceId = views.profitE8().keySet().iterator().next();
            views.profitE8().merge(instanceId, 1L, Long::sum);
            assertForgeryNamed(
                    journal,
                    honest,
                    StartPoint.VIEWS,
                    views,
                    "views.profitE8[%d]".formatted(instanceId));

            HostState host = HostState.decode(honest.components().get(StartPoint.STRATEGIES));
            assertForgeryNamed(
                    journal,
                    honest,
                    StartPoint.STRATEGIES,
                    new HostState(
                            host.ticks() + 1, host.quotes(), host.ledgers(), host.instances()),
                    "strategies.ticks");
        }
    }

    private void assertForgeryNamed(
            Journal journal, Snapshot honest, String part, PartState forged, String field)
            throws IOException {
        Map<String, byte[]> components = new HashMap<>(honest.components());
        components.put(part, forged.encode());
        Snapshot snapshot = new Snapshot(honest.position(), components);
        assertThat(journal.snapshots().save(snapshot, honest.index())).isTrue();

        JournalReplay.Result replay = desk.replay();

        assertThat(replay.first().sequence()).isEqualTo(honest.index());
        assertThat(replay.first().kind()).isEqualTo("Snapshot");
        assertThat(replay.first().field()).startsWith(field);
    }

    private void assertAllGoOnAlike() throws IOException {
        try (ReadOnlyJournal journal = Journal.openReadOnly(desk.data)) {
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

    private Path newest() {
        Path snapshots = desk.data.resolve("journal/snapshots");
        try (Stream<Path> files = Files.list(snapshots)) {
            return files.filter(f -> f.toString().endsWith(".snap"))
                    .max(java.util.Comparator.naturalOrder())
                    .orElse(null);
        } catch (IOException e) {
            return null;
        }
    }
}
