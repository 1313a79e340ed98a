package saker.live;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import saker.api.Engine;
import saker.api.Workers;
import saker.broker.BrokerSession;
import saker.broker.BrokerSession.AccountTerms;
import saker.broker.oanda.ConnectionPacer;
import saker.broker.oanda.OandaCounters;
import saker.broker.oanda.OandaOptions;
import saker.broker.oanda.OandaPriceFeed;
import saker.broker.oanda.OandaSession;
import saker.broker.oanda.RequestRehearsal;
import saker.config.AccountConfig;
import saker.config.SakerConfig;
import saker.config.SakerConfig.FrameworkConfig;
import saker.config.Secrets;
import saker.config.StrategyConfig;
import saker.core.RecordedDecisions;
import saker.core.TradingAccount;
import saker.core.TradingCore;
import saker.journal.ConfigDescriptor;
import saker.journal.EngineStateDescriptor;
import saker.journal.InstrumentDescriptor;
import saker.journal.Journal;
import saker.journal.JournalListener;
import saker.journal.JournalOptions;
import saker.journal.JournalReader;
import saker.journal.WaitMode;
import saker.market.Instruments;
import saker.model.Configuration;
import saker.model.EngineState;
import saker.model.Instrument;
import saker.model.RecordKind;
import saker.model.RiskRule;
import saker.strategy.FrameworkException;
import saker.strategy.FrameworkFiles;
import saker.strategy.InstanceStatus;
import saker.strategy.RunObserver;
import saker.strategy.StrategyHost;
import saker.time.EpochNanoClock;

/**
 * The trading engine of one data folder: journal, sessions, core, strategies and views, wired and
 * started in the order in which they depend on each other. Recovery is this start: every state
 * machine folds the journal from its beginning and goes on with what is appended.
 */
