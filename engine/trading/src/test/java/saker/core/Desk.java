package saker.core;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import saker.config.RiskConfig;
import saker.config.StrategyConfig;
import saker.model.Command;
import saker.model.EngineState;
import saker.model.Instrument;
import saker.model.OrderIntent;
import saker.model.RecordKind;
import saker.model.RiskDecision;
import saker.model.Signal;
import saker.model.TickFlags;
import saker.model.WorkerEvent;

/** A core, a journal and a broker, wired by hand; the engine in one thread. */
final class Desk {
    static final long FIRST_BOOT = 0xB007L;

    final JournalHarness journal;
    final ScriptedBroker broker;
    TradingCore core;

    private RiskConfig risk = Fixtures.limits().build();
    private TradingAccount account = Fixtures.hedging("USD");
    private List<Instrument> instruments = Fixtures.instruments();
    private List<StrategyConfig> strategies =
            List.of(Fixtures.strategy(Fixtures.MAGIC, "main", "EURUSD"));
    private TreeMap<Long, KeptState> snapshots;
    private boolean held;
    private boolean connected;
    private int fed;
    private int sent;
    private long boots;

    private record KeptState(CoreState state, int newestKnown) {}

    Desk() {
        this(new JournalHarness());
    }

    Desk(JournalHarness journal) {
        this.journal = journal;
        this.broker = new ScriptedBroker(journal);
    }

    Desk risk(Fixtures.Limits limits) {
        risk = limits.build();
        return this;
    }

    Desk account(TradingAccount account) {
        this.account = account;
        return this;
    }

    Desk instruments(List<Instrument> instruments) {
        this.instruments = instruments;
        return this;
    }

    Desk strategies(StrategyConfig... strategies) {
        this.strategies = List.of(strategies);
        return this;
    }

    /** Keeps what the core knows after each record from now on. */
    Desk keepSnapshots() {
        snapshots = new TreeMap<>();
        return this;
    }

    /** What was kept, by index, as far as a journal of this many records explains it. */
    TreeMap<Long, CoreState> snapshots(int size) {
        TreeMap<Long, CoreState> explained = new TreeMap<>();
        snapshots.forEach(
                (index, kept) -> {
                    if (kept.newestKnown() <= size) {
                        explained.put(index, kept.state());
                    }
                });
        return explained;
    }

    private void feed(JournalHarness.Entry entry) {
        core.onRecord(entry);
        CoreState state = snapshots == null ? null : core.snapshot();
        if (state != null) {
            snapshots.put(entry.index(), new KeptState(state, journal.size()));
        }
    }

    /** Intents stay in the journal unsent. */
    Desk holdIntents() {
        held = true;
        return this;
    }

    Desk releaseIntents() {
        held = false;
        return this;
    }

    /** Boots on an empty journal, connects, and has a EURUSD quote. */
    Desk start() {
        boot();
        connect();
        tick(1.1, 1.1002);
        return this;
    }

    /** A new process on what the journal holds. */
    void boot() {
        bootAfter(0, null);
    }

    /**
     * A new process on what the journal holds, which found a snapshot.
     *
     * @param index of the record the snapshot was taken after, 0 for none
     * @param state null to fold the whole journal all the same
     */
    void bootAfter(long index, CoreState state) {
        journal.boot(FIRST_BOOT + boots++, index);
        if (state == null) {
            recover();
        } else {
            recoverFrom(index, state);
        }
        sent = journal.size(); // A session submits what is written after its boot,
        connected = false; // and not before it has reconciled.
        settle();
    }

    /** A new core on what the journal holds, without a Boot record. */
    void recover() {
        RecordedDecisions recorded = new RecordedDecisions();
        journal.entries().forEach(recorded::onRecord);
        core = newCore(recorded);
        fed = 0;
    }

    /** A new core that goes on from what another knew after a record. */
    void recoverFrom(long index, CoreState state) {
        RecordedDecisions recorded = new RecordedDecisions();
        journal.entries().subList((int) index, journal.size()).forEach(recorded::onRecord);
        core = newCore(recorded);
        core.restore(CoreState.decode(state.encode()));
        fed = (int) index;
    }

    TradingCore newCore(RecordedDecisions recorded) {
        return new TradingCore(instruments, List.of(account), strategies, risk, journal, recorded);
    }

    void connect() {
        broker.connect(core.lastTransactionId(0), core.unresolved(0));
        connected = true;
        settle();
    }

    void tick(double bid, double ask) {
        tick(Fixtures.EURUSD, bid, ask);
    }

    void tick(int instrumentId, double bid, double ask) {
        journal.tick(instrumentId, bid, ask, TickFlags.TRADEABLE);
        settle();
    }

    long signal(Signal.Row... rows) {
        long index = journal.signal(Fixtures.signal(1.1, 1.1002, rows));
        settle();
        return index;
    }

    long command(Command command) {
        long index = journal.command(command);
        settle();
        return index;
    }

    void state(EngineState state) {
        journal.state(state);
        settle();
    }

    void workerEvent(WorkerEvent event) {
        journal.workerEvent(event);
        settle();
    }

    void clockTick() {
        journal.clockTick();
        settle();
    }

    /** Core and session read until nothing is new. */
    void settle() {
        while (fed < journal.size() || connected && !held && sent < journal.size()) {
            if (fed < journal.size()) {
                feed(journal.entries().get(fed++));
            } else {
                JournalHarness.Entry entry = journal.entries().get(sent++);
                if (entry.kind() == RecordKind.ORDER_INTENT) {
                    broker.submit(entry.index(), (OrderIntent) entry.fact());
                }
            }
        }
    }

    /** The core reads until the journal has this many records. */
    void decideUpTo(int size) {
        while (journal.size() < size) {
            feed(journal.entries().get(fed++));
        }
    }

    List<OrderIntent> intents() {
        return facts(RecordKind.ORDER_INTENT, OrderIntent.class);
    }

    List<RiskDecision> decisions() {
        return facts(RecordKind.RISK_DECISION, RiskDecision.class);
    }

    RiskDecision lastDecision() {
        List<RiskDecision> all = decisions();
        return all.get(all.size() - 1);
    }

    OrderIntent lastIntent() {
        List<OrderIntent> all = intents();
        return all.get(all.size() - 1);
    }

    List<EngineState> states() {
        return facts(RecordKind.ENGINE_STATE, EngineState.class);
    }

    Replay.Difference replay() {
        RecordedDecisions recorded = new RecordedDecisions();
        journal.entries().forEach(recorded::onRecord);
        Replay replay = new Replay(newCore(recorded), recorded);
        journal.entries().forEach(replay::onRecord);
        return replay.difference();
    }

    /** What a replay of the journal, all of which the core has read, knows after each record. */
    TreeMap<Long, CoreState> replayedStates() {
        RecordedDecisions recorded = new RecordedDecisions();
        journal.entries().forEach(recorded::onRecord);
        recorded.onSnapshot(journal.size());
        Replay replay = new Replay(newCore(recorded), recorded);
        TreeMap<Long, CoreState> states = new TreeMap<>();
        for (JournalHarness.Entry entry : journal.entries()) {
            replay.onRecord(entry);
            states.put(entry.index(), replay.state());
        }
        return states;
    }

    <T> List<T> facts(RecordKind kind, Class<T> type) {
        List<T> facts = new ArrayList<>();
        for (JournalHarness.Entry entry : journal.entries()) {
            if (entry.kind() == kind) {
                facts.add(type.cast(entry.fact()));
            }
        }
        return facts;
    }
}
