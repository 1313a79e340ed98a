package saker.core;

import static org.assertj.core.api.Assertions.assertThat;
import static saker.config.StrategyConfig.FIRST_OWN_STRATEGY_ID;
import static saker.core.Fixtures.command;
import static saker.core.Fixtures.e8;
import static saker.core.Fixtures.expiring;
import static saker.core.Fixtures.limits;
import static saker.core.Fixtures.row;
import static saker.model.SignalBits.CLOSE_BUY_LIMIT;
import static saker.model.SignalBits.OPEN_BUY;
import static saker.model.SignalBits.OPEN_BUY_LIMIT;
import static saker.model.SignalBits.OPEN_BUY_STOP;
import static saker.model.SignalBits.OPEN_SELL_STOP;
import static saker.model.SignalBits.UPDATE_BUY_LIMIT;
import static saker.model.SignalBits.UPDATE_SELL_STOP;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import saker.model.BrokerEvent.PendingOrder;
import saker.model.Command;
import saker.model.EngineState;
import saker.model.OrderIntent;
import saker.model.OrderIntent.Action;
import saker.model.OrderIntent.OrderType;
import saker.model.RiskDecision;
import saker.model.RiskRule;
import saker.model.Signal;
import saker.model.WorkerEvent.Policy;
import saker.order.OrderState;

/** Waiting orders of strategies: how long they wait, and what becomes of them when they change. */
class WaitingOrdersTest {
    private static final long LOT_E4 = 100_000_0000L;
    private static final long TEN_MINUTES_NS = 600_000_000_000L;

    private final Desk desk = new Desk();

    @AfterEach
    void shouldAgreeWithTheBrokerAndReplayWithoutDifference() {
        assertThat(waiting())
                .extracting(PendingOrder::orderId)
                .containsExactlyElementsOf(desk.broker.waiting().keySet());
        assertThat(desk.broker.doubled()).isEmpty();
        assertThat(desk.states()).noneMatch(state -> state.rule() == RiskRule.NONE && halts(state));
        assertThat(desk.replay()).isNull();
    }

    private static boolean halts(EngineState state) {
        return state.state() == EngineState.State.HALTED && state.detail().contains("intent=");
    }

    @Test
    void shouldLetAnOrderWaitUntilTheBrokersClockSaysSo() {
        desk.start();

        desk.signal(expiring(row(-1, OPEN_BUY_LIMIT, 1, 1.09, 0.005, 0.01), 600));

        OrderIntent intent = desk.lastIntent();
        assertThat(intent.expiryNs()).isEqualTo(JournalHarness.START_NS + TEN_MINUTES_NS);
        assertThat(waiting().get(0).expiryNs()).isEqualTo(intent.expiryNs());
        desk.journal.advanceMs(600_000);
        desk.broker.expire();
        desk.settle();
        assertThat(desk.core.orders(0).byClientId(intent.clientId()).state())
                .isEqualTo(OrderState.EXPIRED);
        assertThat(desk.core.orders(0).live()).isEmpty();
        assertThat(desk.lastDecision().approved()).as("it ended as it was asked to").isTrue();
        assertThat(desk.core.accountState(0)).isEqualTo(EngineState.State.RUNNING);
    }

    @Test
    void shouldRefuseAnExpiryThatHasPassed() {
        desk.start();

        desk.signal(expiring(row(-1, OPEN_BUY_LIMIT, 1, 1.09, 0, 0), -1));

        refused(RiskRule.EXPIRY_PASSED);
        assertThat(desk.lastDecision().detail()).contains("expiry=2026-03-1", "now=2026-03-1");
        assertThat(desk.intents()).isEmpty();
    }

    @Test
    void shouldIgnoreTheExpiryOfAMarketOrder() {
        desk.start();

        desk.signal(expiring(row(-1, OPEN_BUY, 1, 0, 0, 0), -1));

        assertThat(desk.lastIntent().expiryNs()).isZero();
        assertThat(desk.core.ledger(0).trades()).hasSize(1);
    }

