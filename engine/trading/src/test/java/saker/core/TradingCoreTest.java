package saker.core;

import static org.assertj.core.api.Assertions.assertThat;
import static saker.config.StrategyConfig.FIRST_OWN_STRATEGY_ID;
import static saker.core.Fixtures.command;
import static saker.core.Fixtures.e8;
import static saker.core.Fixtures.row;
import static saker.model.OrderIntent.UNCHANGED;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import saker.model.BrokerEvent;
import saker.model.Command;
import saker.model.EngineState;
import saker.model.EngineState.State;
import saker.model.FeedStatus;
import saker.model.OrderIntent;
import saker.model.OrderIntent.Action;
import saker.model.RecordKind;
import saker.model.RiskDecision;
import saker.model.RiskRule;
import saker.model.Signal;
import saker.model.SignalBits;
import saker.model.Skipped;
import saker.model.TickFlags;
import saker.model.WorkerEvent.Policy;
import saker.order.ClientIds;
import saker.order.OrderState;
import saker.position.Trade;

class TradingCoreTest {
    private final Desk desk = new Desk();

    @AfterEach
    void shouldReplayWithoutDifference() {
        if (desk.core != null) {
            assertThat(desk.replay()).isNull();
            assertThat(desk.broker.doubled()).isEmpty();
        }
    }

    @Test
    void shouldOpenWithStopAndTargetFromTheQuoteOfTheSignal() {
        desk.start();

        desk.signal(row(SignalBits.OPEN_BUY, 0.12345, 0.005, 0.01));

        OrderIntent intent = desk.lastIntent();
        assertThat(intent.action()).isEqualTo(Action.OPEN);
        assertThat(intent.unitsE4()).isEqualTo(12_345_0000L);
        assertThat(intent.stopLossE8()).isEqualTo(e8(1.0952));
        assertThat(intent.takeProfitE8()).isEqualTo(e8(1.1102));
        assertThat(intent.priceE8()).isEqualTo(e8(1.1007));
        assertThat(intent.instanceId()).isEqualTo(Fixtures.MAGIC);
        assertThat(ClientIds.bootIdOf(intent.clientId())).isEqualTo(Desk.FIRST_BOOT);
        Trade trade = desk.core.ledger(0).trades().get(0);
        assertThat(trade.unitsE4()).isEqualTo(12_345_0000L);
        assertThat(trade.stopLossE8()).isEqualTo(e8(1.0952));
        assertThat(trade.takeProfitE8()).isEqualTo(e8(1.1102));
        assertThat(trade.instanceId()).isEqualTo(Fixtures.MAGIC);
        assertThat(desk.core.orders(0).live()).isEmpty();
    }

    @Test
    void shouldTakeStopOfASellFromTheBid() {
        desk.start();

        desk.signal(row(SignalBits.OPEN_SELL, 1, 0.005, 0.01));

        assertThat(desk.lastIntent().unitsE4()).isEqualTo(-100_000_0000L);
        assertThat(desk.lastIntent().stopLossE8()).isEqualTo(e8(1.105));
        assertThat(desk.lastIntent().takeProfitE8()).isEqualTo(e8(1.09));
        assertThat(desk.lastIntent().priceE8()).isEqualTo(e8(1.0995));
    }

    @Test
    void shouldCloseBeforeItOpens() {
        desk.start();
        desk.signal(row(SignalBits.OPEN_SELL, 1, 0, 0));

        desk.signal(row(SignalBits.OPEN_BUY | SignalBits.CLOSE_SELL, 1, 0, 0));

        List<OrderIntent> intents = desk.intents();
        assertThat(intents)
                .extracting(OrderIntent::action)
                .containsExactly(Action.OPEN, Action.CLOSE, Action.OPEN);
        assertThat(desk.core.ledger(0).trades()).hasSize(1);
        assertThat(desk.core.ledger(0).trades().get(0).unitsE4()).isPositive();
        assertThat(desk.core.ledger(0).balanceE8()).isEqualTo(desk.broker.balanceE8());
    }

    @Test
    void shouldClearLevelsWhenUpdateSaysZero() {
        desk.start();
        desk.signal(row(SignalBits.OPEN_BUY, 1, 0.005, 0.01));

        desk.signal(row(SignalBits.UPDATE_BUY, 0, 0.004, 0));

        assertThat(desk.lastIntent().action()).isEqualTo(Action.MODIFY);
        assertThat(desk.lastIntent().stopLossE8()).isEqualTo(e8(1.0962));
        assertThat(desk.lastIntent().takeProfitE8()).isZero();
        assertThat(desk.core.ledger(0).trades().get(0).takeProfitE8()).isZero();
    }

