package saker.bench;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import saker.config.StrategyConfig;
import saker.core.RecordedDecisions;
import saker.core.TradingAccount;
import saker.core.TradingCore;
import saker.journal.BootDescriptor;
import saker.journal.BrokerEventDescriptor;
import saker.journal.FeedStatusDescriptor;
import saker.journal.MemoryRecord;
import saker.journal.SignalDescriptor;
import saker.model.BarPeriod;
import saker.model.Boot;
import saker.model.BrokerEvent;
import saker.model.FeedStatus;
import saker.model.RecordKind;
import saker.model.Signal;
import saker.model.SignalBits;

/**
 * A signal that passes every risk rule and becomes an intent, and the event that ends its order, so
 * that the next finds the same account. A second of journal time lies between two, so the limit per
 * minute counts as in life.
 */
@State(Scope.Thread)
@BenchmarkMode({Mode.AverageTime, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RiskCheckBench {
    private static final long SECOND_NS = 1_000_000_000L;

    private final MemoryRecord entry = new MemoryRecord(HostSetup.START_NS);
    private final CountingSink sink = new CountingSink(entry);
    private TradingCore core;
    private int number;

    @Setup(Level.Trial)
    public void open() {
        StrategyConfig strategy =
                new StrategyConfig(
                        BenchEngine.INSTANCE,
                        "bench",
                        1,
                        "bench",
                        "EURUSD",
                        BarPeriod.M1,
                        Map.of(),
                        List.of(),
                        true);
        core =
                new TradingCore(
                        List.of(BenchInstruments.EURUSD),
                        List.of(new TradingAccount(0, "bench", "USD", true)),
                        List.of(strategy),
                        BenchEngine.risk(),
                        sink,
                        new RecordedDecisions());
        Boot boot = new Boot(1, 1, "bench", HostSetup.START_NS);
        give(RecordKind.BOOT, BootDescriptor.encode(boot, entry.payload(), 0));
        status(FeedStatus.Feed.PRICES);
        status(FeedStatus.Feed.TRANSACTIONS);
        event(HostSetup.snapshot());
    }

    private void status(FeedStatus.Feed feed) {
        FeedStatus live = new FeedStatus(0, feed, FeedStatus.State.LIVE, 1, "");
        give(RecordKind.FEED_STATUS, FeedStatusDescriptor.encode(live, entry.payload(), 0));
    }

    private void event(BrokerEvent event) {
        give(RecordKind.BROKER_EVENT, BrokerEventDescriptor.encode(event, entry.payload(), 0));
    }

    private void give(RecordKind kind, int length) {
        core.onRecord(entry.next(kind, length, SECOND_NS / 10));
    }

    @Benchmark
    public long signalToIntent() {
        core.onRecord(HostSetup.tick(entry, number++));
        Signal signal =
                new Signal(
                        BenchEngine.INSTANCE,
                        0,
                        110_000_000L,
                        110_010_000L,
                        0,
                        false,
                        List.of(
                                new Signal.Row(
                                        Signal.ALL_TICKETS,
                                        SignalBits.OPEN_BUY,
                                        1_000_000L,
                                        0,
                                        450_000L,
                                        0,
                                        0)));
        int length = SignalDescriptor.encode(signal, entry.payload(), 0);
        core.onRecord(entry.next(RecordKind.SIGNAL, length, SECOND_NS / 2));
        long intent = sink.takeIntent();
        if (intent == 0) {
            throw new IllegalStateException("refused: see the rules, number=" + number);
        }
        event(BrokerEvent.of(BrokerEvent.Type.NOT_SENT, 0).intent(intent).reason("bench").build());
        return intent;
    }

    long appended() {
        return sink.count();
    }
}
