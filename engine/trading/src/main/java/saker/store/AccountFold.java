package saker.store;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import saker.model.BrokerEvent;
import saker.model.BrokerEvent.TradeEffect;
import saker.model.OrderIntent;
import saker.position.LedgerListener;
import saker.position.Trade;
import saker.position.TradeLedger;

/** One account's records, folded as the core folds them, and the rows they lead to. */
final class AccountFold implements LedgerListener {
    private static final Logger LOG = LoggerFactory.getLogger(AccountFold.class);

    private final String name;
    private final TradeLedger ledger;
    private final TradeRows trades;
    private final OrderRows orders;
    private final PerformanceRows performance;

    AccountFold(StoreContext context, int index, String name, String currency) {
        this.name = name;
        this.ledger = new TradeLedger(index, this);
        this.trades = new TradeRows(context, name);
        this.orders = new OrderRows(context, name);
        this.performance = new PerformanceRows(context, name, currency);
    }

    String name() {
        return name;
    }

    void onBoot() {
        orders.onBoot();
    }

    void onIntent(OrderIntent intent) {
        orders.onIntent(intent, ledger);
    }

    /**
     * Folds an event.
     *
     * @return null, or why it could not be applied to the positions; its event row is there anyway
     */
    String onEvent(BrokerEvent event) {
        if (event.type() != BrokerEvent.Type.ACCOUNT_SNAPSHOT) {
            orders.onEvent(event);
        }
        boolean applied;
        try {
            applied = ledger.apply(event);
        } catch (IllegalStateException e) {
            LOG.error("event contradicts the positions: account={}", name, e);
            return e.getMessage();
        }
        if (applied) {
            trades.onApplied(ledger);
            performance.onApplied(ledger, event);
        }
        return null;
    }

    /** Whether a new market minute began. */
    boolean onTick() {
        return performance.onTick(ledger);
    }

    @Override
    public void onOpened(Trade trade, BrokerEvent event) {
        trades.onOpened(trade, event);
    }

    @Override
    public void onReduced(Trade trade, TradeEffect effect, BrokerEvent event) {
        performance.onReduced(trade, effect, event);
    }

    @Override
    public void onClosed(Trade trade, TradeEffect effect, BrokerEvent event) {
        trades.onClosed(trade, effect, event);
        performance.onClosed(trade, effect, event);
    }

    @Override
    public void onReplaced(BrokerEvent snapshot) {
        trades.onReplaced(snapshot);
    }
}
