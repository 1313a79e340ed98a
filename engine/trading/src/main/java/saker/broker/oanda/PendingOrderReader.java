package saker.broker.oanda;

import com.fasterxml.jackson.databind.JsonNode;
import saker.model.BrokerEvent.PendingOrder;
import saker.model.BrokerEvent.PendingOrder.Kind;
import saker.model.FixedPoint;
import saker.time.TradingDay;

/**
 * Reads an order of the account, or the transaction that created one: both name its members alike.
 */
final class PendingOrderReader {
    private final InstrumentDirectory instruments;
    private final Decimals decimals;

    PendingOrderReader(InstrumentDirectory instruments, Decimals decimals) {
        this.instruments = instruments;
        this.decimals = decimals;
    }

    /**
     * @param type as an order has it: {@code LIMIT}
     * @param createdNs 0 for unknown
     * @param tradeId the trade it protects or closes, else 0
     * @throws IllegalArgumentException if a decimal in it is none
     */
    PendingOrder read(JsonNode order, String type, long createdNs, long tradeId) {
        long unitsE4 = decimals.e4(order, "units");
        String bound = order.path("price").asText().isEmpty() ? "priceBound" : "price";
        long priceE8 = decimals.e8(order, bound);
        JsonNode extensions = order.path("clientExtensions");
        return new PendingOrder(
                Transaction.idOf(order, "id"),
                kindOf(type),
                instruments.idOf(order.path("instrument").asText()),
                unitsE4,
                priceE8,
                stopLoss(order.path("stopLossOnFill"), unitsE4, priceE8),
                decimals.e8(order.path("takeProfitOnFill"), "price"),
                createdNs,
                expiryNs(order, createdNs),
                tradeId,
                extensions.path("id").asText(),
                extensions.path("tag").asText());
    }

    /**
     * A distance counts from the price of the fill; until then the order's own is the best guess.
     */
    private long stopLoss(JsonNode onFill, long unitsE4, long priceE8) {
        long distanceE8 = decimals.e8(onFill, "distance");
        if (distanceE8 == 0 || priceE8 == 0) {
            return decimals.e8(onFill, "price");
        }
        return unitsE4 > 0
                ? FixedPoint.subtract(priceE8, distanceE8)
                : FixedPoint.add(priceE8, distanceE8);
    }

    private static long expiryNs(JsonNode order, long createdNs) {
        return switch (order.path("timeInForce").asText()) {
            case "GTD" -> timeNs(order, "gtdTime");
            case "GFD" -> createdNs == 0 ? 0 : TradingDay.nextRolloverNs(createdNs);
            default -> 0;
        };
    }

    /** A stamp, 0 if the member is missing or none. */
    static long timeNs(JsonNode json, String member) {
        long timeNs = Stamps.parse(json.path(member).asText());
        return timeNs == Stamps.BAD ? 0 : timeNs;
    }

    private static Kind kindOf(String type) {
        return switch (type) {
            case "MARKET" -> Kind.MARKET;
            case "LIMIT" -> Kind.LIMIT;
            case "STOP" -> Kind.STOP;
            case "STOP_LOSS", "GUARANTEED_STOP_LOSS" -> Kind.STOP_LOSS;
            case "TAKE_PROFIT" -> Kind.TAKE_PROFIT;
            case "TRAILING_STOP_LOSS" -> Kind.TRAILING_STOP;
            default -> Kind.OTHER;
        };
    }
}
