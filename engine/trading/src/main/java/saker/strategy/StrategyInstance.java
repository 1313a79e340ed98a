package saker.strategy;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import saker.config.StrategyConfig;
import saker.market.BarBuilder;
import saker.market.Instruments;
import saker.market.Quotes;
import saker.model.BarPeriod;
import saker.model.Bars;
import saker.model.FixedPoint;
import saker.model.Instrument;
import saker.model.Signal;
import saker.position.AccountFigures;
import saker.position.TradeLedger;
import saker.time.BrokerClock;

/**
 * One strategy instance: its bars, its call frame, and what it asked for. Worker's thread only; a
 * tick allocates nothing unless the strategy asks for something.
 */
final class StrategyInstance {

    private static final double E8 = 1e8;
    private static final long NANOS = 1_000_000_000L;
    private static final int SUCCESS = 0;
    private static final int NOT_ENOUGH_RATES = 3009;
    private static final double BARS_MARGIN = 1.2; // The framework wants a fifth more.

    // Settings the host fills in.
    private static final int USE_SL = 41;
    private static final int USE_TP = 42;
    private static final int MAX_OPEN_ORDERS = 45;
    private static final int IS_BACKTESTING = 46;
    private static final int ORIGINAL_EQUITY = 49;
    private static final int OPERATIONAL_MODE = 50;
    private static final int STRATEGY_INSTANCE_ID = 51;
    private static final int INTERNAL_STRATEGY_ID = 52;
    private static final int TIMEFRAME = 53;
    private static final int ORDERINFO_ARRAY_SIZE = 63;

    // Set once.
    private final StrategyConfig config;
    private final CallGuard guard;
    private final Instrument instrument;
    private final NativeFramework framework;
    private final String configPath;
    private final boolean testing;
    private final CallFrame frame;
    private final OrderRows orders;
    private final ResultValidator validator = new ResultValidator();
    private final InstanceStatus status;
    private final BrokerClock clock = new BrokerClock();
    private final Map<BarPeriod, BarBuilder> builders = new EnumMap<>(BarPeriod.class);
    private final BarBuilder[] builderList;
    private final RatesWindow[] windows = new RatesWindow[CallFrame.RATES_INDICES];
    private final Map<BarPeriod, RatesWindow> windowOf = new EnumMap<>(BarPeriod.class);
    private final int baseConversionId; // Instrument ids, −1 where no conversion is needed.
    private final int quoteConversionId;

    private double firstBalance; // Of its account, 0 while unknown.

    // Since the last boot.
    private WarmUp warmUp;
    private boolean initialised;
    private boolean enabled;
    private Boolean enabledByRecord; // Null while none said so.
    private boolean refused;
    private boolean resultsDirty;
    private boolean retired;
    private int lastCode;
    private long discardUpTo;
    private boolean discarding;

    // How it goes on in a new process; null once it has, and where nothing was before.
    private InstanceResume resume;

    StrategyInstance(
            StrategyConfig config,
            Instruments instruments,
            String accountCurrency,
            NativeFramework framework,
            String configPath,
            boolean testing,
            CallGuard guard) {
        this.config = config;
        this.guard = guard;
        this.framework = framework;
        this.configPath = configPath;
        this.testing = testing;
        this.enabled = config.enabled(); // Until a record says otherwise.
        this.instrument = instruments.bySymbol(config.symbol());
        this.status = new InstanceStatus(config.instanceId());
        int maxOpenOrders = config.maxOpenOrders();
        this.frame = new CallFrame(maxOpenOrders + 1, maxOpenOrders);
        this.orders = new OrderRows(frame, instrument, config.instanceId());
        openWindows(config.rates());
        this.builderList = builders.values().toArray(new BarBuilder[0]);
        fillConstants(maxOpenOrders, accountCurrency);
        String[] conversions = conversions(accountCurrency);
        this.baseConversionId = idOf(conversions[0], instruments);
        this.quoteConversionId = idOf(conversions[1], instruments);
    }

    private String[] conversions(String accountCurrency) {
        guard.onEnterSetup(config.instanceId(), 0);
        try {
            return framework.conversionSymbols(instrument.symbol(), accountCurrency);
        } finally {
            guard.onExit();
        }
    }