    @Test
    void shouldNotSendAnUpdateThatChangesNothing() {
        desk.start();
        desk.signal(row(SignalBits.OPEN_BUY, 1, 0.005, 0.01));

        desk.signal(row(SignalBits.UPDATE_BUY, 0, 0.005, 0.01));

        assertThat(desk.intents()).hasSize(1);
        assertThat(desk.lastDecision().approved()).isTrue();
    }

    @Test
    void shouldNotTouchTradesOfAnotherInstance() {
        desk.start();
        desk.command(command(Command.Type.TRADE, 0, 1000, 0, 0));
        long ticket = desk.core.ledger(0).trades().get(0).tradeId();

        desk.signal(row(SignalBits.CLOSE_BUY, 0, 0, 0));
        desk.signal(row(ticket, SignalBits.CLOSE_BUY, 0, 0, 0, 0));

        assertThat(desk.lastDecision().rule()).isEqualTo(RiskRule.UNKNOWN_TICKET);
        assertThat(desk.core.ledger(0).trades()).hasSize(1);
    }

    @Test
    void shouldCloseThePartThatAnOwnStrategyAsksFor() {
        desk.strategies(
                        Fixtures.strategy(
                                Fixtures.MAGIC, FIRST_OWN_STRATEGY_ID, "main", "EURUSD", Map.of()))
                .start();
        desk.signal(row(SignalBits.OPEN_BUY, 1, 0.005, 0));
        long ticket = desk.core.ledger(0).trades().get(0).tradeId();

        desk.signal(row(ticket, SignalBits.CLOSE_BUY, 0.4, 0, 0, 0));

        assertThat(desk.lastIntent().unitsE4()).isEqualTo(40_000_0000L);
        assertThat(desk.core.ledger(0).trades().get(0).unitsE4()).isEqualTo(60_000_0000L);
        assertThat(desk.core.ledger(0).balanceE8()).isEqualTo(desk.broker.balanceE8());
    }

    @Test
    void shouldCloseTheWholeTradeWherePartsAreNotMeant() {
        desk.strategies(
                        Fixtures.strategy(
                                Fixtures.MAGIC, FIRST_OWN_STRATEGY_ID, "main", "EURUSD", Map.of()))
                .start();
        desk.signal(row(SignalBits.OPEN_BUY, 1, 0.005, 0));

        desk.signal(row(SignalBits.CLOSE_BUY, 0.4, 0, 0)); // Names no trade.

        assertThat(desk.lastIntent().unitsE4()).isZero();
        assertThat(desk.core.ledger(0).trades()).isEmpty();
    }

    @Test
    void shouldKeepATradeOfWhichLessThanTheBrokersSmallestOrderIsToBeClosed() {
        desk.strategies(
                        Fixtures.strategy(
                                Fixtures.MAGIC, FIRST_OWN_STRATEGY_ID, "main", "EURUSD", Map.of()))
                .start();
        desk.signal(row(SignalBits.OPEN_BUY, 1, 0.005, 0));
        long ticket = desk.core.ledger(0).trades().get(0).tradeId();

        desk.signal(row(ticket, SignalBits.CLOSE_BUY, 0.000009, 0, 0, 0));

        assertThat(desk.lastDecision().rule()).isEqualTo(RiskRule.SIZE_BELOW_MINIMUM);
        assertThat(desk.lastDecision().detail()).contains("lots=0.000009", "minimumUnits=1");
        assertThat(desk.core.ledger(0).trades().get(0).unitsE4()).isEqualTo(100_000_0000L);
        desk.signal(row(ticket, SignalBits.CLOSE_BUY, 0, 0, 0, 0)); // No lots are all.
        assertThat(desk.core.ledger(0).trades()).isEmpty();
    }

    @Test
    void shouldIgnoreTheLotsOfACloseOfTheExistingFramework() {
        desk.start();
        desk.signal(row(SignalBits.OPEN_BUY, 1, 0.005, 0));
        long ticket = desk.core.ledger(0).trades().get(0).tradeId();

        desk.signal(row(ticket, SignalBits.CLOSE_BUY, 0.4, 0, 0, 0));

        assertThat(desk.lastIntent().unitsE4()).isZero();
        assertThat(desk.core.ledger(0).trades()).isEmpty();
    }

