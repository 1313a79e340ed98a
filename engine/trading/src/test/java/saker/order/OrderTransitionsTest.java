package saker.order;

import static org.assertj.core.api.Assertions.assertThat;
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

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import saker.model.OrderIntent.Action;

/** The whole of both tables, written out: one row per state, one letter per event. */
class OrderTransitionsTest {
    private static final Map<Character, OrderState> LETTERS =
            Map.of(
                    'N',
                    NEW,
                    'S',
                    SENT,
                    'A',
                    ACCEPTED,
                    'P',
                    PARTIALLY_FILLED,
                    'F',
                    FILLED,
                    'C',
                    CANCELLED,
                    'R',
                    REJECTED,
                    'E',
                    EXPIRED,
                    'U',
                    UNKNOWN,
                    'X',
                    NOT_SENT);

    // Columns: SENT ANSWERED REFUSED OUTCOME_LOST NOT_SENT CREATED PARTLY FILLED CANCELLED
    // EXPIRED REJECTED RESTARTED
    private static final Map<OrderState, String> ORDERS =
            Map.of(
                    NEW, "S-R-X------U",
                    SENT, "-ARUXAPFCERU",
                    UNKNOWN, "-ARUXAPFCERU",
                    ACCEPTED, "-A-A-APFCERA",
                    PARTIALLY_FILLED, "-P-P--PFCE-P",
                    FILLED, "-F-F-------F",
                    CANCELLED, "-C-C-------C",
                    EXPIRED, "-E-E-------E",
                    REJECTED, "-RRR------RR",
                    NOT_SENT, "---X-------X");

    private static final Map<OrderState, String> CHANGES =
            Map.of(
                    NEW, "S-R-X------U",
                    SENT, "-FRUXA--A-RU",
                    UNKNOWN, "-FRUXF--F-RU",
                    ACCEPTED, "-F-F-A--A--F",
                    PARTIALLY_FILLED, "------------",
                    FILLED, "-F-F-F--F--F",
                    CANCELLED, "-C-C-------C",
                    EXPIRED, "-E-E-------E",
                    REJECTED, "-RRR------RR",
                    NOT_SENT, "---X-------X");

    @ParameterizedTest
    @EnumSource(Action.class)
    void shouldMoveAsTheTableSays(Action action) {
        boolean order = action.isEntry() || action == Action.CLOSE;
        for (OrderState state : OrderState.values()) {
            String row = (order ? ORDERS : CHANGES).get(state);
            for (OrderEvent event : OrderEvent.values()) {
                assertThat(OrderTransitions.after(action, state, event))
                        .as("%s: %s on %s", action, event, state)
                        .isEqualTo(LETTERS.get(row.charAt(event.ordinal())));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Action.class)
    void shouldNeverSendTwiceNorLeaveAFinalState(Action action) {
        for (OrderState state : OrderState.values()) {
            if (state != NEW) {
                assertThat(OrderTransitions.after(action, state, OrderEvent.SENT)).isNull();
            }
            for (OrderEvent event : OrderEvent.values()) {
                OrderState after = OrderTransitions.after(action, state, event);
                if (state.isFinal() && after != null) {
                    assertThat(after).isEqualTo(state);
                }
            }
        }
    }

    @Test
    void shouldEndASentOrderByEvidenceOnly() {
        for (OrderState state : new OrderState[] {SENT, ACCEPTED, PARTIALLY_FILLED, UNKNOWN}) {
            for (OrderEvent event :
                    new OrderEvent[] {
                        OrderEvent.OUTCOME_LOST, OrderEvent.RESTARTED, OrderEvent.ANSWERED
                    }) {
                assertThat(OrderTransitions.after(Action.OPEN, state, event).isFinal()).isFalse();
            }
        }
    }
}
