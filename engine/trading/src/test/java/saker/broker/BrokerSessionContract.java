package saker.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import saker.broker.BrokerSession.RecordedIntent;
import saker.model.BarPeriod;
import saker.model.Bars;
import saker.model.BrokerEvent;
import saker.model.BrokerEvent.PendingOrder;
import saker.model.BrokerEvent.TradeEffect;
import saker.model.BrokerEvent.TradeEffect.Effect;
import saker.model.BrokerEvent.Type;
import saker.model.Instrument;
import saker.model.OrderIntent;
import saker.model.OrderIntent.Action;
import saker.model.OrderIntent.OrderType;

/** What every adapter must do, run against a broker over its own wire. */
public abstract class BrokerSessionContract {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long NANOS = 1_000_000_000L;
    private static final long UNITS_E4 = 10_000_0000L;
    private static final AtomicLong NEXT_INDEX = new AtomicLong(1_000);

    protected final RecordingJournal journal = new RecordingJournal();
    private BrokerUnderTest broker;
    private BrokerSession session;
    private Instrument eurusd;

    protected abstract BrokerUnderTest open() throws Exception;

    @BeforeEach
    void connect() throws Exception {
        broker = open();
        eurusd = broker.instruments().get(0);
        session = broker.session(journal);
    }

    @AfterEach
    void end() throws Exception {
        try {
            assertEachTransactionOnceAndInOrder();
        } finally {
            broker.onSessionThread(session::stop);
            broker.close();
        }
    }

    @Test
    void shouldBeReadyAfterASnapshotOfTheAccount() {
        start();

        BrokerEvent snapshot = single(Type.ACCOUNT_SNAPSHOT);
        assertThat(snapshot.balanceE8()).isPositive();
        assertThat(snapshot.reason()).isEqualTo("USD");
        assertThat(snapshot.transactionId()).isEqualTo(broker.lastTransactionId());
    }

    @Test
    void shouldTakeNothingBeforeItIsReady() {
        AtomicInteger result = new AtomicInteger();

        broker.onSessionThread(() -> result.set(session.submit(buy())));

        assertThat(result).hasValue(BrokerSession.DISCONNECTED);
        assertThat(journal.events()).isEmpty();
    }

    @Test
    void shouldOpenAMarketOrderWithItsStops() {
        start();
        long stopE8 = broker.bidE8(eurusd) - 100 * eurusd.pipE8();
        long targetE8 = broker.askE8(eurusd) + 100 * eurusd.pipE8();
        RecordedIntent intent = open(OrderType.MARKET, UNITS_E4, 0, stopE8, targetE8);

        submit(intent);
        BrokerEvent fill = awaitOf(intent, Type.ORDER_FILLED);
        awaitOf(intent, Type.REQUEST_ANSWERED);

        TradeEffect opened = fill.effects().get(0);
        assertThat(opened.effect()).isEqualTo(Effect.OPENED);
        assertThat(opened.unitsE4()).isEqualTo(UNITS_E4);
        assertThat(opened.tradeId()).isEqualTo(fill.tradeId());
        assertThat(fill.clientId()).isEqualTo(intent.intent().clientId());
        assertThat(fill.instrumentId()).isEqualTo(eurusd.id());
        assertThat(fill.priceE8()).isPositive();
        assertThat(broker.openTrades()).containsExactly(fill.tradeId());
        assertThat(exit(fill.tradeId(), PendingOrder.Kind.STOP_LOSS).priceE8()).isEqualTo(stopE8);
        assertThat(exit(fill.tradeId(), PendingOrder.Kind.TAKE_PROFIT).priceE8())
                .isEqualTo(targetE8);
        assertThat(of(intent).get(0).type()).isEqualTo(Type.REQUEST_SENT);
    }

