package saker.broker.oanda;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import saker.broker.oanda.OandaCounters.Count;
import saker.model.BrokerEvent;
import saker.model.BrokerEvent.PendingOrder;
import saker.model.BrokerEvent.TradeEffect;
import saker.model.BrokerEvent.TradeEffect.Effect;
import saker.model.BrokerEvent.Type;

/**
 * From the broker's transactions to BrokerEvents. A type we do not know, or one whose fields we
 * cannot read, becomes OTHER: it is never lost, since its bytes are kept.
 */
final class TransactionMapper {
    private final int accountIndex;
    private final InstrumentDirectory instruments;
    private final OandaCounters counters;
    private final Decimals decimals;
    private final PendingOrderReader orders;

    TransactionMapper(int accountIndex, InstrumentDirectory instruments, OandaCounters counters) {
        this.accountIndex = accountIndex;
        this.instruments = instruments;
        this.counters = counters;
        this.decimals = new Decimals(counters);
        this.orders = new PendingOrderReader(instruments, decimals);
    }

    BrokerEvent map(Transaction transaction, long intent) {
        try {
            return common(transaction, typeOf(transaction), intent).build();
        } catch (IllegalArgumentException e) { // Includes NumberFormatException.
            counters.increment(Count.TRANSACTION_UNREADABLE);
            return base(transaction, Type.OTHER, intent)
                    .reason(transaction.type() + " unreadable: " + e.getMessage())
                    .build();
        }
    }

    /** The broker's time of a transaction, or 0. */
    static long timeNs(Transaction transaction) {
        return PendingOrderReader.timeNs(transaction.json(), "time");
    }

    private static Type typeOf(Transaction transaction) {
        String type = transaction.type();
        return switch (type) {
            case "ORDER_FILL" -> Type.ORDER_FILLED;
            case "ORDER_CANCEL" -> Type.ORDER_CANCELLED;
            case "ORDER_CANCEL_REJECT" -> Type.ORDER_REJECTED;
            case "DAILY_FINANCING", "DIVIDEND_ADJUSTMENT" -> Type.FINANCING;
            case "TRANSFER_FUNDS" -> Type.FUNDS;
            case "MARKET_ORDER",
                    "FIXED_PRICE_ORDER",
                    "LIMIT_ORDER",
                    "STOP_ORDER",
                    "MARKET_IF_TOUCHED_ORDER",
                    "TAKE_PROFIT_ORDER",
                    "STOP_LOSS_ORDER",
                    "GUARANTEED_STOP_LOSS_ORDER",
                    "TRAILING_STOP_LOSS_ORDER" ->
                    Type.ORDER_CREATED;
            default -> type.endsWith("_ORDER_REJECT") ? Type.ORDER_REJECTED : Type.OTHER;
        };
    }

    private BrokerEvent.Builder base(Transaction transaction, Type type, long intent) {
        return BrokerEvent.of(type, accountIndex)
                .intent(intent)
                .transactionId(transaction.id())
                .brokerTimeNs(timeNs(transaction))
                .raw(transaction.raw());
    }

    private BrokerEvent.Builder common(Transaction transaction, Type type, long intent) {
        BrokerEvent.Builder event = base(transaction, type, intent);
        if (!transaction.text("instrument").isEmpty()) {
            event.instrumentId(instruments.idOf(transaction.text("instrument")));
        }
        switch (type) {
            case ORDER_CREATED -> created(transaction, event);
            case ORDER_FILLED -> filled(transaction, event);
            case ORDER_CANCELLED -> ended(transaction, event, "reason");
            case ORDER_REJECTED -> ended(transaction, event, "rejectReason");
            case FINANCING -> financing(transaction, event);
            case FUNDS ->
                    event.balanceE8(decimals.e8(transaction.json(), "accountBalance"))
                            .reason(transaction.text("fundingReason"));
            default -> other(transaction, event);
        }
        return event;
    }

    private void created(Transaction transaction, BrokerEvent.Builder event) {
        PendingOrder order =
                orders.read(
                        transaction.json(),
                        transaction.type().replace("_ORDER", ""),
                        timeNs(transaction),
                        tradeOf(transaction));
        event.orderId(transaction.id())
                .tradeId(order.tradeId())
                .unitsE4(order.unitsE4())
                .priceE8(order.priceE8())
                .client(order.clientId(), order.tag())
                .reason(transaction.text("reason"))
                .pending(List.of(order));
    }

