package saker.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static saker.core.Fixtures.command;
import static saker.core.Fixtures.row;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import saker.model.Command;
import saker.model.EngineState;
import saker.model.RiskRule;
import saker.model.Signal;
import saker.model.SignalBits;
import saker.model.TickFlags;
import saker.model.WorkerEvent;

/**
 * The scenario of {@link RestartTest}, cut before every record, and recovered from snapshots taken
 * at random records before the cut: the same records follow, and the same is known, as where the
 * whole journal is folded.
 */
class SnapshotRestartTest {
    private static final int SNAPSHOTS_PER_CUT = 3;

    private final Random random = new Random(20260316);

    @ParameterizedTest
    @EnumSource(ScriptedBroker.Mode.class)
    void shouldWriteTheSameJournalFromASnapshot(ScriptedBroker.Mode mode) {
        Desk whole = new Desk().keepSnapshots();
        whole.broker.mode(mode);
        whole.boot();
        RestartTest.play(whole, RestartTest.steps(whole));
        List<JournalHarness.Entry> expected = whole.journal.entries();
        int tried = 0;

        for (int cut = 1; cut < expected.size(); cut++) {
            for (var snapshot : some(whole.snapshots(cut).headMap((long) cut, true))) {
                Desk desk = new Desk().holdIntents();
                expected.subList(0, cut).forEach(desk.journal::copy);
                desk.recoverFrom(snapshot.getKey(), snapshot.getValue());
                for (JournalHarness.Entry entry : expected.subList(cut, expected.size())) {
                    if (entry.cause() == 0) {
                        desk.journal.copy(entry);
                    } else {
                        desk.decideUpTo((int) entry.index());
                    }
                }
                desk.settle();

                String run = "cut=%d, snapshot=%d".formatted(cut, snapshot.getKey());
                assertThat(desk.journal.entries()).as(run).isEqualTo(expected);
                assertSame(desk, whole, run);
                tried++;
            }
        }
        assertThat(tried).isGreaterThan(100);
    }

    @ParameterizedTest
    @EnumSource(ScriptedBroker.Mode.class)
    void shouldGoOnAfterACrashAsIfTheWholeJournalWereFolded(ScriptedBroker.Mode mode) {
        int length = RestartTest.journalLength(mode);
        int tried = 0;

        for (int cut = 1; cut < length; cut++) {
            for (var snapshot : some(crashed(mode, cut).snapshots(cut))) {
                Desk folded = goOn(mode, cut, snapshot.getKey(), null);
                Desk resumed = goOn(mode, cut, snapshot.getKey(), snapshot.getValue());

                String run = "mode=%s, cut=%d, snapshot=%d".formatted(mode, cut, snapshot.getKey());
                assertThat(resumed.journal.entries()).as(run).isEqualTo(folded.journal.entries());
                assertSame(resumed, folded, run);
                RestartTest.check(resumed, run);
                assertReplayed(resumed, snapshot.getKey(), snapshot.getValue(), run);
                tried++;
            }
        }
        assertThat(tried).isGreaterThan(100);
    }

