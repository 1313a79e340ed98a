package saker.broker.simulated;

import java.util.ArrayList;
import java.util.List;

/**
 * What a request did: its transactions in order, each with the member of OANDA's answer it belongs
 * to, and why it was refused, if it was.
 *
 * @param status how the request went
 * @param reason why it was refused; null when accepted
 * @param entries at least one unless the request was refused without a transaction
 */
public record Outcome(Status status, RejectReason reason, List<Entry> entries) {

    /** How a request went. */
    public enum Status {
        /** Done, even if an order was cancelled at once (201 or 200). */
        ACCEPTED,
        /** Refused with a reject transaction (400). */
        REJECTED,
        /** The order, trade or position does not exist (404). */
        NOT_FOUND
    }

    /** The members of OANDA's answers. */
    public enum Role {
        ORDER_CREATE("orderCreateTransaction"),
        ORDER_FILL("orderFillTransaction"),
        ORDER_CANCEL("orderCancelTransaction"),
        ORDER_REJECT("orderRejectTransaction"),
        ORDER_CANCEL_REJECT("orderCancelRejectTransaction"),
        REPLACING_ORDER_CANCEL("replacingOrderCancelTransaction"),
        TAKE_PROFIT_CANCEL("takeProfitOrderCancelTransaction"),
        TAKE_PROFIT("takeProfitOrderTransaction"),
        TAKE_PROFIT_FILL("takeProfitOrderFillTransaction"),
        TAKE_PROFIT_CREATED_CANCEL("takeProfitOrderCreatedCancelTransaction"),
        TAKE_PROFIT_REJECT("takeProfitOrderRejectTransaction"),
        TAKE_PROFIT_CANCEL_REJECT("takeProfitOrderCancelRejectTransaction"),
        STOP_LOSS_CANCEL("stopLossOrderCancelTransaction"),
        STOP_LOSS("stopLossOrderTransaction"),
        STOP_LOSS_FILL("stopLossOrderFillTransaction"),
        STOP_LOSS_CREATED_CANCEL("stopLossOrderCreatedCancelTransaction"),
        STOP_LOSS_REJECT("stopLossOrderRejectTransaction"),
        STOP_LOSS_CANCEL_REJECT("stopLossOrderCancelRejectTransaction"),
        TRAILING_STOP_LOSS_CANCEL("trailingStopLossOrderCancelTransaction"),
        TRAILING_STOP_LOSS("trailingStopLossOrderTransaction"),
        TRAILING_STOP_LOSS_FILL("trailingStopLossOrderFillTransaction"),
        TRAILING_STOP_LOSS_CREATED_CANCEL("trailingStopLossOrderCreatedCancelTransaction"),
        TRAILING_STOP_LOSS_REJECT("trailingStopLossOrderRejectTransaction"),
        TRAILING_STOP_LOSS_CANCEL_REJECT("trailingStopLossOrderCancelRejectTransaction"),
        LONG_ORDER_CREATE("longOrderCreateTransaction"),
        LONG_ORDER_FILL("longOrderFillTransaction"),
        LONG_ORDER_CANCEL("longOrderCancelTransaction"),
        LONG_ORDER_REJECT("longOrderRejectTransaction"),
        SHORT_ORDER_CREATE("shortOrderCreateTransaction"),
        SHORT_ORDER_FILL("shortOrderFillTransaction"),
        SHORT_ORDER_CANCEL("shortOrderCancelTransaction"),
        SHORT_ORDER_REJECT("shortOrderRejectTransaction"),
        CLIENT_CONFIGURE("clientConfigureTransaction"),
        CLIENT_CONFIGURE_REJECT("clientConfigureRejectTransaction"),
        ORDER_EXTENSIONS("orderClientExtensionsModifyTransaction"),
        ORDER_EXTENSIONS_REJECT("orderClientExtensionsModifyRejectTransaction"),
        TRADE_EXTENSIONS("tradeClientExtensionsModifyTransaction"),
        TRADE_EXTENSIONS_REJECT("tradeClientExtensionsModifyRejectTransaction"),
        /** Belongs to the batch, but to no member: exits made or cancelled by a fill. */
        RELATED(null);

        private final String member;

        Role(String member) {
            this.member = member;
        }

        /** Name of the member in the answer, or null. */
        public String member() {
            return member;
        }
    }

    /** One transaction and its member. */
    public record Entry(Role role, Transaction transaction) {}

    public boolean accepted() {
        return status == Status.ACCEPTED;
    }

    /** The transaction of a role, or null. */
    public Transaction get(Role role) {
        for (Entry entry : entries) {
            if (entry.role() == role) {
                return entry.transaction();
            }
        }
        return null;
    }

    /** All transactions, in order of their ids. */
    public List<Transaction> transactions() {
        List<Transaction> all = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            all.add(entry.transaction());
        }
        return all;
    }
}
