package saker.venue;

import saker.broker.simulated.ClientExtensions;
import saker.broker.simulated.ExitSpec;
import saker.broker.simulated.Order;
import saker.broker.simulated.OrderSpec;
import saker.broker.simulated.OrderType;
import saker.broker.simulated.SimulatedBroker;
import saker.broker.simulated.Transaction;

/** Orders, what they ask for, and client extensions as OANDA's JSON. */
final class OrderWriter {
    private final SimulatedBroker broker;

    OrderWriter(SimulatedBroker broker) {
        this.broker = broker;
    }

    /** The members of an order, without the braces. */
    void members(JsonLine json, Order order) {
        json.id("id", order.id());
        json.time("createTime", order.createTimeNs());
        json.name("state", order.state());
        json.text("type", order.spec().type().name());
        spec(json, order.spec());
        if (order.spec().type() != OrderType.MARKET && !order.spec().type().isExit()) {
            json.text("partialFill", "DEFAULT_FILL");
        }
        if (order.spec().type() == OrderType.MARKET
                && broker.transaction(order.id()) instanceof Transaction.OrderCreate create) {
            origin(json, create.origin());
        }
        optionalPrice(
                json,
                "trailingStopValue",
                order.trailingStopValueE8(),
                Terms.digits(broker, order.spec().instrument()));
        optionalPrice(
                json,
                "initialMarketPrice",
                order.initialMarketPriceE8(),
                Terms.digits(broker, order.spec().instrument()));
        optionalId(json, "replacesOrderID", order.replacesOrderId());
        optionalId(json, "replacedByOrderID", order.replacedByOrderId());
        ending(json, order);
    }

    /** What the order asks for: shared by orders and the transactions that create them. */
    void spec(JsonLine json, OrderSpec spec) {
        int digits = Terms.digits(broker, spec.instrument());
        boolean exit = spec.type().isExit();
        if (exit) {
            optionalId(json, "tradeID", spec.tradeId());
            json.text("clientTradeID", spec.clientTradeId());
        } else {
            json.text("instrument", spec.instrument());
            optionalUnits(json, "units", spec.unitsE4());
        }
        if (spec.type() != OrderType.TRAILING_STOP_LOSS && spec.type() != OrderType.MARKET) {
            optionalPrice(json, "price", spec.priceE8(), digits);
        }
        if (exit && spec.type() != OrderType.TAKE_PROFIT) {
            optionalPrice(json, "distance", spec.distanceE8(), digits);
        }
        if (!exit && spec.type() != OrderType.LIMIT) {
            optionalPrice(json, "priceBound", spec.priceBoundE8(), digits);
        }
        json.name("timeInForce", spec.timeInForce());
        optionalTime(json, "gtdTime", spec.gtdTimeNs());
        if (!exit) {
            json.name("positionFill", spec.positionFill());
        }
        if (spec.type() != OrderType.MARKET) {
            json.name("triggerCondition", spec.triggerCondition());
        }
        extensions(json, "clientExtensions", spec.clientExtensions());
        if (!exit) {
            exit(json, "takeProfitOnFill", spec.takeProfitOnFill(), digits);
            exit(json, "stopLossOnFill", spec.stopLossOnFill(), digits);
            exit(json, "trailingStopLossOnFill", spec.trailingStopLossOnFill(), digits);
            extensions(json, "tradeClientExtensions", spec.tradeClientExtensions());
        }
    }

    /** What a market order closes, where it closes something. */
    static void origin(JsonLine json, Transaction.Origin origin) {
        if (origin.tradeClose() != null) {
            json.begin("tradeClose")
                    .id("tradeID", origin.tradeClose().tradeId())
                    .text("clientTradeID", origin.tradeClose().clientTradeId())
                    .text("units", origin.tradeClose().units())
                    .end();
        }
        closeout(json, "longPositionCloseout", origin.longPositionCloseout());
        closeout(json, "shortPositionCloseout", origin.shortPositionCloseout());
    }

    static void extensions(JsonLine json, String name, ClientExtensions extensions) {
        if (extensions == null) {
            return;
        }
        json.begin(name)
                .text("id", extensions.id())
                .text("tag", extensions.tag())
                .text("comment", extensions.comment())
                .end();
    }

    static void optionalId(JsonLine json, String name, Long id) {
        if (id != null) {
            json.id(name, id);
        }
    }

    static void optionalTime(JsonLine json, String name, Long timeNs) {
        if (timeNs != null) {
            json.time(name, timeNs);
        }
    }

    static void optionalUnits(JsonLine json, String name, Long unitsE4) {
        if (unitsE4 != null) {
            json.units(name, unitsE4);
        }
    }

    /** With at least {@code digits} decimals; a price as the client sent it may have more. */
    static void optionalPrice(JsonLine json, String name, Long priceE8, int digits) {
        if (priceE8 != null) {
            json.exactPrice(name, priceE8, digits);
        }
    }

    private static void closeout(
            JsonLine json, String name, Transaction.PositionCloseout closeout) {
        if (closeout != null) {
            json.begin(name)
                    .text("instrument", closeout.instrument())
                    .text("units", closeout.units())
                    .end();
        }
    }

    private static void exit(JsonLine json, String name, ExitSpec exit, int digits) {
        if (exit == null) {
            return;
        }
        json.begin(name);
        optionalPrice(json, "price", exit.priceE8(), digits);
        optionalPrice(json, "distance", exit.distanceE8(), digits);
        json.name("timeInForce", exit.timeInForce());
        optionalTime(json, "gtdTime", exit.gtdTimeNs());
        extensions(json, "clientExtensions", exit.clientExtensions());
        json.end();
    }

    private static void ending(JsonLine json, Order order) {
        optionalId(json, "fillingTransactionID", order.fillingTransactionId());
        optionalTime(json, "filledTime", order.filledTimeNs());
        optionalId(json, "tradeOpenedID", order.tradeOpenedId());
        optionalId(json, "tradeReducedID", order.tradeReducedId());
        if (!order.tradeClosedIds().isEmpty()) {
            json.ids("tradeClosedIDs", order.tradeClosedIds());
        }
        optionalId(json, "cancellingTransactionID", order.cancellingTransactionId());
        optionalTime(json, "cancelledTime", order.cancelledTimeNs());
    }
}