    private void filled(Transaction transaction, BrokerEvent.Builder event) {
        JsonNode json = transaction.json();
        JsonNode opened = json.path("tradeOpened");
        JsonNode extensions = opened.path("clientExtensions");
        String clientId = transaction.text("clientOrderID");
        List<TradeEffect> effects = effects(transaction);
        event.orderId(transaction.idOf("orderID"))
                .tradeId(tradeOfFill(transaction, effects))
                .unitsE4(decimals.e4(json, "units"))
                .priceE8(decimals.e8(json, "price"))
                .money(
                        decimals.e8(json, "pl"),
                        decimals.e8(json, "financing"),
                        decimals.e8(json, "commission")
                                + decimals.e8(json, "guaranteedExecutionFee"))
                .balanceE8(decimals.e8(json, "accountBalance"))
                .client(
                        clientId.isEmpty() ? extensions.path("id").asText() : clientId,
                        extensions.path("tag").asText())
                .reason(transaction.text("reason"))
                .effects(effects);
    }

    /** The trade that was opened, or the one whose stop or target was filled; else 0. */
    private static long tradeOfFill(Transaction transaction, List<TradeEffect> effects) {
        String reason = transaction.text("reason");
        boolean exit = reason.endsWith("STOP_LOSS_ORDER") || reason.equals("TAKE_PROFIT_ORDER");
        for (TradeEffect effect : effects) {
            if (exit || effect.effect() == Effect.OPENED) {
                return effect.tradeId();
            }
        }
        return 0;
    }

    private List<TradeEffect> effects(Transaction transaction) {
        List<TradeEffect> effects = new ArrayList<>();
        JsonNode json = transaction.json();
        json.path("tradesClosed")
                .forEach(row -> effects.add(effect(transaction, row, Effect.CLOSED)));
        if (json.path("tradeReduced").isObject()) {
            effects.add(effect(transaction, json.path("tradeReduced"), Effect.REDUCED));
        }
        if (json.path("tradeOpened").isObject()) {
            effects.add(effect(transaction, json.path("tradeOpened"), Effect.OPENED));
        }
        return effects;
    }

    private TradeEffect effect(Transaction transaction, JsonNode row, Effect effect) {
        long priceE8 = decimals.e8(row, "price");
        JsonNode extensions = row.path("clientExtensions");
        return new TradeEffect(
                effect,
                Transaction.idOf(row, "tradeID"),
                instruments.idOf(transaction.text("instrument")),
                decimals.e4(row, "units"),
                priceE8 != 0 ? priceE8 : decimals.e8(transaction.json(), "price"),
                decimals.e8(row, "realizedPL"),
                decimals.e8(row, "financing"),
                0,
                0,
                0,
                0,
                effect == Effect.OPENED ? timeNs(transaction) : 0,
                extensions.path("id").asText(),
                extensions.path("tag").asText());
    }

    private void ended(Transaction transaction, BrokerEvent.Builder event, String reasonMember) {
        JsonNode extensions = transaction.json().path("clientExtensions");
        String clientId = transaction.text("clientOrderID");
        event.orderId(transaction.idOf("orderID"))
                .tradeId(tradeOf(transaction))
                .unitsE4(decimals.e4(transaction.json(), "units"))
                .client(
                        clientId.isEmpty() ? extensions.path("id").asText() : clientId,
                        extensions.path("tag").asText())
                .reason(transaction.text(reasonMember));
    }

    private void financing(Transaction transaction, BrokerEvent.Builder event) {
        JsonNode json = transaction.json();
        boolean dividend = transaction.type().equals("DIVIDEND_ADJUSTMENT");
        String amount = dividend ? "dividendAdjustment" : "financing";
        List<TradeEffect> effects = new ArrayList<>();
        if (dividend) {
            json.path("openTradeDividendAdjustments")
                    .forEach(
                            row ->
                                    effects.add(
                                            financed(transaction.text("instrument"), row, amount)));
        }
        for (JsonNode position : json.path("positionFinancings")) {
            String name = position.path("instrument").asText();
            position.path("openTradeFinancings")
                    .forEach(row -> effects.add(financed(name, row, amount)));
        }
        event.money(0, decimals.e8(json, amount), 0)
                .balanceE8(decimals.e8(json, "accountBalance"))
                .reason(transaction.type())
                .effects(effects);
    }

    private TradeEffect financed(String instrument, JsonNode row, String amount) {
        return new TradeEffect(
                Effect.FINANCED,
                Transaction.idOf(row, "tradeID"),
                instruments.idOf(instrument),
                0,
                0,
                0,
                decimals.e8(row, amount),
                0,
                0,
                0,
                0,
                0,
                "",
                "");
    }

    private void other(Transaction transaction, BrokerEvent.Builder event) {
        String reject = transaction.text("rejectReason");
        event.orderId(transaction.idOf("orderID"))
                .tradeId(tradeOf(transaction))
                .reason(reject.isEmpty() ? transaction.type() : transaction.type() + ": " + reject);
    }

    private static long tradeOf(Transaction transaction) {
        long tradeId = transaction.idOf("tradeID");
        return tradeId != 0
                ? tradeId
                : Transaction.idOf(transaction.json().path("tradeClose"), "tradeID");
    }
}
