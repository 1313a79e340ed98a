package saker.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import saker.broker.BrokerSession.RecordedIntent;
import saker.model.BrokerEvent;
import saker.model.BrokerEvent.PendingOrder;
import saker.model.BrokerEvent.TradeEffect;
import saker.model.BrokerEvent.TradeEffect.Effect;
import saker.model.BrokerEvent.Type;
import saker.model.FeedStatus;
import saker.model.FixedPoint;
import saker.model.OrderIntent;

/**
 * A broker with its own truth, and the session that speaks for it. Executes every intent once, at
 * the quote it names; can refuse, lose an answer, or lose a request.
 */
final class ScriptedBroker {
    enum Mode {
        FILL,
        REJECT,
        /** Executes, but the answer and the transactions stay away until {@link #reconnect}. */
        LOSE_ANSWER,
        /** Never arrives at the broker. */
        LOSE_REQUEST
    }

    record Open(long tradeId, OrderIntent intent, long unitsE4, long stopE8, long targetE8) {}

    private final JournalHarness journal;
    private final TreeMap<Long, Open> trades = new TreeMap<>();
    private final TreeMap<Long, OrderIntent> waiting = new TreeMap<>();
    private final List<BrokerEvent> transactions = new ArrayList<>();
    private final Set<String> executed = new HashSet<>();
    private final List<String> doubled = new ArrayList<>();
    private final ArrayDeque<RecordedIntent> late = new ArrayDeque<>();
    private int toDelay;
    private int told; // Transactions the session has passed on.
    private long lastId = 100;
    private long balanceE8 = Fixtures.e8(100_000);
    private Mode mode = Mode.FILL;

    ScriptedBroker(JournalHarness journal) {
        this.journal = journal;
    }

    void mode(Mode mode) {
        this.mode = mode;
    }

    /** So many requests from now on stay under way until they {@link #arrive}. */
    void delay(int requests) {
        toDelay = requests;
    }

    /** The oldest request under way reaches the broker. */
    void arrive() {
        RecordedIntent request = late.remove();
        receive(request.index(), request.intent());
    }

    TreeMap<Long, Open> trades() {
        return trades;
    }

    TreeMap<Long, OrderIntent> waiting() {
        return waiting;
    }

    /** Client ids that arrived twice: must stay empty. */
    List<String> doubled() {
        return doubled;
    }

    long balanceE8() {
        return balanceE8;
    }

    /** Streams up, history since {@code last}, evidence for the unresolved, then the snapshot. */
    void connect(long last, List<RecordedIntent> unresolved) {
        streams(FeedStatus.State.LIVE);
        for (BrokerEvent transaction : List.copyOf(transactions)) {
            if (last > 0 && transaction.transactionId() > last) {
                journal.broker(transaction);
            }
        }
        told = transactions.size();
        for (RecordedIntent intent : unresolved) {
            boolean done = executed.contains(intent.intent().clientId());
            journal.broker(
                    BrokerEvent.of(done ? Type.REQUEST_ANSWERED : Type.NOT_SENT, 0)
                            .intent(intent.index())
                            .build());
        }
        journal.broker(snapshot());
    }

    void disconnect() {
        streams(FeedStatus.State.DISCONNECTED);
    }

    void streams(FeedStatus.State state) {
        journal.feed(new FeedStatus(0, FeedStatus.Feed.PRICES, state, 1, ""));
        journal.feed(new FeedStatus(0, FeedStatus.Feed.TRANSACTIONS, state, 1, ""));
    }

    BrokerEvent snapshot() {
        List<TradeEffect> open = new ArrayList<>();
        for (Open trade : trades.values()) {
            open.add(effect(Effect.OPEN, trade, trade.unitsE4, trade.intent.quoteE8(), 0));
        }
        List<PendingOrder> orders = new ArrayList<>();
        waiting.forEach((id, intent) -> orders.add(pending(id, intent)));
        return BrokerEvent.of(Type.ACCOUNT_SNAPSHOT, 0)
                .transactionId(lastId)
                .balanceE8(balanceE8)
                .reason("USD")
                .effects(open)
                .pending(orders)
                .build();
    }

    void submit(long index, OrderIntent intent) {
        journal.broker(BrokerEvent.of(Type.REQUEST_SENT, 0).intent(index).build());
        if (toDelay > 0) {
            toDelay--;
            late.add(new RecordedIntent(index, intent));
            return;
        }
        if (mode == Mode.LOSE_REQUEST) {
            journal.broker(BrokerEvent.of(Type.REQUEST_UNKNOWN, 0).intent(index).build());
            return;
        }
        receive(index, intent);
    }

    private void receive(long index, OrderIntent intent) {
        if (!executed.add(intent.clientId())) {
            doubled.add(intent.clientId());
        }
        execute(index, intent);
        if (mode == Mode.LOSE_ANSWER) {
            journal.broker(BrokerEvent.of(Type.REQUEST_UNKNOWN, 0).intent(index).build());
            return;
        }
        tell();
        journal.broker(BrokerEvent.of(Type.REQUEST_ANSWERED, 0).intent(index).build());
    }

