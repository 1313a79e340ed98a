package saker.venue;

import saker.broker.simulated.ExitSpec;
import saker.broker.simulated.OrderSpec;
import saker.broker.simulated.OrderType;
import saker.broker.simulated.PositionFill;
import saker.broker.simulated.TimeInForce;
import saker.broker.simulated.TradeExits;
import saker.broker.simulated.TriggerCondition;

/**
 * Reads what a client asks for. Malformed members are refused here, without a transaction; whether
 * the rest makes sense is for the account to say.
 */
final class OrderReader {
    private OrderReader() {}

    /** The {@code order} member of a body. */
    static OrderSpec order(RequestBody body) {
        RequestBody order = body.requiredObject("order");
        OrderType type = order.choice("type", OrderType.class);
        if (type == null) {
            throw Refusal.missing();
        }
        order.refuseIfGiven("guaranteedStopLossOnFill");
        order.refuseIfGiven("guaranteed");
        return OrderSpec.of(type)
                .instrument(order.text("instrument"))
                .unitsE4(order.decimalE4("units"))
                .priceE8(order.decimalE8("price"))
                .distanceE8(order.decimalE8("distance"))
                .priceBoundE8(order.decimalE8("priceBound"))
                .timeInForce(order.choice("timeInForce", TimeInForce.class))
                .gtdTimeNs(order.time("gtdTime"))
                .positionFill(order.choice("positionFill", PositionFill.class))
                .triggerCondition(order.choice("triggerCondition", TriggerCondition.class))
                .clientExtensions(order.extensions("clientExtensions"))
                .tradeClientExtensions(order.extensions("tradeClientExtensions"))
                .takeProfitOnFill(exit(order, "takeProfitOnFill"))
                .stopLossOnFill(exit(order, "stopLossOnFill"))
                .trailingStopLossOnFill(exit(order, "trailingStopLossOnFill"))
                .tradeId(order.id("tradeID"))
                .clientTradeId(order.text("clientTradeID"))
                .build();
    }

    /** The body of a change of a trade's exits. */
    static TradeExits exits(RequestBody body) {
        body.refuseIfGiven("guaranteedStopLoss");
        return new TradeExits(
                change(body, "takeProfit"),
                change(body, "stopLoss"),
                change(body, "trailingStopLoss"));
    }

    private static TradeExits.Change change(RequestBody body, String name) {
        if (!body.has(name)) {
            return TradeExits.Change.UNCHANGED;
        }
        if (body.isNull(name)) {
            return TradeExits.Change.CANCEL;
        }
        return TradeExits.Change.to(exit(body, name));
    }

    private static ExitSpec exit(RequestBody body, String name) {
        RequestBody exit = body.object(name);
        if (exit == null) {
            return null;
        }
        exit.refuseIfGiven("guaranteed");
        return new ExitSpec(
                exit.decimalE8("price"),
                exit.decimalE8("distance"),
                exit.choice("timeInForce", TimeInForce.class),
                exit.time("gtdTime"),
                exit.choice("triggerCondition", TriggerCondition.class),
                exit.extensions("clientExtensions"));
    }
}