    @Test
    void shouldReplaceTheOrderThatAnUpdateNames() {
        desk.start();
        desk.signal(row(-1, OPEN_BUY_LIMIT, 1, 1.09, 0.005, 0));
        long ticket = waiting().get(0).orderId();
        String first = waiting().get(0).clientId();

        desk.signal(expiring(row(ticket, UPDATE_BUY_LIMIT, 0, 1.095, 0.004, 0.01), 600));

        OrderIntent intent = desk.lastIntent();
        assertThat(intent.action()).isEqualTo(Action.REPLACE);
        assertThat(intent.type()).isEqualTo(OrderType.LIMIT);
        assertThat(intent.orderId()).isEqualTo(ticket);
        assertThat(intent.unitsE4()).isEqualTo(LOT_E4);
        assertThat(intent.priceE8()).isEqualTo(e8(1.095));
        assertThat(intent.stopLossE8()).isEqualTo(e8(1.091));
        assertThat(intent.takeProfitE8()).isEqualTo(e8(1.105));
        assertThat(intent.expiryNs()).isEqualTo(JournalHarness.START_NS + TEN_MINUTES_NS);
        assertThat(waiting()).singleElement().matches(order -> order.priceE8() == e8(1.095));
        assertThat(desk.core.orders(0).byClientId(first).state()).isEqualTo(OrderState.CANCELLED);
        assertThat(desk.core.orders(0).live()).singleElement();
        assertThat(desk.core.orders(0).pendingUnitsE4(Fixtures.EURUSD, true)).isEqualTo(LOT_E4);
        assertThat(desk.lastDecision().approved()).isTrue();
    }

    @Test
    void shouldReplaceAllOwnOrdersOfTheKind() {
        desk.start();
        desk.command(command(Command.Type.TRADE, 0, 1000, 0, 0));
        desk.signal(
                row(-1, OPEN_SELL_STOP, 1, 1.09, 0, 0),
                row(-1, OPEN_SELL_STOP, 0.5, 1.08, 0, 0),
                row(-1, OPEN_BUY_STOP, 1, 1.12, 0, 0));

        desk.signal(row(-1, UPDATE_SELL_STOP, 0, 0, 0.003, 0));

        assertThat(waiting())
                .extracting(PendingOrder::unitsE4)
                .containsExactly(LOT_E4, -LOT_E4, -LOT_E4 / 2);
        assertThat(waiting())
                .extracting(PendingOrder::stopLossE8)
                .containsExactly(0L, e8(1.093), e8(1.083));
        assertThat(waiting())
                .extracting(PendingOrder::priceE8)
                .containsExactly(e8(1.12), e8(1.09), e8(1.08));
    }

    @Test
    void shouldClearWhatAnUpdateLeavesOut() {
        desk.start();
        desk.signal(expiring(row(-1, OPEN_BUY_LIMIT, 1, 1.09, 0.005, 0.01), 600));

        desk.signal(row(-1, UPDATE_BUY_LIMIT, 0, 0, 0, 0));

        PendingOrder order = waiting().get(0);
        assertThat(order.priceE8()).isEqualTo(e8(1.09));
        assertThat(order.stopLossE8()).isZero();
        assertThat(order.takeProfitE8()).isZero();
        assertThat(order.expiryNs()).isZero();
    }

    @Test
    void shouldNotReplaceAnOrderThatIsAsWished() {
        desk.start();
        Signal.Row wish = expiring(row(-1, OPEN_BUY_LIMIT, 1, 1.09, 0.005, 0.01), 600);
        desk.signal(wish);

        desk.signal(expiring(row(-1, UPDATE_BUY_LIMIT, 1, 1.09, 0.005, 0.01), 600));

        assertThat(desk.intents()).hasSize(1);
        assertThat(desk.lastDecision().approved()).isTrue();
        assertThat(desk.lastDecision().detail()).contains("so already");
    }

    @Test
    void shouldIgnoreTheLotsOfAnUpdateOfTheExistingFramework() {
        desk.start();
        desk.signal(row(-1, OPEN_BUY_LIMIT, 1, 1.09, 0, 0));

        desk.signal(row(-1, UPDATE_BUY_LIMIT, 0.3, 1.091, 0, 0));

        assertThat(waiting().get(0).unitsE4()).isEqualTo(LOT_E4);
    }