    @Test
    void shouldModifyTheStopsOfATrade() {
        start();
        long stopE8 = broker.bidE8(eurusd) - 100 * eurusd.pipE8();
        long tradeId = openTrade(stopE8, 0);
        long movedE8 = stopE8 - 10 * eurusd.pipE8();
        RecordedIntent intent = modify(tradeId, movedE8, OrderIntent.UNCHANGED);

        submit(intent);
        awaitOf(intent, Type.REQUEST_ANSWERED);
        BrokerEvent created = awaitOf(intent, Type.ORDER_CREATED);

        PendingOrder stop = created.pending().get(0);
        assertThat(stop.kind()).isEqualTo(PendingOrder.Kind.STOP_LOSS);
        assertThat(stop.tradeId()).isEqualTo(tradeId);
        assertThat(stop.priceE8()).isEqualTo(movedE8);
        assertThat(of(intent)).anyMatch(event -> event.type() == Type.ORDER_CANCELLED);
    }

    @Test
    void shouldCloseATradeInParts() {
        start();
        long tradeId = openTrade(0, 0);
        RecordedIntent half = close(tradeId, UNITS_E4 / 2);
        RecordedIntent rest = close(tradeId, 0);

        submit(half);
        BrokerEvent reduced = awaitOf(half, Type.ORDER_FILLED);
        awaitOf(half, Type.REQUEST_ANSWERED);
        submit(rest);
        BrokerEvent closed = awaitOf(rest, Type.ORDER_FILLED);
        awaitOf(rest, Type.REQUEST_ANSWERED);

        assertThat(reduced.effects()).hasSize(1);
        assertThat(reduced.effects().get(0).effect()).isEqualTo(Effect.REDUCED);
        assertThat(reduced.effects().get(0).unitsE4()).isEqualTo(-UNITS_E4 / 2);
        assertThat(closed.effects().get(0).effect()).isEqualTo(Effect.CLOSED);
        assertThat(closed.effects().get(0).tradeId()).isEqualTo(tradeId);
        assertThat(closed.balanceE8())
                .isEqualTo(reduced.balanceE8() + closed.realizedPlE8() + closed.financingE8());
        assertThat(broker.openTrades()).isEmpty();
    }

    @Test
    void shouldLetOnlyOneUnansweredCloseOfATradeOut() {
        start();
        long tradeId = openTrade(0, 0);
        RecordedIntent first = close(tradeId, 0);
        RecordedIntent second = close(tradeId, 0);
        List<Integer> results = new ArrayList<>();

        broker.onSessionThread(
                () -> {
                    results.add(session.submit(first));
                    results.add(session.submit(second));
                });
        awaitOf(first, Type.REQUEST_ANSWERED);

        assertThat(results).containsExactly(BrokerSession.ACCEPTED, BrokerSession.BACK_PRESSURED);
        assertThat(of(second)).isEmpty();
    }

    @Test
    void shouldPlaceAndCancelAPendingOrder() {
        start();
        RecordedIntent limit = limitFarAway();

        submit(limit);
        BrokerEvent created = awaitOf(limit, Type.ORDER_CREATED);
        awaitOf(limit, Type.REQUEST_ANSWERED);
        RecordedIntent cancel = cancel(created.orderId());
        submit(cancel);
        BrokerEvent cancelled = awaitOf(cancel, Type.ORDER_CANCELLED);
        awaitOf(cancel, Type.REQUEST_ANSWERED);

        assertThat(created.pending().get(0).kind()).isEqualTo(PendingOrder.Kind.LIMIT);
        assertThat(created.clientId()).isEqualTo(limit.intent().clientId());
        assertThat(cancelled.orderId()).isEqualTo(created.orderId());
    }

    @Test
    void shouldSayAllOfAWaitingOrderAndNoLessInASnapshot() {
        start();
        RecordedIntent limit = limitFarAway(marketNowNs() / NANOS * NANOS + 3_600 * NANOS);

        submit(limit);
        PendingOrder created = awaitOf(limit, Type.ORDER_CREATED).pending().get(0);
        awaitOf(limit, Type.REQUEST_ANSWERED);
        RecordingJournal second = restart(0, List.of());

        assertThat(created.stopLossE8()).isEqualTo(limit.intent().stopLossE8());
        assertThat(created.takeProfitE8()).isEqualTo(limit.intent().takeProfitE8());
        assertThat(created.expiryNs()).isEqualTo(limit.intent().expiryNs());
        assertThat(created.createdNs()).isPositive().isLessThan(created.expiryNs());
        assertThat(second.events()).singleElement();
        assertThat(second.events().get(0).pending()).containsExactly(created);
    }

