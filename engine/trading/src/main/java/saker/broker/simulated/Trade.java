package saker.broker.simulated;

import java.util.ArrayList;
import java.util.List;

/**
 * A trade as it stands; amounts E8 in account currency.
 *
 * @param id of the fill that opened it
 * @param currentUnitsE4 still open, signed; 0 when closed
 * @param realizedPlE8 of the closed part, without financing
 * @param financingE8 paid and received so far (also the part already closed)
 * @param averageClosePriceE8 of the closed part; null before any close
 * @param closeTimeNs null while open
 * @param takeProfitOrderId waiting exit, or null; likewise the other two
 */
public record Trade(
        long id,
        String instrument,
        long priceE8,
        long openTimeNs,
        State state,
        long initialUnitsE4,
        long initialMarginRequiredE8,
        long currentUnitsE4,
        long realizedPlE8,
        long financingE8,
        Long averageClosePriceE8,
        List<Long> closingTransactionIds,
        Long closeTimeNs,
        ClientExtensions clientExtensions,
        Long takeProfitOrderId,
        Long stopLossOrderId,
        Long trailingStopLossOrderId) {

    /** The names are those of OANDA's JSON. */
    public enum State {
        OPEN,
        CLOSED
    }

    public boolean isOpen() {
        return state == State.OPEN;
    }

    /** The client's trade id, or null. */
    public String clientId() {
        return clientExtensions == null ? null : clientExtensions.id();
    }

    /** The waiting exit of that type, or null. */
    public Long exitOrderId(OrderType type) {
        return switch (type) {
            case TAKE_PROFIT -> takeProfitOrderId;
            case STOP_LOSS -> stopLossOrderId;
            case TRAILING_STOP_LOSS -> trailingStopLossOrderId;
            default -> throw new IllegalArgumentException("no exit: type=" + type);
        };
    }

    Trade withExit(OrderType type, Long orderId) {
        return new Trade(
                id,
                instrument,
                priceE8,
                openTimeNs,
                state,
                initialUnitsE4,
                initialMarginRequiredE8,
                currentUnitsE4,
                realizedPlE8,
                financingE8,
                averageClosePriceE8,
                closingTransactionIds,
                closeTimeNs,
                clientExtensions,
                type == OrderType.TAKE_PROFIT ? orderId : takeProfitOrderId,
                type == OrderType.STOP_LOSS ? orderId : stopLossOrderId,
                type == OrderType.TRAILING_STOP_LOSS ? orderId : trailingStopLossOrderId);
    }

    Trade withExtensions(ClientExtensions extensions) {
        return new Trade(
                id,
                instrument,
                priceE8,
                openTimeNs,
                state,
                initialUnitsE4,
                initialMarginRequiredE8,
                currentUnitsE4,
                realizedPlE8,
                financingE8,
                averageClosePriceE8,
                closingTransactionIds,
                closeTimeNs,
                extensions,
                takeProfitOrderId,
                stopLossOrderId,
                trailingStopLossOrderId);
    }

    Trade withFinancing(long amountE8) {
        return new Trade(
                id,
                instrument,
                priceE8,
                openTimeNs,
                state,
                initialUnitsE4,
                initialMarginRequiredE8,
                currentUnitsE4,
                realizedPlE8,
                financingE8 + amountE8,
                averageClosePriceE8,
                closingTransactionIds,
                closeTimeNs,
                clientExtensions,
                takeProfitOrderId,
                stopLossOrderId,
                trailingStopLossOrderId);
    }

    /** After a fill took {@code closedUnitsE4} (signed as the trade) off it. */
    Trade reduced(long closedUnitsE4, long plE8, long averageE8, long fillId, long timeNs) {
        long left = currentUnitsE4 - closedUnitsE4;
        List<Long> closing = new ArrayList<>(closingTransactionIds);
        closing.add(fillId);
        return new Trade(
                id,
                instrument,
                priceE8,
                openTimeNs,
                left == 0 ? State.CLOSED : State.OPEN,
                initialUnitsE4,
                initialMarginRequiredE8,
                left,
                realizedPlE8 + plE8,
                financingE8,
                averageE8,
                List.copyOf(closing),
                left == 0 ? timeNs : null,
                clientExtensions,
                takeProfitOrderId,
                stopLossOrderId,
                trailingStopLossOrderId);
    }
}
