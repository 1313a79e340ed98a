package saker.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import saker.broker.BrokerSession;
import saker.config.RiskConfig;
import saker.config.StrategyConfig;
import saker.journal.BootDescriptor;
import saker.journal.BrokerEventDescriptor;
import saker.journal.CommandDescriptor;
import saker.journal.EngineStateDescriptor;
import saker.journal.FeedStatusDescriptor;
import saker.journal.RecordHandler;
import saker.journal.RecordSink;
import saker.journal.RecordView;
import saker.journal.SignalDescriptor;
import saker.journal.TickDescriptor;
import saker.journal.WorkerEventDescriptor;
import saker.market.Instruments;
import saker.market.Quotes;
import saker.model.BrokerEvent;
import saker.model.Command;
import saker.model.EngineState;
import saker.model.FeedStatus;
import saker.model.Instrument;
import saker.model.OrderIntent;
import saker.model.RecordKind;
import saker.model.RiskRule;
import saker.model.Signal;
import saker.model.Skipped;
import saker.model.TickFlags;
import saker.model.WorkerEvent;
import saker.order.Order;
import saker.order.OrderBook;
import saker.order.OrderState;
import saker.position.AccountFigures;
import saker.position.TradeLedger;
import saker.risk.EntryRisk;
import saker.time.TradingDay;

/**
 * Risk, orders and positions of all accounts as one state machine over the journal: it is given
 * every record in order and appends what it decides. No clock, no I/O but the sink, no threads; one
 * thread calls it. A tick of an instrument without orders or positions is stored and no more.
 *
 * <p>Its state is a fold of the inputs and of its own outputs, and a decision changes the state
 * only through its outputs. So recovery is the same walk: for inputs that are decided already it
 * applies the <em>recorded</em> outputs, and from the first undecided one on it decides.
 *
 * <p>Start: read the whole journal (with the new Boot record) into {@link RecordedDecisions}, make
 * the core with it, then feed the journal from its beginning and go on with what is appended.
 *
 * <p>EngineState records of others (a full disk, a strategy with a bad result) have cause 0 and are
 * inputs; those with a cause are the core's own.
 */
public final class TradingCore implements RecordHandler {
    private static final List<Long> NOTHING_RECORDED = List.of();
    private static final List<EngineState> NO_HALTS = List.of();

    private final Instruments instruments;
    private final RecordSink sink;
    private final RecordedDecisions recorded;
    private final Quotes quotes = new Quotes();
    private final Moment moment = new Moment();
    private final EngineStates states = new EngineStates();
    private final List<AccountDesk> desks = new ArrayList<>();
    private final Answer answer;
    private final AccountWatch watch;
    private final SignalRows signals;
    private final Commands commands;
    private final List<String> failures = new ArrayList<>();
    private final RecoveryHalts recoveryHalts = new RecoveryHalts();

    // Whether a tick of the instrument can lead to a decision.
    private final boolean[] watched = new boolean[Instrument.MAX_INSTRUMENTS];
    private long dayEndNs = Long.MIN_VALUE;
    private long bootId;
    private long bootIndex;
    private boolean journalClosed;

    // The fact in hand, decoded once for applying and deciding.
    private Object fact;

    /**
     * @param accounts by index
     * @param strategies checked by {@link StrategyPlan#check}
     * @param recorded what the journal holds already; empty for a new one
     */
    public TradingCore(
            List<Instrument> instruments,
            List<TradingAccount> accounts,
            List<StrategyConfig> strategies,
            RiskConfig risk,
            RecordSink sink,
            RecordedDecisions recorded) {
        StrategyPlan.check(accounts, strategies);
        this.instruments = new Instruments(instruments);
        this.sink = sink;
        this.recorded = recorded;
        for (TradingAccount account : accounts) {
            if (account.index() != desks.size()) {
                throw new IllegalArgumentException(
                        "accounts out of order: index=%d, expected=%d"
                                .formatted(account.index(), desks.size()));
            }
            desks.add(new AccountDesk(account, risk, this.instruments, quotes, states, moment));
        }
        EntryRisk entryRisk = new EntryRisk(risk, this.instruments);
        answer = new Answer(desks, states);
        Intents intents = new Intents(moment, answer, quotes);
        watch = new AccountWatch(answer, intents, moment);
        signals = new SignalRows(plan(strategies), entryRisk, risk, moment, answer, intents);
        commands =
                new Commands(
                        desks,
                        states,
                        this.instruments,
                        quotes,
                        entryRisk,
                        risk,
                        moment,
                        answer,
                        intents);
    }