    @Test
    void shouldReportTheEndOfAnOrderWhoseTimeIsUp() {
        start();
        RecordedIntent limit = limitFarAway(marketNowNs() / NANOS * NANOS + 8 * NANOS);

        submit(limit);
        long orderId = awaitOf(limit, Type.ORDER_CREATED).orderId();
        BrokerEvent ended = awaitOf(limit, Type.ORDER_CANCELLED);

        assertThat(ended.orderId()).isEqualTo(orderId);
        assertThat(ended.reason()).isEqualTo("TIME_IN_FORCE_EXPIRED");
        assertThat(ended.brokerTimeNs()).isGreaterThanOrEqualTo(limit.intent().expiryNs());
    }

    @Test
    void shouldReplaceAWaitingOrder() {
        start();
        RecordedIntent limit = limitFarAway(0);
        long orderId = place(limit);
        RecordedIntent intent = replace(orderId, 2 * UNITS_E4);

        submit(intent);
        BrokerEvent created = awaitOf(intent, Type.ORDER_CREATED);
        awaitOf(intent, Type.REQUEST_ANSWERED);

        assertReplaced(orderId, intent, created);
        assertThat(of(intent)).noneMatch(event -> event.type() == Type.ORDER_CANCELLED);
        RecordedIntent cancel = cancel(created.orderId());
        submit(cancel);
        awaitOf(cancel, Type.ORDER_CANCELLED);
    }

    @Test
    void shouldFindTheReplacementWhoseAnswerWasLost() {
        start();
        RecordedIntent limit = limitFarAway(0);
        long orderId = place(limit);
        RecordedIntent intent = replace(orderId, UNITS_E4);
        broker.loseNextAnswer(Action.REPLACE);

        submit(intent);
        BrokerEvent created = awaitOf(intent, Type.ORDER_CREATED);
        awaitNothingOpen(intent);

        assertReplaced(orderId, intent, created);
        assertThat(of(intent)).noneMatch(event -> event.type() == Type.NOT_SENT);
        assertThat(broker.ordersOf(intent.intent().clientId())).isEqualTo(1);
    }

    @Test
    void shouldProveThatALostReplacementLeftTheOrderAlone() {
        start();
        long orderId = place(limitFarAway(0));
        RecordedIntent intent = replace(orderId, UNITS_E4);
        broker.dropNextRequest(Action.REPLACE);

        submit(intent);
        awaitOf(intent, Type.NOT_SENT);

        assertThat(of(intent))
                .extracting(BrokerEvent::type)
                .containsExactly(Type.REQUEST_SENT, Type.REQUEST_UNKNOWN, Type.NOT_SENT);
        assertThat(broker.ordersOf(intent.intent().clientId())).isZero();
        RecordedIntent cancel = cancel(orderId);
        submit(cancel);
        awaitOf(cancel, Type.ORDER_CANCELLED);
    }

    @Test
    void shouldRejectTheReplacementOfAnOrderThatIsGone() {
        start();
        long orderId = place(limitFarAway(0));
        RecordedIntent cancel = cancel(orderId);
        submit(cancel);
        awaitOf(cancel, Type.REQUEST_ANSWERED);
        RecordedIntent intent = replace(orderId, UNITS_E4);

        submit(intent);
        awaitOf(intent, Type.REQUEST_REFUSED);
        BrokerEvent rejected = awaitOf(intent, Type.ORDER_REJECTED);

        assertThat(rejected.reason()).isEqualTo("ORDER_DOESNT_EXIST");
        assertThat(broker.ordersOf(intent.intent().clientId())).isZero();
    }

