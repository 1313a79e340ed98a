package saker.live;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import saker.api.AccountView;
import saker.api.CommandOutcome;
import saker.api.EngineListener;
import saker.api.EngineView;
import saker.api.FillView;
import saker.api.OrderView;
import saker.api.PositionView;
import saker.api.QuoteView;
import saker.api.SignalView;
import saker.api.StrategyView;
import saker.config.AccountConfig;
import saker.config.StrategyConfig;
import saker.journal.BarsDescriptor;
import saker.journal.BrokerEventDescriptor;
import saker.journal.CommandDescriptor;
import saker.journal.EngineStateDescriptor;
import saker.journal.FeedStatusDescriptor;
import saker.journal.OrderIntentDescriptor;
import saker.journal.RecordHandler;
import saker.journal.RecordView;
import saker.journal.RiskDecisionDescriptor;
import saker.journal.SignalDescriptor;
import saker.journal.TickDescriptor;
import saker.market.Instruments;
import saker.market.Quotes;
import saker.model.BarPeriod;
import saker.model.Bars;
import saker.model.BrokerEvent;
import saker.model.BrokerEvent.TradeEffect;
import saker.model.EngineState;
import saker.model.FeedStatus;
import saker.model.FixedPoint;
import saker.model.Instrument;
import saker.model.OrderIntent;
import saker.model.RiskDecision;
import saker.model.RiskRule;
import saker.model.Side;
import saker.model.Signal;
import saker.model.TickFlags;
import saker.position.AccountFigures;
import saker.position.LedgerListener;
import saker.position.Trade;
import saker.position.TradeLedger;
import saker.strategy.InstanceStatus;
import saker.time.TradingDay;

/**
 * Folds the journal into what the dashboard shows. One thread folds ({@link #onRecord}, {@link
 * #publish}); any thread reads the published view.
 */
final class LiveViews implements RecordHandler {
    private static final Logger LOG = LoggerFactory.getLogger(LiveViews.class);
    private static final int SIGNALS_KEPT = 200;

    private final String version;
    private final long startTimeNs;
    private final List<AccountConfig> accounts;
    private final Instruments instruments;
    private final List<StrategyConfig> strategies;
    private final Map<Long, InstanceStatus> statuses;
    private final List<EngineListener> listeners = new CopyOnWriteArrayList<>();

    private final Quotes quotes = new Quotes();
    private final ChartBars[] charts = new ChartBars[Instrument.MAX_INSTRUMENTS];
    private final TradeLedger[] ledgers;
    private final AccountFigures[] figures;
    private final long[] dayStartEquityE8;
    private final long[] dayEndNs;
    private final EngineState.State[] accountStates;
    private final String[] accountReasons;
    private final Map<Long, Long> profitE8 = new HashMap<>();
    private final Map<Long, EngineState.State> instanceStates = new HashMap<>(); // Of records.
    private final Map<Long, String> instanceDetails = new HashMap<>();
    private final ArrayDeque<SignalView> signals = new ArrayDeque<>();
    private final OrderTracker orders = new OrderTracker(this::onOrderChanged);
    private final CommandTracker commands =
            new CommandTracker(outcome -> tell(l -> l.onCommand(outcome)));
    private final TreeSet<Long> openEntries = new TreeSet<>(); // entries without an end.
    private final Map<Long, Long> intentOfTrade = new HashMap<>();

    // The engine as a whole.
    private EngineState.State engineState = EngineState.State.RUNNING; // Until a record halts it.
    private String engineReason = "";
    private String pricesState = FeedStatus.State.DISCONNECTED.name();
    private String transactionsState = FeedStatus.State.DISCONNECTED.name();
    private double marketRate = 1;
    private long marketTimeNs;
    private long ticks;
    private long index;

    // What changed since the last publication.
    private final BitSet quotesChanged = new BitSet();
    private boolean positionsChanged;
    private boolean statusChanged;
    private boolean quiet = true; // While folding the past nobody is told.
    private volatile EngineView view;
    private volatile Health health = new Health("UNKNOWN", false, 0, "");