    private void openWindows(List<StrategyConfig.Rates> rates) {
        Map<BarPeriod, Integer> sizes = new EnumMap<>(BarPeriod.class);
        for (StrategyConfig.Rates r : rates) {
            BarPeriod base = basePeriod(r.period());
            int needed =
                    (int) Math.ceil(r.bars() * BARS_MARGIN * r.period().minutes() / base.minutes())
                            + 1;
            sizes.merge(base, needed, Math::max);
        }
        sizes.forEach(
                (period, size) -> {
                    RatesWindow window = new RatesWindow(size);
                    windowOf.put(period, window);
                    builders.put(period, new BarBuilder(period, window));
                });
        for (StrategyConfig.Rates r : rates) {
            BarPeriod base = basePeriod(r.period());
            windows[r.index()] = windowOf.get(base);
            frame.ratesInfo(
                    r.index(),
                    r.period().minutes(),
                    r.bars(),
                    base.minutes(),
                    instrument.pointE8() / E8,
                    instrument.displayDigits());
        }
    }

    /** Weeks and months are made of days by the framework, by its own rules. */
    static BarPeriod basePeriod(BarPeriod period) {
        return period.minutes() > BarPeriod.D1.minutes() ? BarPeriod.D1 : period;
    }

    private void fillConstants(int maxOpenOrders, String accountCurrency) {
        frame.setting(USE_SL, 1);
        frame.setting(USE_TP, 1);
        frame.setting(OPERATIONAL_MODE, 1);
        config.settings().forEach((index, value) -> frame.setting(index, value));
        frame.setting(MAX_OPEN_ORDERS, maxOpenOrders);
        frame.setting(IS_BACKTESTING, testing ? 1 : 0);
        frame.setting(STRATEGY_INSTANCE_ID, config.instanceId());
        frame.setting(INTERNAL_STRATEGY_ID, config.strategyId());
        frame.setting(TIMEFRAME, config.timeframe().minutes());
        frame.setting(ORDERINFO_ARRAY_SIZE, frame.orderRows());
        frame.string(frame.symbol, instrument.symbol());
        frame.string(frame.accountCurrency, accountCurrency);
        frame.string(frame.broker, FrameworkFiles.BROKER);
        frame.string(frame.refBroker, FrameworkFiles.BROKER);
        frame.accountInfo(0, 1);
        frame.accountInfo(4, (double) FixedPoint.E14 / instrument.marginRateE14());
        frame.accountInfo(5, instrument.contractUnits());
        frame.accountInfo(6, instrument.pointE8() / E8);
        frame.accountInfo(7, 50);
        for (int i = 2; i < 6; i++) {
            frame.bidAsk(i, 1);
        }
    }

    private static int idOf(String symbol, Instruments instruments) {
        if (symbol.isEmpty()) {
            return -1;
        }
        Instrument conversion = instruments.bySymbol(symbol);
        if (conversion == null) {
            throw new FrameworkException(
                    "the framework needs quotes of a symbol that is not subscribed: symbol="
                            + symbol);
        }
        return conversion.id();
    }

    /** Before the first record. */
    void resume(InstanceResume resume) {
        this.resume = resume;
    }

    /** Not called any more until the next boot. */
    void retire() {
        retired = true;
    }

    /** A process started: everything begins anew with the next warm-up bars. */
    void onBoot() {
        close();
        retired = false;
        windowOf.values().forEach(RatesWindow::clear);
        for (BarBuilder builder : builderList) {
            builder.clear();
        }
        warmUp = new WarmUp(builders.keySet());
        lastCode = SUCCESS;
        refused = false;
        showPhase();
    }

    void onEnabled(boolean enabled) {
        this.enabled = enabled;
        enabledByRecord = enabled;
        showPhase();
    }

    void onBars(Bars record, long index) {
        if (warmUp == null || record.instrumentId() != instrument.id()) {
            return;
        }
        warmUp.onBars(record);
        if (!warmUp.isComplete()) {
            status.phase(InstanceStatus.Phase.WARMING_UP, warmUp.waitsFor());
            return;
        }
        warmUp.fill(builders.values());
        warmUp = null;
        if (resume == null || index > resume.afterIndex()) {
            initialise(index);
        }
    }

    private void initialise(long index) {
        int code;
        guard.onEnterSetup(config.instanceId(), index);
        try {
            code = framework.init((int) config.instanceId(), testing, configPath, "");
        } finally {
            guard.onExit();
        }
        initialised = code == SUCCESS;
        refused = !initialised;
        if (refused) {
            status.phase(InstanceStatus.Phase.ERROR, "initInstanceC returned " + code);
        } else {
            showPhase();
        }
    }

    /** Its account's balance or its orders changed. */
    void onOrdersChanged(TradeLedger ledger) {
        orders.layOut(ledger);
        if (firstBalance == 0) {
            useFirstBalance(ledger.balanceE8() / E8);
        }
    }

