package saker.live;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
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
import saker.model.Side;
import saker.model.Signal;
import saker.model.TickFlags;
import saker.position.LedgerListener;
import saker.position.Trade;
import saker.strategy.InstanceStatus;

/**
 * Folds the journal into what the dashboard shows. One thread folds ({@link #onRecord}, {@link
 * #publish}); any thread reads the published view.
 */
final class LiveViews implements RecordHandler {
    private static final Logger LOG = LoggerFactory.getLogger(LiveViews.class);

    private final String version;
    private final long startTimeNs;
    private final List<AccountConfig> configured;
    private final Instruments instruments;
    private final List<EngineListener> listeners = new CopyOnWriteArrayList<>();

    private final Quotes quotes = new Quotes();
    private final ChartBars[] charts = new ChartBars[Instrument.MAX_INSTRUMENTS];
    private final AccountTracker[] accounts;
    private final StrategyTracker strategies;
    private final SignalTracker signals;
    private final OrderTracker orders = new OrderTracker(this::onOrderChanged);
    private final RequestsUnderWay requests = new RequestsUnderWay();
    private final CommandTracker commands =
            new CommandTracker(outcome -> tell(l -> l.onCommand(outcome)));

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
        this.configured = accounts;
        this.instruments = instruments;
        this.strategies = new StrategyTracker(strategies, statuses);
        this.signals =
                new SignalTracker(
                        this.strategies::nameOf, decided -> tell(l -> l.onSignal(decided)));
        this.accounts = new AccountTracker[accounts.size()];
        for (int i = 0; i < accounts.size(); i++) {
            this.accounts[i] =
                    new AccountTracker(
                            i,
                            accounts.get(i),
                            currencies.get(i),
                            instruments,
                            quotes,
                            new Fills(i));
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
        for (AccountTracker account : accounts) {
            account.onTime(marketTimeNs);
        }
    }

    private void onBrokerEvent(RecordView entry, BrokerEvent event) {
        accounts[event.accountId()].ledger().apply(event);
        orders.onBrokerEvent(event, entry.journalTimeNs(), entry.marketTimeNs());
        requests.onBrokerEvent(event);
        commands.onBrokerEvent(event);
        if (event.type() == BrokerEvent.Type.ORDER_FILLED) {
            tellFill(event);
        }
        positionsChanged = true;
        if (isFlat()) {
            commands.onFlat();
        }
    }

    private boolean isFlat() {
        if (requests.hasEntries()) {
            return false;
        }
        for (AccountTracker account : accounts) {
            if (!account.isFlat()) {
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
        String symbol = symbolOf(signal.instrumentId());
        signals.onSignal(index, signal, symbol, entry.marketTimeNs());
        positionsChanged |= strategies.onSignal(signal);
    }

    private void onDecision(RecordView entry, RiskDecision decision) {
        commands.onDecision(decision, entry.last());
        if (isFlat()) {
            commands.onFlat();
        }
        signals.onDecision(decision);
    }

    private void onIntent(RecordView entry, OrderIntent intent) {
        commands.onIntent(index, intent);
        Trade trade =
                intent.tradeId() == 0
                        ? null
                        : accounts[intent.accountId()].ledger().trade(intent.tradeId());
        Side side =
                intent.action().isEntry()
                        ? Side.ofUnits(intent.unitsE4())
                        : trade == null ? Side.BUY : trade.side().opposite();
        requests.onIntent(index, intent, trade != null);
        positionsChanged |= trade != null;
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
            case ACCOUNT -> accounts[(int) state.scopeId()].onState(state);
            case INSTANCE -> strategies.onState(state);
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
        return new ViewsState(
                index,
                ticks,
                marketTimeNs,
                marketRate,
                engineState,
                engineReason,
                quotes.state(),
                Arrays.stream(accounts).map(AccountTracker::snapshot).toList(),
                strategies.profitE8(),
                strategies.states(),
                strategies.details(),
                signals.newestFirst(),
                orders.oldestFirst(),
                commands.snapshot(),
                requests.entries(),
                requests.intentOfTrade());
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
        if (state.accounts().size() != accounts.length) {
            throw new IllegalArgumentException("snapshot of other accounts");
        }
        index = state.index();
        ticks = state.ticks();
        marketTimeNs = state.marketTimeNs();
        marketRate = state.marketRate();
        engineState = state.engine();
        engineReason = state.engineReason();
        quotes.restore(state.quotes());
        for (int i = 0; i < accounts.length; i++) {
            accounts[i].restore(state.accounts().get(i));
        }
        strategies.restore(state);
        signals.restore(state.signals());
        orders.restore(state.orders());
        commands.restore(state.commands());
        requests.restore(state.openEntries(), state.intentOfTrade());
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
        for (AccountTracker account : accounts) {
            accountViews.add(account.view(marketTimeNs));
            for (Trade trade : account.trades()) {
                positions.add(
                        account.positionOf(
                                trade,
                                strategies.nameOf(trade.instanceId()),
                                requests.isOfTrade(trade.tradeId())));
            }
        }
        return new EngineView(
                statusOf(),
                accountViews,
                quoteViews,
                positions,
                orders.newestFirst(),
                strategies.views(this::accountIndexOf, positions),
                signals.newestFirst());
    }

    private saker.api.StatusView statusOf() {
        Health now = health;
        int worst = worstAccount();
        return new saker.api.StatusView(
                configured.isEmpty() ? "" : configured.get(0).environment().name(),
                version,
                worst < 0 ? engineState : accounts[worst].state(),
                worst < 0 ? engineReason : accounts[worst].reason(),
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
            for (int i = 0; i < accounts.length; i++) {
                if (accounts[i].state() != EngineState.State.RUNNING) {
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

    private int accountIndexOf(StrategyConfig config) {
        for (int i = 0; i < configured.size(); i++) {
            if (configured.get(i).name().equals(config.account())) {
                return i;
            }
        }
        return 0;
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
            requests.onClosed(trade.tradeId());
            tell(l -> l.onPositionClosed(account, trade.tradeId()));
        }

        private void book(Trade trade, TradeEffect effect) {
            strategies.book(trade, FixedPoint.add(effect.realizedPlE8(), effect.financingE8()));
        }
    }
}