    /** What the records do not say: told by the runtime. */
    record Health(String database, boolean historyDelayed, long durableIndex, String failure) {}

    LiveViews(
            String version,
            long startTimeNs,
            List<AccountConfig> accounts,
            List<String> currencies,
            Instruments instruments,
            List<StrategyConfig> strategies,
            List<InstanceStatus> statuses) {
        this.version = version;
        this.startTimeNs = startTimeNs;
        this.accounts = accounts;
        this.instruments = instruments;
        this.strategies = strategies;
        this.statuses = new HashMap<>();
        statuses.forEach(status -> this.statuses.put(status.instanceId(), status));
        int count = accounts.size();
        this.ledgers = new TradeLedger[count];
        this.figures = new AccountFigures[count];
        this.dayStartEquityE8 = new long[count];
        this.dayEndNs = new long[count];
        this.accountStates = new EngineState.State[count];
        this.accountReasons = new String[count];
        for (int i = 0; i < count; i++) {
            ledgers[i] = new TradeLedger(i, new Fills(i));
            figures[i] = new AccountFigures(currencies.get(i), instruments, quotes);
            accountStates[i] = EngineState.State.RECONCILING;
            accountReasons[i] = "starting";
        }
        for (Instrument instrument : instruments.all()) {
            charts[instrument.id()] = new ChartBars();
        }
        this.view = build();
    }

    // ---- Folding -------------------------------------------------------------------------------

    @Override
    public void onRecord(RecordView entry) {
        index = entry.index();
        var buffer = entry.buffer();
        int offset = entry.offset();
        int length = entry.length();
        if (entry.kind() == null) {
            return; // Of a later version.
        }
        switch (entry.kind()) {
            case TICK -> onTick(entry);
            case BROKER_EVENT -> onBrokerEvent(entry, BrokerEventDescriptor.decode(entry));
            case SIGNAL -> onSignal(entry, SignalDescriptor.decode(buffer, offset, length));
            case RISK_DECISION ->
                    onDecision(entry, RiskDecisionDescriptor.decode(buffer, offset, length));
            case ORDER_INTENT -> onIntent(entry, OrderIntentDescriptor.decode(entry));
            case COMMAND ->
                    commands.onCommand(index, CommandDescriptor.decode(buffer, offset, length));
            case ENGINE_STATE ->
                    onState(entry, EngineStateDescriptor.decode(buffer, offset, length));
            case FEED_STATUS -> onFeed(FeedStatusDescriptor.decode(buffer, offset, length));
            case BARS -> onBars(BarsDescriptor.decode(buffer, offset, length));
            case BOOT -> onBoot();
            case TIMER, CLOCK_TICK, INSTRUMENT, CONFIG, SKIPPED, WORKER_EVENT -> {
                // Nothing to show.
            }
        }
    }

    private void onTick(RecordView entry) {
        ticks++;
        int id = TickDescriptor.instrumentId(entry.buffer(), entry.offset());
        int flags = TickDescriptor.flags(entry.buffer(), entry.offset());
        if (charts[id] == null || (flags & TickFlags.LATE) != 0) {
            return;
        }
        long bidE8 = TickDescriptor.bidE8(entry.buffer(), entry.offset());
        long askE8 = TickDescriptor.askE8(entry.buffer(), entry.offset());
        marketTimeNs = entry.marketTimeNs();
        quotes.onTick(id, bidE8, askE8, marketTimeNs, entry.journalTimeNs(), flags);
        charts[id].onTick(bidE8, marketTimeNs);
        quotesChanged.set(id);
        for (int account = 0; account < ledgers.length; account++) {
            if (marketTimeNs >= dayEndNs[account]) {
                startDay(account);
            }
        }
    }

    private void startDay(int account) {
        if (!ledgers[account].isKnown()
                || figures[account].compute(ledgers[account]) != AccountFigures.Outcome.OK) {
            return; // With the first figures that can be relied on.
        }
        dayStartEquityE8[account] = figures[account].equityE8();
        dayEndNs[account] = TradingDay.nextRolloverNs(marketTimeNs);
    }

