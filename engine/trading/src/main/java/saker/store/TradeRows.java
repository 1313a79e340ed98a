package saker.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import saker.model.BrokerEvent;
import saker.model.BrokerEvent.TradeEffect;
import saker.position.LedgerListener;
import saker.position.Trade;
import saker.position.TradeLedger;

/** Rows of {@code trades} of one account: one per ticket, with what the broker said of it last. */
final class TradeRows implements LedgerListener {

    /** What a row says of an open trade besides its opening. */
    private record Shown(
            long unitsE4, long stopLossE8, long takeProfitE8, long realizedPlE8, long financingE8) {

        static Shown of(Trade trade) {
            return new Shown(
                    trade.unitsE4(),
                    trade.stopLossE8(),
                    trade.takeProfitE8(),
                    trade.realizedPlE8(),
                    trade.financingE8());
        }
    }

    /** How a trade ended. */
    private record End(long priceE8, long timeNs, String reason, long transactionId) {}

    private final StoreContext context;
    private final String account;
    private final Map<Long, Shown> shown = new HashMap<>();

    /** Transaction that opened a trade; absent for one first seen in a snapshot. */
    private final Map<Long, Long> openedBy = new HashMap<>();

    TradeRows(StoreContext context, String account) {
        this.context = context;
        this.account = account;
    }

    @Override
    public void onOpened(Trade trade, BrokerEvent event) {
        openedBy.put(trade.tradeId(), event.transactionId());
    }

    @Override
    public void onClosed(Trade trade, TradeEffect effect, BrokerEvent event) {
        long timeNs = event.brokerTimeNs() == 0 ? context.marketTimeNs : event.brokerTimeNs();
        put(trade, new End(effect.priceE8(), timeNs, event.reason(), event.transactionId()));
        shown.remove(trade.tradeId());
        openedBy.remove(trade.tradeId());
    }

    @Override
    public void onReplaced(BrokerEvent snapshot) {
        List<Long> open = new ArrayList<>();
        for (TradeEffect effect : snapshot.effects()) {
            open.add(effect.tradeId());
        }
        long timeNs = snapshot.brokerTimeNs() == 0 ? context.marketTimeNs : snapshot.brokerTimeNs();
        context.batch.put(
                Statement.TRADES_GONE,
                account,
                RowBatch.time(timeNs),
                timeNs,
                account,
                timeNs,
                open.toArray(Long[]::new));
        context.batch.seal(); // A trade opened later must not be in the same transaction.
        shown.keySet().retainAll(open);
        openedBy.keySet().retainAll(open);
    }

    /** After every event: writes the open trades that changed. */
    void onApplied(TradeLedger ledger) {
        List<Trade> trades = ledger.trades();
        for (int i = 0; i < trades.size(); i++) {
            Trade trade = trades.get(i);
            Shown now = Shown.of(trade);
            if (!now.equals(shown.put(trade.tradeId(), now))) {
                put(trade, null);
            }
        }
    }

    private void put(Trade trade, End end) {
        Long openTransaction = openedBy.get(trade.tradeId());
        int instrumentId = trade.instrumentId();
        context.batch.put(
                Statement.TRADE,
                List.of(account, trade.tradeId()),
                account,
                account,
                trade.instanceId(),
                trade.instanceId(),
                context.setup.strategyName(trade.instanceId()),
                trade.tradeId(),
                context.symbol(instrumentId),
                trade.side().name(),
                RowBatch.e8(context.lotsE8(instrumentId, trade.initialUnitsE4())),
                RowBatch.e4(trade.initialUnitsE4()),
                RowBatch.e4(end == null ? trade.unitsE4() : 0),
                RowBatch.e8(trade.priceE8()),
                end == null ? null : RowBatch.e8(end.priceE8()),
                RowBatch.e8OrNull(trade.stopLossE8()),
                RowBatch.e8OrNull(trade.takeProfitE8()),
                RowBatch.time(trade.openTimeNs()),
                trade.openTimeNs(),
                end == null ? null : RowBatch.time(end.timeNs()),
                end == null ? null : end.timeNs(),
                RowBatch.e8(trade.realizedPlE8()),
                RowBatch.e8(trade.financingE8()),
                end != null,
                trade.clientId(),
                openTransaction == null ? "snapshot" : "fill",
                end == null ? null : end.reason(),
                openTransaction,
                end == null ? null : end.transactionId());
    }
}
