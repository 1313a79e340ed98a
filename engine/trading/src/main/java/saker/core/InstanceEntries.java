package saker.core;

import saker.model.BrokerEvent.PendingOrder;
import saker.model.OrderIntent;
import saker.model.OrderIntent.Action;
import saker.model.RiskRule;
import saker.order.Order;
import saker.position.Trade;
import saker.risk.Refusal;

/**
 * An instance opens only knowing what it has: not while an earlier entry of its own is under way
 * and invisible to it, and never beyond its MAX_OPEN_ORDERS. The entries of one signal are one
 * wish: they do not wait for each other.
 */
final class InstanceEntries {
    private InstanceEntries() {}

    /**
     * Null if the instance may open one more.
     *
     * @param signal index of the signal that asks
     */
    static Refusal check(SignalRows.Instance instance, long signal) {
        AccountDesk desk = instance.desk();
        int pending = 0;
        for (Order order : desk.orders().live()) {
            OrderIntent intent = order.intent();
            if (!intent.action().isEntry() || intent.instanceId() != instance.id()) {
                continue;
            }
            if (intent.origin() != signal && !isVisible(order, desk)) {
                return new Refusal(
                        RiskRule.REQUEST_PENDING,
                        "intent=%d, state=%s, ofSignal=%d"
                                .formatted(order.index(), order.state(), intent.origin()));
            }
            if (desk.orders().replacedBy(order) == null) {
                pending++;
            }
        }
        int open = openTrades(instance, signal);
        return open + pending < instance.maxOpenOrders()
                ? null
                : new Refusal(
                        RiskRule.MAX_OPEN_TRADES,
                        "instanceId=%d, open=%d, pending=%d, MAX_OPEN_ORDERS=%d"
                                .formatted(instance.id(), open, pending, instance.maxOpenOrders()));
    }

    /** Waiting orders of the broker are among the rows that a strategy is given. */
    private static boolean isVisible(Order order, AccountDesk desk) {
        PendingOrder waiting =
                order.orderId() == 0 ? null : desk.ledger().pendingOrder(order.orderId());
        return waiting != null
                && (waiting.kind() == PendingOrder.Kind.LIMIT
                        || waiting.kind() == PendingOrder.Kind.STOP);
    }

    /** Without those that the same signal closes: a reversal is a close and an entry in one. */
    private static int openTrades(SignalRows.Instance instance, long signal) {
        int count = 0;
        for (Trade trade : instance.desk().ledger().trades()) {
            if (trade.instanceId() == instance.id()
                    && !isClosedBy(signal, trade.tradeId(), instance.desk())) {
                count++;
            }
        }
        return count;
    }

    private static boolean isClosedBy(long signal, long tradeId, AccountDesk desk) {
        for (Order order : desk.orders().live()) {
            OrderIntent intent = order.intent();
            if (intent.action() == Action.CLOSE
                    && intent.origin() == signal
                    && intent.tradeId() == tradeId) {
                return true;
            }
        }
        return false;
    }
}
