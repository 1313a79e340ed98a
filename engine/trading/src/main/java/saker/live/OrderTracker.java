package saker.live;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import saker.api.OrderView;
import saker.model.BrokerEvent;
import saker.model.Instrument;
import saker.model.OrderIntent;
import saker.model.RiskRule;
import saker.model.Side;

/** The newest orders of ours and where each stands, for the screens. Live feed's thread only. */
final class OrderTracker {
    private static final int KEPT = 500;

    private final Map<Long, OrderView> orders = new LinkedHashMap<>();
    private final Consumer<OrderView> listener;

    OrderTracker(Consumer<OrderView> listener) {
        this.listener = listener;
    }

    void onIntent(
            long index,
            OrderIntent intent,
            Instrument instrument,
            Side side,
            long journalTimeNs,
            long marketTimeNs) {
        put(
                new OrderView(
                        intent.accountId(),
                        index,
                        intent.clientId(),
                        intent.orderId(),
                        intent.instanceId(),
                        instrument == null ? "" : instrument.symbol(),
                        side,
                        intent.action().name(),
                        "NEW",
                        Math.abs(intent.unitsE4()),
                        intent.priceE8() > 0 ? intent.priceE8() : intent.quoteE8(),
                        Math.max(0, intent.stopLossE8()), // UNCHANGED is none asked for.
                        Math.max(0, intent.takeProfitE8()),
                        intent.expiryNs(),
                        RiskRule.NONE,
                        "",
                        journalTimeNs,
                        marketTimeNs));
    }

    void onBrokerEvent(BrokerEvent event, long journalTimeNs, long marketTimeNs) {
        OrderView order = orderOf(event);
        if (order == null) {
            return;
        }
        boolean open = order.action().equals("OPEN") || order.action().equals("REPLACE");
        String state =
                switch (event.type()) {
                    case REQUEST_SENT -> "SENT";
                    case REQUEST_ANSWERED -> open ? "ACCEPTED" : "DONE";
                    case ORDER_CREATED -> "ACCEPTED";
                    case ORDER_FILLED -> "FILLED";
                    case ORDER_CANCELLED -> endOf(order, event);
                    case ORDER_REJECTED -> isOther(order, event) ? null : "REJECTED";
                    case REQUEST_REFUSED -> "REJECTED";
                    case REQUEST_UNKNOWN -> "UNKNOWN";
                    case NOT_SENT -> "NOT_SENT";
                    default -> null;
                };
        if (state == null || isFinal(order.state())) {
            return;
        }
        put(
                new OrderView(
                        order.accountId(),
                        order.intent(),
                        order.clientId(),
                        orderIdOf(order, event),
                        order.instanceId(),
                        order.symbol(),
                        order.side(),
                        order.action(),
                        state,
                        order.unitsE4(),
                        event.priceE8() != 0 ? event.priceE8() : order.priceE8(),
                        order.stopLossE8(),
                        order.takeProfitE8(),
                        order.expiryNs(),
                        ruleOf(event.type()),
                        event.reason(),
                        journalTimeNs,
                        marketTimeNs));
    }

    /** What happens to an order long after its intent may name it by our key alone. */
    private OrderView orderOf(BrokerEvent event) {
        if (event.intent() != 0 || event.clientId().isEmpty()) {
            return orders.get(event.intent());
        }
        for (OrderView order : orders.values()) {
            if (order.clientId().equals(event.clientId())) {
                return order;
            }
        }
        return null;
    }

    /** What tells of a request names the order it was about, of a REPLACE the one that is gone. */
    private static long orderIdOf(OrderView order, BrokerEvent event) {
        return switch (event.type()) {
            case ORDER_CREATED, ORDER_FILLED, ORDER_CANCELLED ->
                    event.orderId() != 0 ? event.orderId() : order.orderId();
            default -> order.orderId();
        };
    }

    /** Whether something was refused that was asked of the order, not the order. */
    private static boolean isOther(OrderView order, BrokerEvent event) {
        return order.action().equals("OPEN")
                && event.orderId() != 0
                && event.orderId() == order.orderId();
    }

    /** The cancellations that a MODIFY causes are of the stops it replaces. */
    private static String endOf(OrderView order, BrokerEvent event) {
        if (order.action().equals("MODIFY")) {
            return null;
        }
        return event.reason().equals("TIME_IN_FORCE_EXPIRED") ? "EXPIRED" : "CANCELLED";
    }

    /** Oldest first, for a snapshot. */
    List<OrderView> oldestFirst() {
        return List.copyOf(orders.values());
    }

    /** Goes on from a snapshot; nobody is told. */
    void restore(List<OrderView> oldestFirst) {
        oldestFirst.forEach(order -> orders.put(order.intent(), order));
    }

    List<OrderView> newestFirst() {
        List<OrderView> list = new ArrayList<>(orders.values());
        java.util.Collections.reverse(list);
        return list;
    }

    private static boolean isFinal(String state) {
        return switch (state) {
            case "FILLED", "CANCELLED", "EXPIRED", "REJECTED", "NOT_SENT", "DONE" -> true;
            default -> false;
        };
    }

    private static RiskRule ruleOf(BrokerEvent.Type type) {
        return switch (type) {
            case ORDER_REJECTED, REQUEST_REFUSED -> RiskRule.BROKER_REJECTED;
            case ORDER_CANCELLED -> RiskRule.BROKER_CANCELLED;
            case REQUEST_UNKNOWN -> RiskRule.OUTCOME_UNKNOWN;
            case NOT_SENT -> RiskRule.NOT_SENT;
            default -> RiskRule.NONE;
        };
    }

    private void put(OrderView order) {
        orders.put(order.intent(), order);
        if (orders.size() > KEPT) {
            orders.remove(orders.keySet().iterator().next());
        }
        listener.accept(order);
    }
}
