package saker.strategy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.agrona.ExpandableArrayBuffer;
import saker.config.StrategyConfig;
import saker.journal.BarsDescriptor;
import saker.journal.BrokerEventDescriptor;
import saker.journal.EngineStateDescriptor;
import saker.journal.RecordHandler;
import saker.journal.RecordSink;
import saker.journal.RecordView;
import saker.journal.SignalDescriptor;
import saker.journal.TickDescriptor;
import saker.market.Instruments;
import saker.market.Quotes;
import saker.model.BrokerEvent;
import saker.model.BrokerEvent.TradeEffect;
import saker.model.EngineState;
import saker.model.Instrument;
import saker.model.RecordKind;
import saker.model.Signal;
import saker.model.TickFlags;
import saker.position.AccountFigures;
import saker.position.LedgerListener;
import saker.position.Trade;
import saker.position.TradeLedger;

/**
 * Runs a group of strategy instances over the journal: folds ticks, broker events and states, calls
 * the framework for every tick in order, and appends a Signal for each call that asks for
 * something. It computes orders, account figures and conversions itself from the same records and
 * classes as the core, so it is the same wherever it runs.
 *
 * <p>Single-threaded; no clock, no I/O; a tick allocates nothing unless a strategy asks for
 * something.
 */
public final class StrategyHost implements RecordHandler, AutoCloseable {

    /** An account as the host needs it; the index is the list's. */
    public record Account(String name, String currency) {}

    // Set once.
    private final RecordSink sink;
    private final RunObserver observer;
    private final Quotes quotes = new Quotes();
    private final TradeLedger[] ledgers;
    private final AccountFigures[] figures;
    private final List<StrategyInstance> instances = new ArrayList<>();
    private final int[] accountOf;
    private final StrategyInstance[][] byInstrument;
    private final int[][] indexByInstrument;
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(4096);
    private final List<Signal> signals = new ArrayList<>();

    private boolean live;
    private long ticks;

    /**
     * @param live false to fold records without calling the framework until {@link #goLive}
     * @throws FrameworkException if an instance cannot be set up
     */
    public StrategyHost(
            NativeFramework framework,
            Path frameworkConfig,
            boolean testing,
            Instruments instruments,
            List<Account> accounts,
            List<StrategyConfig> configs,
            RecordSink sink,
            RunObserver observer,
            boolean live) {
        this(
                framework,
                frameworkConfig,
                testing,
                instruments,
                accounts,
                configs,
                sink,
                observer,
                CallGuard.NOBODY,
                live);
    }

    /**
     * @param guard told of each call into the library
     * @param live false to fold records without calling the framework until {@link #goLive}
     * @throws FrameworkException if an instance cannot be set up
     */
    public StrategyHost(
            NativeFramework framework,
            Path frameworkConfig,
            boolean testing,
            Instruments instruments,
            List<Account> accounts,
            List<StrategyConfig> configs,
            RecordSink sink,
            RunObserver observer,
            CallGuard guard,
            boolean live) {
        this.sink = sink;
        this.observer = observer;
        this.live = live;
        this.ledgers = new TradeLedger[accounts.size()];
        this.figures = new AccountFigures[accounts.size()];
        Map<String, Integer> indexOf = new HashMap<>();
        for (int i = 0; i < accounts.size(); i++) {
            ledgers[i] = new TradeLedger(i, new OwnTrades(i));
            figures[i] = new AccountFigures(accounts.get(i).currency(), instruments, quotes);
            indexOf.put(accounts.get(i).name(), i);
        }
        this.accountOf = new int[configs.size()];
        for (int i = 0; i < configs.size(); i++) {
            accountOf[i] = indexOf.get(configs.get(i).account());
            StrategyInstance instance =
                    new StrategyInstance(
                            configs.get(i),
                            instruments,
                            accounts.get(accountOf[i]).currency(),
                            framework,
                            frameworkConfig.toString(),
                            testing,
                            guard);
            instances.add(instance);
        }
        int size = Instrument.MAX_INSTRUMENTS;
        this.byInstrument = new StrategyInstance[size][];
        this.indexByInstrument = new int[size][];
        for (int id = 0; id < size; id++) {
            groupByInstrument(id);
        }
    }

    private void groupByInstrument(int id) {
        List<StrategyInstance> group = new ArrayList<>();
        List<Integer> accounts = new ArrayList<>();
        for (int i = 0; i < instances.size(); i++) {
            if (instances.get(i).instrument().id() == id) {
                group.add(instances.get(i));
                accounts.add(accountOf[i]);
            }
        }
        byInstrument[id] = group.toArray(new StrategyInstance[0]);
        indexByInstrument[id] = accounts.stream().mapToInt(Integer::intValue).toArray();
    }