    @Test
    void shouldFindTheEvidenceOfReplacementsThatAreUnresolvedAtStart() {
        start();
        long first = place(limitFarAway(0));
        long second = place(limitFarAway(0));
        long known = broker.lastTransactionId();
        RecordedIntent executed = replace(first, UNITS_E4);
        submit(executed);
        awaitOf(executed, Type.REQUEST_ANSWERED);
        RecordedIntent lost = replace(second, UNITS_E4);

        RecordingJournal events = restart(known, List.of(executed, lost));

        assertThat(events.events())
                .filteredOn(event -> event.intent() == executed.index())
                .extracting(BrokerEvent::type)
                .containsExactly(Type.ORDER_CREATED);
        assertThat(events.events())
                .filteredOn(event -> event.intent() == lost.index())
                .extracting(BrokerEvent::type)
                .containsExactly(Type.NOT_SENT);
    }

    @Test
    void shouldReportAnOrderThatTheBrokerRejects() {
        start();
        long absurdE8 = broker.askE8(eurusd) / 2 + 1; // More decimals than the instrument has.
        RecordedIntent intent = open(OrderType.LIMIT, UNITS_E4, absurdE8, 0, 0);

        submit(intent);
        BrokerEvent refused = awaitOf(intent, Type.REQUEST_REFUSED);
        BrokerEvent rejected = awaitOf(intent, Type.ORDER_REJECTED);

        assertThat(refused.httpStatus()).isBetween(400, 499);
        assertThat(refused.reason()).contains("PRICE_PRECISION_EXCEEDED");
        assertThat(rejected.reason()).contains("PRICE_PRECISION_EXCEEDED");
    }

    @Test
    void shouldRefuseACloseOfAnUnknownTrade() {
        start();
        RecordedIntent intent = close(999_999, 0);

        submit(intent);

        assertThat(awaitOf(intent, Type.REQUEST_REFUSED).httpStatus()).isBetween(400, 499);
    }

    @Test
    void shouldDropAnOrderWhoseDeadlineHasPassed() {
        start();
        RecordedIntent intent =
                recorded(Action.OPEN, OrderType.MARKET, UNITS_E4, 0, 0, 0, 0, 0, 0, 1);

        submit(intent);
        awaitOf(intent, Type.NOT_SENT);

        assertThat(of(intent)).extracting(BrokerEvent::type).containsExactly(Type.NOT_SENT);
        assertThat(broker.openTrades()).isEmpty();
    }

    @Test
    void shouldReportTradesOfOtherClients() {
        start();

        long tradeId = broker.openElsewhere(eurusd, UNITS_E4);
        BrokerEvent fill = awaitEvent("fill", event -> event.tradeId() == tradeId);

        assertThat(fill.type()).isEqualTo(Type.ORDER_FILLED);
        assertThat(fill.intent()).isZero();
    }

    @Test
    void shouldRecoverFillsThatHappenedWhileTheStreamWasDown() {
        start();
        List<Long> trades = new ArrayList<>();

        broker.interruptEvents(
                () -> {
                    awaitReady(false);
                    trades.add(broker.openElsewhere(eurusd, UNITS_E4));
                    trades.add(broker.openElsewhere(eurusd, UNITS_E4));
                });
        awaitReady(true);

        List<BrokerEvent> events = journal.events();
        assertThat(events)
                .filteredOn(event -> event.type() == Type.ORDER_FILLED)
                .extracting(BrokerEvent::tradeId)
                .containsExactlyElementsOf(trades);
        BrokerEvent last = events.get(events.size() - 1);
        assertThat(last.type()).isEqualTo(Type.ACCOUNT_SNAPSHOT);
        assertThat(last.effects())
                .extracting(TradeEffect::tradeId)
                .containsExactlyInAnyOrderElementsOf(trades);
    }

    @Test
    void shouldFindTheFillWhoseAnswerWasLost() {
        start();
        RecordedIntent intent = buy();
        broker.loseNextAnswer(Action.OPEN);

        submit(intent);
        BrokerEvent fill = awaitOf(intent, Type.ORDER_FILLED);
        awaitNothingOpen(intent);

        assertThat(broker.openTrades()).containsExactly(fill.tradeId());
        assertThat(broker.ordersOf(intent.intent().clientId())).isEqualTo(1);
        assertThat(of(intent)).noneMatch(event -> event.type() == Type.NOT_SENT);
    }

