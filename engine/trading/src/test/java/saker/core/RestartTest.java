package saker.core;

import static org.assertj.core.api.Assertions.assertThat;
import static saker.core.Fixtures.command;
import static saker.core.Fixtures.expiring;
import static saker.core.Fixtures.row;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import saker.model.BrokerEvent;
import saker.model.Command;
import saker.model.EngineState;
import saker.model.OrderIntent;
import saker.model.RiskRule;
import saker.model.SignalBits;
import saker.model.TickFlags;
import saker.model.WorkerEvent;

/**
 * The same scenario, cut before every record of its journal: recovery must go on as if nothing had
 * happened, and never send anything twice.
 */
class RestartTest {
    private static final List<Runnable> NO_STEPS = List.of();

    @ParameterizedTest
    @EnumSource(ScriptedBroker.Mode.class)
    void shouldWriteTheSameJournalWhereverItWasCut(ScriptedBroker.Mode mode) {
        Desk whole = new Desk();
        whole.broker.mode(mode);
        whole.boot();
        play(whole, steps(whole));
        List<JournalHarness.Entry> expected = whole.journal.entries();

        for (int cut = 1; cut < expected.size(); cut++) {
            Desk desk = new Desk().holdIntents();
            expected.subList(0, cut).forEach(desk.journal::copy);
            desk.recover();
            for (JournalHarness.Entry entry : expected.subList(cut, expected.size())) {
                if (entry.cause() == 0) {
                    desk.journal.copy(entry);
                } else {
                    desk.decideUpTo((int) entry.index());
                }
            }
            desk.settle();

            assertThat(desk.journal.entries()).as("cut=%d", cut).isEqualTo(expected);
            assertThat(desk.core.stateHash()).as("cut=%d", cut).isEqualTo(whole.core.stateHash());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ScriptedBroker.Mode.class,
            names = {"FILL", "REJECT", "LOSE_ANSWER", "LOSE_REQUEST"})
    void shouldSendNothingTwiceWhereverTheEngineDied(ScriptedBroker.Mode mode) {
        int length = journalLength(mode);
        assertThat(length).isGreaterThan(40);

        for (int cut = 1; cut < length; cut++) {
            Desk desk = new Desk(new JournalHarness().crashAfter(cut));
            desk.broker.mode(mode);
            List<Runnable> rest = playUntilCrash(desk);
            desk.journal.crashAfter(Integer.MAX_VALUE);
            desk.broker.mode(ScriptedBroker.Mode.FILL);
            desk.boot();
            desk.connect();
            play(desk, rest);

            check(desk, "mode=%s, cut=%d".formatted(mode, cut));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 8})
    void shouldSurviveACrashDuringRecovery(int later) {
        int length = journalLength(ScriptedBroker.Mode.FILL);

        for (int cut = 1; cut < length; cut++) {
            Desk desk = new Desk(new JournalHarness().crashAfter(cut));
            List<Runnable> rest = playUntilCrash(desk);
            desk.journal.crashAfter(cut + later);
            try {
                desk.boot();
                desk.connect();
            } catch (JournalHarness.Crash again) {
                assertThat(desk.journal.size()).isEqualTo(cut + later);
            }
            desk.journal.crashAfter(Integer.MAX_VALUE);
            desk.boot();
            desk.connect();
            play(desk, rest);

            check(desk, "cut=%d, later=%d".formatted(cut, later));
        }
    }

    @Test
    void shouldNotOpenOnASignalThatGrewOldWhileTheEngineWasDown() {
        Desk desk = new Desk().start();
        desk.journal.signal(Fixtures.signal(1.1, 1.1002, row(SignalBits.OPEN_BUY, 1, 0, 0)));
        desk.journal.advanceMs(30_000);

        desk.boot();
        desk.connect();

        assertThat(desk.intents()).isEmpty();
        assertThat(desk.lastDecision().rule()).isEqualTo(RiskRule.SIGNAL_EXPIRED);
        assertThat(desk.replay()).isNull();
    }

    @Test
    void shouldAnswerASignalOnceWhenTheEngineCameBackQuickly() {
        Desk desk = new Desk().start();
        desk.journal.signal(Fixtures.signal(1.1, 1.1002, row(SignalBits.OPEN_BUY, 1, 0, 0)));

        desk.boot();
        desk.connect();
        desk.boot();
        desk.connect();

        assertThat(desk.intents()).hasSize(1);
        check(desk, "quick restart");
    }

    @Test
    void shouldKeepDisabledInstancesDisabledAndFlattenGoing() {
        Desk desk = new Desk().start();
        desk.signal(row(SignalBits.OPEN_BUY, 1, 0, 0));
        desk.command(command(Command.Type.DISABLE_INSTANCE, 0));
        desk.broker.mode(ScriptedBroker.Mode.REJECT);
        desk.command(command(Command.Type.FLATTEN, 0));

        desk.broker.mode(ScriptedBroker.Mode.FILL);
        desk.journal.advanceMs(5_000);
        desk.boot();
        desk.connect();
        desk.clockTick();

        assertThat(desk.core.isInstanceEnabled(Fixtures.MAGIC)).isFalse();
        assertThat(desk.core.accountState(0)).isEqualTo(EngineState.State.HALTED);
        assertThat(desk.broker.trades()).isEmpty();
        check(desk, "flatten over restart");
    }

    @Test
    void shouldStayHaltedWhenARecordedEventCannotBeAppliedAgain() {
        Desk desk = damaged(0);

        desk.boot();

        assertThat(desk.core.failures()).hasSize(1);
        assertThat(desk.core.accountState(0)).isEqualTo(EngineState.State.HALTED);
        EngineState halt = last(desk.states());
        assertThat(halt.scope()).isEqualTo(EngineState.Scope.ACCOUNT);
        assertThat(halt.detail()).contains("not applied while recovering: index=", "4711");
        desk.signal(row(SignalBits.OPEN_BUY, 1, 0, 0));
        assertThat(desk.lastDecision().rule()).isEqualTo(RiskRule.ACCOUNT_HALTED);
        long hash = desk.core.stateHash();
        desk.recover();
        desk.settle();
        assertThat(desk.core.stateHash()).isEqualTo(hash);
        desk.command(command(Command.Type.RESUME, 0));
        assertThat(desk.core.accountState(0)).isEqualTo(EngineState.State.RECONCILING);
    }

    @Test
    void shouldNotDecideWhatWaitedForTheBootBeforeItHalts() {
        Desk desk = damaged(0);
        desk.journal.command(command(Command.Type.RESUME, 0));
        desk.journal.signal(Fixtures.signal(1.1, 1.1002, row(SignalBits.OPEN_BUY, 1, 0, 0)));
        int intents = desk.intents().size();

        desk.boot();

        assertThat(desk.intents()).hasSize(intents);
        assertThat(desk.lastDecision().rule()).isEqualTo(RiskRule.ACCOUNT_HALTED);
        assertThat(desk.core.accountState(0)).isEqualTo(EngineState.State.HALTED);
    }

    @Test
    void shouldHaltTheEngineWhenTheAccountOfAFailedRecordIsUnknown() {
        Desk desk = damaged(9);

        desk.boot();

        EngineState halt = last(desk.states());
        assertThat(desk.states())
                .filteredOn(state -> state.scope() == EngineState.Scope.ENGINE)
                .singleElement()
                .satisfies(state -> assertThat(state.state()).isEqualTo(EngineState.State.HALTED));
        assertThat(halt.state()).isNotEqualTo(EngineState.State.RUNNING);
        desk.signal(row(SignalBits.OPEN_BUY, 1, 0, 0));
        assertThat(desk.lastDecision().rule()).isEqualTo(RiskRule.ENGINE_HALTED);
    }

    /** A journal whose fill cannot be applied any more, with a recorded RUNNING after it. */
    static Desk damaged(int accountId) {
        Desk whole = new Desk().start();
        whole.signal(row(SignalBits.OPEN_BUY, 1, 0, 0));
        whole.broker.disconnect();
        whole.settle();
        whole.connect();
        JournalHarness bad = new JournalHarness();
        bad.broker(contradiction(accountId));
        Desk desk = new Desk();
        boolean done = false;
        for (JournalHarness.Entry entry : whole.journal.entries()) {
            boolean event = entry.fact() instanceof BrokerEvent e && e.effects().size() > 0;
            desk.journal.copy(event && !done ? entry.with(bad.entries().get(0).payload()) : entry);
            done |= event;
        }
        assertThat(done).isTrue();
        assertThat(last(desk.states()).state()).isEqualTo(EngineState.State.RUNNING);
        return desk;
    }

    private static BrokerEvent contradiction(int accountId) {
        return BrokerEvent.of(BrokerEvent.Type.ORDER_FILLED, accountId)
                .transactionId(5_000)
                .effects(
                        List.of(
                                new BrokerEvent.TradeEffect(
                                        BrokerEvent.TradeEffect.Effect.CLOSED,
                                        4711,
                                        0,
                                        -10_000,
                                        Fixtures.e8(1.1),
                                        0,
                                        0,
                                        0,
                                        0,
                                        0,
                                        0,
                                        0,
                                        "",
                                        "")))
                .build();
    }

    private static EngineState last(List<EngineState> states) {
        return states.get(states.size() - 1);
    }

    /** What must hold after every run. */
    static void check(Desk desk, String run) {
        desk.journal.advanceMs(61_000);
        desk.clockTick(); // What a restart left to be asked for again.
        assertThat(desk.broker.doubled()).as(run).isEmpty();
        assertThat(desk.replay()).as(run).isNull();
        assertThat(desk.core.failures()).as(run).isEmpty();
        Set<String> entries = new HashSet<>();
        Set<String> clientIds = new HashSet<>();
        for (OrderIntent intent : desk.intents()) {
            assertThat(clientIds.add(intent.clientId())).as(run).isTrue();
            if (intent.action().isEntry()) {
                assertThat(entries.add(intent.origin() + "/" + intent.row())).as(run).isTrue();
            }
        }
        assertThat(desk.core.orders(0).live())
                .as(run)
                .extracting(order -> order.index() + " " + order.state() + " " + order.intent())
                .isEmpty();
        List<Long> ours = new ArrayList<>();
        desk.core.ledger(0).trades().forEach(trade -> ours.add(trade.unitsE4()));
        List<Long> brokers = new ArrayList<>();
        desk.broker.trades().values().forEach(trade -> brokers.add(trade.unitsE4()));
        assertThat(ours).as(run).isEqualTo(brokers);
        List<Long> waiting = new ArrayList<>();
        desk.core.ledger(0).pendingOrders().forEach(order -> waiting.add(order.orderId()));
        assertThat(waiting).as(run).containsExactlyElementsOf(desk.broker.waiting().keySet());
        assertThat(desk.core.ledger(0).balanceE8()).as(run).isEqualTo(desk.broker.balanceE8());
        assertThat(desk.states())
                .as(run)
                .noneMatch(state -> state.state() == EngineState.State.REDUCE_ONLY);
        long hash = desk.core.stateHash();
        desk.recover();
        desk.settle();
        assertThat(desk.core.stateHash()).as(run).isEqualTo(hash);
    }

    static int journalLength(ScriptedBroker.Mode mode) {
        Desk desk = new Desk();
        desk.broker.mode(mode);
        desk.boot();
        play(desk, steps(desk));
        return desk.journal.size();
    }

    static List<Runnable> playUntilCrash(Desk desk) {
        List<Runnable> steps = steps(desk);
        try {
            desk.boot();
        } catch (JournalHarness.Crash crash) {
            return steps;
        }
        for (int i = 0; i < steps.size(); i++) {
            int before = desk.journal.size();
            try {
                steps.get(i).run();
            } catch (JournalHarness.Crash crash) {
                // A step writes its input first: if that is there, the step is done.
                return steps.subList(desk.journal.size() > before ? i + 1 : i, steps.size());
            }
        }
        return NO_STEPS;
    }

    static void play(Desk desk, List<Runnable> steps) {
        steps.forEach(Runnable::run);
    }

    static List<Runnable> steps(Desk desk) {
        return List.of(
                desk::connect,
                () -> desk.tick(1.1, 1.1002),
                () ->
                        desk.signal(
                                row(SignalBits.OPEN_BUY, 1, 0.005, 0.01),
                                row(SignalBits.OPEN_SELL, 0.3, 0.005, 0)),
                () -> desk.tick(1.1003, 1.1005),
                () -> desk.signal(row(SignalBits.UPDATE_BUY, 0, 0.004, 0)),
                () -> desk.command(command(Command.Type.TRADE, 0, 2000, 0, 0)),
                () -> desk.journal.tick(Fixtures.EURUSD, 1.1, 1.1001, TickFlags.LATE),
                () -> desk.tick(1.0999, 1.1001),
                () -> desk.signal(row(SignalBits.CLOSE_BUY | SignalBits.OPEN_SELL, 1, 0, 0)),
                () -> desk.signal(row(-1, SignalBits.OPEN_BUY_STOP, 1, 1.12, 0, 0)),
                () ->
                        desk.signal(
                                expiring(row(-1, SignalBits.OPEN_SELL_LIMIT, 1, 1.13, 0, 0), 600)),
                () -> desk.tick(1.1, 1.1002),
                () -> desk.signal(row(-1, SignalBits.UPDATE_BUY_STOP, 0, 1.121, 0.004, 0)),
                () -> desk.broker.expire(),
                () -> desk.tick(1.0999, 1.1001),
                () -> desk.signal(row(-1, SignalBits.UPDATE_BUY_STOP, 0, 0, 0.005, 0)),
                () -> desk.command(command(Command.Type.TRADE, 0, -1000, 0, 0)),
                () -> desk.workerEvent(Fixtures.failed(WorkerEvent.Policy.FLATTEN)),
                () -> desk.tick(1.0999, 1.1),
                () -> desk.command(command(Command.Type.FLATTEN, 0)),
                () -> desk.tick(1.0998, 1.1),
                desk::clockTick);
    }
}
