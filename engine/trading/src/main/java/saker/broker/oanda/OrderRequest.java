package saker.broker.oanda;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import saker.model.FixedPoint;
import saker.model.Instrument;
import saker.model.OrderIntent;
import saker.model.OrderIntent.OrderType;

/**
 * The request an intent becomes.
 *
 * @param body JSON, or null for none
 */
record OrderRequest(HttpMethod method, String path, Buffer body) {
    private static final String COMMENT = "saker";

    /**
     * @throws IllegalArgumentException for an instrument the account does not know
     */
    static OrderRequest of(
            OrderIntent intent, InstrumentDirectory instruments, OandaOptions options) {
        return switch (intent.action()) {
            case OPEN ->
                    new OrderRequest(
                            HttpMethod.POST,
                            options.accountPath("/orders"),
                            open(intent, instruments.get(intent.instrumentId())));
            case REPLACE ->
                    new OrderRequest(
                            HttpMethod.PUT,
                            options.accountPath("/orders/" + intent.orderId()),
                            open(intent, instruments.get(intent.instrumentId())));
            case MODIFY ->
                    new OrderRequest(
                            HttpMethod.PUT,
                            options.accountPath("/trades/" + intent.tradeId() + "/orders"),
                            modify(intent));
            case CLOSE ->
                    new OrderRequest(
                            HttpMethod.PUT,
                            options.accountPath("/trades/" + intent.tradeId() + "/close"),
                            buffer(object().put("units", closeUnits(intent))));
            case CANCEL ->
                    new OrderRequest(
                            HttpMethod.PUT,
                            options.accountPath("/orders/" + intent.orderId() + "/cancel"),
                            null);
        };
    }

    /** {@code ALL}, or unsigned units. */
    static String closeUnits(OrderIntent intent) {
        return intent.unitsE4() == 0 ? "ALL" : FixedPoint.format(Math.abs(intent.unitsE4()), 4);
    }

    private static Buffer open(OrderIntent intent, Instrument instrument) {
        boolean market = intent.type() == OrderType.MARKET;
        ObjectNode order = object();
        order.put("type", intent.type().name());
        order.put("instrument", instrument.brokerName());
        order.put("units", FixedPoint.format(intent.unitsE4(), 4));
        if (intent.expiryNs() == 0) {
            order.put("timeInForce", market ? "FOK" : "GTC");
        } else {
            order.put("timeInForce", "GTD").put("gtdTime", Stamps.format(intent.expiryNs()));
        }
        order.put("positionFill", "OPEN_ONLY");
        if (intent.priceE8() != 0) {
            order.put(market ? "priceBound" : "price", price(intent.priceE8()));
        }
        if (intent.stopLossE8() > 0) {
            order.set("stopLossOnFill", exit(intent.stopLossE8()));
        }
        if (intent.takeProfitE8() > 0) {
            order.set("takeProfitOnFill", exit(intent.takeProfitE8()));
        }
        order.set("clientExtensions", extensions(intent));
        order.set("tradeClientExtensions", extensions(intent)); // Not copied by the broker.
        ObjectNode body = object();
        body.set("order", order);
        return buffer(body);
    }

    /** A member that is absent leaves the exit as it is; null cancels it. */
    private static Buffer modify(OrderIntent intent) {
        ObjectNode body = object();
        putExit(body, "stopLoss", intent.stopLossE8());
        putExit(body, "takeProfit", intent.takeProfitE8());
        return buffer(body);
    }

    private static void putExit(ObjectNode body, String member, long priceE8) {
        if (priceE8 == OrderIntent.UNCHANGED) {
            return;
        }
        if (priceE8 == 0) {
            body.putNull(member);
        } else {
            body.set(member, exit(priceE8));
        }
    }

    private static ObjectNode exit(long priceE8) {
        return object().put("price", price(priceE8)).put("timeInForce", "GTC");
    }

    private static ObjectNode extensions(OrderIntent intent) {
        return object().put("id", intent.clientId())
                .put("tag", Long.toString(intent.instanceId()))
                .put("comment", COMMENT);
    }

    private static String price(long priceE8) {
        return FixedPoint.format(priceE8, 8);
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static Buffer buffer(ObjectNode body) {
        return Buffer.buffer(body.toString());
    }
}