    private void useFirstBalance(double balance) {
        firstBalance = balance;
        if (frame.setting(ORIGINAL_EQUITY) == 0) { // Not configured.
            frame.setting(ORIGINAL_EQUITY, balance);
        }
    }

    /**
     * A tick of its instrument, in order.
     *
     * @return what the strategy asks for, or null
     */
    Signal onTick(
            long index,
            long bidE8,
            long askE8,
            long marketTimeNs,
            Quotes quotes,
            AccountFigures figures,
            RunObserver observer) {
        status.onTick();
        if (warmUp != null) {
            warmUp.onTick(bidE8, marketTimeNs);
            return null;
        }
        for (BarBuilder builder : builderList) {
            builder.onTick(bidE8, marketTimeNs);
        }
        if (resume != null && !goOn(index) || !enabled || refused || retired) {
            return null;
        }
        fillCall(bidE8, askE8, marketTimeNs, quotes, figures);
        discarding = index <= discardUpTo;
        long before = System.nanoTime(); // For run times only.
        guard.onEnter(config.instanceId(), index);
        int code;
        try {
            code = framework.run(frame);
        } finally {
            guard.onExit();
        }
        long durationNs = System.nanoTime() - before;
        observer.onRun(config.instanceId(), durationNs, code);
        status.onRun(marketTimeNs, durationNs);
        return answer(code, bidE8, askE8);
    }

    /** Whether the calls begin with this record; then the instance is what it was. */
    private boolean goOn(long index) {
        if (index <= resume.afterIndex()) {
            return false;
        }
        InstanceSnapshot snapshot = resume.snapshot();
        discardUpTo = resume.discardUpTo();
        resume = null;
        if (!initialised) {
            initialise(index);
        }
        if (snapshot != null && !refused) {
            restore(snapshot, index);
        }
        return true;
    }

    private void restore(InstanceSnapshot snapshot, long index) {
        int code;
        guard.onEnterSetup(config.instanceId(), index);
        try {
            code = framework.restore((int) config.instanceId(), snapshot.library());
        } finally {
            guard.onExit();
        }
        status.counts(snapshot.runs(), snapshot.signals(), snapshot.lastRunNs());
        lastCode = snapshot.lastCode();
        refused = snapshot.refused() || code != SUCCESS;
        if (code != SUCCESS) {
            status.phase(InstanceStatus.Phase.ERROR, "fxs_restore returned " + code);
        } else if (refused) {
            status.phase(InstanceStatus.Phase.ERROR, snapshot.detail());
        }
    }

    /**
     * Its state after a record; only of a replayable library.
     *
     * @return null while it has none: not initialised, or not yet back from a restart
     */
    InstanceSnapshot snapshot(long index) {
        if (!initialised || resume != null) {
            return null;
        }
        byte[] library;
        guard.onEnterSetup(config.instanceId(), index);
        try {
            library = framework.snapshot((int) config.instanceId());
        } finally {
            guard.onExit();
        }
        return library == null
                ? null
                : new InstanceSnapshot(
                        config.instanceId(),
                        index,
                        refused,
                        lastCode,
                        status.runs(),
                        status.signals(),
                        status.lastRunNs(),
                        status.detail(),
                        library);
    }

    /** The call failed on our side: the instance is not called any more. */
    Signal onFailed(RuntimeException cause, long bidE8, long askE8) {
        refused = true;
        status.phase(InstanceStatus.Phase.ERROR, "failed: " + cause);
        return signal(Signal.INVALID_RESULT, bidE8, askE8, List.of());
    }

    private void fillCall(
            long bidE8, long askE8, long marketTimeNs, Quotes quotes, AccountFigures figures) {
        if (resultsDirty) {
            frame.clearResults();
            resultsDirty = false;
        }
        for (int i = 0; i < windows.length; i++) {
            if (windows[i] != null) {
                frame.rates(i, windows[i]);
            }
        }
        frame.brokerTimeSeconds((int) (clock.toBrokerNs(marketTimeNs) / NANOS));
        frame.bidAsk(0, bidE8 / E8);
        frame.bidAsk(1, askE8 / E8);
        convert(2, baseConversionId, quotes);
        convert(4, quoteConversionId, quotes);
        frame.accountInfo(1, figures.balanceE8() / E8);
        boolean priced = figures.outcome() == AccountFigures.Outcome.OK;
        frame.accountInfo(2, (priced ? figures.equityE8() : figures.balanceE8()) / E8);
        frame.accountInfo(3, figures.marginUsedE8() / E8);
        if (orders.openCount() > 0) {
            orders.price(quotes, figures);
        }
    }

