package saker.order;

import java.util.List;
import saker.journal.OrderIntentDescriptor;
import saker.journal.PayloadReader;
import saker.journal.PayloadWriter;
import saker.model.OrderIntent;

/**
 * An {@link OrderBook} in a snapshot: the live orders in the order they were added, the finished
 * ones in the order they ended.
 *
 * <pre>
 *   live i32, each | finished i32, each:
 *     index i64 | length i32, intent as in its record | requestedUnitsE4 i64 | decidedAtNs i64
 *     state u8 | orderId i64 | filledUnitsE4 i64 | reason text
 * </pre>
 */
public record OrderBookState(List<Kept> live, List<Kept> finished) {
    private static final int ORDER_LENGTH = 49;

    /** An {@link Order} as it was. */
    public record Kept(
            long index,
            OrderIntent intent,
            long requestedUnitsE4,
            long decidedAtNs,
            OrderState state,
            long orderId,
            long filledUnitsE4,
            String reason) {

        static Kept of(Order order) {
            return new Kept(
                    order.index,
                    order.intent(),
                    order.requestedUnitsE4(),
                    order.decidedAtNs(),
                    order.state,
                    order.orderId,
                    order.filledUnitsE4,
                    order.reason);
        }

        Order order() {
            Order order = new Order(index, intent, requestedUnitsE4, decidedAtNs);
            order.state = state;
            order.orderId = orderId;
            order.filledUnitsE4 = filledUnitsE4;
            order.reason = reason;
            return order;
        }
    }

    public void encode(PayloadWriter out) {
        out.list(live, OrderBookState::encodeOrder).list(finished, OrderBookState::encodeOrder);
    }

    public static OrderBookState decode(PayloadReader in) {
        return new OrderBookState(
                in.list(ORDER_LENGTH, OrderBookState::decodeOrder),
                in.list(ORDER_LENGTH, OrderBookState::decodeOrder));
    }

    private static void encodeOrder(PayloadWriter out, Kept order) {
        out.i64(order.index)
                .nested(order.intent, OrderIntentDescriptor::encode)
                .i64(order.requestedUnitsE4)
                .i64(order.decidedAtNs)
                .constant(order.state)
                .i64(order.orderId)
                .i64(order.filledUnitsE4)
                .text(order.reason);
    }

    private static Kept decodeOrder(PayloadReader in) {
        return new Kept(
                in.i64(),
                in.nested(OrderIntentDescriptor::decode),
                in.i64(),
                in.i64(),
                in.constant(OrderState.values()),
                in.i64(),
                in.i64(),
                in.text());
    }
}