    /** Takes the next record of the journal, and appends the answer if it has none yet. */
    @Override
    public void onRecord(RecordView entry) {
        if (!isInput(entry)) {
            return;
        }
        begin(entry);
        boolean decided = entry.index() <= recorded.decidedUpTo();
        boolean quiet = recoveryHalts.isEmpty();
        if (!decided && quiet && isStoredOnly(entry)) {
            storeTick(entry);
            return;
        }
        List<RecordedDecisions.Recorded> outputs = recorded.of(entry.index());
        if (decided) {
            recover(entry, outputs);
        } else {
            boolean haltsDue =
                    !quiet || !outputs.isEmpty(); // Hardly ever: a tick makes no garbage.
            answer(entry, haltsDue ? recoveryHalts.due(outputs, this::isHalted) : NO_HALTS);
            append(outputs);
            if (entry.kind() == RecordKind.BOOT) {
                endRecovery();
            }
        }
        endRecord(entry);
    }

    /** Its halts are in the journal: from here on an operator may resume. */
    void endRecovery() {
        recoveryHalts.clear();
    }

    // --- Snapshots.

    /**
     * What it knows after the last record, for {@link #restore}; null while that is not for a
     * snapshot: a record failed in this recovery, or a decision found the journal closed.
     */
    public CoreState snapshot() {
        if (journalClosed || !recoveryHalts.isEmpty()) {
            return null;
        }
        return new CoreState(
                bootId,
                bootIndex,
                dayEndNs,
                watch.boots(),
                recoveryHalts.found(),
                quotes.state(),
                states.state(),
                desks.stream().map(AccountDesk::snapshot).toList());
    }

    /**
     * Goes on from a snapshot; before the first record, which is then the one behind it. What is
     * configured may have changed since, but not the accounts.
     */
    public void restore(CoreState state) {
        if (state.accounts() != desks.size()) {
            throw new IllegalArgumentException(
                    "snapshot of other accounts: count=%d, ours=%d"
                            .formatted(state.accounts(), desks.size()));
        }
        bootId = state.bootId();
        bootIndex = state.bootIndex();
        dayEndNs = state.dayEndNs();
        state.boots().forEach(watch::onBoot);
        recoveryHalts.restore(state.recoveryHalts());
        quotes.restore(state.quotes());
        states.restore(state.switches());
        for (int i = 0; i < desks.size(); i++) {
            desks.get(i).restore(state.desks().get(i));
        }
        watchInstruments();
    }

    // --- What others ask.

    /** The account's positions and balance; the core's own object, for its thread. */
    public TradeLedger ledger(int accountId) {
        return desks.get(accountId).ledger();
    }

    /** The account's requests; the core's own object, for its thread. */
    public OrderBook orders(int accountId) {
        return desks.get(accountId).orders();
    }

    /** Figures of the account at the latest quotes, computed now. */
    public AccountFigures figures(int accountId) {
        AccountDesk desk = desks.get(accountId);
        desk.figures().compute(desk.ledger());
        return desk.figures();
    }

    public Quotes quotes() {
        return quotes;
    }

    /** RUNNING, RECONCILING or HALTED. */
    public EngineState.State accountState(int accountId) {
        return desks.get(accountId).state();
    }

    public boolean isInstanceEnabled(long instanceId) {
        return states.isEnabled(instanceId);
    }

    public boolean isReduceOnly(int instrumentId) {
        return states.isReduceOnly(instrumentId);
    }

    /** The newest broker transaction in the journal, for the session's start. */
    public long lastTransactionId(int accountId) {
        return desks.get(accountId).ledger().lastTransactionId();
    }

    /**
     * Intents written before the latest boot without final evidence, oldest first, for the
     * session's start. Intents written after that boot are new and are submitted as they come.
     */
    public List<BrokerSession.RecordedIntent> unresolved(int accountId) {
        List<BrokerSession.RecordedIntent> unresolved = new ArrayList<>();
        for (Order order : desks.get(accountId).orders().live()) {
            boolean old = order.index() != 0 && order.index() < bootIndex;
            boolean evident = order.state() != OrderState.UNKNOWN && order.orderId() != 0;
            if (old && !evident) {
                unresolved.add(new BrokerSession.RecordedIntent(order.index(), order.intent()));
            }
        }
        return unresolved;
    }

    /** Records that could not be applied while recovering and had no Skipped; for the log. */
    public List<String> failures() {
        return List.copyOf(failures);
    }

