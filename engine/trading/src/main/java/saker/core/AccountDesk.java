package saker.core;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import saker.config.RiskConfig;
import saker.market.Instruments;
import saker.market.Quotes;
import saker.model.BrokerEvent;
import saker.model.EngineState;
import saker.model.FeedStatus;
import saker.model.FixedPoint;
import saker.model.OrderIntent;
import saker.model.RiskRule;
import saker.order.Order;
import saker.order.OrderBook;
import saker.order.OrderState;
import saker.position.AccountFigures;
import saker.position.Trade;
import saker.position.TradeLedger;
import saker.risk.DailyLoss;
import saker.risk.RiskState;

/**
 * All the core knows of one account. Its state is a fold of the account's inputs and of the core's
 * own outputs; a decision changes nothing here but through an output.
 */
final class AccountDesk implements RiskState {
    private static final long FIRST_RETRY_NS = 1_000_000_000L;
    private static final long LONGEST_RETRY_NS = 60_000_000_000L;

    private final TradingAccount account;
    private final EngineStates states;
    private final Quotes quotes;
    private final Moment moment;
    private final TradeLedger ledger;
    private final OrderBook orders;
    private final AccountFigures figures;
    private final DailyLoss dailyLoss;
    private final EntryTimes entryTimes = new EntryTimes();
    private final List<Order> ended = new ArrayList<>();

    // From outputs.
    private boolean halted;
    private EngineState.State shown; // What the last EngineState record said, null for none.

    // From inputs.
    private boolean reconciling = true;
    private boolean transactionsSilent;
    private boolean pricesLive;
    private double marketRate = 1;
    private boolean flattening;
    private final TreeSet<Long> failedInstances = new TreeSet<>(); // To be closed.
    private final TreeMap<Long, Long> lastFills = new TreeMap<>(); // Index by instance.
    private long retryAtNs;
    private long retryDelayNs = FIRST_RETRY_NS;

    AccountDesk(
            TradingAccount account,
            RiskConfig risk,
            Instruments instruments,
            Quotes quotes,
            EngineStates states,
            Moment moment) {
        this.account = account;
        this.states = states;
        this.quotes = quotes;
        this.moment = moment;
        this.ledger = new TradeLedger(account.index());
        this.orders = new OrderBook(this::onOrderChanged);
        this.figures = new AccountFigures(account.currency(), instruments, quotes);
        this.dailyLoss = new DailyLoss(risk.dailyLossPct());
    }

    int index() {
        return account.index();
    }

    TradingAccount account() {
        return account;
    }

    OrderBook orders() {
        return orders;
    }

    // --- Inputs.

    void onBoot(long bootIndex) {
        reconciling = true;
        transactionsSilent = false;
        pricesLive = false;
        orders.onRestart(bootIndex);
    }

    void onFeedStatus(FeedStatus status) {
        if (status.feed() == FeedStatus.Feed.PRICES) {
            pricesLive = status.state() == FeedStatus.State.LIVE;
            marketRate = status.marketRate();
            return;
        }
        switch (status.state()) {
            case LIVE -> transactionsSilent = false;
            case STALE -> transactionsSilent = true;
            case CONNECTING, DISCONNECTED -> {
                transactionsSilent = false;
                reconciling = true; // Until the next snapshot.
            }
        }
    }

    /** Takes an event in; returns what is wrong between it and our orders, or null. */
    String onBrokerEvent(BrokerEvent event) {
        long balanceE8 = ledger.balanceE8();
        boolean changed = ledger.apply(event);
        if (changed && event.type() == BrokerEvent.Type.FUNDS) {
            dailyLoss.onFunds(FixedPoint.subtract(event.balanceE8(), balanceE8));
        }
        if (event.type() == BrokerEvent.Type.ACCOUNT_SNAPSHOT) {
            reconciling = false;
        }
        if (changed && bringsWhatIsToClose(event)) {
            retryAtNs = 0; // It was not there to be asked for when the last request failed.
        }
        return orders.apply(event);
    }

