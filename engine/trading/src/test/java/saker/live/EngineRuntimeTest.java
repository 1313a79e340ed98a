package saker.live;

import static org.assertj.core.api.Assertions.assertThat;
import static saker.live.EngineDesk.account;
import static saker.live.EngineDesk.await;
import static saker.live.EngineDesk.profitSeen;
import static saker.live.EngineDesk.strategy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import saker.api.WorkerView;
import saker.config.SakerConfig;
import saker.journal.Journal;
import saker.journal.JournalReader;
import saker.journal.ReadOnlyJournal;
import saker.journal.SignalDescriptor;
import saker.model.RecordKind;
import saker.model.RiskRule;
import saker.model.WorkerEvent.Policy;

/** A trading day in one process: venue, adapter, journal, native strategies, core, views. */
class EngineRuntimeTest {
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
    void shouldTradeRecoverAndReplayTheSameDay() throws Exception {
        EngineRuntime first = desk.engine(desk.config());
        await("a closed trade", () -> profitSeen(first));
        first.close();

        EngineRuntime second = desk.engine(desk.config());
        await("the second boot's account", () -> "RUNNING".equals(account(second).state()));
        assertThat(account(second).balanceE8()).isNotEqualTo(100_000_00000000L);
        second.close();
        JournalReplay.Result replay = desk.replay();

        assertThat(replay.first()).isNull();
        assertThat(replay.compared()).isPositive();

        EngineRuntime third = desk.engine(DemoConfigs.changed(desk.config()));
        await("a refusal by the new limit", () -> isRefusedForItsSize(third));
        third.close();
        assertThat(desk.replay().first()).as("each boot by its own configuration").isNull();
    }

    private static boolean isRefusedForItsSize(EngineRuntime engine) {
        return engine.engine().view().signals().stream()
                .anyMatch(signal -> signal.rule() == RiskRule.SIZE_ABOVE_MAXIMUM);
    }

    @Test
    void shouldRunTwoLibrariesOfTheSameNamesSideBySideAndReplayBoth() throws Exception {
        SakerConfig config =
                DemoConfigs.withGroup(
                        desk.config(),
                        WorkerDesk.group(
                                "other",
                                WorkerDesk.library("saker-framework-variant"),
                                1,
                                3,
                                Policy.HOLD));
        EngineRuntime engine = desk.engine(config);
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
        JournalReplay.Result replay = desk.replay();
        assertThat(replay.first()).isNull();
    }

    @Tag("nightly")
    @Test
    void shouldCloseWhatAnInstanceHasWhenItsWorkerIsGivenUp() throws Exception {
        SakerConfig config =
                DemoConfigs.withGroup(
                        desk.config(),
                        WorkerDesk.group(
                                "other",
                                WorkerDesk.library("saker-framework-variant"),
                                1,
                                0,
                                Policy.FLATTEN));
        EngineRuntime engine = desk.engine(config);
        await("an open trade", () -> openTrades(engine) > 0);

        long pid = engine.workers().workers().get(1).pid();
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();

        await("a loss", () -> engine.workers().workers().get(1).state() == WorkerView.State.LOST);
        await("no open trade", () -> openTrades(engine) == 0);
        await("its status", () -> "ERROR".equals(strategy(engine, 2001).status()));
        assertThat(account(engine).state()).isEqualTo("RUNNING");
        engine.close();
        JournalReplay.Result replay = desk.replay();
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
        try (ReadOnlyJournal journal = Journal.openReadOnly(desk.data);
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
}