    /** Whether the journal refused a decision: nothing is decided any more. */
    public boolean isJournalClosed() {
        return journalClosed;
    }

    /** 64 bits that are equal where the states are: the same journal gives the same hash. */
    public long stateHash() {
        StateHash hash = new StateHash();
        states.addTo(hash);
        for (AccountDesk desk : desks) {
            desk.addTo(hash);
        }
        for (Instrument instrument : instruments.all()) {
            int id = instrument.id();
            hash.add(quotes.bidE8(id)).add(quotes.askE8(id)).add(quotes.journalTimeNs(id));
        }
        return hash.value();
    }

    // --- One record.

    static boolean isInput(RecordView entry) {
        if (entry.kind() == null) {
            return false;
        }
        return switch (entry.kind()) {
            case TICK,
                    FEED_STATUS,
                    SIGNAL,
                    BROKER_EVENT,
                    COMMAND,
                    TIMER,
                    CLOCK_TICK,
                    WORKER_EVENT,
                    BOOT ->
                    true;
            case ENGINE_STATE -> entry.cause() == 0;
            case ORDER_INTENT, RISK_DECISION, INSTRUMENT, CONFIG, BARS, SKIPPED -> false;
        };
    }

    void begin(RecordView entry) {
        moment.index = entry.index();
        moment.cause = entry.cause();
        moment.recordNs = entry.journalTimeNs();
        moment.nowNs = moment.recordNs;
        moment.marketNs = entry.marketTimeNs();
        moment.bootId = bootId;
        fact = null;
        answer.begin();
    }

    /** Applies a decided input and the outputs the journal has for it. */
    private void recover(RecordView entry, List<RecordedDecisions.Recorded> outputs) {
        if (!outputs.isEmpty()) {
            moveToAnsweringBoot(entry);
        }
        try {
            if (!isSkipped(outputs)) {
                apply(entry);
            }
        } catch (RuntimeException e) {
            onFailedRecovery(entry, e);
        }
        applyRecorded(outputs);
    }

    /**
     * Applies an input and decides; the outputs are in {@link #answer}, not in the journal yet.
     *
     * @param halts what comes before all else in the answer
     */
    void answer(RecordView entry, List<EngineState> halts) {
        moveToAnsweringBoot(entry);
        addAll(halts);
        try {
            apply(entry);
        } catch (RuntimeException e) {
            answer.add(new Skipped(entry.index(), accountOf(), describe(entry, e)));
            haltAfter(entry, e);
            return;
        }
        try {
            decide(entry);
        } catch (RuntimeException e) {
            answer.takeBack(); // The input stands, only what was made of it does not.
            addAll(halts);
            haltAfter(entry, e);
        }
    }

    private void addAll(List<EngineState> halts) {
        for (int i = 0; i < halts.size(); i++) {
            answer.add(halts.get(i));
        }
    }

    /** Puts the recorded outputs of the record in hand into effect instead of deciding. */
    void applyRecorded(List<RecordedDecisions.Recorded> outputs) {
        List<Long> indices = new ArrayList<>();
        for (RecordedDecisions.Recorded output : outputs) {
            answer.add(output.output().fact());
            indices.add(output.index());
        }
        answer.assign(indices);
    }

    void endRecord(RecordView entry) {
        for (int i = 0; i < desks.size(); i++) {
            desks.get(i).endRecord();
        }
        if (entry.kind() != RecordKind.TICK || answer.size() > 0) {
            watchInstruments();
        }
    }

    Answer answer() {
        return answer;
    }

    static boolean isSkipped(List<RecordedDecisions.Recorded> outputs) {
        for (RecordedDecisions.Recorded output : outputs) {
            if (output.output().kind() == RecordKind.SKIPPED) {
                return true;
            }
        }
        return false;
    }

    /** Completes an answer that a crash cut short, or appends a whole one. */
    private void append(List<RecordedDecisions.Recorded> outputs) {
        if (answer.size() == 0 && outputs.isEmpty() || journalClosed) {
            return;
        }
        List<Long> indices = NOTHING_RECORDED;
        if (!outputs.isEmpty()) {
            indices = outputs.stream().map(RecordedDecisions.Recorded::index).toList();
            if (!Replay.isPrefix(outputs, answer.outputs())) {
                answer.takeBack(); // What is written stands; this program would decide otherwise.
                applyRecorded(outputs);
                haltAll("an answer cut short by a crash is decided otherwise now");
            }
        }
        journalClosed = !answer.append(sink, moment, indices);
    }