    /** An instance goes on from an earlier process; before the first record. */
    public void resume(InstanceResume resume) {
        for (StrategyInstance instance : instances) {
            if (instance.config().instanceId() == resume.instanceId()) {
                instance.resume(resume);
            }
        }
    }

    /** An instance is not called any more until the next boot. */
    public void retire(long instanceId) {
        for (StrategyInstance instance : instances) {
            if (instance.config().instanceId() == instanceId) {
                instance.retire();
            }
        }
    }

    /**
     * The state of every instance that has one, between two records; only of a replayable library.
     *
     * @param index of the last record taken in
     */
    public List<InstanceSnapshot> snapshots(long index) {
        List<InstanceSnapshot> snapshots = new ArrayList<>();
        for (StrategyInstance instance : instances) {
            InstanceSnapshot snapshot = instance.snapshot(index);
            if (snapshot != null) {
                snapshots.add(snapshot);
            }
        }
        return snapshots;
    }

    /** From the next record on the framework is called. */
    public void goLive() {
        live = true;
    }

    @Override
    public void onRecord(RecordView entry) {
        RecordKind kind = entry.kind();
        if (kind == RecordKind.TICK) {
            onTick(entry);
        } else if (kind == RecordKind.BROKER_EVENT) {
            onBrokerEvent(BrokerEventDescriptor.decode(entry));
        } else if (kind == RecordKind.ENGINE_STATE) {
            onEngineState(
                    EngineStateDescriptor.decode(entry.buffer(), entry.offset(), entry.length()));
        } else if (kind == RecordKind.BARS && live) {
            var bars = BarsDescriptor.decode(entry.buffer(), entry.offset(), entry.length());
            instances.forEach(instance -> instance.onBars(bars, entry.index()));
        } else if (kind == RecordKind.BOOT && live) {
            instances.forEach(StrategyInstance::onBoot);
        }
    }

    private void onTick(RecordView entry) {
        int instrumentId = TickDescriptor.instrumentId(entry.buffer(), entry.offset());
        int flags = TickDescriptor.flags(entry.buffer(), entry.offset());
        long bidE8 = TickDescriptor.bidE8(entry.buffer(), entry.offset());
        long askE8 = TickDescriptor.askE8(entry.buffer(), entry.offset());
        ticks++;
        if ((flags & TickFlags.LATE) != 0) {
            return;
        }
        long timeNs = entry.marketTimeNs();
        quotes.onTick(instrumentId, bidE8, askE8, timeNs, entry.journalTimeNs(), flags);
        StrategyInstance[] group = byInstrument[instrumentId];
        if (!live || (flags & TickFlags.TRADEABLE) == 0) {
            return;
        }
        for (int i = 0; i < group.length; i++) {
            int account = indexByInstrument[instrumentId][i];
            figures[account].compute(ledgers[account]);
            Signal signal;
            try {
                signal =
                        group[i].onTick(
                                entry.index(),
                                bidE8,
                                askE8,
                                timeNs,
                                quotes,
                                figures[account],
                                observer);
            } catch (RuntimeException e) {
                signal = group[i].onFailed(e, bidE8, askE8); // One instance, not all of them.
            }
            if (signal != null) {
                signals.add(signal);
            }
        }
        if (!signals.isEmpty()) {
            append(entry);
        }
    }

    private void append(RecordView cause) {
        for (int i = 0; i < signals.size(); i++) {
            int length = SignalDescriptor.encode(signals.get(i), buffer, 0);
            sink.append(
                    RecordKind.SIGNAL,
                    SignalDescriptor.VERSION,
                    cause.marketTimeNs(),
                    cause.index(),
                    i,
                    i == signals.size() - 1,
                    buffer,
                    0,
                    length);
        }
        signals.clear();
    }

    private void onBrokerEvent(BrokerEvent event) {
        int account = event.accountId();
        if (ledgers[account].apply(event)) {
            for (int i = 0; i < instances.size(); i++) {
                if (accountOf[i] == account) {
                    instances.get(i).onOrdersChanged(ledgers[account]);
                }
            }
        }
    }

    private void onEngineState(EngineState state) {
        if (state.scope() != EngineState.Scope.INSTANCE) {
            return;
        }
        for (StrategyInstance instance : instances) {
            if (instance.config().instanceId() == state.scopeId()) {
                instance.onEnabled(state.state() == EngineState.State.RUNNING);
            }
        }
    }