    @Test
    void shouldFindTheCloseWhoseAnswerWasLost() {
        start();
        long tradeId = openTrade(0, 0);
        RecordedIntent intent = close(tradeId, 0);
        broker.loseNextAnswer(Action.CLOSE);

        submit(intent);
        awaitOf(intent, Type.ORDER_FILLED);
        awaitNothingOpen(intent);

        assertThat(broker.openTrades()).isEmpty();
        assertThat(of(intent)).noneMatch(event -> event.type() == Type.NOT_SENT);
    }

    @Test
    void shouldFindTheModificationWhoseAnswerWasLost() {
        start();
        long stopE8 = broker.bidE8(eurusd) - 100 * eurusd.pipE8();
        long tradeId = openTrade(stopE8, 0);
        RecordedIntent intent = modify(tradeId, 0, broker.askE8(eurusd) + 100 * eurusd.pipE8());
        broker.loseNextAnswer(Action.MODIFY);

        submit(intent);
        awaitOf(intent, Type.ORDER_CREATED);
        awaitNothingOpen(intent);

        assertThat(of(intent)).anyMatch(event -> event.type() == Type.ORDER_CANCELLED);
        assertThat(of(intent)).noneMatch(event -> event.type() == Type.NOT_SENT);
    }

    @Test
    void shouldFindTheCancelWhoseAnswerWasLost() {
        start();
        RecordedIntent limit = limitFarAway();
        submit(limit);
        long orderId = awaitOf(limit, Type.ORDER_CREATED).orderId();
        awaitOf(limit, Type.REQUEST_ANSWERED);
        RecordedIntent intent = cancel(orderId);
        broker.loseNextAnswer(Action.CANCEL);

        submit(intent);
        awaitOf(intent, Type.ORDER_CANCELLED);
        awaitNothingOpen(intent);

        assertThat(of(intent)).noneMatch(event -> event.type() == Type.NOT_SENT);
    }

    @Test
    void shouldProveThatALostRequestWasNeverExecutedAndNotRepeatIt() {
        start();
        RecordedIntent intent = buy();
        broker.dropNextRequest(Action.OPEN);

        submit(intent);
        awaitOf(intent, Type.NOT_SENT);

        assertThat(of(intent))
                .extracting(BrokerEvent::type)
                .containsExactly(Type.REQUEST_SENT, Type.REQUEST_UNKNOWN, Type.NOT_SENT);
        assertThat(broker.ordersOf(intent.intent().clientId())).isZero();
        assertThat(broker.openTrades()).isEmpty();
    }

    @Test
    void shouldFindTheEvidenceOfAnIntentThatIsUnresolvedAtStart() {
        start();
        long known = broker.lastTransactionId();
        RecordedIntent executed = buy();
        submit(executed);
        awaitOf(executed, Type.REQUEST_ANSWERED);
        RecordedIntent lost = buy();

        List<BrokerEvent> events = restart(known, List.of(executed, lost)).events();

        assertThat(events)
                .filteredOn(event -> event.type() == Type.ORDER_FILLED)
                .extracting(BrokerEvent::intent)
                .containsExactly(executed.index());
        assertThat(events)
                .filteredOn(event -> event.intent() == lost.index())
                .extracting(BrokerEvent::type)
                .containsExactly(Type.NOT_SENT);
        assertThat(events.get(events.size() - 1).type()).isEqualTo(Type.ACCOUNT_SNAPSHOT);
    }

    @Test
    void shouldReadItsInstruments() throws Exception {
        List<String> symbols = broker.instruments().stream().map(Instrument::symbol).toList();

        List<Instrument> read =
                session.instruments(symbols).toCompletableFuture().get(20, TimeUnit.SECONDS);

        assertThat(read).extracting(Instrument::symbol).containsExactlyElementsOf(symbols);
        assertThat(read).extracting(Instrument::id).startsWith(0);
    }

    @Test
    void shouldReadCompletedCandlesBeforeATime() throws Exception {
        start();
        long beforeNs = single(Type.ACCOUNT_SNAPSHOT).brokerTimeNs();
        long nowNs = beforeNs > 0 ? beforeNs : marketNowNs();

        List<Bars.Bar> bars =
                session.candles(eurusd, BarPeriod.H1, 50, nowNs)
                        .toCompletableFuture()
                        .get(20, TimeUnit.SECONDS);

        assertThat(bars).hasSize(50);
        assertThat(bars).extracting(Bars.Bar::startNs).isSorted();
        assertThat(bars.get(49).startNs() + BarPeriod.H1.lengthNs()).isLessThanOrEqualTo(nowNs);
    }