    private void onBrokerEvent(RecordView entry, BrokerEvent event) {
        ledgers[event.accountId()].apply(event);
        orders.onBrokerEvent(event, entry.journalTimeNs(), entry.marketTimeNs());
        if (isEnd(event.type())) {
            intentOfTrade.values().remove(event.intent());
        }
        if (isEndOfEntry(event)) {
            openEntries.remove(event.intent());
        }
        commands.onBrokerEvent(event);
        if (event.type() == BrokerEvent.Type.ORDER_FILLED) {
            tellFill(event);
        }
        positionsChanged = true;
        if (isFlat()) {
            commands.onFlat();
        }
    }

    private static boolean isEnd(BrokerEvent.Type type) {
        return switch (type) {
            case ORDER_FILLED,
                    ORDER_CANCELLED,
                    ORDER_REJECTED,
                    REQUEST_REFUSED,
                    REQUEST_ANSWERED,
                    NOT_SENT ->
                    true;
            default -> false;
        };
    }

    /** An order that waits at the broker is among the ledger's, one that ended is nowhere. */
    private static boolean isEndOfEntry(BrokerEvent event) {
        return event.type() == BrokerEvent.Type.ORDER_CREATED
                ? event.pending().stream().anyMatch(LiveViews::waits)
                : isEnd(event.type()) && event.type() != BrokerEvent.Type.REQUEST_ANSWERED;
    }

    private static boolean waits(BrokerEvent.PendingOrder order) {
        return order.kind() == BrokerEvent.PendingOrder.Kind.LIMIT
                || order.kind() == BrokerEvent.PendingOrder.Kind.STOP;
    }

    private boolean isFlat() {
        if (!openEntries.isEmpty()) {
            return false;
        }
        for (TradeLedger ledger : ledgers) {
            if (!ledger.trades().isEmpty() || ledger.pendingOrders().iterator().hasNext()) {
                return false;
            }
        }
        return true;
    }

    private void tellFill(BrokerEvent event) {
        Instrument instrument = instruments.byId(event.instrumentId());
        if (instrument == null || event.unitsE4() == 0) {
            return;
        }
        long ticket = event.effects().isEmpty() ? 0 : event.effects().get(0).tradeId();
        FillView fill =
                new FillView(
                        event.accountId(),
                        event.transactionId(),
                        ticket,
                        instrument.symbol(),
                        Side.ofUnits(event.unitsE4()),
                        Math.abs(event.unitsE4()),
                        event.priceE8(),
                        event.realizedPlE8(),
                        event.reason(),
                        event.brokerTimeNs());
        tell(l -> l.onFill(fill));
    }

    private void onSignal(RecordView entry, Signal signal) {
        if (signal.discarded()) {
            return;
        }
        StrategyConfig strategy = strategyOf(signal.instanceId());
        for (int row = 0; row < signal.rows().size(); row++) {
            Signal.Row wish = signal.rows().get(row);
            boolean buy = (wish.bits() & 0xFFFF) != 0;
            add(
                    new SignalView(
                            index,
                            row,
                            signal.instanceId(),
                            strategy == null ? "" : strategy.name(),
                            symbolOf(signal.instrumentId()),
                            SignalTitles.of(wish.bits()),
                            wish.lotsE8(),
                            buy ? signal.askE8() : signal.bidE8(),
                            false,
                            RiskRule.NONE,
                            "",
                            entry.marketTimeNs()));
        }
        if (signal.returnCode() != 0) {
            String detail = "returned " + signal.returnCode();
            instanceDetails.put(signal.instanceId(), detail);
            positionsChanged = true;
        }
    }

    private void add(SignalView signal) {
        signals.addFirst(signal);
        if (signals.size() > SIGNALS_KEPT) {
            signals.removeLast();
        }
    }

    private void onDecision(RecordView entry, RiskDecision decision) {
        commands.onDecision(decision, entry.last());
        if (isFlat()) {
            commands.onFlat();
        }
        for (SignalView signal : signals) {
            if (signal.index() == decision.origin() && signal.row() == decision.row()) {
                replace(signal, decision);
                return;
            }
            if (signal.index() < decision.origin()) {
                return;
            }
        }
    }