    /** Somebody else opens a trade. */
    void external(long unitsE4, String clientId) {
        long id = ++lastId;
        OrderIntent by =
                new OrderIntent(
                        OrderIntent.Action.OPEN,
                        OrderIntent.OrderType.MARKET,
                        0,
                        Fixtures.EURUSD,
                        0,
                        clientId,
                        unitsE4,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        Fixtures.e8(1.1),
                        0,
                        Long.MAX_VALUE,
                        0,
                        0);
        Open trade = new Open(id, by, unitsE4, 0, 0);
        trades.put(id, trade);
        add(
                event(Type.ORDER_FILLED, 0, by)
                        .orderId(id - 1)
                        .unitsE4(unitsE4)
                        .effects(List.of(effect(Effect.OPENED, trade, unitsE4, by.quoteE8(), 0))));
        tell();
    }

    private void execute(long index, OrderIntent intent) {
        if (mode == Mode.REJECT) {
            add(event(Type.ORDER_REJECTED, index, intent).reason("MARKET_HALTED"));
            return;
        }
        switch (intent.action()) {
            case OPEN -> {
                if (intent.type() == OrderIntent.OrderType.MARKET) {
                    open(index, intent);
                } else {
                    place(index, intent);
                }
            }
            case REPLACE -> replace(index, intent);
            case CLOSE -> close(index, intent);
            case MODIFY -> modify(index, intent);
            case CANCEL -> {
                OrderIntent cancelled = waiting.remove(intent.orderId());
                Type type = cancelled == null ? Type.ORDER_REJECTED : Type.ORDER_CANCELLED;
                add(event(type, index, intent).orderId(intent.orderId()).reason("CLIENT_REQUEST"));
            }
        }
    }

    private void place(long index, OrderIntent intent) {
        long id = lastId + 1;
        waiting.put(id, intent);
        add(
                event(Type.ORDER_CREATED, index, intent)
                        .orderId(id)
                        .pending(List.of(pending(id, intent))));
    }

    private void replace(long index, OrderIntent intent) {
        OrderIntent replaced = waiting.remove(intent.orderId());
        if (replaced == null) {
            add(
                    event(Type.ORDER_REJECTED, index, intent)
                            .orderId(intent.orderId())
                            .reason("ORDER_DOESNT_EXIST"));
            return;
        }
        add(
                event(Type.ORDER_CANCELLED, 0, replaced)
                        .orderId(intent.orderId())
                        .reason("CLIENT_REQUEST_REPLACED"));
        place(index, intent);
    }

    /** The time of every waiting order that has one is up. */
    void expire() {
        for (long id : List.copyOf(waiting.keySet())) {
            if (waiting.get(id).expiryNs() != 0) {
                add(
                        event(Type.ORDER_CANCELLED, 0, waiting.remove(id))
                                .orderId(id)
                                .reason("TIME_IN_FORCE_EXPIRED"));
                tell();
            }
        }
    }

    /** The market reaches a waiting order; it is told of with the next transaction. */
    void trigger(long orderId) {
        OrderIntent intent = waiting.remove(orderId);
        long tradeId = lastId + 1;
        Open trade = new Open(tradeId, intent, intent.unitsE4(), 0, 0);
        trades.put(tradeId, trade);
        add(
                event(Type.ORDER_FILLED, 0, intent)
                        .orderId(orderId)
                        .unitsE4(intent.unitsE4())
                        .priceE8(intent.priceE8())
                        .effects(
                                List.of(
                                        effect(
                                                Effect.OPENED,
                                                trade,
                                                intent.unitsE4(),
                                                intent.priceE8(),
                                                0))));
    }

    /** Passes on what is new, in order. */
    void tell() {
        while (mode != Mode.LOSE_ANSWER && told < transactions.size()) {
            journal.broker(transactions.get(told++));
        }
    }

    private void open(long index, OrderIntent intent) {
        long orderId = lastId + 1;
        add(created(index, intent, orderId));
        long tradeId = lastId + 1;
        Open trade = new Open(tradeId, intent, intent.unitsE4(), 0, 0);
        trades.put(tradeId, trade);
        add(
                event(Type.ORDER_FILLED, index, intent)
                        .orderId(orderId)
                        .unitsE4(intent.unitsE4())
                        .priceE8(intent.quoteE8())
                        .effects(
                                List.of(
                                        effect(
                                                Effect.OPENED,
                                                trade,
                                                intent.unitsE4(),
                                                intent.quoteE8(),
                                                0))));
        setLevels(index, intent, tradeId, intent.stopLossE8(), intent.takeProfitE8());
    }