    @Test
    void shouldResizeAnOrderOfAnOwnStrategy() {
        startOwn(5, limits());
        desk.signal(row(-1, OPEN_BUY_LIMIT, 1, 1.09, 0, 0));

        desk.signal(row(-1, UPDATE_BUY_LIMIT, 0.3, 0, 0, 0));

        assertThat(waiting().get(0).unitsE4()).isEqualTo(30_000_0000L);
        assertThat(desk.core.orders(0).pendingUnitsE4(Fixtures.EURUSD, true))
                .isEqualTo(30_000_0000L);
    }

    @Test
    void shouldJudgeAReplacementByWhatItAdds() {
        startOwn(1, limits().units(160_000).position(150_000).trades(1));
        desk.signal(row(-1, OPEN_BUY_LIMIT, 1, 1.09, 0, 0));

        desk.signal(row(-1, UPDATE_BUY_LIMIT, 1.4, 0, 0, 0));
        assertThat(desk.lastIntent().unitsE4()).isEqualTo(140_000_0000L);
        desk.signal(row(-1, UPDATE_BUY_LIMIT, 1.55, 0, 0, 0));
        refused(RiskRule.MAX_POSITION);
        desk.signal(row(-1, UPDATE_BUY_LIMIT, 1.7, 0, 0, 0));
        refused(RiskRule.SIZE_ABOVE_MAXIMUM);
        desk.signal(row(-1, UPDATE_BUY_LIMIT, 0.00001, 0, 0.00001, 0));
        refused(RiskRule.STOP_TOO_CLOSE);

        assertThat(desk.lastDecision().detail()).startsWith("order=");
        assertThat(waiting()).singleElement().matches(order -> order.unitsE4() == 140_000_0000L);
    }

    @Test
    void shouldCountReplacementsAmongTheOrdersOfAMinute() {
        desk.risk(limits().perMinute(2)).start();
        desk.signal(row(-1, OPEN_BUY_LIMIT, 1, 1.09, 0, 0));
        desk.signal(row(-1, UPDATE_BUY_LIMIT, 1, 1.091, 0, 0));

        desk.signal(row(-1, UPDATE_BUY_LIMIT, 1, 1.092, 0, 0));

        refused(RiskRule.MAX_ORDERS_PER_MINUTE);
        assertThat(waiting().get(0).priceE8()).isEqualTo(e8(1.091));
    }

    @Test
    void shouldCountAnOrderAndItsReplacementAsOne() {
        startOwn(2, limits());
        desk.signal(row(-1, OPEN_BUY_LIMIT, 1, 1.09, 0, 0));

        desk.signal(
                row(-1, UPDATE_BUY_LIMIT, 2, 1.091, 0, 0), row(-1, OPEN_BUY_STOP, 1, 1.12, 0, 0));

        assertThat(waiting()).hasSize(2);
        desk.signal(row(-1, OPEN_BUY_STOP, 1, 1.12, 0, 0));
        refused(RiskRule.MAX_OPEN_TRADES);
    }

    @Test
    void shouldTouchAnOrderOnceUntilItsReplacementIsAnswered() {
        desk.start();
        desk.signal(row(-1, OPEN_BUY_LIMIT, 1, 1.09, 0, 0));
        long ticket = waiting().get(0).orderId();
        desk.broker.mode(ScriptedBroker.Mode.LOSE_ANSWER);
        desk.signal(row(ticket, UPDATE_BUY_LIMIT, 1, 1.091, 0, 0));
        int intents = desk.intents().size();

        desk.signal(row(ticket, UPDATE_BUY_LIMIT, 1, 1.092, 0, 0));
        refused(RiskRule.REQUEST_PENDING);
        desk.signal(row(-1, CLOSE_BUY_LIMIT, 0, 0, 0, 0));
        refused(RiskRule.REQUEST_PENDING);
        desk.signal(row(-1, OPEN_BUY, 1, 0, 0, 0));
        refused(RiskRule.REQUEST_PENDING);

        assertThat(desk.intents()).hasSize(intents);
        assertThat(desk.core.orders(0).pendingUnitsE4(Fixtures.EURUSD, true)).isEqualTo(LOT_E4);
        desk.broker.mode(ScriptedBroker.Mode.FILL);
        desk.boot();
        desk.connect();
        assertThat(waiting()).singleElement().matches(order -> order.priceE8() == e8(1.091));
        desk.tick(1.1, 1.1002);
        desk.signal(row(-1, CLOSE_BUY_LIMIT, 0, 0, 0, 0));
        assertThat(waiting()).isEmpty();
    }

