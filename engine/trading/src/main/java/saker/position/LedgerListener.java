package saker.position;

import saker.model.BrokerEvent;
import saker.model.BrokerEvent.TradeEffect;

/** Told what a {@link TradeLedger} did, after it did it; all methods may be left out. */
public interface LedgerListener {

    /** A fill opened the trade. */
    default void onOpened(Trade trade, BrokerEvent event) {}

    /** Part of the trade was closed; it has what is left. */
    default void onReduced(Trade trade, TradeEffect effect, BrokerEvent event) {}

    /** The trade is closed and no longer in the ledger. */
    default void onClosed(Trade trade, TradeEffect effect, BrokerEvent event) {}

    /** A snapshot replaced the open trades; nothing is told of the single ones. */
    default void onReplaced(BrokerEvent snapshot) {}
}