    /** Market time of the broker now. */
    protected abstract long marketNowNs();

    // What the tests are made of.

    private void start() {
        broker.onSessionThread(() -> session.start(0, List.of()));
        awaitReady(true);
    }

    private void awaitReady(boolean ready) {
        journal.await("ready=" + ready, PATIENCE, () -> isReady() == ready);
    }

    private boolean isReady() {
        return session.isReady();
    }

    private void submit(RecordedIntent intent) {
        AtomicInteger result = new AtomicInteger(Integer.MIN_VALUE);
        broker.onSessionThread(() -> result.set(session.submit(intent)));
        assertThat(result).hasValue(BrokerSession.ACCEPTED);
    }

    private long openTrade(long stopE8, long targetE8) {
        RecordedIntent intent = open(OrderType.MARKET, UNITS_E4, 0, stopE8, targetE8);
        submit(intent);
        awaitOf(intent, Type.REQUEST_ANSWERED);
        return awaitOf(intent, Type.ORDER_FILLED).tradeId();
    }

    private RecordedIntent buy() {
        return open(OrderType.MARKET, UNITS_E4, 0, 0, 0);
    }

    private RecordedIntent limitFarAway() {
        return limitFarAway(0);
    }

    /** With a stop and a target. */
    private RecordedIntent limitFarAway(long expiryNs) {
        return farAway(Action.OPEN, 1_000, UNITS_E4, expiryNs, 0);
    }

    private RecordedIntent replace(long orderId, long unitsE4) {
        long expiryNs = marketNowNs() / NANOS * NANOS + 3_600 * NANOS;
        return farAway(Action.REPLACE, 1_100, unitsE4, expiryNs, orderId);
    }

    private RecordedIntent farAway(
            Action action, int pips, long unitsE4, long expiryNs, long orderId) {
        long priceE8 = broker.bidE8(eurusd) - pips * eurusd.pipE8();
        return recorded(
                action,
                OrderType.LIMIT,
                unitsE4,
                priceE8,
                priceE8 - 100 * eurusd.pipE8(),
                priceE8 + 200 * eurusd.pipE8(),
                expiryNs,
                0,
                orderId,
                Long.MAX_VALUE);
    }

    private long place(RecordedIntent intent) {
        submit(intent);
        awaitOf(intent, Type.REQUEST_ANSWERED);
        return awaitOf(intent, Type.ORDER_CREATED).orderId();
    }

    private void assertReplaced(long orderId, RecordedIntent intent, BrokerEvent created) {
        BrokerEvent ended =
                awaitEvent(
                        "end of " + orderId,
                        event ->
                                event.type() == Type.ORDER_CANCELLED && event.orderId() == orderId);
        PendingOrder order = created.pending().get(0);
        assertThat(ended.reason()).isEqualTo("CLIENT_REQUEST_REPLACED");
        assertThat(ended.transactionId()).isLessThan(created.transactionId());
        assertThat(created.clientId()).isEqualTo(intent.intent().clientId());
        assertThat(order.orderId()).isNotEqualTo(orderId);
        assertThat(order.unitsE4()).isEqualTo(intent.intent().unitsE4());
        assertThat(order.priceE8()).isEqualTo(intent.intent().priceE8());
        assertThat(order.stopLossE8()).isEqualTo(intent.intent().stopLossE8());
        assertThat(order.takeProfitE8()).isEqualTo(intent.intent().takeProfitE8());
        assertThat(order.expiryNs()).isEqualTo(intent.intent().expiryNs());
    }

    /** Another session on the same account, after it has reconciled. */
    private RecordingJournal restart(long known, List<RecordedIntent> unresolved) {
        broker.onSessionThread(session::stop);
        RecordingJournal events = new RecordingJournal();
        BrokerSession restarted = broker.session(events);
        broker.onSessionThread(() -> restarted.start(known, unresolved));
        events.await("ready", PATIENCE, restarted::isReady);
        broker.onSessionThread(restarted::stop);
        return events;
    }