    private void moveToAnsweringBoot(RecordView entry) {
        RecordedDecisions.BootMark boot = recorded.answeredBy(entry.index());
        if (boot != null) {
            moment.bootId = boot.bootId();
            moment.nowNs = Math.max(moment.recordNs, boot.journalTimeNs());
        }
    }

    // --- Applying: the direct effect of an input.

    private void apply(RecordView entry) {
        DirectBuffer buffer = entry.buffer();
        int offset = entry.offset();
        int length = entry.length();
        switch (entry.kind()) {
            case TICK -> applyTick(entry);
            case BOOT -> applyBoot(entry);
            case FEED_STATUS -> {
                FeedStatus status = FeedStatusDescriptor.decode(buffer, offset, length);
                desks.get(status.accountId()).onFeedStatus(status);
            }
            case BROKER_EVENT -> {
                BrokerEvent event = BrokerEventDescriptor.decode(entry);
                fact = event;
                watch.onBrokerEvent(desks.get(event.accountId()), event);
            }
            case COMMAND -> applyCommand(CommandDescriptor.decode(buffer, offset, length));
            case SIGNAL -> fact = SignalDescriptor.decode(buffer, offset, length);
            case ENGINE_STATE -> applyState(EngineStateDescriptor.decode(buffer, offset, length));
            case WORKER_EVENT -> applyWorkerEvent(WorkerEventDescriptor.decode(entry));
            default -> {
                // A timer is its time alone.
            }
        }
    }

    private void applyTick(RecordView entry) {
        storeTick(entry);
        if (entry.marketTimeNs() >= dayEndNs && !isLate(entry)) {
            boolean open = true;
            for (int i = 0; i < desks.size(); i++) {
                open &= desks.get(i).openDay(entry.marketTimeNs());
            }
            if (open) {
                dayEndNs = TradingDay.nextRolloverNs(entry.marketTimeNs());
            }
        }
    }

    void storeTick(RecordView entry) {
        DirectBuffer buffer = entry.buffer();
        int offset = entry.offset();
        quotes.onTick(
                TickDescriptor.instrumentId(buffer, offset),
                TickDescriptor.bidE8(buffer, offset),
                TickDescriptor.askE8(buffer, offset),
                entry.marketTimeNs(),
                entry.journalTimeNs(),
                TickDescriptor.flags(buffer, offset));
    }

    /** Whether a record is a tick that can do no more than change a quote. */
    boolean isStoredOnly(RecordView entry) {
        return entry.kind() == RecordKind.TICK && !isAwaited(entry);
    }

    private boolean isAwaited(RecordView entry) {
        int id = TickDescriptor.instrumentId(entry.buffer(), entry.offset());
        return id < 0 || id >= watched.length || watched[id] || entry.marketTimeNs() >= dayEndNs;
    }

    private static boolean isLate(RecordView entry) {
        return (TickDescriptor.flags(entry.buffer(), entry.offset()) & TickFlags.LATE) != 0;
    }

    private void applyBoot(RecordView entry) {
        bootId = BootDescriptor.decode(entry.buffer(), entry.offset(), entry.length()).bootId();
        bootIndex = entry.index();
        if (recorded.answeredBy(entry.index()) == null) {
            moment.bootId = bootId;
        }
        watch.onBoot(bootId);
        for (AccountDesk desk : desks) {
            desk.onBoot(entry.index());
        }
    }

    private void applyWorkerEvent(WorkerEvent event) {
        fact = event;
        if (event.closesTrades()) {
            // Of every account: it may not be configured any more.
            desks.forEach(desk -> desk.onInstanceFailed(event.instanceId()));
        }
    }

    private void applyCommand(Command command) {
        fact = command;
        if (command.type() == Command.Type.ENABLE_INSTANCE) {
            desks.forEach(desk -> desk.onInstanceEnabled(command.instanceId()));
        }
        for (AccountDesk desk : desks) {
            if (Commands.isForAll(command) || desk.index() == command.accountId()) {
                if (command.type() == Command.Type.FLATTEN) {
                    desk.onFlatten();
                } else if (command.type() == Command.Type.RESUME) {
                    desk.onResume();
                }
            }
        }
    }

    private void applyState(EngineState state) {
        if (state.scope() == EngineState.Scope.ACCOUNT) {
            desks.get((int) state.scopeId()).apply(state);
        } else {
            states.apply(state);
        }
    }

    // --- Deciding.

