package saker.core;

import saker.market.Quotes;
import saker.model.BrokerEvent.PendingOrder;
import saker.model.OrderIntent;
import saker.model.OrderIntent.Action;
import saker.model.OrderIntent.OrderType;
import saker.model.Side;
import saker.order.ClientIds;
import saker.position.Trade;
import saker.risk.Entry;

/** Makes the intents of the record in hand, each with its own client id. */
final class Intents {
    private static final long NEVER = Long.MAX_VALUE;

    private final Moment moment;
    private final Answer answer;
    private final Quotes quotes;

    Intents(Moment moment, Answer answer, Quotes quotes) {
        this.moment = moment;
        this.answer = answer;
        this.quotes = quotes;
    }

    /**
     * An order to open.
     *
     * @param priceE8 LIMIT and STOP: its price; MARKET: the worst acceptable
     */
    void open(AccountDesk desk, Entry entry, long priceE8, int row) {
        enter(desk, Action.OPEN, entry, priceE8, 0, row);
    }

    /** A new order in the place of one that waits. */
    void replace(AccountDesk desk, long orderId, Entry entry, int row) {
        enter(desk, Action.REPLACE, entry, entry.priceE8(), orderId, row);
    }

    private void enter(
            AccountDesk desk, Action action, Entry entry, long priceE8, long orderId, int row) {
        int id = entry.instrument().id();
        boolean buy = entry.side() == Side.BUY;
        answer.add(
                new OrderIntent(
                        action,
                        entry.type(),
                        desk.index(),
                        id,
                        entry.instanceId(),
                        clientId(),
                        entry.side().sign() * entry.unitsE4(),
                        priceE8,
                        entry.stopLossE8(),
                        entry.takeProfitE8(),
                        entry.expiryNs(),
                        0,
                        orderId,
                        buy ? quotes.askE8(id) : quotes.bidE8(id),
                        desk.ledger().lastTransactionId(),
                        entry.deadlineNs(),
                        moment.index,
                        row));
    }

    /** Closes unsigned units of a trade, 0 for all. */
    void close(AccountDesk desk, Trade trade, long unitsE4, int row) {
        add(desk, Action.CLOSE, trade, unitsE4, 0, 0, row);
    }

    /** Sets stop and target of a trade; 0 clears one, UNCHANGED leaves it. */
    void modify(AccountDesk desk, Trade trade, long stopLossE8, long takeProfitE8, int row) {
        add(desk, Action.MODIFY, trade, 0, stopLossE8, takeProfitE8, row);
    }

    void cancel(AccountDesk desk, long orderId, int instrumentId, long instanceId, int row) {
        answer.add(
                new OrderIntent(
                        Action.CANCEL,
                        OrderType.MARKET,
                        desk.index(),
                        instrumentId,
                        instanceId,
                        clientId(),
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        orderId,
                        0,
                        desk.ledger().lastTransactionId(),
                        NEVER,
                        moment.index,
                        row));
    }

    void cancel(AccountDesk desk, PendingOrder order, int row) {
        cancel(desk, order.orderId(), order.instrumentId(), Trade.instanceOf(order.tag()), row);
    }

    private void add(
            AccountDesk desk,
            Action action,
            Trade trade,
            long unitsE4,
            long stopLossE8,
            long takeProfitE8,
            int row) {
        int id = trade.instrumentId();
        answer.add(
                new OrderIntent(
                        action,
                        OrderType.MARKET,
                        desk.index(),
                        id,
                        trade.instanceId(),
                        clientId(),
                        unitsE4,
                        0,
                        stopLossE8,
                        takeProfitE8,
                        0,
                        trade.tradeId(),
                        0,
                        id >= 0 ? quotes.closingPriceE8(id, trade.unitsE4()) : 0,
                        desk.ledger().lastTransactionId(),
                        NEVER,
                        moment.index,
                        row));
    }

    private String clientId() {
        return ClientIds.make(moment.bootId, moment.index, answer.size());
    }
}