    private RecordedIntent open(
            OrderType type, long unitsE4, long priceE8, long stopE8, long targetE8) {
        return recorded(
                Action.OPEN, type, unitsE4, priceE8, stopE8, targetE8, 0, 0, 0, Long.MAX_VALUE);
    }

    private RecordedIntent modify(long tradeId, long stopE8, long targetE8) {
        return recorded(
                Action.MODIFY,
                OrderType.MARKET,
                0,
                0,
                stopE8,
                targetE8,
                0,
                tradeId,
                0,
                Long.MAX_VALUE);
    }

    private RecordedIntent close(long tradeId, long unitsE4) {
        return recorded(
                Action.CLOSE, OrderType.MARKET, unitsE4, 0, 0, 0, 0, tradeId, 0, Long.MAX_VALUE);
    }

    private RecordedIntent cancel(long orderId) {
        return recorded(Action.CANCEL, OrderType.LIMIT, 0, 0, 0, 0, 0, 0, orderId, Long.MAX_VALUE);
    }

    private RecordedIntent recorded(
            Action action,
            OrderType type,
            long unitsE4,
            long priceE8,
            long stopE8,
            long targetE8,
            long expiryNs,
            long tradeId,
            long orderId,
            long deadlineNs) {
        long index = NEXT_INDEX.incrementAndGet();
        OrderIntent intent =
                new OrderIntent(
                        action,
                        type,
                        0,
                        eurusd.id(),
                        42,
                        "%016x-%x".formatted(0x5A6E_0000_1234_5678L, index),
                        unitsE4,
                        priceE8,
                        stopE8,
                        targetE8,
                        expiryNs,
                        tradeId,
                        orderId,
                        0,
                        broker.lastTransactionId(),
                        deadlineNs,
                        0,
                        0);
        return new RecordedIntent(index, intent);
    }

    private List<BrokerEvent> of(RecordedIntent intent) {
        return journal.events().stream().filter(event -> event.intent() == intent.index()).toList();
    }

    private BrokerEvent awaitOf(RecordedIntent intent, Type type) {
        return awaitEvent(
                type + " of " + intent.index(),
                event -> event.intent() == intent.index() && event.type() == type);
    }

    private BrokerEvent awaitEvent(String what, Predicate<BrokerEvent> wanted) {
        journal.await(what, PATIENCE, () -> find(wanted).isPresent());
        return find(wanted).orElseThrow();
    }

    /** The answer is lost: it ends as unknown, or as answered where the evidence came first. */
    private void awaitNothingOpen(RecordedIntent intent) {
        awaitEvent(
                "outcome of " + intent.index(),
                event ->
                        event.intent() == intent.index()
                                && (event.type() == Type.REQUEST_UNKNOWN
                                        || event.type() == Type.REQUEST_ANSWERED));
    }

    private Optional<BrokerEvent> find(Predicate<BrokerEvent> wanted) {
        return journal.events().stream().filter(wanted).findFirst();
    }

    private BrokerEvent single(Type type) {
        List<BrokerEvent> found =
                journal.events().stream().filter(event -> event.type() == type).toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private PendingOrder exit(long tradeId, PendingOrder.Kind kind) {
        Predicate<PendingOrder> wanted =
                order -> order.tradeId() == tradeId && order.kind() == kind;
        return awaitEvent(kind.name(), event -> event.pending().stream().anyMatch(wanted))
                .pending()
                .stream()
                .filter(wanted)
                .findFirst()
                .orElseThrow();
    }

    private void assertEachTransactionOnceAndInOrder() {
        long last = 0;
        for (BrokerEvent event : journal.events()) {
            boolean transaction =
                    event.transactionId() > 0 && event.type() != Type.ACCOUNT_SNAPSHOT;
            if (transaction) {
                assertThat(last == 0 || event.transactionId() == last + 1)
                        .as("transaction %d after %d", event.transactionId(), last)
                        .isTrue();
                last = event.transactionId();
            }
        }
    }
}