    @Test
    void shouldKeepTheOrderWhoseReplacementIsRefused() {
        desk.start();
        desk.signal(row(-1, OPEN_BUY_LIMIT, 1, 1.09, 0, 0));
        desk.broker.mode(ScriptedBroker.Mode.REJECT);

        desk.signal(row(-1, UPDATE_BUY_LIMIT, 1, 1.091, 0, 0));

        refused(RiskRule.BROKER_REJECTED);
        assertThat(desk.lastDecision().detail()).contains("action=REPLACE", "MARKET_HALTED");
        assertThat(waiting()).singleElement().matches(order -> order.priceE8() == e8(1.09));
        assertThat(desk.core.orders(0).live()).singleElement();
        desk.broker.mode(ScriptedBroker.Mode.FILL);
        desk.signal(row(-1, UPDATE_BUY_LIMIT, 1, 1.092, 0, 0));
        assertThat(waiting()).singleElement().matches(order -> order.priceE8() == e8(1.092));
    }

    @Test
    void shouldKeepTheOrderWhoseReplacementNeverArrived() {
        desk.start();
        desk.signal(row(-1, OPEN_BUY_LIMIT, 1, 1.09, 0, 0));
        desk.broker.mode(ScriptedBroker.Mode.LOSE_REQUEST);
        desk.signal(row(-1, UPDATE_BUY_LIMIT, 1, 1.091, 0, 0));
        desk.broker.mode(ScriptedBroker.Mode.FILL);

        desk.boot();
        desk.connect();

        refused(RiskRule.NOT_SENT);
        assertThat(waiting()).singleElement().matches(order -> order.priceE8() == e8(1.09));
        assertThat(desk.core.orders(0).live()).singleElement();
    }

    @Test
    void shouldLetAFillStandThatWasBeforeTheReplacement() {
        desk.start();
        desk.signal(row(-1, OPEN_BUY_LIMIT, 1, 1.09, 0, 0));
        desk.broker.trigger(waiting().get(0).orderId());

        desk.signal(row(-1, UPDATE_BUY_LIMIT, 1, 1.091, 0, 0));

        refused(RiskRule.BROKER_REJECTED);
        assertThat(desk.lastDecision().detail()).contains("ORDER_DOESNT_EXIST");
        assertThat(desk.core.ledger(0).trades()).hasSize(1);
        assertThat(desk.core.orders(0).live()).isEmpty();
    }

    @Test
    void shouldBookTheFillOfAReplacement() {
        desk.start();
        desk.signal(row(-1, OPEN_BUY_LIMIT, 1, 1.09, 0, 0));
        desk.signal(row(-1, UPDATE_BUY_LIMIT, 1, 1.091, 0, 0));
        OrderIntent replacement = desk.lastIntent();

        desk.broker.trigger(waiting().get(0).orderId());
        desk.broker.tell();
        desk.settle();

        assertThat(desk.core.orders(0).byClientId(replacement.clientId()).state())
                .isEqualTo(OrderState.FILLED);
        assertThat(desk.core.orders(0).live()).isEmpty();
        assertThat(desk.core.ledger(0).trades())
                .singleElement()
                .matches(trade -> trade.instanceId() == Fixtures.MAGIC);
    }

    @Test
    void shouldFlattenWhateverBecameOfAReplacement() {
        desk.start();
        desk.signal(row(-1, OPEN_BUY_LIMIT, 1, 1.09, 0, 0));
        desk.broker.mode(ScriptedBroker.Mode.LOSE_ANSWER);
        desk.signal(row(-1, UPDATE_BUY_LIMIT, 1, 1.091, 0, 0));

        desk.command(command(Command.Type.FLATTEN, 0));
        desk.broker.mode(ScriptedBroker.Mode.FILL);
        desk.boot();
        desk.connect();

        assertThat(desk.broker.waiting()).isEmpty();
        assertThat(desk.core.orders(0).live()).isEmpty();
    }