    /** What a replay of a journal with such boots computes is what the engine decided. */
    @Test
    void shouldReplayAWaitForARetryThatASnapshotLiesBehind() {
        Desk desk = new Desk().start();
        desk.signal(row(SignalBits.OPEN_BUY, 1, 0, 0));
        desk.broker.mode(ScriptedBroker.Mode.REJECT);
        desk.command(command(Command.Type.FLATTEN, 0));
        desk.tick(1.1001, 1.1003); // Too early to ask again: nothing is decided.
        CoreState state = desk.core.snapshot();
        long index = desk.journal.size();
        desk.journal.advanceMs(30_000);
        desk.broker.mode(ScriptedBroker.Mode.FILL);

        desk.bootAfter(index, state);
        desk.connect();
        desk.clockTick();

        assertThat(desk.broker.trades()).isEmpty();
        assertThat(desk.lastIntent().tradeId()).isPositive();
        assertThat(desk.replay()).isNull();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldCloseWhatAFailedInstanceHasThoughItIsNotConfiguredAnyMore(boolean fromSnapshot) {
        Desk desk = new Desk().start();
        desk.signal(row(SignalBits.OPEN_BUY, 1, 0, 0));
        desk.broker.mode(ScriptedBroker.Mode.REJECT);
        desk.workerEvent(Fixtures.failed(WorkerEvent.Policy.FLATTEN));
        assertThat(desk.broker.trades()).hasSize(1);
        CoreState state = desk.core.snapshot();
        desk.broker.mode(ScriptedBroker.Mode.FILL);
        desk.journal.advanceMs(5_000);

        desk.strategies();
        desk.bootAfter(desk.journal.size(), fromSnapshot ? state : null);
        desk.connect();
        desk.clockTick();

        assertThat(desk.broker.trades()).isEmpty();
    }

    /** A worker that ran behind wishes for what was filled before the crash. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldNotOpenTwiceForASignalThatIsLateOverARestart(boolean fromSnapshot) {
        Desk desk = new Desk().start();
        Signal entry = Fixtures.signal(1.1, 1.1002, row(SignalBits.OPEN_BUY, 1, 0.005, 0));
        long first = desk.journal.tick(Fixtures.EURUSD, 1.1, 1.1002, TickFlags.TRADEABLE);
        long second = desk.journal.tick(Fixtures.EURUSD, 1.1, 1.1002, TickFlags.TRADEABLE);
        desk.journal.signal(entry, first);
        desk.settle();
        assertThat(desk.broker.trades()).hasSize(1);
        CoreState state = desk.core.snapshot();

        desk.bootAfter(desk.journal.size(), fromSnapshot ? state : null);
        desk.connect();
        desk.tick(1.1, 1.1002);
        desk.journal.signal(entry, second);
        desk.settle();

        assertThat(desk.lastDecision().rule()).isEqualTo(RiskRule.REQUEST_PENDING);
        assertThat(desk.broker.trades()).hasSize(1);
        long third = desk.journal.tick(Fixtures.EURUSD, 1.1, 1.1002, TickFlags.TRADEABLE);
        desk.journal.signal(entry, third);
        desk.settle();
        assertThat(desk.broker.trades()).hasSize(2);
        assertThat(desk.replay()).isNull();
    }

    @Test
    void shouldKeepWhatRecordsSaidOfInstancesAndTakeTheRestFromTheConfiguration() {
        Desk desk = new Desk();
        desk.strategies(
                Fixtures.strategy(Fixtures.MAGIC, "main", "EURUSD"),
                Fixtures.strategy(78, "main", "EURUSD"));
        desk.start();
        desk.command(command(Command.Type.DISABLE_INSTANCE, 0));
        CoreState state = desk.core.snapshot();
        long index = desk.journal.size();

        desk.strategies(
                Fixtures.strategy(Fixtures.MAGIC, "main", "EURUSD"),
                Fixtures.strategy(79, "main", "USDJPY"));
        desk.recoverFrom(index, state);

        assertThat(desk.core.isInstanceEnabled(Fixtures.MAGIC)).isFalse();
        assertThat(desk.core.isInstanceEnabled(78)).isFalse();
        assertThat(desk.core.isInstanceEnabled(79)).isTrue();
    }

    @Test
    void shouldHaltAgainForARecordThatCouldNotBeAppliedBeforeTheSnapshot() {
        Desk desk = RestartTest.damaged(0);
        desk.boot();
        CoreState state = desk.core.snapshot();
        long index = desk.journal.size();

        desk.bootAfter(index, state);

        EngineState halt = desk.states().get(desk.states().size() - 1);
        assertThat(halt.state()).isEqualTo(EngineState.State.HALTED);
        assertThat(halt.detail()).contains("not applied while recovering");
    }

    @Test
    void shouldRefuseAStateOfOtherAccounts() {
        Desk desk = new Desk().start();
        CoreState state = desk.core.snapshot();
        TradingCore none =
                new TradingCore(
                        Fixtures.instruments(),
                        List.of(),
                        List.of(),
                        Fixtures.limits().build(),
                        desk.journal,
                        new RecordedDecisions());

        assertThatThrownBy(() -> none.restore(state))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("count=1, ours=0");
    }

    @Test
    void shouldRefuseBytesThatAreNoState() {
        Desk desk = new Desk().start();
        desk.signal(row(SignalBits.OPEN_BUY, 1, 0.005, 0.01));
        byte[] bytes = desk.core.snapshot().encode();
        assertThat(CoreState.decode(bytes)).isEqualTo(desk.core.snapshot());

        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> CoreState.decode(cut)).isInstanceOf(RuntimeException.class);
        }
        byte[] later = bytes.clone();
        later[0]++;
        assertThatThrownBy(() -> CoreState.decode(later)).hasMessageContaining("version=5");
    }

    private static Desk crashed(ScriptedBroker.Mode mode, int cut) {
        Desk desk = new Desk(new JournalHarness().crashAfter(cut)).keepSnapshots();
        desk.broker.mode(mode);
        RestartTest.playUntilCrash(desk);
        return desk;
    }

    /** Plays until the crash, boots with or without the snapshot, and plays the rest. */
    private static Desk goOn(ScriptedBroker.Mode mode, int cut, long index, CoreState state) {
        Desk desk = new Desk(new JournalHarness().crashAfter(cut));
        desk.broker.mode(mode);
        List<Runnable> rest = RestartTest.playUntilCrash(desk);
        desk.journal.crashAfter(Integer.MAX_VALUE);
        desk.broker.mode(ScriptedBroker.Mode.FILL);
        desk.bootAfter(index, state);
        desk.keepSnapshots().connect();
        RestartTest.play(desk, rest);
        return desk;
    }

    /**
     * A replay knows what the snapshot holds, and what any would that were taken since the boot.
     */
    private static void assertReplayed(Desk desk, long index, CoreState state, String run) {
        Map<Long, CoreState> replayed = desk.replayedStates();
        assertThat(replayed.get(index)).as(run).isEqualTo(state);
        Map<Long, CoreState> since = desk.snapshots(desk.journal.size());
        assertThat(since).as(run).isNotEmpty();
        since.forEach(
                (at, known) ->
                        assertThat(replayed.get(at)).as(run + ", at=" + at).isEqualTo(known));
    }

    private static void assertSame(Desk desk, Desk other, String run) {
        assertThat(desk.core.stateHash()).as(run).isEqualTo(other.core.stateHash());
        assertThat(desk.core.snapshot()).as(run).isEqualTo(other.core.snapshot());
    }

    private List<Map.Entry<Long, CoreState>> some(Map<Long, CoreState> all) {
        List<Map.Entry<Long, CoreState>> some = new ArrayList<>(new TreeMap<>(all).entrySet());
        while (some.size() > SNAPSHOTS_PER_CUT) {
            some.remove(random.nextInt(some.size()));
        }
        return some;
    }
}
