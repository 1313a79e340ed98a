package saker.order;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import saker.model.BrokerEvent;
import saker.model.BrokerEvent.PendingOrder;
import saker.model.BrokerEvent.TradeEffect;
import saker.model.FixedPoint;
import saker.model.OrderIntent;
import saker.model.OrderIntent.Action;

/**
 * One account's requests, by the index of their intent, their client id and the broker's order id.
 * Those that are not final are all here; of the final ones the newest 4,096, for answers that come
 * late. One thread; not for the tick path.
 */
public final class OrderBook {
    private static final int FINISHED_KEPT = 4096;

    private final OrderListener listener;
    private final TreeMap<Long, Order> byIndex = new TreeMap<>();
    private final Map<String, Order> byClientId = new HashMap<>();
    private final Map<Long, Order> byOrderId = new HashMap<>();
    private final List<Order> live = new ArrayList<>(); // In the order they were added.
    private final ArrayDeque<Order> finished = new ArrayDeque<>();

    public OrderBook(OrderListener listener) {
        this.listener = listener;
    }

    /**
     * Adds a request.
     *
     * @param index of its record; 0 where that is not known yet, then {@link #assign} follows
     * @param requestedUnitsE4 what its fills add up to, unsigned; 0 for a MODIFY or CANCEL
     * @param decidedAtNs journal time of the decision
     */
    public Order add(long index, OrderIntent intent, long requestedUnitsE4, long decidedAtNs) {
        Order order = new Order(index, intent, requestedUnitsE4, decidedAtNs);
        if (byClientId.putIfAbsent(intent.clientId(), order) != null) {
            throw new IllegalStateException(
                    "client id used twice: clientId=%s, index=%d"
                            .formatted(intent.clientId(), index));
        }
        live.add(order);
        if (index != 0) {
            byIndex.put(index, order);
        }
        return order;
    }

    /** Gives an order the index its record got. */
    public void assign(Order order, long index) {
        order.index = index;
        byIndex.put(index, order);
    }

    /** Takes back an order that never got a record. */
    public void withdraw(Order order) {
        live.remove(order);
        byClientId.remove(order.intent().clientId());
    }

    /** A copy for a snapshot. */
    public OrderBookState state() {
        return new OrderBookState(
                live.stream().map(OrderBookState.Kept::of).toList(),
                finished.stream().map(OrderBookState.Kept::of).toList());
    }

    /** Goes on from a snapshot; before the first order. */
    public void restore(OrderBookState state) {
        for (OrderBookState.Kept kept : state.finished()) {
            finished.add(place(kept.order()));
        }
        for (OrderBookState.Kept kept : state.live()) {
            live.add(place(kept.order()));
        }
    }

    private Order place(Order order) {
        byIndex.put(order.index, order);
        byClientId.put(order.intent().clientId(), order);
        if (order.orderId != 0) {
            byOrderId.put(order.orderId, order);
        }
        return order;
    }

    /** The order of an intent, or null. */
    public Order byIndex(long index) {
        return byIndex.get(index);
    }

    /** The order with our key, or null. */
    public Order byClientId(String clientId) {
        return byClientId.get(clientId);
    }

    /** The orders that are not final, oldest first. */
    public List<Order> live() {
        return live;
    }

    /** All that are kept, by index. */
    public Collection<Order> all() {
        return byIndex.values();
    }

    /** Whether an unfinished CLOSE or MODIFY of the trade is under way. */
    public boolean isTradePending(long tradeId) {
        for (int i = 0; i < live.size(); i++) {
            OrderIntent intent = live.get(i).intent();
            if (intent.tradeId() == tradeId
                    && (intent.action() == Action.CLOSE || intent.action() == Action.MODIFY)) {
                return true;
            }
        }
        return false;
    }

    /** Whether an unfinished CANCEL of the order is under way. */
    public boolean isCancelPending(long orderId) {
        for (int i = 0; i < live.size(); i++) {
            OrderIntent intent = live.get(i).intent();
            if (intent.action() == Action.CANCEL && intent.orderId() == orderId) {
                return true;
            }
        }
        return false;
    }

    /** Whether an unfinished CANCEL or REPLACE of the order is under way. */
    public boolean isOrderPending(long orderId) {
        for (int i = 0; i < live.size(); i++) {
            OrderIntent intent = live.get(i).intent();
            boolean changes = intent.action() == Action.CANCEL || intent.action() == Action.REPLACE;
            if (changes && intent.orderId() == orderId) {
                return true;
            }
        }
        return false;
    }