    @Test
    void shouldCloseAtOnceWhatAnEntryUnderWayOpensAfterAFlatten() {
        desk.start();
        sevenOrders();
        desk.broker.delay(1);
        desk.signal(row(-1, OPEN_BUY, 1, 0, 0, 0));

        desk.command(command(Command.Type.FLATTEN, 0));
        assertThat(desk.broker.waiting()).isEmpty();
        desk.broker.arrive();
        desk.settle();

        assertThat(desk.lastIntent().action()).isEqualTo(Action.CLOSE);
        assertThat(desk.broker.trades()).isEmpty();
    }

    @Test
    void shouldCloseAtOnceWhatAnEntryUnderWayOpensAfterItsInstanceFailed() {
        desk.start();
        sevenOrders();
        desk.broker.delay(1);
        desk.signal(row(-1, OPEN_BUY, 1, 0, 0, 0));

        desk.workerEvent(Fixtures.failed(Policy.FLATTEN));
        desk.broker.arrive();
        desk.settle();

        assertThat(desk.broker.waiting()).isEmpty();
        assertThat(desk.broker.trades()).isEmpty();
    }

    @Test
    void shouldCancelAtOnceTheOrderOfAReplacementThatWonTheRaceWithAFlatten() {
        desk.start();
        desk.signal(row(-1, OPEN_BUY_LIMIT, 1, 1.09, 0, 0));
        desk.broker.delay(2);
        desk.signal(row(-1, UPDATE_BUY_LIMIT, 1, 1.091, 0, 0));
        desk.command(command(Command.Type.FLATTEN, 0));

        desk.broker.arrive(); // The replacement,
        desk.broker.arrive(); // then the cancellation of what it replaced.
        desk.settle();

        assertThat(desk.broker.waiting()).isEmpty();
        assertThat(desk.core.orders(0).live()).isEmpty();
    }

    @Test
    void shouldCancelTheOrderOfAReplacementThatComesAfterTheFlattensCancelFailed() {
        desk.start();
        desk.signal(row(-1, OPEN_BUY_LIMIT, 1, 1.09, 0, 0));
        desk.broker.delay(1);
        desk.signal(row(-1, UPDATE_BUY_LIMIT, 1, 1.091, 0, 0));
        desk.broker.mode(ScriptedBroker.Mode.REJECT);
        desk.command(command(Command.Type.FLATTEN, 0));
        desk.broker.mode(ScriptedBroker.Mode.FILL);

        desk.broker.arrive();
        desk.settle();

        assertThat(desk.broker.waiting()).isEmpty();
        assertThat(desk.core.orders(0).live()).isEmpty();
    }

    @Test
    void shouldAskAgainSoonThoughManyClosesFailedTogether() {
        desk.start();
        sevenOrders();
        desk.broker.mode(ScriptedBroker.Mode.REJECT);
        desk.command(command(Command.Type.FLATTEN, 0));
        int asked = desk.intents().size();
        desk.clockTick();
        assertThat(desk.intents()).as("not at once").hasSize(asked);

        desk.broker.mode(ScriptedBroker.Mode.FILL);
        desk.journal.advanceMs(1_000);
        desk.clockTick();

        assertThat(desk.broker.waiting()).isEmpty();
    }

    private void sevenOrders() {
        Signal.Row order = row(-1, OPEN_BUY_LIMIT, 1, 1.09, 0, 0);
        desk.signal(order, order, order, order, order, order, order);
        assertThat(desk.broker.waiting()).hasSize(7);
    }

    @Test
    void shouldCountAnOrderAndItsReplacementAsOneStillToBeClosed() {
        desk.start();
        desk.signal(row(-1, OPEN_BUY_LIMIT, 1, 1.09, 0, 0));
        desk.broker.delay(2);
        desk.signal(row(-1, UPDATE_BUY_LIMIT, 1, 1.091, 0, 0));
        desk.workerEvent(Fixtures.failed(Policy.FLATTEN));

        desk.command(command(Command.Type.ENABLE_INSTANCE, 0));

        refused(RiskRule.REQUEST_PENDING);
        assertThat(desk.lastDecision().detail()).endsWith("trades=0, orders=1");
        desk.broker.arrive();
        desk.broker.arrive();
        desk.settle();
    }

