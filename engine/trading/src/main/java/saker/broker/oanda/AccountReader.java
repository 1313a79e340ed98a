package saker.broker.oanda;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import saker.model.BrokerEvent;
import saker.model.BrokerEvent.PendingOrder;
import saker.model.BrokerEvent.TradeEffect;
import saker.model.BrokerEvent.TradeEffect.Effect;

/** From the account's full description to an ACCOUNT_SNAPSHOT. */
final class AccountReader {
    private final int accountIndex;
    private final InstrumentDirectory instruments;
    private final Decimals decimals;
    private final PendingOrderReader orders;

    AccountReader(int accountIndex, InstrumentDirectory instruments, OandaCounters counters) {
        this.accountIndex = accountIndex;
        this.instruments = instruments;
        this.decimals = new Decimals(counters);
        this.orders = new PendingOrderReader(instruments, decimals);
    }

    /**
     * @param answer of {@code GET /accounts/{a}}
     * @throws IllegalArgumentException if a decimal in it is none
     */
    BrokerEvent snapshot(JsonNode answer) {
        JsonNode account = answer.path("account");
        Map<Long, Long> priceByOrder = new HashMap<>();
        List<PendingOrder> pending = new ArrayList<>();
        for (JsonNode order : account.path("orders")) {
            PendingOrder read = pending(order);
            pending.add(read);
            priceByOrder.put(read.orderId(), read.priceE8());
        }
        List<TradeEffect> trades = new ArrayList<>();
        account.path("trades").forEach(trade -> trades.add(trade(trade, priceByOrder)));
        return BrokerEvent.of(BrokerEvent.Type.ACCOUNT_SNAPSHOT, accountIndex)
                .transactionId(Transaction.idOf(answer, "lastTransactionID"))
                .balanceE8(decimals.e8(account, "balance"))
                .reason(account.path("currency").asText())
                .effects(trades)
                .pending(pending)
                .build();
    }

    /** Which stop and target order belongs to which trade. */
    static Map<Long, Long> exits(BrokerEvent snapshot) {
        Map<Long, Long> tradeByOrder = new HashMap<>();
        for (PendingOrder order : snapshot.pending()) {
            if (order.tradeId() != 0) {
                tradeByOrder.put(order.orderId(), order.tradeId());
            }
        }
        return tradeByOrder;
    }

    private PendingOrder pending(JsonNode order) {
        return orders.read(
                order,
                order.path("type").asText(),
                PendingOrderReader.timeNs(order, "createTime"),
                Transaction.idOf(order, "tradeID"));
    }

    private TradeEffect trade(JsonNode trade, Map<Long, Long> priceByOrder) {
        JsonNode extensions = trade.path("clientExtensions");
        long stopLoss = Transaction.idOf(trade, "stopLossOrderID");
        long takeProfit = Transaction.idOf(trade, "takeProfitOrderID");
        return new TradeEffect(
                Effect.OPEN,
                Transaction.idOf(trade, "id"),
                instruments.idOf(trade.path("instrument").asText()),
                decimals.e4(trade, "currentUnits"),
                decimals.e8(trade, "price"),
                decimals.e8(trade, "realizedPL"),
                decimals.e8(trade, "financing"),
                priceByOrder.getOrDefault(stopLoss, 0L),
                priceByOrder.getOrDefault(takeProfit, 0L),
                stopLoss,
                takeProfit,
                PendingOrderReader.timeNs(trade, "openTime"),
                extensions.path("id").asText(),
                extensions.path("tag").asText());
    }
}