    private void decide(RecordView entry) {
        switch (entry.kind()) {
            case SIGNAL -> signals.onSignal((Signal) fact);
            case COMMAND -> {
                commands.onCommand((Command) fact);
                decideForAll();
            }
            case BROKER_EVENT -> {
                AccountDesk desk = desks.get(((BrokerEvent) fact).accountId());
                watch.decideOnEvent(desk);
                watch.decide(desk);
            }
            case WORKER_EVENT -> {
                disableFailed((WorkerEvent) fact);
                decideForAll();
            }
            case BOOT, FEED_STATUS, ENGINE_STATE -> decideForAll();
            default -> {
                for (int i = 0; i < desks.size(); i++) {
                    watch.onTime(desks.get(i));
                }
            }
        }
    }

    /** An instance whose calls broke its process opens nothing until somebody enables it. */
    private void disableFailed(WorkerEvent event) {
        boolean failed = event.event() == WorkerEvent.Event.INSTANCE_FAILED;
        long id = event.instanceId();
        boolean disabled = states.isKnown(id) && !states.isEnabled(id);
        if (failed && !disabled) {
            answer.add(
                    new EngineState(
                            EngineState.Scope.INSTANCE,
                            id,
                            EngineState.State.DISABLED,
                            RiskRule.STRATEGY_FAILED,
                            event.detail()));
        }
    }

    private void decideForAll() {
        for (AccountDesk desk : desks) {
            watch.decide(desk);
        }
    }

    // --- Failing.

    /** Halts the account of the record; without one, the engine. */
    private void haltAfter(RecordView entry, RuntimeException e) {
        int accountId = accountOf();
        if (accountId >= 0) {
            watch.halt(desks.get(accountId), RiskRule.NONE, describe(entry, e));
        } else {
            answer.add(
                    new EngineState(
                            EngineState.Scope.ENGINE,
                            0,
                            EngineState.State.HALTED,
                            RiskRule.NONE,
                            describe(entry, e)));
        }
    }

    private static String describe(RecordView entry, RuntimeException e) {
        return "index=%d, kind=%s: %s".formatted(entry.index(), entry.kind(), e);
    }

    private void onFailedRecovery(RecordView entry, RuntimeException e) {
        failures.add(describe(entry, e));
        recoveryHalts.add(accountOf(), describe(entry, e));
    }

    private boolean isHalted(EngineState halt) {
        return halt.scope() == EngineState.Scope.ENGINE
                ? states.isEngineHalted()
                : desks.get((int) halt.scopeId()).isHalted();
    }

    private int accountOf() {
        int accountId = -1;
        if (fact instanceof BrokerEvent event) {
            accountId = event.accountId();
        } else if (fact instanceof Command command) {
            accountId = command.accountId();
        } else if (fact instanceof Signal signal) {
            accountId = signals.accountOf(signal);
        }
        return accountId < desks.size() ? accountId : -1;
    }

    private void haltAll(String why) {
        for (AccountDesk desk : desks) {
            watch.halt(desk, RiskRule.NONE, why);
        }
    }

    // --- Set up.

    private Map<Long, SignalRows.Instance> plan(List<StrategyConfig> strategies) {
        Map<Long, SignalRows.Instance> plan = new HashMap<>();
        for (StrategyConfig strategy : strategies) {
            Instrument instrument = instruments.bySymbol(strategy.symbol());
            if (instrument == null) {
                throw new IllegalArgumentException(
                        "strategy of an unknown instrument: instanceId=%d, symbol=%s"
                                .formatted(strategy.instanceId(), strategy.symbol()));
            }
            for (AccountDesk desk : desks) {
                if (desk.account().name().equals(strategy.account())) {
                    long id = strategy.instanceId();
                    int maxOpen = strategy.maxOpenOrders();
                    boolean own = strategy.strategyId() >= StrategyConfig.FIRST_OWN_STRATEGY_ID;
                    plan.put(id, new SignalRows.Instance(id, desk, instrument, maxOpen, own));
                }
            }
            states.configure(strategy.instanceId(), strategy.enabled());
        }
        return plan;
    }

    private void watchInstruments() {
        Arrays.fill(watched, false);
        for (AccountDesk desk : desks) {
            desk.ledger().trades().forEach(trade -> watch(trade.instrumentId()));
            for (Order order : desk.orders().live()) {
                OrderIntent intent = order.intent();
                watch(intent.instrumentId());
            }
        }
    }

    private void watch(int instrumentId) {
        if (instrumentId >= 0) {
            watched[instrumentId] = true;
        }
    }
}