    private boolean bringsWhatIsToClose(BrokerEvent event) {
        if (event.type() == BrokerEvent.Type.ORDER_CREATED) {
            for (BrokerEvent.PendingOrder order : event.pending()) {
                if (ledger.pendingOrder(order.orderId()) != null
                        && isToClose(Trade.instanceOf(order.tag()))) {
                    return true;
                }
            }
        }
        for (BrokerEvent.TradeEffect effect : event.effects()) {
            if (effect.effect() == BrokerEvent.TradeEffect.Effect.OPENED
                    && isToClose(Trade.instanceOf(effect.tag()))) {
                return true;
            }
        }
        return false;
    }

    void onFlatten() {
        flattening = true;
        retryAtNs = 0;
        retryDelayNs = FIRST_RETRY_NS;
    }

    /** A strategy instance failed, and its trades and orders are to be closed. */
    void onInstanceFailed(long instanceId) {
        failedInstances.add(instanceId);
        retryAtNs = 0;
        retryDelayNs = FIRST_RETRY_NS;
    }

    /** What it opens from here on is its own again, unless it is still being closed. */
    void onInstanceEnabled(long instanceId) {
        if (stillClosing(instanceId).isEmpty()) {
            failedInstances.remove(instanceId);
        }
    }

    void onResume() {
        flattening = false;
    }

    /** Opens a new trading day once the equity is known; true if it is open. */
    boolean openDay(long marketTimeNs) {
        if (!dailyLoss.isOver(marketTimeNs)) {
            return true;
        }
        if (!ledger.isKnown() || figures.compute(ledger) != AccountFigures.Outcome.OK) {
            return false;
        }
        dailyLoss.open(marketTimeNs, figures.equityE8());
        return true;
    }

    // --- Outputs.

    Order apply(OrderIntent intent, long index) {
        long requestedE4 = Math.abs(intent.unitsE4());
        if (intent.action() == OrderIntent.Action.CLOSE && requestedE4 == 0) {
            Trade trade = ledger.trade(intent.tradeId());
            requestedE4 = trade == null ? 0 : Math.abs(trade.unitsE4());
        }
        Order order = orders.add(index, intent, requestedE4, moment.nowNs);
        if (intent.action().isEntry()) {
            entryTimes.add(moment.nowNs);
        }
        return order;
    }

    void undo(Order order) {
        orders.withdraw(order);
        if (order.intent().action().isEntry()) {
            entryTimes.removeLast();
        }
    }

    void apply(EngineState state) {
        show(state.state());
    }

    /** Null before the first. */
    EngineState.State shown() {
        return shown;
    }

    void show(EngineState.State state) {
        shown = state;
        halted = state == EngineState.State.HALTED;
    }

    // --- Snapshots.

    DeskState snapshot() {
        return new DeskState(
                shown,
                reconciling,
                transactionsSilent,
                pricesLive,
                flattening,
                marketRate,
                List.copyOf(failedInstances),
                fills(),
                retryAtNs,
                retryDelayNs,
                entryTimes.since(moment.recordNs),
                dailyLoss.state(),
                ledger.state(),
                orders.state());
    }

    private List<DeskState.Fill> fills() {
        return lastFills.entrySet().stream()
                .map(fill -> new DeskState.Fill(fill.getKey(), fill.getValue()))
                .toList();
    }

    void restore(DeskState state) {
        show(state.shown());
        reconciling = state.reconciling();
        transactionsSilent = state.transactionsSilent();
        pricesLive = state.pricesLive();
        flattening = state.flattening();
        marketRate = state.marketRate();
        failedInstances.addAll(state.failedInstances());
        state.lastFills().forEach(fill -> lastFills.put(fill.instanceId(), fill.index()));
        retryAtNs = state.retryAtNs();
        retryDelayNs = state.retryDelayNs();
        entryTimes.restore(state.entryTimesNs());
        dailyLoss.restore(state.dailyLoss());
        ledger.restore(state.ledger());
        orders.restore(state.orders());
    }

