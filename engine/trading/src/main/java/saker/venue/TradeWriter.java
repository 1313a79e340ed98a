package saker.venue;

import saker.broker.simulated.Order;
import saker.broker.simulated.Position;
import saker.broker.simulated.SimulatedBroker;
import saker.broker.simulated.Trade;
import saker.broker.simulated.TradeFigures;

/** Trades and positions as OANDA's JSON. */
final class TradeWriter {
    private static final String NOTHING = "0.0000";

    private final SimulatedBroker broker;
    private final OrderWriter orders;

    TradeWriter(SimulatedBroker broker) {
        this.broker = broker;
        this.orders = new OrderWriter(broker);
    }

    /** A Trade: its exits are written whole. */
    void members(JsonLine json, Trade trade) {
        common(json, trade);
        exit(json, "takeProfitOrder", trade.takeProfitOrderId());
        exit(json, "stopLossOrder", trade.stopLossOrderId());
        exit(json, "trailingStopLossOrder", trade.trailingStopLossOrderId());
    }

    /** A TradeSummary: its exits are written as ids. */
    void summary(JsonLine json, Trade trade) {
        json.beginElement();
        common(json, trade);
        OrderWriter.optionalId(json, "takeProfitOrderID", trade.takeProfitOrderId());
        OrderWriter.optionalId(json, "stopLossOrderID", trade.stopLossOrderId());
        OrderWriter.optionalId(json, "trailingStopLossOrderID", trade.trailingStopLossOrderId());
        json.end();
    }

    /** A Position, without the braces. */
    void position(JsonLine json, Position position) {
        int digits = Terms.digits(broker, position.instrument());
        json.text("instrument", position.instrument())
                .money("pl", position.plE8())
                .money("unrealizedPL", position.unrealizedPlE8())
                .money("marginUsed", position.marginUsedE8())
                .money("resettablePL", position.plE8())
                .money("financing", position.financingE8())
                .text("commission", NOTHING)
                .text("guaranteedExecutionFees", NOTHING);
        side(json, "long", position.longSide(), digits);
        side(json, "short", position.shortSide(), digits);
    }

    private void common(JsonLine json, Trade trade) {
        int digits = Terms.digits(broker, trade.instrument());
        json.id("id", trade.id())
                .text("instrument", trade.instrument())
                .price("price", trade.priceE8(), digits)
                .time("openTime", trade.openTimeNs())
                .name("state", trade.state())
                .units("initialUnits", trade.initialUnitsE4())
                .money("initialMarginRequired", trade.initialMarginRequiredE8())
                .units("currentUnits", trade.currentUnitsE4())
                .money("realizedPL", trade.realizedPlE8())
                .money("financing", trade.financingE8());
        if (trade.isOpen()) {
            TradeFigures figures = broker.tradeFigures(trade.id());
            json.money("unrealizedPL", figures.unrealizedPlE8());
            json.money("marginUsed", figures.marginUsedE8());
        }
        if (trade.averageClosePriceE8() != null) {
            json.price("averageClosePrice", trade.averageClosePriceE8(), digits);
            json.ids("closingTransactionIDs", trade.closingTransactionIds());
        }
        OrderWriter.optionalTime(json, "closeTime", trade.closeTimeNs());
        OrderWriter.extensions(json, "clientExtensions", trade.clientExtensions());
    }

    private void exit(JsonLine json, String name, Long orderId) {
        Order order = orderId == null ? null : broker.order(orderId);
        if (order != null) {
            json.begin(name);
            orders.members(json, order);
            json.end();
        }
    }

    private static void side(JsonLine json, String name, Position.Side side, int digits) {
        json.begin(name).units("units", side.unitsE4());
        if (side.unitsE4() != 0) {
            json.price("averagePrice", side.averagePriceE8(), digits);
            json.ids("tradeIDs", side.tradeIds());
        }
        json.money("pl", side.plE8())
                .money("unrealizedPL", side.unrealizedPlE8())
                .money("resettablePL", side.plE8())
                .money("financing", side.financingE8())
                .text("guaranteedExecutionFees", NOTHING)
                .end();
    }
}