    @Test
    void shouldRefuseAnEntryMadeBeforeItsStrategySawItsLatestFill() {
        desk.start();
        long tick = desk.journal.tick(Fixtures.EURUSD, 1.1, 1.1002, TickFlags.TRADEABLE);
        desk.signal(row(SignalBits.OPEN_BUY, 1, 0.005, 0));

        desk.journal.signal(
                Fixtures.signal(1.1, 1.1002, row(SignalBits.OPEN_BUY, 1, 0.005, 0)), tick);
        desk.settle();

        assertThat(desk.lastDecision().rule()).isEqualTo(RiskRule.REQUEST_PENDING);
        assertThat(desk.core.ledger(0).trades()).hasSize(1);
        long later = desk.journal.tick(Fixtures.EURUSD, 1.1, 1.1002, TickFlags.TRADEABLE);
        desk.journal.signal(
                Fixtures.signal(1.1, 1.1002, row(SignalBits.OPEN_BUY, 1, 0.005, 0)), later);
        desk.settle();
        assertThat(desk.core.ledger(0).trades()).hasSize(2);
    }

    @Test
    void shouldCloseAPartOnceThoughItIsWishedTwiceBeforeTheFillIsSeen() {
        desk.strategies(
                        Fixtures.strategy(
                                Fixtures.MAGIC, FIRST_OWN_STRATEGY_ID, "main", "EURUSD", Map.of()))
                .start();
        desk.signal(row(SignalBits.OPEN_BUY, 1, 0.005, 0));
        long ticket = desk.core.ledger(0).trades().get(0).tradeId();
        Signal half = Fixtures.signal(1.1, 1.1002, row(ticket, SignalBits.CLOSE_BUY, 0.5, 0, 0, 0));
        long tick = desk.journal.tick(Fixtures.EURUSD, 1.1, 1.1002, TickFlags.TRADEABLE);
        desk.journal.signal(half, tick);
        desk.settle();

        desk.journal.signal(half, tick);
        desk.settle();

        assertThat(desk.lastDecision().rule()).isEqualTo(RiskRule.REQUEST_PENDING);
        assertThat(desk.core.ledger(0).trades().get(0).unitsE4()).isEqualTo(50_000_0000L);
    }

    @Test
    void shouldAnswerASignalWithoutAWish() {
        desk.start();

        long index = desk.signal();

        assertThat(desk.lastDecision().origin()).isEqualTo(index);
        assertThat(desk.lastDecision().approved()).isTrue();
    }

    @Test
    void shouldPlaceAndCancelAPendingOrder() {
        desk.start();

        desk.signal(row(-1, SignalBits.OPEN_BUY_LIMIT, 1, 1.09, 0.005, 0));
        assertThat(desk.lastIntent().type()).isEqualTo(OrderIntent.OrderType.LIMIT);
        assertThat(desk.lastIntent().priceE8()).isEqualTo(e8(1.09));
        assertThat(desk.lastIntent().stopLossE8()).isEqualTo(e8(1.085));
        assertThat(desk.broker.waiting()).hasSize(1);
        desk.signal(row(SignalBits.CLOSE_BUY_LIMIT, 0, 0, 0));

        assertThat(desk.broker.waiting()).isEmpty();
        assertThat(desk.core.orders(0).live()).isEmpty();
        assertThat(desk.core.ledger(0).pendingOrders()).isEmpty();
    }

    @Test
    void shouldCloseModifyAndTradeByCommand() {
        desk.start();
        desk.command(command(Command.Type.TRADE, 0, -3000, 0, 0));
        long ticket = desk.core.ledger(0).trades().get(0).tradeId();

        desk.command(command(Command.Type.MODIFY, ticket, 0, e8(1.12), UNCHANGED));
        desk.command(command(Command.Type.CLOSE, ticket, 1000, UNCHANGED, UNCHANGED));

        Trade trade = desk.core.ledger(0).trade(ticket);
        assertThat(trade.unitsE4()).isEqualTo(-2000_0000L);
        assertThat(trade.stopLossE8()).isEqualTo(e8(1.12));
        desk.command(command(Command.Type.CLOSE, ticket));
        assertThat(desk.core.ledger(0).trades()).isEmpty();
    }

