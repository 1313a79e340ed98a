package saker.order;

import java.util.ArrayList;
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
 *   live i32, finished i32, then each of them:
 *     index i64 | requestedUnitsE4 i64 | decidedAtNs i64 | state u8 | orderId i64 | filledUnitsE4 i64
 *     reason text | length i32, intent as in its record
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
        out.i32(live.size()).i32(finished.size());
        live.forEach(order -> encode(order, out));
        finished.forEach(order -> encode(order, out));
    }

    private static void encode(Kept order, PayloadWriter out) {
        out.i64(order.index)
                .i64(order.requestedUnitsE4)
                .i64(order.decidedAtNs)
                .constant(order.state)
                .i64(order.orderId)
                .i64(order.filledUnitsE4)
                .text(order.reason)
                .nested(order.intent, OrderIntentDescriptor::encode);
    }

    public static OrderBookState decode(PayloadReader in) {
        int live = in.count(ORDER_LENGTH);
        int finished = in.count(ORDER_LENGTH);
        return new OrderBookState(decode(in, live), decode(in, finished));
    }

    private static List<Kept> decode(PayloadReader in, int count) {
        List<Kept> orders = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long index = in.i64();
            long requestedUnitsE4 = in.i64();
            long decidedAtNs = in.i64();
            OrderState state = in.constant(OrderState.values());
            long orderId = in.i64();
            long filledUnitsE4 = in.i64();
            String reason = in.text();
            OrderIntent intent = in.nested(OrderIntentDescriptor::decode);
            orders.add(
                    new Kept(
                            index,
                            intent,
                            requestedUnitsE4,
                            decidedAtNs,
                            state,
                            orderId,
                            filledUnitsE4,
                            reason));
        }
        return orders;
    }
}