    private void convert(int index, int instrumentId, Quotes quotes) {
        if (instrumentId >= 0 && quotes.has(instrumentId)) {
            frame.bidAsk(index, quotes.bidE8(instrumentId) / E8);
            frame.bidAsk(index + 1, quotes.askE8(instrumentId) / E8);
        }
    }

    private Signal answer(int code, long bidE8, long askE8) {
        if (code != SUCCESS) {
            resultsDirty = true;
            return code == lastCode ? null : failed(code, bidE8, askE8);
        }
        if (lastCode != SUCCESS) {
            lastCode = SUCCESS;
            showPhase();
        }
        if (!ResultValidator.hasWish(frame)) {
            return null;
        }
        resultsDirty = true;
        List<Signal.Row> rows = validator.read(frame);
        if (rows == null) {
            refused = true;
            status.phase(InstanceStatus.Phase.ERROR, "invalid result: " + validator.problem());
            return signal(Signal.INVALID_RESULT, bidE8, askE8, List.of());
        }
        status.onSignal();
        return signal(SUCCESS, bidE8, askE8, rows);
    }

    private Signal failed(int code, long bidE8, long askE8) {
        lastCode = code;
        if (code == NOT_ENOUGH_RATES) {
            status.phase(InstanceStatus.Phase.WARMING_UP, "the framework wants more bars");
            return null;
        }
        status.phase(InstanceStatus.Phase.ERROR, "c_runStrategy returned " + code);
        return signal(code, bidE8, askE8, List.of());
    }

    private Signal signal(int code, long bidE8, long askE8, List<Signal.Row> rows) {
        return new Signal(
                config.instanceId(), instrument.id(), bidE8, askE8, code, discarding, rows);
    }

    private void showPhase() {
        if (warmUp != null) {
            status.phase(InstanceStatus.Phase.WARMING_UP, warmUp.waitsFor());
        } else if (!enabled) {
            status.phase(InstanceStatus.Phase.DISABLED, "");
        } else {
            status.phase(InstanceStatus.Phase.RUNNING, "");
        }
    }

    /**
     * What it was told since the journal began, for a snapshot.
     *
     * @param account index of its account
     */
    HostState.Instance state(int account) {
        return new HostState.Instance(
                config.instanceId(),
                account,
                instrument.id(),
                frame.orderRows(),
                enabledByRecord,
                firstBalance,
                orders.closed(),
                orders.commissions());
    }

    /** Whether a state, null for none, is of this instance as it is configured now. */
    boolean isMine(HostState.Instance state, int account) {
        return state != null
                && state.isOf(config.instanceId(), account, instrument.id(), frame.orderRows());
    }

    /** Goes on from a snapshot; before the first record. */
    void restore(HostState.Instance state, TradeLedger ledger) {
        if (state.enabled() != null) {
            onEnabled(state.enabled());
        }
        useFirstBalance(state.firstBalance());
        orders.restore(state.closed(), state.commissions());
        orders.layOut(ledger);
    }

    /** Whether it waits for no bars. */
    boolean isWarm() {
        return warmUp == null;
    }

    /** Its bars, for a snapshot. */
    BarsState bars() {
        Map<BarPeriod, BarsState.Period> periods = new EnumMap<>(BarPeriod.class);
        builders.forEach(
                (period, builder) ->
                        periods.put(
                                period,
                                new BarsState.Period(
                                        builder.state(), windowOf.get(period).copy())));
        return new BarsState(config.instanceId(), periods);
    }

    /**
     * Goes on with the bars of a snapshot of this boot; before the first record.
     *
     * @throws IllegalArgumentException if they are of other timeframes
     */
    void restore(BarsState bars) {
        if (!bars.periods().keySet().equals(builders.keySet())) {
            throw new IllegalArgumentException(
                    "bars of other timeframes: instanceId=%d, found=%s, wanted=%s"
                            .formatted(
                                    config.instanceId(),
                                    bars.periods().keySet(),
                                    builders.keySet()));
        }
        bars.periods()
                .forEach(
                        (period, state) -> {
                            windowOf.get(period).restore(state.rates());
                            builders.get(period).restore(state.forming());
                        });
    }

    void close() {
        if (!initialised) {
            return;
        }
        initialised = false;
        guard.onEnterSetup(config.instanceId(), 0);
        try {
            framework.deinit((int) config.instanceId());
        } finally {
            guard.onExit();
        }
    }

    StrategyConfig config() {
        return config;
    }

    Instrument instrument() {
        return instrument;
    }

    InstanceStatus status() {
        return status;
    }

    OrderRows orders() {
        return orders;
    }
}