    @Test
    void shouldCloseAndHaltWithAStaleFeed() {
        desk.start();
        desk.signal(row(SignalBits.OPEN_BUY, 1, 0, 0));
        desk.broker.streams(FeedStatus.State.STALE);
        desk.journal.advanceMs(120_000);
        desk.command(command(Command.Type.HALT, 0));

        desk.signal(row(SignalBits.CLOSE_BUY, 0, 0, 0));

        assertThat(desk.core.ledger(0).trades()).isEmpty();
        assertThat(desk.core.accountState(0)).isEqualTo(State.HALTED);
    }

    @Test
    void shouldHaltUntilResumed() {
        desk.start();

        desk.command(command(Command.Type.HALT, 0));
        desk.signal(row(SignalBits.OPEN_BUY, 1, 0, 0));
        assertThat(desk.lastDecision().rule()).isEqualTo(RiskRule.ACCOUNT_HALTED);
        desk.command(command(Command.Type.RESUME, 0));
        desk.signal(row(SignalBits.OPEN_BUY, 1, 0, 0));

        assertThat(desk.core.ledger(0).trades()).hasSize(1);
    }

    @Test
    void shouldFlattenEverythingOnceHoweverOftenItIsAsked() {
        desk.start();
        desk.signal(row(SignalBits.OPEN_BUY, 1, 0, 0), row(SignalBits.OPEN_SELL, 0.5, 0, 0));
        desk.signal(row(-1, SignalBits.OPEN_SELL_STOP, 1, 1.05, 0, 0));
        desk.holdIntents();

        desk.command(command(Command.Type.FLATTEN, 0));
        desk.command(command(Command.Type.FLATTEN, 0));
        desk.releaseIntents().settle();

        assertThat(desk.broker.trades()).isEmpty();
        assertThat(desk.broker.waiting()).isEmpty();
        assertThat(desk.core.ledger(0).trades()).isEmpty();
        assertThat(desk.intents().stream().filter(i -> i.action() == Action.CLOSE)).hasSize(2);
        assertThat(desk.intents().stream().filter(i -> i.action() == Action.CANCEL)).hasSize(1);
        assertThat(desk.core.accountState(0)).isEqualTo(State.HALTED);
    }

    @Test
    void shouldCloseWhatFillsAfterTheFlatten() {
        desk.start().holdIntents();
        desk.signal(row(SignalBits.OPEN_BUY, 1, 0, 0));

        desk.command(command(Command.Type.FLATTEN, 0));
        desk.releaseIntents().settle();

        assertThat(desk.broker.trades()).isEmpty();
        assertThat(desk.intents())
                .extracting(OrderIntent::action)
                .containsExactly(Action.OPEN, Action.CLOSE);
    }

    @Test
    void shouldAskAgainWhenAFlattenIsRefusedAndNotBeforeTheDelay() {
        desk.start();
        desk.signal(row(SignalBits.OPEN_BUY, 1, 0, 0));
        desk.broker.mode(ScriptedBroker.Mode.REJECT);
        desk.command(command(Command.Type.FLATTEN, 0));
        desk.tick(1.1, 1.1002);
        assertThat(desk.intents()).hasSize(2);

        desk.journal.advanceMs(1_100);
        desk.clockTick();
        assertThat(desk.intents()).hasSize(3);
        desk.broker.mode(ScriptedBroker.Mode.FILL);
        desk.journal.advanceMs(2_100);
        desk.tick(1.1, 1.1002);

        assertThat(desk.broker.trades()).isEmpty();
        assertThat(desk.intents()).hasSize(4);
    }

    @Test
    void shouldNotRepeatACloseWhoseOutcomeIsUnknown() {
        desk.start();
        desk.signal(row(SignalBits.OPEN_BUY, 1, 0, 0));
        desk.broker.mode(ScriptedBroker.Mode.LOSE_REQUEST);
        desk.command(command(Command.Type.FLATTEN, 0));
        desk.journal.advanceMs(600_000);
        desk.clockTick();
        desk.tick(1.1, 1.1002);
        long close = desk.core.orders(0).live().get(0).index();
        assertThat(desk.core.orders(0).byIndex(close).state()).isEqualTo(OrderState.UNKNOWN);
        assertThat(desk.intents()).hasSize(2);

        desk.broker.mode(ScriptedBroker.Mode.FILL);
        desk.journal.broker(BrokerEvent.of(BrokerEvent.Type.NOT_SENT, 0).intent(close).build());
        desk.settle();
        desk.journal.advanceMs(61_000);
        desk.clockTick();

        assertThat(desk.intents()).hasSize(3);
        assertThat(desk.broker.trades()).isEmpty();
    }

