package saker.core;

import static org.assertj.core.api.Assertions.assertThat;
import static saker.core.Fixtures.row;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import saker.broker.BrokerSession;
import saker.broker.BrokerSession.RecordedIntent;
import saker.broker.oanda.VenueUnderTest;
import saker.config.StrategyConfig;
import saker.model.BrokerEvent.PendingOrder;
import saker.model.FeedStatus;
import saker.model.Instrument;
import saker.model.OrderIntent;
import saker.model.OrderIntent.Action;
import saker.model.RecordKind;
import saker.model.Signal;
import saker.model.SignalBits;
import saker.model.TickFlags;
import saker.order.OrderState;
import saker.position.Trade;
import saker.time.BrokerClock;

/**
 * A wish of a strategy becomes exactly one order action at the simulated broker: core, broker
 * session and venue, over the broker's own wire.
 */
class SignalActionsTest {
    private static final long PATIENCE_NS = 10_000_000_000L;

    private final JournalHarness journal = new JournalHarness();
    private final StrategyConfig strategy =
            Fixtures.strategy(
                    Fixtures.MAGIC,
                    StrategyConfig.FIRST_OWN_STRATEGY_ID,
                    "main",
                    "EURUSD",
                    Map.of(Fixtures.MAX_OPEN_ORDERS, 4.0));

    private VenueUnderTest venue;
    private Instrument eurusd;
    private BrokerSession session;
    private TradingCore core;
    private int fed;
    private int intentsBefore;
    private long transactionBefore;

    @BeforeEach
    void start() throws Exception {
        venue = new VenueUnderTest();
        eurusd = venue.instruments().get(0);
        session = venue.session(journal);
        core =
                new TradingCore(
                        venue.instruments(),
                        List.of(Fixtures.hedging("USD")),
                        List.of(strategy),
                        Fixtures.limits().build(),
                        journal,
                        new RecordedDecisions());
        venue.onSessionThread(
                () -> {
                    catchUp();
                    journal.boot(Desk.FIRST_BOOT, 0);
                    journal.feed(
                            new FeedStatus(
                                    0, FeedStatus.Feed.PRICES, FeedStatus.State.LIVE, 1, ""));
                    session.start(0, List.of());
                });
        settle(session::isReady);
    }

    @AfterEach
    void end() {
        venue.onSessionThread(session::stop);
        venue.close();
    }

    @Test
    void shouldOpenModifyAndCloseALongByOneActionEach() {
        signal(row(SignalBits.OPEN_BUY, 0.1, 0.01, 0.02));
        settle(() -> trades().size() == 1 && isAnswered());

        assertThat(newIntents()).extracting(OrderIntent::action).containsExactly(Action.OPEN);
        assertThat(newTransactions("MARKET_ORDER")).hasSize(1);
        assertThat(newTransactions("ORDER_FILL")).hasSize(1);
        assertThat(venue.openTrades()).hasSize(1);

        modifyAndClose(SignalBits.UPDATE_BUY, SignalBits.CLOSE_BUY);
    }

    @Test
    void shouldOpenModifyAndCloseAShortByOneActionEach() {
        signal(row(SignalBits.OPEN_SELL, 0.1, 0.01, 0.02));
        settle(() -> trades().size() == 1 && isAnswered());

        assertThat(newIntents()).extracting(OrderIntent::action).containsExactly(Action.OPEN);
        assertThat(newTransactions("MARKET_ORDER")).hasSize(1);
        assertThat(newTransactions("ORDER_FILL")).hasSize(1);
        assertThat(trades().get(0).unitsE4()).isEqualTo(-10_000_0000L);

        modifyAndClose(SignalBits.UPDATE_SELL, SignalBits.CLOSE_SELL);
    }

