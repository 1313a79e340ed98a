package saker.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import saker.model.BrokerEvent;
import saker.model.BrokerEvent.TradeEffect;
import saker.model.OrderIntent;
import saker.order.Order;
import saker.order.OrderBook;
import saker.order.OrderState;
import saker.position.Trade;
import saker.position.TradeLedger;

/** Rows of {@code orders} and {@code order_events} of one account. */
final class OrderRows {
    private final StoreContext context;
    private final String account;
    private final OrderBook book = new OrderBook((order, before) -> onChanged(order));

    /** Market time of the intents that are not final. */
    private final Map<Long, Long> marketTimes = new LinkedHashMap<>();

    OrderRows(StoreContext context, String account) {
        this.context = context;
        this.account = account;
    }

    void onBoot() {
        book.onRestart(context.index);
    }

    void onIntent(OrderIntent intent, TradeLedger ledger) {
        if (book.byClientId(intent.clientId()) != null) {
            return; // A damaged journal; the core halts the account for it.
        }
        marketTimes.put(context.index, context.marketTimeNs);
        put(
                book.add(
                        context.index,
                        intent,
                        requestedUnitsE4(intent, ledger),
                        context.journalTimeNs));
    }

    private static long requestedUnitsE4(OrderIntent intent, TradeLedger ledger) {
        return switch (intent.action()) {
            case OPEN, REPLACE -> Math.abs(intent.unitsE4());
            case CLOSE -> {
                Trade trade = ledger.trade(intent.tradeId());
                boolean whole = intent.unitsE4() == 0;
                yield whole && trade != null ? Math.abs(trade.unitsE4()) : intent.unitsE4();
            }
            case MODIFY, CANCEL -> 0;
        };
    }

    /** Any event but a snapshot. */
    void onEvent(BrokerEvent event) {
        putEvent(event);
        book.apply(event);
        Order order = event.intent() == 0 ? null : book.byIndex(event.intent());
        if (order == null && !event.clientId().isEmpty()) {
            order = book.byClientId(event.clientId());
        }
        if (order != null && marketTimes.containsKey(order.index())) {
            put(order); // A part filled, or the broker's id: no change of state.
        }
    }

    private void onChanged(Order order) {
        put(order);
        if (order.state() == OrderState.FILLED) {
            OrderIntent intent = order.intent();
            context.batch.put(
                    Statement.SIGNAL_EXECUTED,
                    List.of(intent.origin(), intent.row()),
                    context.journalId,
                    intent.origin(),
                    intent.row());
        }
        if (order.isFinal()) {
            marketTimes.remove(order.index());
        }
    }

    private void put(Order order) {
        OrderIntent intent = order.intent();
        long marketTimeNs = marketTimes.getOrDefault(order.index(), context.marketTimeNs);
        context.batch.put(
                Statement.ORDER,
                List.of(account, intent.clientId()),
                account,
                account,
                intent.instanceId(),
                intent.instanceId(),
                intent.clientId(),
                intent.action().name(),
                intent.type().name(),
                context.symbol(intent.instrumentId()),
                RowBatch.e4(intent.unitsE4()),
                RowBatch.e4(order.requestedUnitsE4()),
                RowBatch.e4(order.filledUnitsE4()),
                RowBatch.e8OrNull(intent.priceE8()),
                level(intent.stopLossE8()),
                level(intent.takeProfitE8()),
                RowBatch.orNull(intent.tradeId()),
                RowBatch.orNull(order.orderId() == 0 ? intent.orderId() : order.orderId()),
                order.state().name(),
                order.reason(),
                context.journalId,
                order.index(),
                intent.origin(),
                intent.row(),
                RowBatch.time(order.decidedAtNs()),
                RowBatch.time(marketTimeNs),
                RowBatch.time(context.journalTimeNs));
    }

    private static Object level(long priceE8) {
        return priceE8 == OrderIntent.UNCHANGED ? null : RowBatch.e8OrNull(priceE8);
    }

    private void putEvent(BrokerEvent event) {
        long timeNs = event.brokerTimeNs() == 0 ? context.marketTimeNs : event.brokerTimeNs();
        context.batch.put(
                Statement.ORDER_EVENT,
                context.index,
                account,
                event.type().name(),
                isTransaction(event.type()) ? RowBatch.orNull(event.transactionId()) : null,
                RowBatch.orNull(event.orderId()),
                clientIdOf(event),
                RowBatch.orNull(ticketOf(event)),
                context.symbol(event.instrumentId()),
                RowBatch.e4(event.unitsE4()),
                RowBatch.e8OrNull(event.priceE8()),
                RowBatch.e8(event.realizedPlE8()),
                RowBatch.e8(event.financingE8()),
                RowBatch.e8(event.commissionE8()),
                RowBatch.e8OrNull(event.balanceE8()),
                event.reason(),
                event.httpStatus() == 0 ? null : event.httpStatus(),
                effects(event),
                RowBatch.time(timeNs),
                timeNs,
                RowBatch.time(context.journalTimeNs),
                context.journalId,
                context.index);
    }

    private static boolean isTransaction(BrokerEvent.Type type) {
        return switch (type) {
            case ORDER_CREATED,
                    ORDER_FILLED,
                    ORDER_CANCELLED,
                    ORDER_REJECTED,
                    FINANCING,
                    FUNDS,
                    OTHER ->
                    true;
            case REQUEST_SENT,
                    REQUEST_ANSWERED,
                    REQUEST_REFUSED,
                    REQUEST_UNKNOWN,
                    NOT_SENT,
                    ACCOUNT_SNAPSHOT ->
                    false;
        };
    }

    private String clientIdOf(BrokerEvent event) {
        Order order = event.intent() == 0 ? null : book.byIndex(event.intent());
        return order == null ? event.clientId() : order.intent().clientId();
    }

    private static long ticketOf(BrokerEvent event) {
        boolean named = event.tradeId() != 0 || event.effects().isEmpty();
        return named ? event.tradeId() : event.effects().get(0).tradeId();
    }

    private static String effects(BrokerEvent event) {
        List<Map<String, Object>> list = new ArrayList<>();
        for (TradeEffect effect : event.effects()) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("effect", effect.effect().name());
            fields.put("ticket", effect.tradeId());
            fields.put("units", RowBatch.e4(effect.unitsE4()));
            fields.put("price", RowBatch.e8(effect.priceE8()));
            fields.put("realized_pl", RowBatch.e8(effect.realizedPlE8()));
            fields.put("financing", RowBatch.e8(effect.financingE8()));
            list.add(fields);
        }
        return StoreSetup.json(list);
    }
}
