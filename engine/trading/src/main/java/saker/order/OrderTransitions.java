package saker.order;

import static saker.order.OrderState.ACCEPTED;
import static saker.order.OrderState.CANCELLED;
import static saker.order.OrderState.EXPIRED;
import static saker.order.OrderState.FILLED;
import static saker.order.OrderState.NEW;
import static saker.order.OrderState.NOT_SENT;
import static saker.order.OrderState.PARTIALLY_FILLED;
import static saker.order.OrderState.REJECTED;
import static saker.order.OrderState.SENT;
import static saker.order.OrderState.UNKNOWN;

import java.util.EnumMap;
import saker.model.OrderIntent.Action;

/**
 * The order state machine as two tables: one for orders (OPEN, CLOSE, REPLACE), one for requests
 * that change something at the broker and are done with the answer (MODIFY, CANCEL).
 *
 * <p>The broker's stream and the answer to our request race, so an answer or its loss after the
 * evidence is legal and changes nothing. Sending twice never is. What is not in the table is a
 * broken assumption: the account halts.
 */
public final class OrderTransitions {
    private static final EnumMap<OrderState, EnumMap<OrderEvent, OrderState>> ORDERS = orders();
    private static final EnumMap<OrderState, EnumMap<OrderEvent, OrderState>> CHANGES = changes();

    private OrderTransitions() {}

    /** The state after the event, or null where it must not happen. */
    public static OrderState after(Action action, OrderState state, OrderEvent event) {
        return switch (action) {
            case OPEN, CLOSE, REPLACE -> ORDERS.get(state).get(event);
            case MODIFY, CANCEL -> CHANGES.get(state).get(event);
        };
    }

    private static EnumMap<OrderState, EnumMap<OrderEvent, OrderState>> orders() {
        var table = unsent();
        for (OrderState state : new OrderState[] {SENT, UNKNOWN}) {
            on(table, state, OrderEvent.ANSWERED, ACCEPTED);
            on(table, state, OrderEvent.REFUSED, REJECTED);
            on(table, state, OrderEvent.OUTCOME_LOST, UNKNOWN);
            on(table, state, OrderEvent.NOT_SENT, NOT_SENT);
            on(table, state, OrderEvent.RESTARTED, UNKNOWN);
            evidence(table, state);
        }
        evidence(table, ACCEPTED);
        stay(table, ACCEPTED, OrderEvent.ANSWERED, OrderEvent.OUTCOME_LOST, OrderEvent.RESTARTED);
        evidence(table, PARTIALLY_FILLED);
        table.get(PARTIALLY_FILLED).remove(OrderEvent.CREATED);
        table.get(PARTIALLY_FILLED).remove(OrderEvent.REJECTED);
        stay(table, PARTIALLY_FILLED, OrderEvent.ANSWERED, OrderEvent.OUTCOME_LOST);
        stay(table, PARTIALLY_FILLED, OrderEvent.RESTARTED);
        finish(table);
        stay(table, REJECTED, OrderEvent.REFUSED, OrderEvent.REJECTED);
        return table;
    }

    private static EnumMap<OrderState, EnumMap<OrderEvent, OrderState>> changes() {
        var table = unsent();
        for (OrderState state : new OrderState[] {SENT, UNKNOWN}) {
            // The broker executes a request whole: one transaction of it proves all of it. Before
            // the answer it is only ACCEPTED, since the answer is still to come.
            OrderState proven = state == SENT ? ACCEPTED : FILLED;
            on(table, state, OrderEvent.CREATED, proven);
            on(table, state, OrderEvent.CANCELLED, proven);
            on(table, state, OrderEvent.ANSWERED, FILLED);
            on(table, state, OrderEvent.REFUSED, REJECTED);
            on(table, state, OrderEvent.REJECTED, REJECTED);
            on(table, state, OrderEvent.OUTCOME_LOST, UNKNOWN);
            on(table, state, OrderEvent.NOT_SENT, NOT_SENT);
            on(table, state, OrderEvent.RESTARTED, UNKNOWN);
        }
        stay(table, ACCEPTED, OrderEvent.CREATED, OrderEvent.CANCELLED);
        on(table, ACCEPTED, OrderEvent.ANSWERED, FILLED);
        on(table, ACCEPTED, OrderEvent.OUTCOME_LOST, FILLED);
        on(table, ACCEPTED, OrderEvent.RESTARTED, FILLED);
        finish(table);
        stay(table, FILLED, OrderEvent.CREATED, OrderEvent.CANCELLED);
        stay(table, REJECTED, OrderEvent.REFUSED, OrderEvent.REJECTED);
        return table;
    }

    private static EnumMap<OrderState, EnumMap<OrderEvent, OrderState>> unsent() {
        var table = new EnumMap<OrderState, EnumMap<OrderEvent, OrderState>>(OrderState.class);
        for (OrderState state : OrderState.values()) {
            table.put(state, new EnumMap<>(OrderEvent.class));
        }
        on(table, NEW, OrderEvent.SENT, SENT);
        on(table, NEW, OrderEvent.REFUSED, REJECTED);
        on(table, NEW, OrderEvent.NOT_SENT, NOT_SENT);
        on(table, NEW, OrderEvent.RESTARTED, UNKNOWN);
        return table;
    }

    private static void evidence(
            EnumMap<OrderState, EnumMap<OrderEvent, OrderState>> table, OrderState state) {
        on(table, state, OrderEvent.CREATED, ACCEPTED);
        on(table, state, OrderEvent.PARTLY_FILLED, PARTIALLY_FILLED);
        on(table, state, OrderEvent.FILLED, FILLED);
        on(table, state, OrderEvent.CANCELLED, CANCELLED);
        on(table, state, OrderEvent.EXPIRED, EXPIRED);
        on(table, state, OrderEvent.REJECTED, REJECTED);
    }

    /** In a final state the answer, its loss and a restart change nothing. */
    private static void finish(EnumMap<OrderState, EnumMap<OrderEvent, OrderState>> table) {
        for (OrderState state : OrderState.values()) {
            if (state.isFinal()) {
                stay(table, state, OrderEvent.OUTCOME_LOST, OrderEvent.RESTARTED);
                if (state != NOT_SENT) {
                    stay(table, state, OrderEvent.ANSWERED);
                }
            }
        }
    }

    private static void on(
            EnumMap<OrderState, EnumMap<OrderEvent, OrderState>> table,
            OrderState from,
            OrderEvent event,
            OrderState to) {
        table.get(from).put(event, to);
    }

    private static void stay(
            EnumMap<OrderState, EnumMap<OrderEvent, OrderState>> table,
            OrderState state,
            OrderEvent... events) {
        for (OrderEvent event : events) {
            on(table, state, event, state);
        }
    }
}
