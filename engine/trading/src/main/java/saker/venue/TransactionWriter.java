package saker.venue;

import saker.broker.simulated.OrderType;
import saker.broker.simulated.RejectReason;
import saker.broker.simulated.SimulatedBroker;
import saker.broker.simulated.Transaction;

/** Transactions as OANDA's JSON, for answers and for the stream. */
final class TransactionWriter {
    private static final String NO_FEE = "0.0000";

    private final SimulatedBroker broker;
    private final OrderWriter orders;
    private final String accountId;
    private final long[] accountParts;

    TransactionWriter(SimulatedBroker broker, String accountId) {
        this.broker = broker;
        this.orders = new OrderWriter(broker);
        this.accountId = accountId;
        this.accountParts =
                java.util.Arrays.stream(accountId.split("-")).mapToLong(Long::parseLong).toArray();
    }

    /** The user part of the account id. */
    long userId() {
        return accountParts[2];
    }

    /** One line of the stream. */
    byte[] line(Transaction transaction, DatetimeFormat format) {
        JsonLine json = new JsonLine(format).begin();
        members(json, transaction);
        return json.end().toBytes();
    }

    void member(JsonLine json, String name, Transaction transaction) {
        json.begin(name);
        members(json, transaction);
        json.end();
    }

    void element(JsonLine json, Transaction transaction) {
        json.beginElement();
        members(json, transaction);
        json.end();
    }

    private void members(JsonLine json, Transaction transaction) {
        header(json, transaction);
        if (transaction instanceof Transaction.OrderFill fill) {
            fill(json, fill);
        } else if (transaction instanceof Transaction.OrderCreate create) {
            create(json, create);
        } else if (transaction instanceof Transaction.OrderReject reject) {
            reject(json, reject);
        } else if (transaction instanceof Transaction.OrderCancel cancel) {
            json.id("orderID", cancel.orderId())
                    .text("clientOrderID", cancel.clientOrderId())
                    .name("reason", cancel.reason());
            OrderWriter.optionalId(json, "replacedByOrderID", cancel.replacedByOrderId());
        } else if (transaction instanceof Transaction.OrderCancelReject reject) {
            OrderWriter.optionalId(json, "orderID", reject.orderId());
            json.text("clientOrderID", reject.clientOrderId());
            rejectReason(json, reject.rejectReason());
        } else if (transaction instanceof Transaction.DailyFinancing financing) {
            financing(json, financing);
        } else {
            accountMembers(json, transaction);
        }
    }

    private void header(JsonLine json, Transaction transaction) {
        Transaction.Header header = transaction.header();
        json.text("type", transaction.type())
                .id("id", header.id())
                .time("time", header.timeNs())
                .number("userID", userId())
                .text("accountID", accountId)
                .id("batchID", header.batchId())
                .text("requestID", header.requestId());
    }

    private void create(JsonLine json, Transaction.OrderCreate create) {
        orders.spec(json, create.order());
        json.name("reason", create.origin().reason());
        if (create.order().type() == OrderType.MARKET) {
            OrderWriter.origin(json, create.origin());
            return;
        }
        OrderWriter.optionalId(json, "replacesOrderID", create.origin().replacesOrderId());
        OrderWriter.optionalId(
                json, "cancellingTransactionID", create.origin().cancellingTransactionId());
        if (create.order().type().isExit()) {
            OrderWriter.optionalId(
                    json, "orderFillTransactionID", create.origin().orderFillTransactionId());
        }
    }

    private void reject(JsonLine json, Transaction.OrderReject reject) {
        orders.spec(json, reject.order());
        json.name("reason", reject.origin().reason());
        if (reject.order().type() == OrderType.MARKET) {
            OrderWriter.origin(json, reject.origin());
        } else {
            OrderWriter.optionalId(
                    json, "intendedReplacesOrderID", reject.origin().replacesOrderId());
        }
        rejectReason(json, reject.rejectReason());
    }

    private void fill(JsonLine json, Transaction.OrderFill fill) {
        int digits = Terms.digits(broker, fill.instrument());
        json.id("orderID", fill.orderId())
                .text("clientOrderID", fill.clientOrderId())
                .text("instrument", fill.instrument())
                .units("units", fill.unitsE4())
                .units("requestedUnits", fill.requestedUnitsE4())
                .price("price", fill.priceE8(), digits)
                .price("fullVWAP", fill.priceE8(), digits);
        fullPrice(json, fill, digits);
        json.name("reason", fill.reason())
                .money("pl", fill.plE8())
                .money("financing", fill.financingE8())
                .money("commission", fill.commissionE8())
                .text("guaranteedExecutionFee", NO_FEE)
                .money("halfSpreadCost", fill.halfSpreadCostE8())
                .money("accountBalance", fill.accountBalanceE8())
                .rate("gainQuoteHomeConversionFactor", fill.gainFactorE14())
                .rate("lossQuoteHomeConversionFactor", fill.lossFactorE14());
        if (fill.tradeOpened() != null) {
            opened(json, fill.tradeOpened(), digits);
        }
        if (!fill.tradesClosed().isEmpty()) {
            json.beginArray("tradesClosed");
            for (Transaction.TradeReduce closed : fill.tradesClosed()) {
                json.beginElement();
                reduced(json, closed, digits);
                json.end();
            }
            json.endArray();
        }
        if (fill.tradeReduced() != null) {
            json.begin("tradeReduced");
            reduced(json, fill.tradeReduced(), digits);
            json.end();
        }
    }