    @Test
    void shouldPlaceReplaceAndCancelAWaitingOrderByOneActionEach() {
        double price = venue.bidE8(eurusd) / 1e8 - 0.1;
        signal(row(-1, SignalBits.OPEN_BUY_LIMIT, 0.1, price, 0.005, 0.01));
        settle(() -> waiting().size() == 1 && isAccepted());
        PendingOrder first = waiting().get(0);

        assertThat(newIntents()).extracting(OrderIntent::action).containsExactly(Action.OPEN);
        assertThat(newTransactions("LIMIT_ORDER")).hasSize(1);

        signal(row(first.orderId(), SignalBits.UPDATE_BUY_LIMIT, 0.2, price - 0.01, 0.006, 0));
        settle(() -> waiting().get(0).orderId() != first.orderId() && isAccepted());
        PendingOrder second = waiting().get(0);

        assertThat(newIntents()).extracting(OrderIntent::action).containsExactly(Action.REPLACE);
        assertThat(newTransactions("ORDER_CANCEL")).hasSize(1);
        assertThat(newTransactions("LIMIT_ORDER")).hasSize(1);
        assertThat(waiting()).hasSize(1);
        assertThat(second.unitsE4()).isEqualTo(2 * first.unitsE4());
        assertThat(second.priceE8()).isEqualTo(first.priceE8() - 1_000_000);
        assertThat(second.stopLossE8()).isEqualTo(second.priceE8() - 600_000);
        assertThat(second.takeProfitE8()).isZero();

        signal(row(-1, SignalBits.CLOSE_BUY_LIMIT, 0, 0, 0, 0));
        settle(() -> waiting().isEmpty() && isAnswered());

        assertThat(newIntents()).extracting(OrderIntent::action).containsExactly(Action.CANCEL);
        assertThat(newTransactions("ORDER_CANCEL")).hasSize(1);
    }

    @Test
    void shouldForgetAWaitingOrderWhoseTimeIsUp() {
        long untilNs = venue.marketNowNs() + 10_000_000_000L;
        double price = venue.bidE8(eurusd) / 1e8 - 0.1;
        signal(
                new Signal.Row(
                        -1,
                        SignalBits.OPEN_BUY_LIMIT,
                        Fixtures.e8(0.1),
                        Fixtures.e8(price),
                        0,
                        0,
                        new BrokerClock().toBrokerNs(untilNs) / 1_000_000_000L));
        settle(() -> !newIntents().isEmpty() && isAnswered());

        assertThat(waiting()).isEmpty();
        assertThat(newTransactions("ORDER_CANCEL"))
                .singleElement()
                .matches(end -> end.path("reason").asText().equals("TIME_IN_FORCE_EXPIRED"));
        assertThat(core.orders(0).byClientId(newIntents().get(0).clientId()).state())
                .isEqualTo(OrderState.EXPIRED);
    }

    private void modifyAndClose(int update, int close) {
        long stopBefore = trades().get(0).stopLossE8();
        long ticket = trades().get(0).tradeId();

        signal(row(ticket, update, 0, 0, 0.009, 0.02));
        settle(() -> trades().get(0).stopLossE8() != stopBefore && isAnswered());

        assertThat(newIntents()).extracting(OrderIntent::action).containsExactly(Action.MODIFY);
        assertThat(newTransactions("MARKET_ORDER")).isEmpty();
        assertThat(newTransactions("STOP_LOSS_ORDER")).hasSize(1);
        assertThat(venue.openTrades()).containsExactly(ticket);

        signal(row(ticket, close, 0.04, 0, 0, 0));
        settle(() -> Math.abs(trades().get(0).unitsE4()) == 6_000_0000L && isAnswered());

        assertThat(newIntents()).extracting(OrderIntent::action).containsExactly(Action.CLOSE);
        assertThat(newTransactions("MARKET_ORDER")).hasSize(1);
        assertThat(newTransactions("ORDER_FILL")).hasSize(1);
        assertThat(venue.openTrades()).containsExactly(ticket);

        signal(row(Signal.ALL_TICKETS, close, 0, 0, 0, 0));
        settle(() -> trades().isEmpty() && isAnswered());

        assertThat(newIntents()).extracting(OrderIntent::action).containsExactly(Action.CLOSE);
        assertThat(newTransactions("MARKET_ORDER")).hasSize(1);
        assertThat(newTransactions("ORDER_FILL")).hasSize(1);
        assertThat(venue.openTrades()).isEmpty();
    }