public final class EngineRuntime implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EngineRuntime.class);
    private static final long MEGABYTE = 1 << 20;
    private static final long TERMS_TIMEOUT_S = 60;
    private static final long STOP_TIMEOUT_S = 10;
    private static final Set<RecordKind> CORE_WAKES =
            EnumSet.complementOf(
                    EnumSet.of(
                            RecordKind.ORDER_INTENT,
                            RecordKind.RISK_DECISION,
                            RecordKind.BARS,
                            RecordKind.INSTRUMENT,
                            RecordKind.CONFIG));

    // Set once, in this order.
    private final Vertx vertx;
    private final SakerConfig config;
    private final String version;
    private final Path data;
    private final RunObserver observer;
    private final DataLock lock;
    private final Journal journal;
    private final JournalSurvey survey = new JournalSurvey();
    private final RecordedDecisions recorded = new RecordedDecisions();
    private final List<BrokerSessionVerticle> sessions = new ArrayList<>();
    private final List<JournalLoop> loops = new ArrayList<>();
    private final List<Runnable> closers = new CopyOnWriteArrayList<>();
    private final OandaCounters feedCounters = new OandaCounters();
    private final Map<String, WorkerSetup.GroupLibrary> libraries = new TreeMap<>();

    private final List<Long> lastTransactionIds = new ArrayList<>();
    private final List<List<BrokerSession.RecordedIntent>> unresolved = new ArrayList<>();

    private StartGuard guard;
    private StartPoint startPoint;
    private List<AccountTerms> terms;
    private Instruments instruments;
    private TradingCore core;
    private WorkerSetup workerSetup;
    private StrategyWorkers workers;
    private LiveViews views;
    private LiveEngine engine;
    private boolean up;
    private volatile Throwable failure;

    private EngineRuntime(
            Vertx vertx,
            SakerConfig config,
            String version,
            Path data,
            RunObserver observer,
            UnaryOperator<JournalOptions> tuning)
            throws IOException {
        this.vertx = vertx;
        this.config = config;
        this.version = version;
        this.data = data;
        this.observer = observer;
        this.lock = DataLock.acquire(data);
        try {
            this.journal = Journal.open(data, tuning.apply(journalOptions()));
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /**
     * Starts an engine; returns when it is running, though the broker may still be connecting.
     * Blocks; not for an event loop.
     *
     * @param observer told of each framework call
     * @throws IOException if the journal cannot be opened
     * @throws IllegalStateException if the folder is in use, or the broker's account cannot be read
     *     and the journal does not know it either
     */
    public static EngineRuntime start(
            Vertx vertx, SakerConfig config, String version, Path data, RunObserver observer)
            throws IOException {
        return start(vertx, config, version, data, observer, UnaryOperator.identity());
    }

    /**
     * Starts an engine whose journal is opened with other options: for benches and drills.
     *
     * @param tuning of the options a service would use
     */
    public static EngineRuntime start(
            Vertx vertx,
            SakerConfig config,
            String version,
            Path data,
            RunObserver observer,
            UnaryOperator<JournalOptions> tuning)
            throws IOException {
        EngineRuntime runtime = new EngineRuntime(vertx, config, version, data, observer, tuning);
        try {
            runtime.start();
            return runtime;
        } catch (IOException | RuntimeException e) {
            runtime.close();
            throw e;
        }
    }

    private void start() throws IOException {
        OrderRehearsal.begin(new RequestRehearsal(OrderRehearsal.INSTRUMENT));
        deploySessions();
        copyLibraries(); // A path that is wrong is told before the start counts.
        guard = StartGuard.begin(data);
        Thread stop = guard.excuseIfStopped();
        try {
            readJournal();
            excused(this::learnAccounts);
            excused(this::recordSetup);
            excused(this::recover);
            runLoops();
            startSessions();
        } finally {
            StartGuard.endWatch(stop);
        }
        guard.watch(vertx, this::isSettled, () -> failure != null);
        up = true;
    }

    /** What the broker or the configuration refuses is no failed start. */
    private void excused(Runnable step) throws IOException {
        try {
            step.run();
        } catch (IllegalArgumentException | IllegalStateException | FrameworkException e) {
            guard.excuse();
            throw e;
        }
    }

    /** Whether the accounts are reconciled and no strategy waits for its bars. */
    private boolean isSettled() {
        return engine.view().accounts().stream()
                        .noneMatch(a -> a.state().equals(EngineState.State.RECONCILING.name()))
                && strategyStatuses().stream()
                        .noneMatch(s -> s.phase() == InstanceStatus.Phase.WARMING_UP);
    }

    private JournalOptions journalOptions() {
        return JournalOptions.defaults(version)
                .withListener(new JournalWatch())
                .withSpace(
                        config.journal().lowWaterMb() * MEGABYTE,
                        config.journal().floorMb() * MEGABYTE,
                        null);
    }

    // ---- The account
    // -----------------------------------------------------------------------------

    private void deploySessions() {
        ConnectionPacer pacer = new ConnectionPacer();
        for (int i = 0; i < config.accounts().size(); i++) {
            AccountConfig account = config.accounts().get(i);
            OandaOptions options = oandaOptions(account, i);
            BrokerSessionVerticle session =
                    new BrokerSessionVerticle(
                            i,
                            journal,
                            account.durability(),
                            v ->
                                    new OandaSession(
                                            v,
                                            options,
                                            EpochNanoClock.system(),
                                            journal,
                                            pacer,
                                            feedCounters),
                            v ->
                                    new OandaPriceFeed(
                                            v,
                                            options,
                                            EpochNanoClock.system(),
                                            journal,
                                            pacer,
                                            feedCounters));
            await(vertx.deployVerticle(session).toCompletionStage(), TERMS_TIMEOUT_S);
            sessions.add(session);
        }
    }

    private OandaOptions oandaOptions(AccountConfig account, int index) {
        String token = Secrets.read(account.tokenSource());
        OandaOptions options =
                OandaOptions.of(
                        URI.create(account.restUrl()),
                        URI.create(account.streamUrl()),
                        () -> token,
                        account.accountId(),
                        index);
        return options.withTiming(
                options.timing().withStreamSilence(config.risk().streamSilenceMs()));
    }

    private void readJournal() {
        startPoint =
                guard.isHeld()
                        ? StartPoint.firstRecord(journal)
                        : new StartPoint(journal, survey, config.accounts().size());
        try (JournalReader reader = startPoint.reader()) {
            while (reader.poll(this::survey, 10_000) > 0) {
                // Until the end, which is our own Boot record.
            }
        }
    }

    private void survey(saker.journal.RecordView entry) {
        survey.onRecord(entry);
        recorded.onRecord(entry);
    }

    /** Asks the broker; while it cannot be reached, what the journal knows will do. */
    private void learnAccounts() {
        RecordedSetup before =
                survey.configuration() == null
                        ? null
                        : RecordedSetup.parse(survey.configuration().yaml());
        if (before != null) {
            checkSameAccounts(before);
        }
        terms = new ArrayList<>();
        InstrumentIds ids = new InstrumentIds(survey.instruments());
        for (int i = 0; i < sessions.size(); i++) {
            AccountConfig account = config.accounts().get(i);
            try {
                terms.add(ask(i, BrokerSession::account));
                List<String> symbols = account.symbols();
                ask(i, session -> session.instruments(symbols)).forEach(ids::add);
            } catch (IllegalStateException e) {
                boolean known = before != null && before.accounts().size() > i;
                if (!known || !ids.knows(account.symbols())) {
                    throw e;
                }
                LOG.warn(
                        "broker not reached, starting with what the journal knows: {}",
                        e.getMessage());
                terms.add(before.accounts().get(i));
            }
        }
        instruments = new Instruments(ids.all());
        for (BrokerSessionVerticle session : sessions) {
            session.useInstruments(instruments.all());
        }
    }

    /** A journal is the history of one account; another account's trades are not in it. */
    private void checkSameAccounts(RecordedSetup before) {
        for (int i = 0; i < before.config().accounts().size(); i++) {
            AccountConfig was = before.config().accounts().get(i);
            AccountConfig is = i < config.accounts().size() ? config.accounts().get(i) : null;
            if (is == null
                    || !is.accountId().equals(was.accountId())
                    || is.environment() != was.environment()) {
                throw new IllegalStateException(
                        "the journal belongs to another account: data=%s, journal=%s (%s),"
                                        .formatted(data, was.accountId(), was.environment())
                                + " configured="
                                + (is == null
                                        ? "none"
                                        : is.accountId() + " (" + is.environment() + ")")
                                + "; give it a data folder of its own");
            }
        }
    }

    private <T> T ask(
            int account,
            java.util.function.Function<BrokerSession, java.util.concurrent.CompletionStage<T>>
                    question) {
        return await(
                sessions.get(account)
                        .onLoop(
                                session ->
                                        io.vertx.core.Future.fromCompletionStage(
                                                question.apply(session)))
                        .toCompletionStage(),
                TERMS_TIMEOUT_S);
    }

    // ---- Context in the journal
    // ------------------------------------------------------------------

    private void copyLibraries() throws IOException {
        for (FrameworkConfig group : config.frameworkGroups()) {
            Path library = libraryPath(group);
            String sha256 = journal.copyLibrary(library);
            libraries.put(group.name(), new WorkerSetup.GroupLibrary(library, sha256));
        }
    }

    private void recordSetup() {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(16 * 1024);
        for (Instrument instrument : instruments.all()) {
            if (!survey.instruments().contains(instrument)) {
                append(
                        RecordKind.INSTRUMENT,
                        InstrumentDescriptor.VERSION,
                        buffer,
                        InstrumentDescriptor.encode(instrument, buffer, 0));
            }
        }
        Map<String, String> hashes = new TreeMap<>();
        libraries.forEach((name, library) -> hashes.put(name, library.sha256()));
        Configuration configuration =
                new Configuration(
                        hashes.get(FrameworkConfig.DEFAULT),
                        new RecordedSetup(config, terms, hashes).text());
        long configIndex =
                append(
                        RecordKind.CONFIG,
                        ConfigDescriptor.VERSION,
                        buffer,
                        ConfigDescriptor.encode(configuration, buffer, 0));
        workerSetup =
                new WorkerSetup(
                        data,
                        config,
                        instruments,
                        hostAccounts(),
                        libraries,
                        configIndex,
                        RecordedBoot.idOf(configuration),
                        survey.workerCommands(),
                        guard.isHeld());
    }

    private Path libraryPath(FrameworkConfig group) {
        return group.library() == null
                ? FrameworkFiles.unpackLibrary(data.resolve("framework"))
                : Path.of(group.library());
    }

    private List<StrategyHost.Account> hostAccounts() {
        List<StrategyHost.Account> accounts = new ArrayList<>();
        for (int i = 0; i < terms.size(); i++) {
            accounts.add(
                    new StrategyHost.Account(
                            config.accounts().get(i).name(), terms.get(i).currency()));
        }
        return accounts;
    }

    private long append(RecordKind kind, int version, MutableDirectBuffer buffer, int length) {
        return journal.append(kind, version, journal.marketTimeNs(), 0, 0, true, buffer, 0, length);
    }

    // ---- State machines
    // --------------------------------------------------------------------------

    private void recover() {
        if (guard.isHeld()) {
            appendHalt(RiskRule.ENGINE_HALTED, guard.why());
        }
        List<TradingAccount> accounts = new ArrayList<>();
        for (int i = 0; i < terms.size(); i++) {
            String name = config.accounts().get(i).name();
            String currency = terms.get(i).currency();
            accounts.add(new TradingAccount(i, name, currency, terms.get(i).hedging()));
        }
        core =
                new TradingCore(
                        instruments.all(),
                        accounts,
                        config.strategies(),
                        config.risk(),
                        new IntentTap(journal, new Sessions()),
                        recorded);
        workers =
                new StrategyWorkers(
                        journal,
                        workerSetup,
                        observer,
                        why -> fail(StrategyWorkers.THREAD, new IllegalStateException(why)));
        views =
                new LiveViews(
                        version,
                        journal.boot().startTimeNs(),
                        config.accounts(),
                        terms.stream().map(AccountTerms::currency).toList(),
                        instruments,
                        config.strategies(),
                        workers.statuses());
        engine = new LiveEngine(journal, views, instruments, config);
    }

    private void runLoops() throws IOException {
        JournalReader coreReader = startPoint.restore(core);
        JournalReader viewReader = startPoint.restore(StartPoint.VIEWS, views::restore);
        long bootIndex = fold(coreReader, core::onRecord, survey.lastIndex());
        fold(viewReader, views::onRecord, survey.lastIndex());
        reviewDiskHalt();
        core.failures().forEach(line -> LOG.error("could not be applied again: {}", line));
        for (int i = 0; i < sessions.size(); i++) {
            // Asked for now: once its thread runs, the core belongs to it.
            lastTransactionIds.add(core.lastTransactionId(i));
            unresolved.add(core.unresolved(i));
        }
        EngineSnapshots snapshots =
                new EngineSnapshots(journal, config.journal().snapshotEveryRecords());
        run(
                "trading",
                coreReader,
                WaitMode.PARK,
                CORE_WAKES,
                snapshots.taking(StartPoint.CORE, core::onRecord, core::snapshot),
                () -> {},
                -1,
                null);
        runStrategies(bootIndex, snapshots);
        LiveFeed feed = new LiveFeed(views, this::health);
        DecisionLog log =
                new DecisionLog(
                        config.accounts().stream().map(AccountConfig::name).toList(),
                        instruments,
                        workers());
        run(
                "live-feed",
                viewReader,
                WaitMode.BACKOFF,
                EnumSet.noneOf(RecordKind.class),
                snapshots
                        .taking(
                                StartPoint.VIEWS,
                                snapshots
                                        .taking(StartPoint.SURVEY, survey, survey::snapshot)
                                        .andThen(views),
                                views::snapshot)
                        .andThen(log),
                feed::publishIfDue,
                -1,
                views::onFailed);
        snapshots.start();
        closers.add(snapshots::close);
        openControl();
    }

    private void openControl() throws IOException {
        try {
            ControlSocket control =
                    ControlSocket.open(data, new ControlRequests(engine, workers())::answer);
            closers.add(() -> closeQuietly(control));
        } catch (IOException e) {
            guard.excuse(); // Such as a path that is too long for a socket.
            throw e;
        }
    }

    private void runStrategies(long bootIndex, EngineSnapshots snapshots) throws IOException {
        FrameworkConfig group = workers.threadGroup();
        if (group != null) {
            JournalReader reader = startPoint.restore(StartPoint.STRATEGIES, workers::restore);
            fold(reader, workers::onRecord, bootIndex - 1);
            workers.goLive();
            run(
                    StrategyWorkers.THREAD,
                    reader,
                    group.spin() ? WaitMode.SPIN : WaitMode.PARK,
                    EnumSet.of(RecordKind.TICK, RecordKind.BROKER_EVENT, RecordKind.BARS),
                    snapshots.taking(StartPoint.STRATEGIES, workers::onRecord, workers::snapshot),
                    () -> workers.onLooked(reader.lastIndex()),
                    group.cpu(),
                    null);
        }
        workers.start();
    }

    /** Space may have come back while we were down; then an operator can resume. */
    private void reviewDiskHalt() throws IOException {
        long freeBytes = java.nio.file.Files.getFileStore(data).getUsableSpace();
        if (survey.isDiskLow() && freeBytes >= config.journal().lowWaterMb() * MEGABYTE) {
            appendHalt(RiskRule.ENGINE_HALTED, "disk space is back: an operator resumes");
        }
    }

    /** Feeds a state machine up to {@code lastIndex}; returns the last boot's index. */
    private static long fold(
            JournalReader reader, saker.journal.RecordHandler handler, long lastIndex) {
        long[] boot = {0};
        while (reader.lastIndex() < lastIndex
                && reader.poll(
                                entry -> {
                                    if (entry.kind() == RecordKind.BOOT) {
                                        boot[0] = entry.index();
                                    }
                                    handler.onRecord(entry);
                                },
                                10_000,
                                lastIndex)
                        > 0) {
            // On to the next batch.
        }
        return boot[0];
    }

    private void run(
            String name,
            JournalReader reader,
            WaitMode mode,
            Set<RecordKind> wakeOn,
            saker.journal.RecordHandler handler,
            Runnable afterBatch,
            int cpu,
            Consumer<Throwable> onFailed) {
        JournalLoop loop =
                new JournalLoop(
                        name,
                        journal,
                        reader,
                        mode,
                        wakeOn,
                        handler,
                        afterBatch,
                        onFailed == null ? cause -> fail(name, cause) : onFailed);
        loops.add(loop);
        JournalVerticle verticle = new JournalVerticle(loop, cpu);
        await(
                vertx.deployVerticle(verticle, JournalVerticle.options(name)).toCompletionStage(),
                TERMS_TIMEOUT_S);
        verticle.begin();
    }

    // ---- Connections
    // -----------------------------------------------------------------------------

    private void startSessions() {
        for (int i = 0; i < sessions.size(); i++) {
            BrokerSessionVerticle session = sessions.get(i);
            List<String> symbols = config.accounts().get(i).symbols();
            session.startSession(lastTransactionIds.get(i), unresolved.get(i));
            session.startFeed(symbols.stream().map(instruments::bySymbol).toList());
            String name = config.accounts().get(i).name();
            List<StrategyConfig> own =
                    config.strategies().stream().filter(s -> s.account().equals(name)).toList();
            new WarmUpBars(vertx, journal, session)
                    .run(instruments, symbols, own)
                    .onFailure(
                            e -> LOG.warn("no warm-up bars: account={}: {}", name, e.getMessage()));
        }
    }

    /** A thread that decides is gone: nothing may be decided any more. */
    private void fail(String name, Throwable cause) {
        failure = cause;
        LOG.error("{} failed: the engine takes no new risk", name, cause);
        appendHalt(RiskRule.ENGINE_HALTED, name + " failed: " + cause);
    }

    private void appendHalt(RiskRule rule, String detail) {
        sessions.forEach(session -> session.stopEntries(true));
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(512);
        EngineState halted =
                new EngineState(
                        EngineState.Scope.ENGINE, 0, EngineState.State.HALTED, rule, detail);
        append(
                RecordKind.ENGINE_STATE,
                EngineStateDescriptor.VERSION,
                buffer,
                EngineStateDescriptor.encode(halted, buffer, 0));
    }

    private LiveViews.Health health() {
        Throwable cause = failure;
        return new LiveViews.Health(
                engine.databaseState(),
                engine.historyDelayed(),
                journal.durableIndex(),
                cause == null ? "" : String.valueOf(cause));
    }

    // ---- What others use
    // -------------------------------------------------------------------------

    public Engine engine() {
        return engine;
    }

    /** Tells the views how the database projection is doing. */
    public void databaseState(String state, boolean delayed) {
        engine.databaseState(state, delayed);
    }

    public Journal journal() {
        return journal;
    }

    public Instruments instruments() {
        return instruments;
    }

    /** Terms of each account, in the configuration's order. */
    public List<AccountTerms> terms() {
        return terms;
    }

    public SakerConfig config() {
        return config;
    }

    public List<InstanceStatus> strategyStatuses() {
        return workers.statuses();
    }

    /** Ticks the engine's strategy thread has seen, of this run and of what it folded. */
    public long ticksSeen() {
        return workers.ticks();
    }

    /** The strategy workers, for those who watch and control them. */
    public Workers workers() {
        return workers;
    }

    /** Counters of the feed and the session. */
    public Map<OandaCounters.Count, Long> counters() {
        return feedCounters.snapshot();
    }

    /** Ends the price streams: no tick, so no new decision, while what is under way settles. */
    public void quiesce() {
        sessions.forEach(BrokerSessionVerticle::stopFeed);
    }

    /** What ended a deciding thread, or null. */
    public Throwable failure() {
        return failure;
    }

    @Override
    public void close() throws IOException {
        for (BrokerSessionVerticle session : sessions) {
            if (session.deploymentID() != null) {
                awaitQuietly(vertx.undeploy(session.deploymentID()).toCompletionStage());
            }
        }
        closers.forEach(Runnable::run);
        for (JournalLoop loop : loops) {
            loop.stop();
        }
        if (workers != null) {
            workers.close();
        }
        if (up && failure == null) {
            guard.clear();
        }
        journal.close();
        lock.close();
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            LOG.warn("could not be closed: {}", e.getMessage());
        }
    }

    private static <T> T await(java.util.concurrent.CompletionStage<T> stage, long seconds) {
        try {
            return stage.toCompletableFuture().get(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException | CompletionException e) {
            throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("no answer in " + seconds + " s", e);
        }
    }

    private static void awaitQuietly(java.util.concurrent.CompletionStage<?> stage) {
        try {
            await(stage, STOP_TIMEOUT_S);
        } catch (IllegalStateException e) {
            LOG.warn("did not stop in time: {}", e.getMessage());
        }
    }

    /** What the core's outputs mean for the sessions. */
    private final class Sessions implements IntentTap.Listener {
        @Override
        public void onIntent(BrokerSession.RecordedIntent intent) {
            sessions.get(intent.intent().accountId()).offer(intent);
        }

        @Override
        public void onState(EngineState state) {
            boolean stop = state.state() == EngineState.State.HALTED;
            if (state.scope() == EngineState.Scope.ENGINE) {
                sessions.forEach(session -> session.stopEntries(stop));
            } else if (state.scope() == EngineState.Scope.ACCOUNT) {
                sessions.get((int) state.scopeId()).stopEntries(stop);
            }
        }
    }

    /** A journal without space or without a writer ends new risk. */
    private final class JournalWatch implements JournalListener {
        @Override
        public void onFailed(Throwable cause) {
            failure = cause;
            LOG.error("the journal failed: nothing is decided any more", cause);
        }

        @Override
        public void onLowSpace(long freeBytes) {
            LOG.error("low disk space: no new risk: freeBytes={}", freeBytes);
            appendHalt(RiskRule.DISK_LOW, "freeBytes=" + freeBytes);
        }

        @Override
        public void onSpaceRecovered(long freeBytes) {
            LOG.warn("disk space is back; resume when ready: freeBytes={}", freeBytes);
            appendHalt(RiskRule.ENGINE_HALTED, "disk space is back: an operator resumes");
        }

        @Override
        public void onFloor(long freeBytes) {
            LOG.error("no disk space: the journal is closed: freeBytes={}", freeBytes);
        }
    }
}