    private void close(long index, OrderIntent intent) {
        Open trade = trades.get(intent.tradeId());
        if (trade == null) {
            add(event(Type.ORDER_REJECTED, index, intent).reason("TRADE_DOESNT_EXIST"));
            return;
        }
        long orderId = lastId + 1;
        add(created(index, intent, orderId));
        boolean whole = intent.unitsE4() == 0;
        long unitsE4 = whole ? -trade.unitsE4 : -Long.signum(trade.unitsE4) * intent.unitsE4();
        long plE8 =
                FixedPoint.mulDiv(
                        -unitsE4,
                        intent.quoteE8() - trade.intent.quoteE8(),
                        10_000,
                        FixedPoint.Rounding.HALF_UP);
        balanceE8 += plE8;
        if (whole) {
            trades.remove(trade.tradeId);
        } else {
            trades.put(
                    trade.tradeId,
                    new Open(
                            trade.tradeId,
                            trade.intent,
                            trade.unitsE4 + unitsE4,
                            trade.stopE8,
                            trade.targetE8));
        }
        add(
                event(Type.ORDER_FILLED, index, intent)
                        .orderId(orderId)
                        .unitsE4(unitsE4)
                        .priceE8(intent.quoteE8())
                        .money(plE8, 0, 0)
                        .effects(
                                List.of(
                                        effect(
                                                whole ? Effect.CLOSED : Effect.REDUCED,
                                                trade,
                                                unitsE4,
                                                intent.quoteE8(),
                                                plE8))));
    }

    private void modify(long index, OrderIntent intent) {
        if (trades.containsKey(intent.tradeId())) {
            setLevels(index, intent, intent.tradeId(), intent.stopLossE8(), intent.takeProfitE8());
        } else {
            add(event(Type.ORDER_REJECTED, index, intent).reason("TRADE_DOESNT_EXIST"));
        }
    }

    private void setLevels(
            long index, OrderIntent intent, long tradeId, long stopE8, long targetE8) {
        Open trade = trades.get(tradeId);
        long stop = stopE8 == OrderIntent.UNCHANGED ? trade.stopE8 : stopE8;
        long target = targetE8 == OrderIntent.UNCHANGED ? trade.targetE8 : targetE8;
        trades.put(tradeId, new Open(tradeId, trade.intent, trade.unitsE4, stop, target));
        level(index, intent, tradeId, PendingOrder.Kind.STOP_LOSS, trade.stopE8, stop);
        level(index, intent, tradeId, PendingOrder.Kind.TAKE_PROFIT, trade.targetE8, target);
    }

    private void level(
            long index,
            OrderIntent intent,
            long tradeId,
            PendingOrder.Kind kind,
            long beforeE8,
            long afterE8) {
        if (beforeE8 != afterE8) {
            long id = lastId + 1;
            PendingOrder order =
                    new PendingOrder(
                            id, kind, Fixtures.EURUSD, 0, afterE8, 0, 0, 0, 0, tradeId, "", "");
            add(
                    event(Type.ORDER_CREATED, index, intent)
                            .client("", "")
                            .orderId(id)
                            .tradeId(tradeId)
                            .pending(List.of(order)));
        }
    }

    private BrokerEvent.Builder created(long index, OrderIntent intent, long orderId) {
        return event(Type.ORDER_CREATED, index, intent)
                .orderId(orderId)
                .pending(
                        List.of(
                                new PendingOrder(
                                        orderId,
                                        PendingOrder.Kind.MARKET,
                                        intent.instrumentId(),
                                        intent.unitsE4(),
                                        0,
                                        0,
                                        0,
                                        0,
                                        0,
                                        0,
                                        intent.clientId(),
                                        "")));
    }

    private static PendingOrder pending(long id, OrderIntent intent) {
        return new PendingOrder(
                id,
                intent.type() == OrderIntent.OrderType.LIMIT
                        ? PendingOrder.Kind.LIMIT
                        : PendingOrder.Kind.STOP,
                intent.instrumentId(),
                intent.unitsE4(),
                intent.priceE8(),
                intent.stopLossE8(),
                intent.takeProfitE8(),
                JournalHarness.START_NS + id,
                intent.expiryNs(),
                0,
                intent.clientId(),
                Long.toString(intent.instanceId()));
    }

    private static BrokerEvent.Builder event(Type type, long index, OrderIntent intent) {
        return BrokerEvent.of(type, 0)
                .intent(index)
                .instrumentId(intent.instrumentId())
                .client(intent.clientId(), Long.toString(intent.instanceId()));
    }

    private void add(BrokerEvent.Builder event) {
        transactions.add(event.transactionId(++lastId).balanceE8(balanceE8).build());
    }

    private static TradeEffect effect(
            Effect effect, Open trade, long unitsE4, long priceE8, long plE8) {
        return new TradeEffect(
                effect,
                trade.tradeId,
                trade.intent.instrumentId(),
                unitsE4,
                priceE8,
                plE8,
                0,
                effect == Effect.OPEN ? trade.stopE8 : 0,
                effect == Effect.OPEN ? trade.targetE8 : 0,
                0,
                0,
                0,
                trade.intent.clientId(),
                Long.toString(trade.intent.instanceId()));
    }
}