    /** Remembers where intents and transactions stood, then asks on a fresh quote. */
    private void signal(Signal.Row row) {
        long bidE8 = venue.bidE8(eurusd);
        long askE8 = Math.max(bidE8, venue.askE8(eurusd));
        long marketNs = venue.marketNowNs();
        transactionBefore = venue.lastTransactionId();
        venue.onSessionThread(
                () -> {
                    intentsBefore = intents().size();
                    catchUp();
                    journal.marketAt(marketNs);
                    journal.tick(eurusd.id(), bidE8 / 1e8, askE8 / 1e8, TickFlags.TRADEABLE);
                    journal.signal(
                            new Signal(
                                    Fixtures.MAGIC,
                                    eurusd.id(),
                                    bidE8,
                                    askE8,
                                    0,
                                    false,
                                    List.of(row)));
                });
    }

    /**
     * The harness' clock is moved to the session's, which judges the age of an intent by its own.
     */
    private void catchUp() {
        long behindMs = System.currentTimeMillis() - journal.nowNs() / 1_000_000L;
        journal.advanceMs(Math.max(0, behindMs));
    }

    /** Core and session read on the session's thread until the condition holds there. */
    private void settle(BooleanSupplier condition) {
        long endNs = System.nanoTime() + PATIENCE_NS;
        AtomicBoolean holds = new AtomicBoolean();
        while (!holds.get()) {
            venue.onSessionThread(
                    () -> {
                        readOn();
                        holds.set(condition.getAsBoolean());
                    });
            assertThat(System.nanoTime())
                    .as(
                            "%s %s %s",
                            facts(RecordKind.ORDER_INTENT),
                            facts(RecordKind.RISK_DECISION),
                            facts(RecordKind.ENGINE_STATE))
                    .isLessThan(endNs);
        }
    }

    private void readOn() {
        while (fed < journal.size()) {
            JournalHarness.Entry entry = journal.entries().get(fed++);
            core.onRecord(entry);
            if (entry.kind() == RecordKind.ORDER_INTENT) {
                int result =
                        session.submit(
                                new RecordedIntent(entry.index(), (OrderIntent) entry.fact()));
                assertThat(result).isEqualTo(BrokerSession.ACCEPTED);
            }
        }
    }

    private List<Trade> trades() {
        return core.ledger(0).trades();
    }

    private List<PendingOrder> waiting() {
        List<PendingOrder> orders = new ArrayList<>();
        core.ledger(0).pendingOrders().forEach(orders::add);
        return orders;
    }

    /** Whether all that is live waits at the broker. */
    private boolean isAccepted() {
        return core.orders(0).live().stream()
                .allMatch(order -> order.state() == OrderState.ACCEPTED);
    }

    private boolean isAnswered() {
        return core.orders(0).live().isEmpty();
    }

    private List<OrderIntent> newIntents() {
        List<OrderIntent> all = intents();
        return all.subList(intentsBefore, all.size());
    }

    private List<OrderIntent> intents() {
        List<OrderIntent> intents = new ArrayList<>();
        facts(RecordKind.ORDER_INTENT).forEach(fact -> intents.add((OrderIntent) fact));
        return intents;
    }

    private List<Object> facts(RecordKind kind) {
        List<Object> facts = new ArrayList<>();
        for (JournalHarness.Entry entry : List.copyOf(journal.entries())) {
            if (entry.kind() == kind) {
                facts.add(entry.fact());
            }
        }
        return facts;
    }

    private List<JsonNode> newTransactions(String type) {
        List<JsonNode> found = new ArrayList<>();
        venue.account("GET", "/transactions/sinceid?id=" + transactionBefore, "")
                .path("transactions")
                .forEach(
                        transaction -> {
                            if (transaction.path("type").asText().equals(type)) {
                                found.add(transaction);
                            }
                        });
        return found;
    }
}