    /** What it folded of the journal so far, for {@link #restore}. */
    public HostState snapshot() {
        List<HostState.Instance> states = new ArrayList<>();
        for (int i = 0; i < instances.size(); i++) {
            states.add(instances.get(i).state(accountOf[i]));
        }
        return new HostState(
                ticks,
                quotes.state(),
                Arrays.stream(ledgers).map(TradeLedger::state).toList(),
                states);
    }

    /**
     * Goes on from a snapshot of these instances, and perhaps others; before the first record,
     * which is then the one behind it.
     *
     * @throws IllegalArgumentException if it is of other accounts or instances; nothing has changed
     *     then, and the whole journal has to be folded
     */
    public void restore(HostState state) {
        Map<Long, HostState.Instance> found = new HashMap<>();
        state.instances().forEach(instance -> found.put(instance.instanceId(), instance));
        boolean mine = state.ledgers().size() == ledgers.length;
        for (int i = 0; mine && i < instances.size(); i++) {
            StrategyInstance instance = instances.get(i);
            mine = instance.isMine(found.get(instance.config().instanceId()), accountOf[i]);
        }
        if (!mine) {
            throw new IllegalArgumentException("snapshot of other strategy instances");
        }
        ticks = state.ticks();
        quotes.restore(state.quotes());
        for (int i = 0; i < ledgers.length; i++) {
            ledgers[i].restore(state.ledgers().get(i));
        }
        for (int i = 0; i < instances.size(); i++) {
            StrategyInstance instance = instances.get(i);
            instance.restore(found.get(instance.config().instanceId()), ledgers[accountOf[i]]);
        }
    }

    /** The bars of its instances, for {@link #restoreBars}; null while one waits for some. */
    public List<BarsState> bars() {
        return instances.stream().allMatch(StrategyInstance::isWarm)
                ? instances.stream().map(StrategyInstance::bars).toList()
                : null;
    }

    /**
     * Goes on with the bars of these instances, and perhaps others, as they were in this boot at
     * the place of the restored snapshot.
     *
     * @throws IllegalArgumentException if they are of other instances or timeframes; the host is of
     *     no use then
     */
    public void restoreBars(List<BarsState> states) {
        Map<Long, BarsState> found = new HashMap<>();
        states.forEach(state -> found.put(state.instanceId(), state));
        for (StrategyInstance instance : instances) {
            long id = instance.config().instanceId();
            if (!found.containsKey(id)) {
                throw new IllegalArgumentException("bars of other instances: instanceId=" + id);
            }
            instance.restore(found.get(id));
        }
    }

    /** Status of each instance, in the configuration's order; may be read by any thread. */
    public List<InstanceStatus> statuses() {
        return instances.stream().map(StrategyInstance::status).toList();
    }

    /** An instance, by its place in the configuration. Worker's thread. */
    StrategyInstance instance(int place) {
        return instances.get(place);
    }

    /** Ticks seen, late ones included. Worker's thread. */
    public long ticks() {
        return ticks;
    }

    @Override
    public void close() {
        instances.forEach(StrategyInstance::close);
    }

    /** Keeps what strategies see of their trades on one account. */
    private final class OwnTrades implements LedgerListener {
        private final int account;

        OwnTrades(int account) {
            this.account = account;
        }

        @Override
        public void onOpened(Trade trade, BrokerEvent event) {
            forOwner(trade, orders -> orders.onFilled(trade, trade.unitsE4(), event));
        }

        @Override
        public void onReduced(Trade trade, TradeEffect effect, BrokerEvent event) {
            forOwner(trade, orders -> orders.onFilled(trade, effect.unitsE4(), event));
        }

        @Override
        public void onClosed(Trade trade, TradeEffect effect, BrokerEvent event) {
            forOwner(
                    trade,
                    orders -> {
                        orders.onFilled(trade, effect.unitsE4(), event);
                        orders.onClosed(trade, effect, event.brokerTimeNs());
                    });
        }

        private void forOwner(Trade trade, Consumer<OrderRows> told) {
            for (int i = 0; i < instances.size(); i++) {
                StrategyInstance instance = instances.get(i);
                if (accountOf[i] == account
                        && instance.config().instanceId() == trade.instanceId()
                        && instance.instrument().id() == trade.instrumentId()) {
                    told.accept(instance.orders());
                }
            }
        }
    }
}
