package saker.venue;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import saker.broker.simulated.SimulatedBroker;
import saker.broker.simulated.Transaction;

/**
 * What a range of the ledger changed, by id; an order that was created and filled in it is in both
 * lists, as at OANDA.
 *
 * @param positions names of instruments with fills or financing
 */
record AccountChanges(
        LinkedHashSet<Long> ordersCreated,
        LinkedHashSet<Long> ordersCancelled,
        LinkedHashSet<Long> ordersFilled,
        LinkedHashSet<Long> tradesOpened,
        LinkedHashSet<Long> tradesReduced,
        LinkedHashSet<Long> tradesClosed,
        Set<String> positions,
        List<Transaction> transactions) {

    static AccountChanges since(SimulatedBroker broker, long id) {
        AccountChanges changes =
                new AccountChanges(
                        new LinkedHashSet<>(),
                        new LinkedHashSet<>(),
                        new LinkedHashSet<>(),
                        new LinkedHashSet<>(),
                        new LinkedHashSet<>(),
                        new LinkedHashSet<>(),
                        new LinkedHashSet<>(),
                        broker.transactionsSince(id));
        changes.transactions.forEach(changes::add);
        return changes;
    }

    private void add(Transaction transaction) {
        if (transaction instanceof Transaction.OrderCreate create) {
            ordersCreated.add(create.id());
        } else if (transaction instanceof Transaction.OrderCancel cancel) {
            ordersCancelled.add(cancel.orderId());
        } else if (transaction instanceof Transaction.OrderFill fill) {
            add(fill);
        } else if (transaction instanceof Transaction.DailyFinancing financing) {
            financing.positionFinancings().forEach(p -> positions.add(p.instrument()));
        }
    }

    private void add(Transaction.OrderFill fill) {
        ordersFilled.add(fill.orderId());
        positions.add(fill.instrument());
        if (fill.tradeOpened() != null) {
            tradesOpened.add(fill.tradeOpened().tradeId());
        }
        if (fill.tradeReduced() != null) {
            tradesReduced.add(fill.tradeReduced().tradeId());
        }
        fill.tradesClosed().forEach(closed -> tradesClosed.add(closed.tradeId()));
    }
}