    private void replace(SignalView old, RiskDecision decision) {
        SignalView decided =
                new SignalView(
                        old.index(),
                        old.row(),
                        old.instanceId(),
                        old.strategy(),
                        old.symbol(),
                        old.action(),
                        old.lotsE8(),
                        old.priceE8(),
                        decision.approved(),
                        decision.rule(),
                        decision.detail(),
                        old.marketTimeNs());
        List<SignalView> all = new ArrayList<>(signals);
        all.set(all.indexOf(old), decided);
        signals.clear();
        signals.addAll(all);
        tell(l -> l.onSignal(decided));
    }

    private void onIntent(RecordView entry, OrderIntent intent) {
        commands.onIntent(index, intent);
        Trade trade =
                intent.tradeId() == 0 ? null : ledgers[intent.accountId()].trade(intent.tradeId());
        Side side =
                intent.action().isEntry()
                        ? Side.ofUnits(intent.unitsE4())
                        : trade == null ? Side.BUY : trade.side().opposite();
        if (intent.action().isEntry()) {
            openEntries.add(index);
        }
        if (trade != null) {
            intentOfTrade.put(intent.tradeId(), index);
            positionsChanged = true;
        }
        orders.onIntent(
                index,
                intent,
                instruments.byId(intent.instrumentId()),
                side,
                entry.journalTimeNs(),
                entry.marketTimeNs());
    }

    private void onState(RecordView entry, EngineState state) {
        switch (state.scope()) {
            case ENGINE -> {
                engineState = state.state();
                engineReason = state.detail();
            }
            case ACCOUNT -> {
                accountStates[(int) state.scopeId()] = state.state();
                accountReasons[(int) state.scopeId()] = state.detail();
            }
            case INSTANCE -> {
                instanceStates.put(state.scopeId(), state.state());
                instanceDetails.put(state.scopeId(), state.detail());
            }
            case INSTRUMENT -> {
                // Shown by the refusals it causes.
            }
        }
        statusChanged = true;
        positionsChanged = true;
        commands.onState(entry.cause(), state);
        if (isFlat()) {
            commands.onFlat();
        }
    }

    private void onFeed(FeedStatus status) {
        if (status.feed() == FeedStatus.Feed.PRICES) {
            pricesState = status.state().name();
            marketRate = status.marketRate();
        } else {
            transactionsState = status.state().name();
        }
        statusChanged = true;
    }

    private void onBars(Bars bars) {
        if (charts[bars.instrumentId()] != null) {
            charts[bars.instrumentId()].onBars(bars);
        }
    }

    private void onBoot() {
        for (ChartBars chart : charts) {
            if (chart != null) {
                chart.clear();
            }
        }
        pricesState = FeedStatus.State.DISCONNECTED.name();
        transactionsState = FeedStatus.State.DISCONNECTED.name();
    }

    private void onOrderChanged(OrderView order) {
        positionsChanged = true;
        tell(l -> l.onOrder(order));
    }

    // ---- Snapshots ----------------------------------------------------------------------------

    /** What it shows after the last record, for {@link #restore}. */
    ViewsState snapshot() {
        List<ViewsState.Account> states = new ArrayList<>();
        for (int i = 0; i < ledgers.length; i++) {
            states.add(
                    new ViewsState.Account(
                            ledgers[i].state(),
                            dayStartEquityE8[i],
                            dayEndNs[i],
                            accountStates[i],
                            accountReasons[i]));
        }
        return new ViewsState(
                index,
                ticks,
                marketTimeNs,
                marketRate,
                engineState,
                engineReason,
                quotes.state(),
                states,
                new HashMap<>(profitE8),
                new HashMap<>(instanceStates),
                new HashMap<>(instanceDetails),
                List.copyOf(signals),
                orders.oldestFirst(),
                commands.snapshot(),
                List.copyOf(openEntries),
                new HashMap<>(intentOfTrade));
    }