    @Test
    void shouldSayUnknownAndTakeTheOutcomeFromTheEvidence() {
        desk.start();
        desk.broker.mode(ScriptedBroker.Mode.LOSE_ANSWER);

        desk.signal(row(SignalBits.OPEN_BUY, 1, 0, 0));
        assertThat(desk.lastDecision().rule()).isEqualTo(RiskRule.OUTCOME_UNKNOWN);
        assertThat(desk.core.ledger(0).trades()).isEmpty();
        desk.broker.disconnect();
        desk.settle();
        assertThat(desk.core.accountState(0)).isEqualTo(State.RECONCILING);
        desk.connect();

        assertThat(desk.core.ledger(0).trades()).hasSize(1);
        assertThat(desk.core.orders(0).live()).isEmpty();
        assertThat(desk.core.accountState(0)).isEqualTo(State.RUNNING);
    }

    @Test
    void shouldReportARejection() {
        desk.start();
        desk.broker.mode(ScriptedBroker.Mode.REJECT);

        long signal = desk.signal(row(SignalBits.OPEN_BUY, 1, 0, 0));

        RiskDecision decision = desk.lastDecision();
        assertThat(decision.rule()).isEqualTo(RiskRule.BROKER_REJECTED);
        assertThat(decision.origin()).isEqualTo(signal);
        assertThat(decision.detail()).contains("MARKET_HALTED");
    }

    @Test
    void shouldReduceOnlyWhenTheBrokersPositionDiffers() {
        desk.start();
        desk.signal(row(SignalBits.OPEN_BUY, 1, 0, 0));
        desk.broker.trades().clear();

        desk.journal.broker(desk.broker.snapshot());
        desk.settle();

        assertThat(desk.core.isReduceOnly(Fixtures.EURUSD)).isTrue();
        assertThat(desk.core.ledger(0).trades()).isEmpty();
        assertThat(desk.states())
                .filteredOn(s -> s.state() == State.REDUCE_ONLY)
                .singleElement()
                .satisfies(
                        s ->
                                assertThat(s.detail())
                                        .contains("ours: long=100000", "broker: long=0"));
        desk.signal(row(SignalBits.OPEN_BUY, 1, 0, 0));
        assertThat(desk.lastDecision().rule()).isEqualTo(RiskRule.INSTRUMENT_REDUCE_ONLY);
    }

    @Test
    void shouldBookSomebodyElsesTradeAndGoOn() {
        desk.start();

        desk.broker.external(5_000_0000L, "web-platform");
        desk.settle();

        assertThat(desk.core.ledger(0).trades().get(0).instanceId()).isZero();
        assertThat(desk.core.accountState(0)).isEqualTo(State.RUNNING);
    }

    @Test
    void shouldHaltWhenAnotherEngineTradesTheAccount() {
        desk.start();

        desk.broker.external(5_000_0000L, ClientIds.make(0xDEADL, 12, 1));
        desk.settle();

        assertThat(desk.core.accountState(0)).isEqualTo(State.HALTED);
        assertThat(desk.core.ledger(0).trades()).hasSize(1);
    }

    @Test
    void shouldHaltWhenAnOrderMovesInAWayItMustNot() {
        desk.start();
        desk.signal(row(SignalBits.OPEN_BUY, 1, 0, 0));
        long index = desk.core.orders(0).all().iterator().next().index();

        desk.journal.broker(BrokerEvent.of(BrokerEvent.Type.REQUEST_SENT, 0).intent(index).build());
        desk.settle();

        assertThat(desk.core.accountState(0)).isEqualTo(State.HALTED);
        assertThat(lastState().detail()).contains("illegal order event", "FILLED");
    }

