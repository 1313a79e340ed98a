package saker.live;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import saker.api.OrderView;
import saker.model.BrokerEvent;
import saker.model.BrokerEvent.Type;
import saker.model.OrderIntent;
import saker.model.OrderIntent.Action;
import saker.model.Side;

class OrderTrackerTest {
    private static final long FIRST = 10;
    private static final long SECOND = 11;

    private final OrderTracker tracker = new OrderTracker(order -> {});

    @Test
    void shouldShowWhatAWaitingOrderAsksFor() {
        intend(FIRST, Action.OPEN, 0);

        OrderView order = newest();
        assertThat(order.stopLossE8()).isEqualTo(105);
        assertThat(order.takeProfitE8()).as("unchanged is none").isZero();
        assertThat(order.expiryNs()).isEqualTo(5_000);
    }

    /** After a restart nobody knows the intent of an order that waits; our key is in the event. */
    @Test
    void shouldShowTheEndOfAnOrderThatIsNamedByItsKeyAlone() {
        waiting(FIRST, 70);

        tell(
                BrokerEvent.of(Type.ORDER_CANCELLED, 0)
                        .orderId(70)
                        .client(clientId(FIRST), "")
                        .reason("TIME_IN_FORCE_EXPIRED"));

        assertThat(newest().state()).isEqualTo("EXPIRED");
    }

    @Test
    void shouldNotTakeTheRejectionOfARequestForThatOfItsOrder() {
        waiting(FIRST, 70);

        tell(
                BrokerEvent.of(Type.ORDER_REJECTED, 0)
                        .orderId(70)
                        .client(clientId(FIRST), "")
                        .reason("ORDER_DOESNT_EXIST"));

        assertThat(newest().state()).isEqualTo("ACCEPTED");
    }

    @Test
    void shouldShowAReplacementAsTheOrderItMade() {
        waiting(FIRST, 70);
        intend(SECOND, Action.REPLACE, 70);

        tell(
                BrokerEvent.of(Type.ORDER_CANCELLED, 0)
                        .intent(FIRST)
                        .orderId(70)
                        .reason("CLIENT_REQUEST_REPLACED"));
        tell(BrokerEvent.of(Type.ORDER_CREATED, 0).intent(SECOND).orderId(72));
        tell(BrokerEvent.of(Type.REQUEST_ANSWERED, 0).intent(SECOND).orderId(70));

        assertThat(tracker.oldestFirst())
                .extracting(OrderView::state)
                .containsExactly("CANCELLED", "ACCEPTED");
        assertThat(newest().orderId()).isEqualTo(72);
    }

    private OrderView newest() {
        return tracker.newestFirst().get(0);
    }

    private void waiting(long index, long orderId) {
        intend(index, Action.OPEN, 0);
        tell(BrokerEvent.of(Type.ORDER_CREATED, 0).intent(index).orderId(orderId));
    }

    private void tell(BrokerEvent.Builder event) {
        tracker.onBrokerEvent(event.build(), 1, 1);
    }

    private void intend(long index, Action action, long orderId) {
        OrderIntent intent =
                new OrderIntent(
                        action,
                        OrderIntent.OrderType.LIMIT,
                        0,
                        0,
                        77,
                        clientId(index),
                        10_000,
                        110,
                        105,
                        OrderIntent.UNCHANGED,
                        5_000,
                        0,
                        orderId,
                        111,
                        0,
                        Long.MAX_VALUE,
                        1,
                        0);
        tracker.onIntent(index, intent, null, Side.BUY, 1, 1);
    }

    private static String clientId(long index) {
        return "c-" + index;
    }
}
