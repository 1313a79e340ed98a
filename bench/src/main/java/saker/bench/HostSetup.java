package saker.bench;

import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import saker.config.StrategyConfig;
import saker.journal.BarsDescriptor;
import saker.journal.BootDescriptor;
import saker.journal.BrokerEventDescriptor;
import saker.journal.MemoryRecord;
import saker.journal.RecordHandler;
import saker.journal.RecordSink;
import saker.journal.TickDescriptor;
import saker.market.Instruments;
import saker.model.BarPeriod;
import saker.model.Bars;
import saker.model.Boot;
import saker.model.BrokerEvent;
import saker.model.RecordKind;
import saker.model.TickFlags;
import saker.strategy.FrameworkFiles;
import saker.strategy.NativeFramework;
import saker.strategy.RunObserver;
import saker.strategy.StrategyHost;
import saker.time.BrokerClock;

/** A StrategyHost that has its bars and is ready for ticks: our library's breakout strategy. */
final class HostSetup {
    /** Monday, 12:00 UTC. */
    static final long START_NS =
            Instant.parse("2026-03-16T12:00:00Z").getEpochSecond() * 1_000_000_000L;

    static final int BARS = 500;

    private static final int BREAKOUT = 1_000;
    private static final int FED = 700; // The window wants a fifth more than the strategy.
    private static final BarPeriod[] PERIODS = {BarPeriod.M1, BarPeriod.M5, BarPeriod.H1};

    private HostSetup() {}

    /**
     * @param timeframes 1 to 3, of {@link #BARS} bars each
     * @param folder for the library and its configuration
     */
    static StrategyHost host(int timeframes, Path folder, RecordSink sink, RunObserver observer) {
        return host(FrameworkFiles.unpackLibrary(folder), timeframes, folder, sink, observer);
    }

    /** The same with another library. */
    static StrategyHost host(
            Path library, int timeframes, Path folder, RecordSink sink, RunObserver observer) {
        List<StrategyConfig.Rates> rates = new ArrayList<>();
        for (int i = 0; i < timeframes; i++) {
            rates.add(new StrategyConfig.Rates(i, PERIODS[i], BARS));
        }
        StrategyConfig config =
                new StrategyConfig(
                        BenchEngine.INSTANCE,
                        "breakout",
                        BREAKOUT,
                        "bench",
                        "EURUSD",
                        BarPeriod.M1,
                        Map.of(),
                        rates,
                        true);
        return new StrategyHost(
                NativeFramework.load(library),
                FrameworkFiles.writeConfig(folder),
                true,
                new Instruments(List.of(BenchInstruments.EURUSD)),
                List.of(new StrategyHost.Account("bench", "USD")),
                List.of(config),
                sink,
                observer,
                true);
    }

    /** Boot, balance and bars: what comes before the first tick. */
    static void prepare(RecordHandler host, int timeframes, MemoryRecord entry) {
        Boot boot = new Boot(1, 1, "bench", START_NS);
        int length = BootDescriptor.encode(boot, entry.payload(), 0);
        host.onRecord(entry.next(RecordKind.BOOT, length, 0));
        length = BrokerEventDescriptor.encode(snapshot(), entry.payload(), 0);
        host.onRecord(entry.next(RecordKind.BROKER_EVENT, length, 0));
        for (int i = 0; i < timeframes; i++) {
            Bars bars = new Bars(0, PERIODS[i], true, bars(PERIODS[i]));
            length = BarsDescriptor.encode(bars, entry.payload(), 0);
            host.onRecord(entry.next(RecordKind.BARS, length, 0));
        }
    }

    /** A tick 100 ms after the last; prices wander within a few pips. */
    static MemoryRecord tick(MemoryRecord entry, int number) {
        long bidE8 = 110_000_000L + (number * 7_919L % 41) * 1_000L;
        int length =
                TickDescriptor.encode(
                        entry.payload(), 0, 0, bidE8, bidE8 + 10_000L, 0, TickFlags.TRADEABLE);
        return entry.next(RecordKind.TICK, length, 100_000_000L);
    }

    static BrokerEvent snapshot() {
        return BrokerEvent.of(BrokerEvent.Type.ACCOUNT_SNAPSHOT, 0)
                .transactionId(1)
                .balanceE8(100_000_00000000L)
                .reason("USD")
                .effects(List.of())
                .pending(List.of())
                .build();
    }

    private static List<Bars.Bar> bars(BarPeriod period) {
        List<Bars.Bar> newestFirst = new ArrayList<>();
        BrokerClock clock = new BrokerClock();
        for (long startNs = START_NS - period.lengthNs();
                newestFirst.size() < FED;
                startNs -= period.lengthNs()) {
            if (!isWeekend(clock.toBrokerNs(startNs))) {
                long midE8 = 110_000_000L + newestFirst.size() * 7_919L % 97 * 1_000L;
                newestFirst.add(
                        new Bars.Bar(
                                startNs, midE8, midE8 + 20_000, midE8 - 20_000, midE8 + 5_000, 60));
            }
        }
        List<Bars.Bar> bars = new ArrayList<>(newestFirst);
        java.util.Collections.reverse(bars);
        return bars;
    }

    private static boolean isWeekend(long brokerNs) {
        DayOfWeek day =
                Instant.ofEpochSecond(brokerNs / 1_000_000_000L)
                        .atOffset(ZoneOffset.UTC)
                        .getDayOfWeek();
        return day == DayOfWeek.SATURDAY || day == DayOfWeek.SUNDAY;
    }
}