    /**
     * Goes on from a snapshot; before the first record, which is then the one behind it.
     *
     * @throws saker.journal.PayloadDamagedException if the bytes are no state
     * @throws IllegalArgumentException if it is of other accounts; either way nothing has changed,
     *     and the whole journal has to be folded
     */
    void restore(byte[] bytes) {
        ViewsState state = ViewsState.decode(bytes);
        if (state.accounts().size() != ledgers.length) {
            throw new IllegalArgumentException("snapshot of other accounts");
        }
        index = state.index();
        ticks = state.ticks();
        marketTimeNs = state.marketTimeNs();
        marketRate = state.marketRate();
        engineState = state.engine();
        engineReason = state.engineReason();
        quotes.restore(state.quotes());
        for (int i = 0; i < ledgers.length; i++) {
            ViewsState.Account account = state.accounts().get(i);
            ledgers[i].restore(account.ledger());
            dayStartEquityE8[i] = account.dayStartEquityE8();
            dayEndNs[i] = account.dayEndNs();
            accountStates[i] = account.state();
            accountReasons[i] = account.reason();
        }
        profitE8.putAll(state.profitE8());
        instanceStates.putAll(state.instanceStates());
        instanceDetails.putAll(state.instanceDetails());
        state.signals().forEach(signal -> signals.add(named(signal)));
        orders.restore(state.orders());
        commands.restore(state.commands());
        openEntries.addAll(state.openEntries());
        intentOfTrade.putAll(state.intentOfTrade());
    }

    /** With the name its strategy has now. */
    private SignalView named(SignalView old) {
        StrategyConfig strategy = strategyOf(old.instanceId());
        return new SignalView(
                old.index(),
                old.row(),
                old.instanceId(),
                strategy == null ? "" : strategy.name(),
                old.symbol(),
                old.action(),
                old.lotsE8(),
                old.priceE8(),
                old.executed(),
                old.rule(),
                old.detail(),
                old.marketTimeNs());
    }

    // ---- Publishing ----------------------------------------------------------------------------

    /** From now on listeners are told. */
    void goLive() {
        quiet = false;
        positionsChanged = true;
        statusChanged = true;
        quotesChanged.set(0, Instrument.MAX_INSTRUMENTS);
        publish();
    }

    void health(Health next) {
        if (!next.equals(health)) {
            health = next;
            statusChanged = true;
        }
    }

    /** The thread that folds is gone: what is shown is the past, and says so. */
    void onFailed(Throwable cause) {
        health =
                new Health(
                        health.database(),
                        health.historyDelayed(),
                        health.durableIndex(),
                        "the dashboard's feed failed, trading goes on: " + cause);
        view =
                new EngineView(
                        statusOf(),
                        view.accounts(),
                        view.quotes(),
                        view.positions(),
                        view.orders(),
                        view.strategies(),
                        view.signals());
    }

    /** Publishes what changed since the last call; the live feed calls it some times a second. */
    void publish() {
        publishChanges();
        commands.release();
    }

    /** Whether somebody may wait for a command that has ended since the last publication. */
    boolean hasNews() {
        return commands.hasEnded();
    }

    private void publishChanges() {
        if (quotesChanged.isEmpty() && !positionsChanged && !statusChanged) {
            return;
        }
        EngineView next = build();
        view = next;
        for (Instrument instrument : instruments.all()) {
            if (quotesChanged.get(instrument.id()) && quotes.has(instrument.id())) {
                QuoteView quote = quoteOf(instrument);
                tell(l -> l.onQuote(quote));
                tellBars(instrument);
            }
        }
        next.accounts().forEach(account -> tell(l -> l.onAccount(account)));
        next.positions().forEach(position -> tell(l -> l.onPosition(position)));
        if (positionsChanged) {
            next.strategies().forEach(strategy -> tell(l -> l.onStrategy(strategy)));
        }
        tell(l -> l.onStatus(next.status()));
        quotesChanged.clear();
        positionsChanged = false;
        statusChanged = false;
    }

    private void tellBars(Instrument instrument) {
        for (BarPeriod period : BarPeriod.values()) {
            Bars.Bar bar = charts[instrument.id()].forming(period);
            if (bar != null) {
                tell(l -> l.onBar(instrument.symbol(), period, bar));
            }
        }
    }

