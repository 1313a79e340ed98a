package saker.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import saker.model.BrokerEvent;
import saker.model.BrokerEvent.PendingOrder;
import saker.model.BrokerEvent.TradeEffect;
import saker.model.BrokerEvent.Type;
import saker.model.OrderIntent;
import saker.model.OrderIntent.Action;
import saker.model.OrderIntent.OrderType;

class OrderBookTest {
    private final List<OrderState> told = new ArrayList<>();
    private final OrderBook book = new OrderBook((order, before) -> told.add(order.state()));

    @Test
    void shouldWalkFromNewToFilledInParts() {
        Order order = book.add(10, intent(Action.OPEN, 1_000, 0, 0), 1_000, 5);

        apply(event(Type.REQUEST_SENT).intent(10));
        apply(event(Type.ORDER_CREATED).client("c1000", "").orderId(70));
        apply(event(Type.ORDER_FILLED).orderId(70).unitsE4(400));
        assertThat(order.pendingUnitsE4()).isEqualTo(600);
        assertThat(book.pendingUnitsE4(0, true)).isEqualTo(600);
        apply(event(Type.ORDER_FILLED).orderId(70).unitsE4(600));
        apply(event(Type.REQUEST_ANSWERED).intent(10));

        assertThat(told)
                .containsExactly(
                        OrderState.SENT,
                        OrderState.ACCEPTED,
                        OrderState.PARTIALLY_FILLED,
                        OrderState.FILLED);
        assertThat(book.live()).isEmpty();
        assertThat(book.pendingEntries()).isZero();
        assertThat(book.byIndex(10)).isSameAs(order);
    }

    @Test
    void shouldKeepWhatFilledBeforeTheCancel() {
        Order order = sent(10, 1_000);
        apply(event(Type.ORDER_CREATED).intent(10).orderId(70));
        Order cancel = book.add(20, intent(Action.CANCEL, 0, 0, 70), 0, 5);
        apply(event(Type.REQUEST_SENT).intent(20));

        apply(event(Type.ORDER_FILLED).orderId(70).unitsE4(400));
        apply(event(Type.ORDER_CANCELLED).intent(20).orderId(70).reason("CLIENT_REQUEST"));
        apply(event(Type.REQUEST_ANSWERED).intent(20));

        assertThat(order.state()).isEqualTo(OrderState.CANCELLED);
        assertThat(order.filledUnitsE4()).isEqualTo(400);
        assertThat(cancel.state()).isEqualTo(OrderState.FILLED);
    }

    @Test
    void shouldRejectTheCancelThatCameTooLate() {
        Order order = sent(10, 1_000);
        apply(event(Type.ORDER_CREATED).intent(10).orderId(70));
        Order cancel = book.add(20, intent(Action.CANCEL, 0, 0, 70), 0, 5);
        apply(event(Type.REQUEST_SENT).intent(20));

        apply(event(Type.ORDER_FILLED).orderId(70).unitsE4(1_000));
        apply(event(Type.ORDER_REJECTED).intent(20).orderId(70).reason("ORDER_DOESNT_EXIST"));
        apply(event(Type.REQUEST_REFUSED).intent(20));

        assertThat(order.state()).isEqualTo(OrderState.FILLED);
        assertThat(cancel.state()).isEqualTo(OrderState.REJECTED);
    }

    @Test
    void shouldSayWhenMoreFilledThanWasAskedForAndKeepTheBrokersFigure() {
        Order order = sent(10, 1_000);

        String wrong = book.apply(event(Type.ORDER_FILLED).intent(10).unitsE4(1_200).build());

        assertThat(wrong).contains("filled more than asked for", "filledE4=1200");
        assertThat(order.state()).isEqualTo(OrderState.FILLED);
        assertThat(order.filledUnitsE4()).isEqualTo(1_200);
    }

    @Test
    void shouldNotTakeStopsMadeByAFillForTheOrder() {
        Order order = sent(10, 1_000);
        apply(event(Type.ORDER_CREATED).intent(10).orderId(70));
        apply(event(Type.ORDER_FILLED).intent(10).orderId(70).unitsE4(1_000));

        apply(
                event(Type.ORDER_CREATED)
                        .intent(10)
                        .orderId(72)
                        .pending(
                                List.of(
                                        new PendingOrder(
                                                72,
                                                PendingOrder.Kind.STOP_LOSS,
                                                0,
                                                0,
                                                1,
                                                0,
                                                0,
                                                0,
                                                0,
                                                71,
                                                "",
                                                ""))));
        apply(event(Type.ORDER_CANCELLED).intent(10).orderId(72).reason("LINKED_TRADE_CLOSED"));

        assertThat(order.state()).isEqualTo(OrderState.FILLED);
        assertThat(order.orderId()).isEqualTo(70);
    }

    @Test
    void shouldEndACloseWhenItsTradeIsGone() {
        Order order = book.add(10, intent(Action.CLOSE, 0, 55, 0), 1_000, 5);
        apply(event(Type.REQUEST_SENT).intent(10));
        assertThat(book.isTradePending(55)).isTrue();

        apply(
                event(Type.ORDER_FILLED)
                        .intent(10)
                        .unitsE4(-700)
                        .effects(
                                List.of(
                                        new TradeEffect(
                                                TradeEffect.Effect.CLOSED,
                                                55,
                                                0,
                                                -700,
                                                1,
                                                0,
                                                0,
                                                0,
                                                0,
                                                0,
                                                0,
                                                0,
                                                "",
                                                ""))));

        assertThat(order.state()).isEqualTo(OrderState.FILLED);
        assertThat(book.isTradePending(55)).isFalse();
    }