    // --- What decisions ask.

    EngineState.State state() {
        return halted ? EngineState.State.HALTED : stateUnlessHalted();
    }

    EngineState.State stateUnlessHalted() {
        return isReconciling() ? EngineState.State.RECONCILING : EngineState.State.RUNNING;
    }

    /** Whether trades and orders are to be closed and it is time to ask again. */
    boolean isFlattenDue() {
        return (flattening || !failedInstances.isEmpty()) && moment.nowNs >= retryAtNs;
    }

    /**
     * Whether a signal was made before its strategy could see the latest fill of an order of its
     * own: what it wishes may have come true already.
     *
     * @param cause index of the record the signal was made of, 0 for unknown
     */
    boolean isBehindItsFills(long instanceId, long cause) {
        return cause != 0 && cause < lastFills.getOrDefault(instanceId, 0L);
    }

    /** Whether what an instance has open or waiting is to be closed. */
    boolean isToClose(long instanceId) {
        return flattening || failedInstances.contains(instanceId);
    }

    boolean isFlattening() {
        return flattening;
    }

    /** What a failed instance still has that is to be closed, for people; empty for nothing. */
    String stillClosing(long instanceId) {
        if (!failedInstances.contains(instanceId)) {
            return "";
        }
        int openTrades = 0;
        for (Trade trade : ledger.trades()) {
            openTrades += trade.instanceId() == instanceId ? 1 : 0;
        }
        int waiting = 0;
        for (BrokerEvent.PendingOrder order : ledger.pendingOrders()) {
            waiting += Trade.instanceOf(order.tag()) == instanceId ? 1 : 0;
        }
        for (Order order : orders.live()) {
            OrderIntent intent = order.intent();
            boolean unanswered =
                    intent.action().isEntry()
                            && order.orderId() == 0
                            && ledger.pendingOrder(intent.orderId()) == null; // Counted above.
            waiting += unanswered && intent.instanceId() == instanceId ? 1 : 0;
        }
        return openTrades + waiting == 0
                ? ""
                : "still being closed: trades=%d, orders=%d".formatted(openTrades, waiting);
    }

    /** Market seconds per second. */
    double marketRate() {
        return marketRate;
    }

    /** Orders that ended or became unknown with the record in hand. */
    List<Order> ended() {
        return ended;
    }

    /** Null, or the figures of a day's loss at or beyond the limit. */
    String dailyLossReached() {
        if (halted || !dailyLoss.isLimited() || ledger.trades().isEmpty()) {
            return null;
        }
        return figures.compute(ledger) == AccountFigures.Outcome.OK
                ? dailyLoss.reached(figures.equityE8())
                : null;
    }

    private void onOrderChanged(Order order, OrderState before) {
        switch (order.state()) {
            case FILLED -> {
                retryDelayNs = FIRST_RETRY_NS;
                onFilled(order);
            }
            case PARTIALLY_FILLED -> onFilled(order);
            case CANCELLED, REJECTED, EXPIRED, NOT_SENT -> {
                ended.add(order);
                onEnded(order);
            }
            case UNKNOWN -> ended.add(order);
            case NEW, SENT, ACCEPTED -> {
                // Under way.
            }
        }
    }

    private void onEnded(Order order) {
        switch (order.intent().action()) {
            case CLOSE, CANCEL -> {
                // Those that fail together are one failure, and are asked for again together.
                if (moment.recordNs >= retryAtNs) {
                    retryAtNs = moment.recordNs + retryDelayNs;
                    retryDelayNs = Math.min(2 * retryDelayNs, LONGEST_RETRY_NS);
                }
            }
            case OPEN, REPLACE, MODIFY -> {
                // Nothing to ask for again: an entry that ended is what closing is for.
            }
        }
    }

