package saker.model;

import java.util.Objects;

/**
 * An approved request to the broker, written before it is sent. The client id is made once, when
 * the intent is made, and is never derived again.
 *
 * @param clientId our key at the broker: 16 hex digits of the boot id, a dash, and the hex of the
 *     cause's index and ordinal; at most 36 characters
 * @param instanceId magic number of the strategy, 0 for a manual order
 * @param unitsE4 OPEN and REPLACE: signed base units. CLOSE: base units to close, unsigned, 0 for
 *     all
 * @param priceE8 LIMIT and STOP: the order's price; MARKET: the worst acceptable price, 0 for any
 * @param stopLossE8 absolute price; 0 for none; {@link #UNCHANGED} in a MODIFY
 * @param takeProfitE8 like {@code stopLossE8}
 * @param expiryNs market time at which a waiting order ends unfilled, 0 for never
 * @param tradeId MODIFY and CLOSE: the broker's trade, else 0
 * @param orderId CANCEL and REPLACE: the broker's order, else 0
 * @param quoteE8 the price the decision was taken at (ask for a buy, bid for a sell)
 * @param lastTransactionId the newest broker transaction known when this was decided: evidence of
 *     the outcome lies after it
 * @param deadlineNs journal time after which it must not be sent any more; {@link Long#MAX_VALUE}
 *     for closes and cancels, which never expire
 * @param origin index of the Signal or Command that asked for it
 * @param row row of the signal, 0 for a command
 */
public record OrderIntent(
        Action action,
        OrderType type,
        int accountId,
        int instrumentId,
        long instanceId,
        String clientId,
        long unitsE4,
        long priceE8,
        long stopLossE8,
        long takeProfitE8,
        long expiryNs,
        long tradeId,
        long orderId,
        long quoteE8,
        long lastTransactionId,
        long deadlineNs,
        long origin,
        int row) {

    /** Stop or target of a MODIFY that stays as it is. */
    public static final long UNCHANGED = -1;

    public enum Action {
        OPEN,
        MODIFY,
        CLOSE,
        CANCEL,
        /** A new order in the place of one that waits: the broker does both or neither. */
        REPLACE;

        /** Whether it asks for an order that may open a trade. */
        public boolean isEntry() {
            return this == OPEN || this == REPLACE;
        }
    }

    public enum OrderType {
        MARKET,
        LIMIT,
        STOP
    }

    public OrderIntent {
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(type, "type");
        if (clientId.isEmpty() || clientId.length() > 36) {
            throw new IllegalArgumentException("bad intent: clientId=" + clientId);
        }
        if (action.isEntry() && unitsE4 == 0) {
            throw new IllegalArgumentException("bad intent: action=" + action + ", unitsE4=0");
        }
        if ((action == Action.MODIFY || action == Action.CLOSE) && tradeId <= 0) {
            throw new IllegalArgumentException(
                    "bad intent: action=" + action + ", tradeId=" + tradeId);
        }
        if ((action == Action.CANCEL || action == Action.REPLACE) && orderId <= 0) {
            throw new IllegalArgumentException(
                    "bad intent: action=" + action + ", orderId=" + orderId);
        }
        if (expiryNs < 0) {
            throw new IllegalArgumentException("bad intent: expiryNs=" + expiryNs);
        }
    }
}