    /** Unsigned units that a waiting order of ours may still add, 0 for any other order. */
    public long waitingUnitsE4(long orderId) {
        Order order = byOrderId.get(orderId);
        return order == null ? 0 : Math.abs(order.pendingUnitsE4());
    }

    /** Entries that are not final; a replacement and what it replaces are one. */
    public int pendingEntries() {
        int count = 0;
        for (int i = 0; i < live.size(); i++) {
            if (live.get(i).intent().action().isEntry() && replacedBy(live.get(i)) == null) {
                count++;
            }
        }
        return count;
    }

    /** The order a REPLACE is to take the place of, while that one is live; else null. */
    public Order replacedBy(Order order) {
        if (order.intent().action() != Action.REPLACE) {
            return null;
        }
        Order replaced = byOrderId.get(order.intent().orderId());
        return replaced == null || replaced.isFinal() ? null : replaced;
    }

    /** Unsigned units that unfinished entries may still add to one side. */
    public long pendingUnitsE4(int instrumentId, boolean buy) {
        long sum = 0;
        for (int i = 0; i < live.size(); i++) {
            Order order = live.get(i);
            long unitsE4 = order.pendingUnitsE4();
            if (order.intent().instrumentId() == instrumentId && (unitsE4 > 0) == buy) {
                sum = FixedPoint.add(sum, addedUnitsE4(order));
            }
        }
        return sum;
    }

    /** Only one of a replacement and what it replaces can fill: together they are the larger. */
    private long addedUnitsE4(Order order) {
        Order replaced = replacedBy(order);
        long alreadyE4 = replaced == null ? 0 : Math.abs(replaced.pendingUnitsE4());
        return Math.max(0, Math.abs(order.pendingUnitsE4()) - alreadyE4);
    }

    /** A new boot began: whatever was written before it and has no evidence is UNKNOWN. */
    public void onRestart(long bootIndex) {
        for (Order order : List.copyOf(live)) {
            if (order.index != 0 && order.index < bootIndex) {
                move(order, OrderEvent.RESTARTED);
            }
        }
    }

    /**
     * Applies an event of this account to the orders it is about.
     *
     * @return null, or what is wrong with it: a transition that must not happen, an unknown intent,
     *     more filled than asked for. What the broker says still counts: quantities are its own.
     */
    public String apply(BrokerEvent event) {
        Order order = find(event);
        if (order == null && event.intent() != 0 && finished.size() < FINISHED_KEPT) {
            return "no such intent: intent=%d, type=%s".formatted(event.intent(), event.type());
        }
        String wrong = order == null ? null : apply(event, order);
        if (event.type() == BrokerEvent.Type.ORDER_CANCELLED
                || event.type() == BrokerEvent.Type.ORDER_FILLED) {
            // The request to cancel and the order it cancels are two of ours.
            Order other = byOrderId.get(event.orderId());
            if (other != null && other != order) {
                String alsoWrong = apply(event, other);
                wrong = wrong == null ? alsoWrong : wrong;
            }
        }
        return wrong;
    }

    private Order find(BrokerEvent event) {
        Order order = event.intent() == 0 ? null : byIndex.get(event.intent());
        if (order == null && event.intent() == 0 && !event.clientId().isEmpty()) {
            order = byClientId.get(event.clientId());
        }
        if (order == null && event.intent() == 0 && event.orderId() != 0) {
            order = byOrderId.get(event.orderId());
        }
        return order;
    }

    private String apply(BrokerEvent event, Order order) {
        OrderEvent what = meaning(event, order);
        if (what == null) {
            return null;
        }
        String wrong = null;
        if (event.type() == BrokerEvent.Type.ORDER_FILLED) {
            order.filledUnitsE4 += Math.abs(event.unitsE4());
            if (order.filledUnitsE4 > order.requestedUnitsE4()) {
                wrong =
                        "filled more than asked for: intent=%d, filledE4=%d, requestedE4=%d"
                                .formatted(
                                        order.index, order.filledUnitsE4, order.requestedUnitsE4());
            }
        }
        if (order.orderId == 0 && isOrder(order) && isNewOrder(event, order)) {
            order.orderId = event.orderId();
            byOrderId.put(order.orderId, order);
        }
        if (!event.reason().isEmpty()) {
            order.reason = event.reason();
        }
        String illegal = move(order, what);
        return wrong == null ? illegal : wrong;
    }