    private static void fullPrice(JsonLine json, Transaction.OrderFill fill, int digits) {
        json.begin("fullPrice");
        json.time("timestamp", fill.quoteTimeNs());
        side(json, "bids", fill.bidE8(), digits);
        side(json, "asks", fill.askE8(), digits);
        json.price("closeoutBid", fill.bidE8(), digits).price("closeoutAsk", fill.askE8(), digits);
        json.end();
    }

    private static void side(JsonLine json, String name, long priceE8, int digits) {
        json.beginArray(name)
                .beginElement()
                .price("price", priceE8, digits)
                .text("liquidity", Long.toString(PriceWriter.LIQUIDITY))
                .end()
                .endArray();
    }

    private static void opened(JsonLine json, Transaction.TradeOpen opened, int digits) {
        json.begin("tradeOpened")
                .id("tradeID", opened.tradeId())
                .units("units", opened.unitsE4())
                .price("price", opened.priceE8(), digits)
                .text("guaranteedExecutionFee", NO_FEE)
                .money("halfSpreadCost", opened.halfSpreadCostE8())
                .money("initialMarginRequired", opened.initialMarginRequiredE8());
        OrderWriter.extensions(json, "clientExtensions", opened.clientExtensions());
        json.end();
    }

    private static void reduced(JsonLine json, Transaction.TradeReduce part, int digits) {
        json.id("tradeID", part.tradeId())
                .units("units", part.unitsE4())
                .price("price", part.priceE8(), digits)
                .money("realizedPL", part.realizedPlE8())
                .money("financing", part.financingE8())
                .text("guaranteedExecutionFee", NO_FEE)
                .money("halfSpreadCost", part.halfSpreadCostE8());
    }

    private static void financing(JsonLine json, Transaction.DailyFinancing financing) {
        json.money("financing", financing.financingE8())
                .money("accountBalance", financing.accountBalanceE8())
                .text("accountFinancingMode", financing.accountFinancingMode())
                .beginArray("positionFinancings");
        for (Transaction.PositionFinancing position : financing.positionFinancings()) {
            json.beginElement()
                    .text("instrument", position.instrument())
                    .money("financing", position.financingE8())
                    .beginArray("openTradeFinancings");
            for (Transaction.TradeFinancing trade : position.openTradeFinancings()) {
                json.beginElement()
                        .id("tradeID", trade.tradeId())
                        .money("financing", trade.financingE8())
                        .end();
            }
            json.endArray().end();
        }
        json.endArray();
    }

    private void accountMembers(JsonLine json, Transaction transaction) {
        if (transaction instanceof Transaction.Create create) {
            json.number("divisionID", accountParts[1])
                    .number("siteID", accountParts[0])
                    .number("accountUserID", userId())
                    .number("accountNumber", accountParts[3])
                    .text("homeCurrency", create.homeCurrency());
        } else if (transaction instanceof Transaction.TransferFunds funds) {
            json.money("amount", funds.amountE8())
                    .text("fundingReason", funds.fundingReason())
                    .money("accountBalance", funds.accountBalanceE8());
        } else if (transaction instanceof Transaction.ClientConfigure configure) {
            configuration(json, configure.alias(), configure.marginRateE14());
        } else if (transaction instanceof Transaction.ClientConfigureReject reject) {
            configuration(json, reject.alias(), reject.marginRateE14());
            rejectReason(json, reject.rejectReason());
        } else {
            extensionMembers(json, transaction);
        }
    }

    private static void configuration(JsonLine json, String alias, Long marginRateE14) {
        json.text("alias", alias);
        if (marginRateE14 != null) {
            json.rate("marginRate", marginRateE14);
        }
    }

    private static void extensionMembers(JsonLine json, Transaction transaction) {
        if (transaction instanceof Transaction.OrderExtensionsModify modify) {
            json.id("orderID", modify.orderId()).text("clientOrderID", modify.clientOrderId());
            OrderWriter.extensions(json, "clientExtensionsModify", modify.clientExtensions());
            OrderWriter.extensions(
                    json, "tradeClientExtensionsModify", modify.tradeClientExtensions());
        } else if (transaction instanceof Transaction.OrderExtensionsModifyReject reject) {
            OrderWriter.optionalId(json, "orderID", reject.orderId());
            json.text("clientOrderID", reject.clientOrderId());
            OrderWriter.extensions(json, "clientExtensionsModify", reject.clientExtensions());
            OrderWriter.extensions(
                    json, "tradeClientExtensionsModify", reject.tradeClientExtensions());
            rejectReason(json, reject.rejectReason());
        } else if (transaction instanceof Transaction.TradeExtensionsModify modify) {
            json.id("tradeID", modify.tradeId()).text("clientTradeID", modify.clientTradeId());
            OrderWriter.extensions(json, "tradeClientExtensionsModify", modify.clientExtensions());
        } else if (transaction instanceof Transaction.TradeExtensionsModifyReject reject) {
            OrderWriter.optionalId(json, "tradeID", reject.tradeId());
            json.text("clientTradeID", reject.clientTradeId());
            OrderWriter.extensions(json, "tradeClientExtensionsModify", reject.clientExtensions());
            rejectReason(json, reject.rejectReason());
        } else {
            throw new IllegalStateException("cannot write: type=" + transaction.type());
        }
    }

    private static void rejectReason(JsonLine json, RejectReason reason) {
        json.name("rejectReason", reason);
    }
}