    private void tell(Consumer<EngineListener> what) {
        if (quiet) {
            return;
        }
        for (EngineListener listener : listeners) {
            try {
                what.accept(listener);
            } catch (RuntimeException e) {
                LOG.error("a listener failed: {}", listener.getClass().getName(), e);
            }
        }
    }

    private EngineView build() {
        List<QuoteView> quoteViews = new ArrayList<>();
        for (Instrument instrument : instruments.all()) {
            if (quotes.has(instrument.id())) {
                quoteViews.add(quoteOf(instrument));
            }
        }
        List<AccountView> accountViews = new ArrayList<>();
        List<PositionView> positions = new ArrayList<>();
        for (int i = 0; i < ledgers.length; i++) {
            figures[i].compute(ledgers[i]);
            accountViews.add(accountOf(i));
            for (Trade trade : ledgers[i].trades()) {
                positions.add(positionOf(i, trade));
            }
        }
        return new EngineView(
                statusOf(),
                accountViews,
                quoteViews,
                positions,
                orders.newestFirst(),
                strategies.stream().map(s -> strategyViewOf(s, positions)).toList(),
                List.copyOf(signals));
    }

    private saker.api.StatusView statusOf() {
        Health now = health;
        int worst = worstAccount();
        return new saker.api.StatusView(
                accounts.isEmpty() ? "" : accounts.get(0).environment().name(),
                version,
                worst < 0 ? engineState : accountStates[worst],
                worst < 0 ? engineReason : accountReasons[worst],
                pricesState,
                transactionsState,
                now.database(),
                marketRate,
                marketTimeNs,
                startTimeNs,
                ticks,
                index,
                now.durableIndex(),
                now.historyDelayed());
    }

    /** What a trader has to know first: a halted engine, else the worst account; -1 for neither. */
    private int worstAccount() {
        if (engineState == EngineState.State.RUNNING) {
            for (int i = 0; i < accountStates.length; i++) {
                if (accountStates[i] != EngineState.State.RUNNING) {
                    return i;
                }
            }
        }
        return -1;
    }

    private QuoteView quoteOf(Instrument i) {
        return new QuoteView(
                i.symbol(),
                i.displayDigits(),
                i.pipExponent(),
                quotes.bidE8(i.id()),
                quotes.askE8(i.id()),
                quotes.isTradeable(i.id()),
                quotes.marketTimeNs(i.id()),
                quotes.journalTimeNs(i.id()),
                i.contractUnits(),
                i.minimumUnitsE4(),
                i.unitsStepE4());
    }

    private AccountView accountOf(int i) {
        AccountFigures f = figures[i];
        boolean ok = f.outcome() == AccountFigures.Outcome.OK;
        long equityE8 = ok ? f.equityE8() : f.balanceE8();
        return new AccountView(
                i,
                accounts.get(i).name(),
                accounts.get(i).accountId(),
                f.currency(),
                accountStates[i].name(),
                f.balanceE8(),
                equityE8,
                f.unrealizedPlE8(),
                f.marginUsedE8(),
                ok ? f.marginAvailableE8() : 0,
                dayEndNs[i] == 0 ? 0 : equityE8 - dayStartEquityE8[i],
                ledgers[i].trades().size(),
                marketTimeNs);
    }

    private PositionView positionOf(int account, Trade trade) {
        Instrument instrument = instruments.byId(trade.instrumentId());
        StrategyConfig strategy = strategyOf(trade.instanceId());
        boolean priced =
                instrument != null
                        && quotes.has(instrument.id())
                        && figures[account].conversion(instrument.id()).isAvailable();
        long currentE8 =
                priced ? quotes.closingPriceE8(instrument.id(), trade.unitsE4()) : trade.priceE8();
        long profit =
                priced
                        ? figures[account].profitE8(
                                instrument.id(), trade.unitsE4(), trade.priceE8(), currentE8)
                        : 0;
        return new PositionView(
                account,
                trade.tradeId(),
                trade.instanceId(),
                strategy == null ? "" : strategy.name(),
                symbolOf(trade.instrumentId()),
                instrument == null ? 5 : instrument.displayDigits(),
                trade.side(),
                Math.abs(trade.unitsE4()),
                instrument == null ? 0 : lotsE8(trade.unitsE4(), instrument),
                trade.priceE8(),
                currentE8,
                trade.stopLossE8(),
                trade.takeProfitE8(),
                profit == FixedPoint.OVERFLOW ? 0 : profit,
                trade.openTimeNs(),
                intentOfTrade.containsKey(trade.tradeId()));
    }