    @Test
    void shouldSkipARecordThatContradictsTheLedgerAndHaltItsAccount() {
        desk.start();
        BrokerEvent bad =
                BrokerEvent.of(BrokerEvent.Type.ORDER_FILLED, 0)
                        .transactionId(5_000)
                        .effects(
                                List.of(
                                        new BrokerEvent.TradeEffect(
                                                BrokerEvent.TradeEffect.Effect.CLOSED,
                                                4711,
                                                0,
                                                -10_000,
                                                e8(1.1),
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
        long index = desk.journal.broker(bad);
        desk.settle();

        List<Skipped> skipped = desk.facts(RecordKind.SKIPPED, Skipped.class);
        assertThat(skipped).singleElement().satisfies(s -> assertThat(s.index()).isEqualTo(index));
        assertThat(desk.core.accountState(0)).isEqualTo(State.HALTED);
        long hash = desk.core.stateHash();
        desk.recover();
        desk.settle();
        assertThat(desk.core.stateHash()).isEqualTo(hash);
        assertThat(desk.core.failures()).isEmpty();
    }

    @Test
    void shouldHaltTheEngineWhenARecordBelongsToNobody() {
        desk.start();

        desk.journal.tick(9_999, 1, 1, 0);
        desk.settle();

        assertThat(lastState().scope()).isEqualTo(EngineState.Scope.ENGINE);
        desk.signal(row(SignalBits.OPEN_BUY, 1, 0, 0));
        assertThat(desk.lastDecision().rule()).isEqualTo(RiskRule.ENGINE_HALTED);
    }

    @Test
    void shouldHaltOnTheTickThatReachesTheDailyLoss() {
        desk.risk(Fixtures.limits().lossPct(1)).start();
        desk.signal(row(SignalBits.OPEN_BUY, 5, 0, 0));

        desk.tick(1.0985, 1.0987);
        assertThat(desk.core.accountState(0)).isEqualTo(State.RUNNING);
        desk.tick(1.0982, 1.0984);

        assertThat(desk.core.accountState(0)).isEqualTo(State.HALTED);
        assertThat(lastState().rule()).isEqualTo(RiskRule.DAILY_LOSS);
        assertThat(lastState().detail()).contains("loss=1000.00", "limit=1000.00");
    }

    @Test
    void shouldHaltEveryAccountWhenNoneIsNamed() {
        desk.start();

        desk.command(
                new Command(
                        Command.Type.HALT,
                        "c1",
                        "control",
                        "test",
                        -1,
                        -1,
                        0,
                        0,
                        0,
                        0,
                        0,
                        Long.MAX_VALUE));

        assertThat(desk.core.accountState(0)).isEqualTo(State.HALTED);
        assertThat(lastState().detail()).isEqualTo("halt by control: test");
    }

    @Test
    void shouldIgnoreRowsOfADiscardedSignal() {
        desk.start();

        desk.journal.signal(
                new Signal(
                        Fixtures.MAGIC,
                        Fixtures.EURUSD,
                        e8(1.1),
                        e8(1.1002),
                        0,
                        true,
                        List.of(row(SignalBits.OPEN_BUY, 1, 0, 0))));
        desk.settle();

        assertThat(desk.intents()).isEmpty();
        assertThat(desk.lastDecision().detail()).contains("discarded");
    }

    @Test
    void shouldRefuseAnEntryOfAWorkerThatCaughtUpLongAfterItsTick() {
        desk.start();
        desk.signal(row(SignalBits.OPEN_SELL, 1, 0, 0));
        int before = desk.intents().size();
        desk.journal.lateSignal(
                Fixtures.signal(
                        1.1, 1.1002, row(SignalBits.OPEN_BUY | SignalBits.CLOSE_SELL, 1, 0, 0)),
                2_001);

        desk.tick(1.1, 1.1002);

        assertThat(desk.intents().subList(before, desk.intents().size()))
                .extracting(OrderIntent::action)
                .containsExactly(Action.CLOSE);
        assertThat(desk.lastDecision().rule()).isEqualTo(RiskRule.SIGNAL_EXPIRED);
    }

    @Test
    void shouldHoldTheTradesOfAFailedInstanceAndOpenNoMore() {
        desk.start();
        desk.signal(row(SignalBits.OPEN_BUY, 1, 0, 0));

        desk.workerEvent(Fixtures.failed(Policy.HOLD));

        assertThat(lastState().state()).isEqualTo(State.DISABLED);
        assertThat(lastState().rule()).isEqualTo(RiskRule.STRATEGY_FAILED);
        assertThat(lastState().detail()).isEqualTo("exit code 134");
        assertThat(desk.core.ledger(0).trades()).hasSize(1);
        desk.signal(row(SignalBits.OPEN_BUY, 1, 0, 0));
        assertThat(desk.lastDecision().rule()).isEqualTo(RiskRule.INSTANCE_DISABLED);
    }

    /** The engine died before it answered, and the next one is configured without the instance. */
    @Test
    void shouldDisableAFailedInstanceThatIsNotConfigured() {
        desk.strategies().start();

        desk.workerEvent(Fixtures.failed(Policy.HOLD));

        assertThat(lastState().scopeId()).isEqualTo(Fixtures.MAGIC);
        assertThat(lastState().state()).isEqualTo(State.DISABLED);
        desk.strategies(Fixtures.strategy(Fixtures.MAGIC, "main", "EURUSD"));
        desk.boot();
        desk.connect();
        assertThat(desk.core.isInstanceEnabled(Fixtures.MAGIC)).isFalse();
    }

    @Test
    void shouldCloseWhatAFailedInstanceHasAndNothingElse() {
        desk.start();
        desk.signal(row(SignalBits.OPEN_BUY, 1, 0, 0));
        desk.signal(row(-1, SignalBits.OPEN_BUY_STOP, 1, 1.12, 0, 0));
        desk.command(command(Command.Type.TRADE, 0, 2000, 0, 0));

        desk.workerEvent(Fixtures.failed(Policy.FLATTEN));

        assertThat(desk.core.ledger(0).trades())
                .singleElement()
                .satisfies(trade -> assertThat(trade.instanceId()).isZero());
        assertThat(desk.core.ledger(0).pendingOrders()).isEmpty();
        assertThat(desk.core.accountState(0)).isEqualTo(State.RUNNING);
        assertThat(desk.replay()).isNull();
    }

    @Test
    void shouldAskAgainForTheCloseOfAFailedInstanceUntilItIsEnabled() {
        desk.start();
        desk.signal(row(SignalBits.OPEN_BUY, 1, 0, 0));
        desk.broker.mode(ScriptedBroker.Mode.REJECT);
        desk.workerEvent(Fixtures.failed(Policy.FLATTEN));
        desk.broker.mode(ScriptedBroker.Mode.FILL);
        desk.journal.advanceMs(5_000);

        desk.clockTick();

        assertThat(desk.core.ledger(0).trades()).isEmpty();
        desk.command(command(Command.Type.ENABLE_INSTANCE, 0));
        desk.signal(row(SignalBits.OPEN_BUY, 1, 0, 0));
        desk.journal.advanceMs(5_000);
        desk.clockTick();
        assertThat(desk.core.ledger(0).trades()).hasSize(1);
        assertThat(desk.replay()).isNull();
    }

    /** A tick of an instrument without orders or trades decides nothing, in a replay neither. */
    @Test
    void shouldReplayAWaitForARetryDuringTicksOfAnotherInstrument() {
        desk.start();
        desk.signal(row(SignalBits.OPEN_BUY, 1, 0, 0));
        desk.broker.mode(ScriptedBroker.Mode.REJECT);
        desk.command(command(Command.Type.FLATTEN, 0));
        desk.broker.mode(ScriptedBroker.Mode.FILL);
        desk.journal.advanceMs(5_000);

        desk.tick(Fixtures.USDJPY, 150.01, 150.03);
        desk.tick(1.1, 1.1002);

        assertThat(desk.core.ledger(0).trades()).isEmpty();
        assertThat(desk.replay()).isNull();
    }

    @Test
    void shouldNotEnableAFailedInstanceWhileItIsBeingClosed() {
        desk.start();
        desk.signal(row(SignalBits.OPEN_BUY, 1, 0, 0));
        desk.broker.mode(ScriptedBroker.Mode.REJECT);
        desk.workerEvent(Fixtures.failed(Policy.FLATTEN));

        desk.command(command(Command.Type.ENABLE_INSTANCE, 0));

        assertThat(desk.lastDecision().rule()).isEqualTo(RiskRule.REQUEST_PENDING);
        assertThat(desk.lastDecision().detail()).contains("still being closed: trades=1, orders=0");
        assertThat(desk.core.isInstanceEnabled(Fixtures.MAGIC)).isFalse();
        desk.broker.mode(ScriptedBroker.Mode.FILL);
        desk.journal.advanceMs(5_000);
        desk.clockTick();
        assertThat(desk.core.ledger(0).trades()).isEmpty();
        desk.command(command(Command.Type.ENABLE_INSTANCE, 0));
        assertThat(desk.core.isInstanceEnabled(Fixtures.MAGIC)).isTrue();
        assertThat(desk.replay()).isNull();
    }

    private EngineState lastState() {
        List<EngineState> all = desk.states();
        return all.get(all.size() - 1);
    }
}
