package saker.position;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import saker.model.BrokerEvent;
import saker.model.BrokerEvent.PendingOrder;
import saker.model.BrokerEvent.TradeEffect;
import saker.model.FixedPoint;

/**
 * One account's open trades, pending orders and balance, folded from its BrokerEvents. Every reader
 * of the journal that needs positions has its own: the core, each strategy host, the views.
 *
 * <p>Transactions count once: one at or below {@link #lastTransactionId} changes nothing. An event
 * that contradicts the ledger (a fill that reduces an unknown trade, or by more than is open)
 * throws {@link IllegalStateException} and leaves the ledger as it was. One thread; not for the
 * tick path.
 */
public final class TradeLedger {
    private static final LedgerListener NOBODY = new LedgerListener() {};

    private final int accountId;
    private final LedgerListener listener;

    // By trade and order id: reports and hashes need one order.
    private final TreeMap<Long, Trade> byId = new TreeMap<>();
    private final TreeMap<Long, PendingOrder> pending = new TreeMap<>();
    private final ArrayList<Trade> open = new ArrayList<>();
    private long balanceE8;
    private long lastTransactionId;
    private boolean snapshotSeen;

    public TradeLedger(int accountId) {
        this(accountId, NOBODY);
    }

    public TradeLedger(int accountId, LedgerListener listener) {
        this.accountId = accountId;
        this.listener = listener;
    }

    /**
     * Applies an event of this account.
     *
     * @return false if it changed nothing: a transaction known already, or no transaction at all
     */
    public boolean apply(BrokerEvent event) {
        if (event.accountId() != accountId) {
            throw new IllegalArgumentException(
                    "event of another account: accountId=%d, ours=%d"
                            .formatted(event.accountId(), accountId));
        }
        return switch (event.type()) {
            case ACCOUNT_SNAPSHOT -> applySnapshot(event);
            case ORDER_CREATED,
                    ORDER_FILLED,
                    ORDER_CANCELLED,
                    ORDER_REJECTED,
                    FINANCING,
                    FUNDS,
                    OTHER ->
                    applyTransaction(event);
            case REQUEST_SENT, REQUEST_ANSWERED, REQUEST_REFUSED, REQUEST_UNKNOWN, NOT_SENT ->
                    false;
        };
    }

    /** A copy for a snapshot. */
    public LedgerState state() {
        return new LedgerState(
                accountId,
                balanceE8,
                lastTransactionId,
                snapshotSeen,
                open.stream().map(LedgerState.OpenTrade::of).toList(),
                List.copyOf(pending.values()));
    }

    /** Goes on from a snapshot of this account's ledger; before the first event. */
    public void restore(LedgerState state) {
        balanceE8 = state.balanceE8();
        lastTransactionId = state.lastTransactionId();
        snapshotSeen = state.snapshotSeen();
        state.trades().forEach(trade -> insert(trade.trade()));
        state.pending().forEach(order -> pending.put(order.orderId(), order));
    }

    /** Open trades, oldest ticket first; a view for the caller's loop, not to be kept. */
    public List<Trade> trades() {
        return open;
    }

    /** The open trade, or null. */
    public Trade trade(long tradeId) {
        return byId.get(tradeId);
    }

    /** LIMIT and STOP entry orders that wait, by order id. */
    public Iterable<PendingOrder> pendingOrders() {
        return pending.values();
    }

    /** The waiting entry order, or null. */
    public PendingOrder pendingOrder(long orderId) {
        return pending.get(orderId);
    }

    public int accountId() {
        return accountId;
    }

    /** As the broker said last. */
    public long balanceE8() {
        return balanceE8;
    }

    /** The newest transaction applied, 0 before the first. */
    public long lastTransactionId() {
        return lastTransactionId;
    }

    /** Whether an ACCOUNT_SNAPSHOT was ever applied: before that the ledger knows nothing. */
    public boolean isKnown() {
        return snapshotSeen;
    }

    /** Open long units of an instrument, ≥ 0. */
    public long longUnitsE4(int instrumentId) {
        long sum = 0;
        for (int i = 0; i < open.size(); i++) {
            Trade trade = open.get(i);
            if (trade.instrumentId() == instrumentId && trade.unitsE4 > 0) {
                sum = FixedPoint.add(sum, trade.unitsE4);
            }
        }
        return sum;
    }

    /** Open short units of an instrument, ≥ 0. */
    public long shortUnitsE4(int instrumentId) {
        long sum = 0;
        for (int i = 0; i < open.size(); i++) {
            Trade trade = open.get(i);
            if (trade.instrumentId() == instrumentId && trade.unitsE4 < 0) {
                sum = FixedPoint.subtract(sum, trade.unitsE4);
            }
        }
        return sum;
    }

    private boolean applySnapshot(BrokerEvent snapshot) {
        if (snapshotSeen && snapshot.transactionId() < lastTransactionId) {
            return false; // Overtaken by the stream; what we have is newer.
        }
        byId.clear();
        open.clear();
        pending.clear();
        for (TradeEffect effect : snapshot.effects()) {
            if (effect.effect() == TradeEffect.Effect.OPEN) {
                insert(shownBy(effect));
            }
        }
        for (PendingOrder order : snapshot.pending()) {
            place(order);
        }
        balanceE8 = snapshot.balanceE8();
        lastTransactionId = snapshot.transactionId();
        snapshotSeen = true;
        listener.onReplaced(snapshot);
        return true;
    }