    @Test
    void shouldExpireByTheBrokersReason() {
        Order order = sent(10, 1_000);

        apply(event(Type.ORDER_CANCELLED).intent(10).reason("TIME_IN_FORCE_EXPIRED"));

        assertThat(order.state()).isEqualTo(OrderState.EXPIRED);
    }

    @Test
    void shouldTurnOlderRequestsUnknownAtARestartOnly() {
        Order before = book.add(10, intent(Action.OPEN, 1_000, 0, 0), 1_000, 5);
        Order after = book.add(30, intent(Action.OPEN, 2_000, 0, 0), 2_000, 5);

        book.onRestart(20);

        assertThat(before.state()).isEqualTo(OrderState.UNKNOWN);
        assertThat(after.state()).isEqualTo(OrderState.NEW);
    }

    @Test
    void shouldReportAnEventOfAnIntentItNeverSaw() {
        assertThat(book.apply(event(Type.REQUEST_SENT).intent(99).build()))
                .contains("no such intent: intent=99");
    }

    @Test
    void shouldForgetOnlyTheOldestOfTheFinished() {
        for (int i = 1; i <= 5_000; i++) {
            book.add(i, intent(Action.OPEN, i, 0, 0), i, 5);
            apply(event(Type.NOT_SENT).intent(i));
        }

        assertThat(book.all()).hasSize(4_096);
        assertThat(book.byIndex(904)).isNull();
        assertThat(book.byIndex(905)).isNotNull();
        assertThat(book.apply(event(Type.REQUEST_ANSWERED).intent(1).build())).isNull();
    }

    private Order sent(long index, long unitsE4) {
        Order order = book.add(index, intent(Action.OPEN, unitsE4, 0, 0), unitsE4, 5);
        apply(event(Type.REQUEST_SENT).intent(index));
        return order;
    }

    @Test
    void shouldCountAnOrderAndItsReplacementAsTheLarger() {
        waiting(10, 1_000, 70);
        Order larger = book.add(11, intent(Action.REPLACE, 1_500, 0, 70), 1_500, 5);

        assertThat(book.pendingUnitsE4(0, true)).isEqualTo(1_500);
        assertThat(book.pendingEntries()).isEqualTo(1);
        assertThat(book.isOrderPending(70)).isTrue();
        apply(event(Type.REQUEST_SENT).intent(11).orderId(70));
        apply(event(Type.ORDER_CANCELLED).intent(11).orderId(70).reason("CLIENT_REQUEST_REPLACED"));
        apply(event(Type.ORDER_CREATED).intent(11).orderId(71));
        apply(event(Type.REQUEST_ANSWERED).intent(11).orderId(70));

        assertThat(larger.state()).isEqualTo(OrderState.ACCEPTED);
        assertThat(larger.orderId()).isEqualTo(71);
        assertThat(book.byIndex(10).state()).isEqualTo(OrderState.CANCELLED);
        assertThat(book.pendingUnitsE4(0, true)).isEqualTo(1_500);
        assertThat(book.pendingEntries()).isEqualTo(1);
    }

    @Test
    void shouldLeaveAnOrderAloneWhoseReplacementIsSmallerAndRefused() {
        Order order = waiting(10, 1_000, 70);
        Order smaller = book.add(11, intent(Action.REPLACE, 400, 0, 70), 400, 5);

        assertThat(book.pendingUnitsE4(0, true)).isEqualTo(1_000);
        apply(event(Type.REQUEST_SENT).intent(11).orderId(70));
        apply(event(Type.ORDER_REJECTED).intent(11).orderId(70).reason("ORDER_DOESNT_EXIST"));
        apply(event(Type.REQUEST_REFUSED).intent(11).orderId(70));

        assertThat(smaller.state()).isEqualTo(OrderState.REJECTED);
        assertThat(order.state()).isEqualTo(OrderState.ACCEPTED);
        assertThat(book.pendingUnitsE4(0, true)).isEqualTo(1_000);
        assertThat(book.isOrderPending(70)).isFalse();
    }

    /** Another client cancelled what had filled: the broker's rejection names our order. */
    @Test
    void shouldNotTakeTheRejectionOfARequestForThatOfItsOrder() {
        Order order = waiting(10, 1_000, 70);
        apply(event(Type.ORDER_FILLED).orderId(70).unitsE4(1_000));

        apply(
                event(Type.ORDER_REJECTED)
                        .orderId(70)
                        .client(order.intent().clientId(), "")
                        .reason("ORDER_DOESNT_EXIST"));

        assertThat(order.state()).isEqualTo(OrderState.FILLED);
    }

    private Order waiting(long index, long unitsE4, long orderId) {
        Order order = book.add(index, intent(Action.OPEN, unitsE4, 0, 0), unitsE4, 5);
        apply(event(Type.REQUEST_SENT).intent(index));
        apply(event(Type.ORDER_CREATED).intent(index).orderId(orderId));
        apply(event(Type.REQUEST_ANSWERED).intent(index));
        return order;
    }

    private void apply(BrokerEvent.Builder event) {
        assertThat(book.apply(event.build())).isNull();
    }

    private static BrokerEvent.Builder event(Type type) {
        return BrokerEvent.of(type, 0);
    }

    private static OrderIntent intent(Action action, long unitsE4, long tradeId, long orderId) {
        return new OrderIntent(
                action,
                OrderType.MARKET,
                0,
                0,
                77,
                "c" + unitsE4 + (action == Action.OPEN ? "" : action.name()),
                action.isEntry() ? unitsE4 : 0,
                0,
                0,
                0,
                0,
                tradeId,
                orderId,
                1,
                0,
                Long.MAX_VALUE,
                1,
                0);
    }
}