    private static long lotsE8(long unitsE4, Instrument instrument) {
        return FixedPoint.mulDiv(
                Math.abs(unitsE4),
                FixedPoint.E4,
                instrument.contractUnits(),
                FixedPoint.Rounding.HALF_UP);
    }

    private StrategyView strategyViewOf(StrategyConfig config, List<PositionView> positions) {
        InstanceStatus status = statuses.get(config.instanceId());
        long openProfitE8 = 0;
        int open = 0;
        for (PositionView position : positions) {
            if (position.instanceId() == config.instanceId()) {
                open++;
                openProfitE8 += position.profitE8();
            }
        }
        EngineState.State state = instanceStates.get(config.instanceId());
        boolean enabled = state == null ? config.enabled() : state == EngineState.State.RUNNING;
        String phase = status == null ? "WARMING_UP" : status.phase().name();
        return new StrategyView(
                config.instanceId(),
                accountIndexOf(config),
                config.name(),
                config.symbol(),
                enabled || phase.equals("ERROR") ? phase : "DISABLED",
                detailOf(config, status),
                profitE8.getOrDefault(config.instanceId(), 0L),
                openProfitE8,
                open,
                status == null ? 0 : status.runs(),
                status == null ? 0 : status.signals(),
                status == null ? 0 : status.lastRunNs());
    }

    private String detailOf(StrategyConfig config, InstanceStatus status) {
        String detail = status == null ? "" : status.detail();
        return detail.isEmpty() ? instanceDetails.getOrDefault(config.instanceId(), "") : detail;
    }

    private int accountIndexOf(StrategyConfig config) {
        for (int i = 0; i < accounts.size(); i++) {
            if (accounts.get(i).name().equals(config.account())) {
                return i;
            }
        }
        return 0;
    }

    private StrategyConfig strategyOf(long instanceId) {
        for (StrategyConfig strategy : strategies) {
            if (strategy.instanceId() == instanceId) {
                return strategy;
            }
        }
        return null;
    }

    private String symbolOf(int instrumentId) {
        Instrument instrument = instruments.byId(instrumentId);
        return instrument == null ? "" : instrument.symbol();
    }

    // ---- Reading, any thread -------------------------------------------------------------------

    EngineView view() {
        return view;
    }

    List<Bars.Bar> bars(String symbol, BarPeriod period, int count) {
        Instrument instrument = instruments.bySymbol(symbol);
        return instrument == null ? List.of() : charts[instrument.id()].bars(period, count);
    }

    void subscribe(EngineListener listener) {
        listeners.add(listener);
    }

    Optional<CommandOutcome> command(String commandId) {
        return commands.outcome(commandId);
    }

    CompletionStage<CommandOutcome> await(String commandId, long waitMs) {
        return commands.await(commandId, waitMs);
    }

    /** Books the result of each strategy and tells of closed trades. */
    private final class Fills implements LedgerListener {
        private final int account;

        Fills(int account) {
            this.account = account;
        }

        @Override
        public void onReduced(Trade trade, TradeEffect effect, BrokerEvent event) {
            book(trade, effect);
        }

        @Override
        public void onClosed(Trade trade, TradeEffect effect, BrokerEvent event) {
            book(trade, effect);
            intentOfTrade.remove(trade.tradeId());
            tell(l -> l.onPositionClosed(account, trade.tradeId()));
        }

        private void book(Trade trade, TradeEffect effect) {
            profitE8.merge(
                    trade.instanceId(),
                    FixedPoint.add(effect.realizedPlE8(), effect.financingE8()),
                    FixedPoint::add);
        }
    }
}