    private boolean applyTransaction(BrokerEvent event) {
        if (!snapshotSeen || event.transactionId() <= lastTransactionId) {
            return false; // Before the first snapshot nothing is known that it could change.
        }
        switch (event.type()) {
            case ORDER_CREATED -> event.pending().forEach(this::place);
            case ORDER_CANCELLED -> removeOrder(event.orderId());
            case ORDER_FILLED -> {
                check(event);
                removeOrder(event.orderId());
                event.effects().forEach(effect -> applyEffect(effect, event));
                balanceE8 = event.balanceE8();
            }
            case FINANCING -> {
                event.effects().forEach(effect -> applyEffect(effect, event));
                balanceE8 = event.balanceE8();
            }
            case FUNDS -> balanceE8 = event.balanceE8();
            default -> {
                // ORDER_REJECTED and OTHER touch no trade.
            }
        }
        lastTransactionId = event.transactionId();
        return true;
    }

    /** Refuses a fill as a whole before any part of it is applied. */
    private void check(BrokerEvent event) {
        for (TradeEffect effect : event.effects()) {
            Trade trade = byId.get(effect.tradeId());
            boolean good =
                    switch (effect.effect()) {
                        case OPENED -> trade == null && effect.unitsE4() != 0;
                        case REDUCED ->
                                trade != null && isOpen(trade.unitsE4 + effect.unitsE4(), trade);
                        case CLOSED -> trade != null && trade.unitsE4 == -effect.unitsE4();
                        case OPEN, FINANCED -> true;
                    };
            if (!good) {
                throw new IllegalStateException(
                        "fill contradicts the ledger: transactionId=%d, effect=%s, tradeId=%d, unitsE4=%d, openE4=%s"
                                .formatted(
                                        event.transactionId(),
                                        effect.effect(),
                                        effect.tradeId(),
                                        effect.unitsE4(),
                                        trade == null ? "none" : trade.unitsE4));
            }
        }
    }

    private static boolean isOpen(long leftE4, Trade trade) {
        return leftE4 != 0
                && (leftE4 > 0) == (trade.unitsE4 > 0)
                && Math.abs(leftE4) < Math.abs(trade.unitsE4);
    }

    private void applyEffect(TradeEffect effect, BrokerEvent event) {
        switch (effect.effect()) {
            case OPENED -> {
                Trade trade = shownBy(effect);
                insert(trade);
                listener.onOpened(trade, event);
            }
            case REDUCED -> {
                Trade trade = book(effect);
                listener.onReduced(trade, effect, event);
            }
            case CLOSED -> {
                Trade trade = book(effect);
                byId.remove(trade.tradeId());
                open.remove(trade);
                listener.onClosed(trade, effect, event);
            }
            case FINANCED -> {
                Trade trade = byId.get(effect.tradeId());
                if (trade != null) {
                    trade.financingE8 = FixedPoint.add(trade.financingE8, effect.financingE8());
                }
            }
            case OPEN -> {
                // Only snapshots have it.
            }
        }
    }

    private Trade book(TradeEffect effect) {
        Trade trade = byId.get(effect.tradeId());
        trade.unitsE4 += effect.unitsE4();
        trade.realizedPlE8 = FixedPoint.add(trade.realizedPlE8, effect.realizedPlE8());
        trade.financingE8 = FixedPoint.add(trade.financingE8, effect.financingE8());
        return trade;
    }

    private static Trade shownBy(TradeEffect effect) {
        Trade trade =
                new Trade(
                        effect.tradeId(),
                        effect.instrumentId(),
                        effect.unitsE4(),
                        effect.priceE8(),
                        effect.openTimeNs(),
                        effect.clientId(),
                        effect.tag());
        trade.stopLossE8 = effect.stopLossE8();
        trade.takeProfitE8 = effect.takeProfitE8();
        trade.stopLossOrderId = effect.stopLossOrderId();
        trade.takeProfitOrderId = effect.takeProfitOrderId();
        trade.realizedPlE8 = effect.realizedPlE8();
        trade.financingE8 = effect.financingE8();
        return trade;
    }

    private void insert(Trade trade) {
        byId.put(trade.tradeId(), trade);
        open.add(trade);
        for (int i = open.size() - 1; i > 0 && isBehind(i); i--) {
            Trade earlier = open.get(i);
            open.set(i, open.get(i - 1));
            open.set(i - 1, earlier);
        }
    }

    private boolean isBehind(int i) {
        return open.get(i).tradeId() < open.get(i - 1).tradeId();
    }

    private void place(PendingOrder order) {
        switch (order.kind()) {
            case LIMIT, STOP, OTHER -> pending.put(order.orderId(), order);
            case STOP_LOSS -> {
                Trade trade = byId.get(order.tradeId());
                if (trade != null) {
                    trade.stopLossE8 = order.priceE8();
                    trade.stopLossOrderId = order.orderId();
                }
            }
            case TAKE_PROFIT -> {
                Trade trade = byId.get(order.tradeId());
                if (trade != null) {
                    trade.takeProfitE8 = order.priceE8();
                    trade.takeProfitOrderId = order.orderId();
                }
            }
            case MARKET, TRAILING_STOP -> {
                // A market order never waits; a trailing stop has no level of its own.
            }
        }
    }

    private void removeOrder(long orderId) {
        if (orderId == 0 || pending.remove(orderId) != null) {
            return;
        }
        for (Trade trade : open) {
            if (trade.stopLossOrderId == orderId) {
                trade.stopLossOrderId = 0;
                trade.stopLossE8 = 0;
            }
            if (trade.takeProfitOrderId == orderId) {
                trade.takeProfitOrderId = 0;
                trade.takeProfitE8 = 0;
            }
        }
    }
}