    private void onFilled(Order order) {
        switch (order.intent().action()) {
            case OPEN, CLOSE, REPLACE -> lastFills.put(order.intent().instanceId(), moment.index);
            case MODIFY, CANCEL -> {
                // Changes no size.
            }
        }
    }

    @Override
    public long nowNs() {
        return moment.nowNs;
    }

    @Override
    public boolean isEngineHalted() {
        return states.isEngineHalted();
    }

    @Override
    public boolean isDiskLow() {
        return states.isDiskLow();
    }

    @Override
    public boolean isReconciling() {
        return reconciling || transactionsSilent;
    }

    @Override
    public boolean isHalted() {
        return halted;
    }

    @Override
    public boolean isInstanceEnabled(long instanceId) {
        return states.isEnabled(instanceId);
    }

    @Override
    public boolean isReduceOnly(int instrumentId) {
        return states.isReduceOnly(instrumentId);
    }

    @Override
    public boolean isPriceStreamLive() {
        return pricesLive;
    }

    @Override
    public boolean isHedging() {
        return account.hedging();
    }

    @Override
    public Quotes quotes() {
        return quotes;
    }

    @Override
    public TradeLedger ledger() {
        return ledger;
    }

    @Override
    public AccountFigures figures() {
        return figures;
    }

    @Override
    public int pendingEntries() {
        return orders.pendingEntries();
    }

    @Override
    public long pendingUnitsE4(int instrumentId, boolean buy) {
        return orders.pendingUnitsE4(instrumentId, buy);
    }

    @Override
    public int entriesInLastMinute() {
        return entryTimes.inLastMinute(moment.nowNs);
    }

    @Override
    public DailyLoss dailyLoss() {
        return dailyLoss;
    }

    /** Drops what only the record in hand was about, and entry times nobody asks for any more. */
    void endRecord() {
        ended.clear();
        entryTimes.forget(moment.recordNs);
    }

    void addTo(StateHash hash) {
        hash.add(account.index()).add(ledger.balanceE8()).add(ledger.lastTransactionId());
        hash.add(halted ? 1 : 0).add(isReconciling() ? 1 : 0).add(pricesLive ? 1 : 0);
        boolean closing = flattening || !failedInstances.isEmpty();
        hash.add(flattening ? 1 : 0).add(closing ? retryAtNs : 0);
        failedInstances.forEach(id -> hash.add(id.longValue()));
        lastFills.forEach((id, index) -> hash.add(id.longValue()).add(index.longValue()));
        hash.add(dailyLoss.openingEquityE8()).add(Double.doubleToLongBits(marketRate));
        for (Trade trade : ledger.trades()) {
            hash.add(trade.tradeId()).add(trade.instrumentId()).add(trade.instanceId());
            hash.add(trade.unitsE4()).add(trade.priceE8());
            hash.add(trade.stopLossE8()).add(trade.takeProfitE8());
            hash.add(trade.stopLossOrderId()).add(trade.takeProfitOrderId());
            hash.add(trade.realizedPlE8()).add(trade.financingE8());
        }
        for (BrokerEvent.PendingOrder order : ledger.pendingOrders()) {
            hash.add(order.orderId()).add(order.unitsE4()).add(order.priceE8());
            hash.add(order.stopLossE8()).add(order.takeProfitE8()).add(order.expiryNs());
        }
        for (Order order : orders.all()) {
            hash.add(order.index()).add(order.state().ordinal()).add(order.orderId());
            hash.add(order.filledUnitsE4()).add(order.intent().clientId());
        }
    }

    RiskRule endedRule(Order order) {
        return switch (order.state()) {
            case NOT_SENT -> RiskRule.NOT_SENT;
            case UNKNOWN -> RiskRule.OUTCOME_UNKNOWN;
            case CANCELLED, EXPIRED -> RiskRule.BROKER_CANCELLED;
            default -> RiskRule.BROKER_REJECTED;
        };
    }
}
