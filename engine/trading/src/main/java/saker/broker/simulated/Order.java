package saker.broker.simulated;

import java.util.List;

/**
 * An order as it stands. Facts that do not apply are null.
 *
 * @param id of the transaction that created it
 * @param spec with all defaults set; for exits {@code instrument} is the trade's and {@code
 *     priceE8} the level in force (of a stop loss given by distance: from the trade's price)
 * @param trailingStopValueE8 the level of a trailing stop now
 * @param initialMarketPriceE8 of a market-if-touched order: the market when it was created, which
 *     tells from which side it is touched
 */
public record Order(
        long id,
        long createTimeNs,
        State state,
        OrderSpec spec,
        Long trailingStopValueE8,
        Long initialMarketPriceE8,
        Long replacesOrderId,
        Long replacedByOrderId,
        Long fillingTransactionId,
        Long filledTimeNs,
        Long tradeOpenedId,
        Long tradeReducedId,
        List<Long> tradeClosedIds,
        Long cancellingTransactionId,
        Long cancelledTimeNs) {

    /** The names are those of OANDA's JSON. */
    public enum State {
        PENDING,
        FILLED,
        CANCELLED
    }

    public boolean isPending() {
        return state == State.PENDING;
    }

    static Order pending(long id, long timeNs, OrderSpec spec, Long marketPriceE8, Long replaces) {
        return new Order(
                id,
                timeNs,
                State.PENDING,
                spec,
                null,
                marketPriceE8,
                replaces,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                null,
                null);
    }

    Order withSpec(OrderSpec changed) {
        return new Order(
                id,
                createTimeNs,
                state,
                changed,
                trailingStopValueE8,
                initialMarketPriceE8,
                replacesOrderId,
                replacedByOrderId,
                fillingTransactionId,
                filledTimeNs,
                tradeOpenedId,
                tradeReducedId,
                tradeClosedIds,
                cancellingTransactionId,
                cancelledTimeNs);
    }

    Order withTrailingStop(long valueE8) {
        return new Order(
                id,
                createTimeNs,
                state,
                spec,
                valueE8,
                initialMarketPriceE8,
                replacesOrderId,
                replacedByOrderId,
                fillingTransactionId,
                filledTimeNs,
                tradeOpenedId,
                tradeReducedId,
                tradeClosedIds,
                cancellingTransactionId,
                cancelledTimeNs);
    }

    Order filled(Transaction.OrderFill fill) {
        return new Order(
                id,
                createTimeNs,
                State.FILLED,
                spec,
                trailingStopValueE8,
                initialMarketPriceE8,
                replacesOrderId,
                replacedByOrderId,
                fill.id(),
                fill.header().timeNs(),
                fill.tradeOpened() == null ? null : fill.tradeOpened().tradeId(),
                fill.tradeReduced() == null ? null : fill.tradeReduced().tradeId(),
                fill.tradesClosed().stream().map(Transaction.TradeReduce::tradeId).toList(),
                null,
                null);
    }

    Order cancelled(Transaction.OrderCancel cancel) {
        return new Order(
                id,
                createTimeNs,
                State.CANCELLED,
                spec,
                trailingStopValueE8,
                initialMarketPriceE8,
                replacesOrderId,
                cancel.replacedByOrderId(),
                null,
                null,
                null,
                null,
                List.of(),
                cancel.id(),
                cancel.header().timeNs());
    }
}