    @Test
    void shouldCancelAnOrderForAnOperatorBeforeItsReplacementArrives() {
        desk.start();
        desk.signal(row(-1, OPEN_BUY_LIMIT, 1, 1.09, 0, 0));
        long ticket = waiting().get(0).orderId();
        desk.broker.delay(1);
        desk.signal(row(ticket, UPDATE_BUY_LIMIT, 1, 1.091, 0, 0));

        desk.command(command(Command.Type.CANCEL, ticket));
        assertThat(desk.broker.waiting()).isEmpty();
        desk.broker.arrive();
        desk.settle();

        assertThat(desk.core.orders(0).live()).isEmpty();
        refused(RiskRule.BROKER_REJECTED);
        assertThat(desk.lastDecision().detail()).contains("action=REPLACE", "ORDER_DOESNT_EXIST");
    }

    @Test
    void shouldCancelAnOrderForAnOperatorOnceWhileItsReplacementIsUnknown() {
        desk.start();
        desk.signal(row(-1, OPEN_BUY_LIMIT, 1, 1.09, 0, 0));
        long ticket = waiting().get(0).orderId();
        desk.broker.mode(ScriptedBroker.Mode.LOSE_REQUEST);
        desk.signal(row(ticket, UPDATE_BUY_LIMIT, 1, 1.091, 0, 0));
        desk.broker.mode(ScriptedBroker.Mode.FILL);
        desk.broker.delay(1);

        desk.command(command(Command.Type.CANCEL, ticket));
        assertThat(desk.lastIntent().action()).isEqualTo(Action.CANCEL);
        desk.command(command(Command.Type.CANCEL, ticket));
        refused(RiskRule.REQUEST_PENDING);
        desk.broker.arrive();
        desk.settle();

        assertThat(desk.broker.waiting()).isEmpty();
        desk.boot();
        desk.connect();
        assertThat(desk.core.orders(0).live()).isEmpty();
    }

    @Test
    void shouldTellAnOperatorWhoseCancelCameAfterTheReplacement() {
        desk.start();
        desk.signal(row(-1, OPEN_BUY_LIMIT, 1, 1.09, 0, 0));
        long ticket = waiting().get(0).orderId();
        desk.broker.delay(2);
        desk.signal(row(ticket, UPDATE_BUY_LIMIT, 1, 1.091, 0, 0));
        desk.command(command(Command.Type.CANCEL, ticket));

        desk.broker.arrive();
        desk.broker.arrive();
        desk.settle();

        refused(RiskRule.BROKER_REJECTED);
        assertThat(desk.lastDecision().detail()).contains("action=CANCEL");
        assertThat(waiting()).singleElement().matches(order -> order.priceE8() == e8(1.091));
    }

    @Test
    void shouldNotTouchWaitingOrdersOfAnotherInstance() {
        desk.strategies(
                        Fixtures.strategy(Fixtures.MAGIC, "main", "EURUSD"),
                        Fixtures.strategy(Fixtures.MAGIC + 1, "main", "EURUSD"))
                .start();
        desk.journal.signal(
                new Signal(
                        Fixtures.MAGIC + 1,
                        Fixtures.EURUSD,
                        e8(1.1),
                        e8(1.1002),
                        0,
                        false,
                        List.of(row(-1, OPEN_BUY_LIMIT, 1, 1.09, 0, 0))));
        desk.settle();

        desk.signal(row(waiting().get(0).orderId(), UPDATE_BUY_LIMIT, 1, 1.091, 0, 0));

        refused(RiskRule.UNKNOWN_TICKET);
    }

    /** With a strategy of ours, whose lots mean something. */
    private void startOwn(int maxOpenOrders, Fixtures.Limits limits) {
        desk.risk(limits)
                .strategies(
                        Fixtures.strategy(
                                Fixtures.MAGIC,
                                FIRST_OWN_STRATEGY_ID,
                                "main",
                                "EURUSD",
                                Map.of(Fixtures.MAX_OPEN_ORDERS, (double) maxOpenOrders)))
                .start();
    }

    private void refused(RiskRule rule) {
        RiskDecision decision = desk.lastDecision();
        assertThat(decision.approved()).isFalse();
        assertThat(decision.rule()).as(decision.detail()).isEqualTo(rule);
    }

    private List<PendingOrder> waiting() {
        List<PendingOrder> orders = new ArrayList<>();
        desk.core.ledger(0).pendingOrders().forEach(orders::add);
        return orders;
    }
}