    /** The order a REPLACE names is another than the one it makes. */
    private static boolean isNewOrder(BrokerEvent event, Order order) {
        return event.orderId() != 0 && event.orderId() != order.intent().orderId();
    }

    /** What the event means for the order; null where it is not about the order itself. */
    private static OrderEvent meaning(BrokerEvent event, Order order) {
        return switch (event.type()) {
            case REQUEST_SENT -> OrderEvent.SENT;
            case REQUEST_ANSWERED -> OrderEvent.ANSWERED;
            case REQUEST_REFUSED -> OrderEvent.REFUSED;
            case REQUEST_UNKNOWN -> OrderEvent.OUTCOME_LOST;
            case NOT_SENT -> OrderEvent.NOT_SENT;
            case ORDER_CREATED -> isCreation(event, order) ? OrderEvent.CREATED : null;
            case ORDER_FILLED -> isOf(event, order) ? fillOf(event, order) : null;
            case ORDER_CANCELLED -> isOf(event, order) ? endOf(event) : null;
            case ORDER_REJECTED -> isRejectionOf(event, order) ? OrderEvent.REJECTED : null;
            case ACCOUNT_SNAPSHOT, FINANCING, FUNDS, OTHER -> null;
        };
    }

    /** Stops and targets made by the fill of an order are not the order. */
    private static boolean isCreation(BrokerEvent event, Order order) {
        if (!isOrder(order)) {
            return true;
        }
        for (PendingOrder made : event.pending()) {
            switch (made.kind()) {
                case STOP_LOSS, TAKE_PROFIT, TRAILING_STOP -> {
                    return false;
                }
                case MARKET, LIMIT, STOP, OTHER -> {
                    return isOf(event, order);
                }
            }
        }
        return isOf(event, order);
    }

    /** A rejection that names the broker's order is of what was asked of it, not of the order. */
    private static boolean isRejectionOf(BrokerEvent event, Order order) {
        return !isOrder(order) || event.orderId() == 0 || event.orderId() != order.orderId;
    }

    private static boolean isOf(BrokerEvent event, Order order) {
        if (!isOrder(order)) {
            return event.type() != BrokerEvent.Type.ORDER_FILLED;
        }
        return event.orderId() == 0
                || (order.orderId == 0
                        ? isNewOrder(event, order)
                        : order.orderId == event.orderId());
    }

    private static boolean isOrder(Order order) {
        Action action = order.intent().action();
        return action.isEntry() || action == Action.CLOSE;
    }

    private static OrderEvent fillOf(BrokerEvent event, Order order) {
        boolean whole = order.filledUnitsE4 + Math.abs(event.unitsE4()) >= order.requestedUnitsE4();
        if (order.intent().action() == Action.CLOSE) {
            for (TradeEffect effect : event.effects()) {
                whole |=
                        effect.effect() == TradeEffect.Effect.CLOSED
                                && effect.tradeId() == order.intent().tradeId();
            }
        }
        return whole ? OrderEvent.FILLED : OrderEvent.PARTLY_FILLED;
    }

    private static OrderEvent endOf(BrokerEvent event) {
        return event.reason().equals("TIME_IN_FORCE_EXPIRED")
                ? OrderEvent.EXPIRED
                : OrderEvent.CANCELLED;
    }

    private String move(Order order, OrderEvent event) {
        OrderState before = order.state;
        OrderState after = OrderTransitions.after(order.intent().action(), before, event);
        if (after == null) {
            return "illegal order event: intent=%d, clientId=%s, state=%s, event=%s"
                    .formatted(order.index, order.intent().clientId(), before, event);
        }
        if (after == before) {
            return null;
        }
        order.state = after;
        if (after.isFinal()) {
            finish(order);
        }
        listener.onChanged(order, before);
        return null;
    }

    private void finish(Order order) {
        live.remove(order);
        finished.add(order);
        if (finished.size() > FINISHED_KEPT) {
            Order oldest = finished.remove();
            byIndex.remove(oldest.index);
            byClientId.remove(oldest.intent().clientId());
            byOrderId.remove(oldest.orderId);
        }
    }
}
