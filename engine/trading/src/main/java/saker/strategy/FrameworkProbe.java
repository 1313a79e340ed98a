package saker.strategy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import saker.config.StrategyConfig;
import saker.market.Instruments;
import saker.market.Quotes;
import saker.model.BarPeriod;
import saker.model.Bars;
import saker.model.BrokerEvent;
import saker.model.FixedPoint;
import saker.model.Instrument;
import saker.model.Signal;
import saker.position.AccountFigures;
import saker.position.TradeLedger;

/**
 * Tries a library out: loads it and calls a strategy over a sample window, twice. To be run in a
 * process of its own, since a library may abort or never return: see {@link FrameworkCheck}.
 */
public final class FrameworkProbe {
    private static final int[] STRATEGIES = {1000, 29};
    private static final int TICKS = 20_000;
    private static final long START_NS = 1_767_686_400_000_000_000L; // A Tuesday, 08:00 UTC.
    private static final long MINUTE_NS = 60_000_000_000L;
    private static final int UNKNOWN_STRATEGY = 3006;

    private final NativeFramework framework;
    private final Path config;

    private FrameworkProbe(NativeFramework framework, Path config) {
        this.framework = framework;
        this.config = config;
    }

    /** What a good library showed. */
    public record Result(
            String version,
            boolean replayable,
            int strategyId,
            int calls,
            int signals,
            long nsPerCall) {}

    /**
     * @param folder for the framework's configuration; written to
     * @throws FrameworkException naming the problem
     */
    public static Result run(Path library, Path folder) {
        NativeFramework framework = NativeFramework.load(library);
        return new FrameworkProbe(framework, FrameworkFiles.writeConfig(folder)).probe();
    }

    private Result probe() {
        for (int strategyId : STRATEGIES) {
            Pass first = pass(strategyId);
            if (first.unknown) {
                continue;
            }
            Pass second = pass(strategyId);
            if (!first.signals.equals(second.signals)) {
                throw new FrameworkException(
                        "not deterministic: same inputs, signals=%d and %d that differ"
                                .formatted(first.signals.size(), second.signals.size()));
            }
            return new Result(
                    framework.version(),
                    framework.isReplayable(),
                    strategyId,
                    TICKS,
                    first.signals.size(),
                    first.nanos / TICKS);
        }
        // A library may hold other strategies; loading and answering is what can be said of it.
        return new Result(framework.version(), framework.isReplayable(), 0, 0, 0, 0);
    }

    /** One run over the sample. */
    private static final class Pass {
        final List<Signal> signals = new ArrayList<>();
        boolean unknown;
        long nanos;
    }

    private Pass pass(int strategyId) {
        Instrument eurusd =
                new Instrument(
                        0,
                        "EURUSD",
                        "EUR_USD",
                        "EUR",
                        "USD",
                        5,
                        -4,
                        0,
                        FixedPoint.E4,
                        100_000_000L * FixedPoint.E4,
                        3_330_000_000_000L,
                        100_000);
        Instruments instruments = new Instruments(List.of(eurusd));
        Quotes quotes = new Quotes();
        AccountFigures figures = new AccountFigures("USD", instruments, quotes);
        TradeLedger ledger = new TradeLedger(0);
        ledger.apply(
                BrokerEvent.of(BrokerEvent.Type.ACCOUNT_SNAPSHOT, 0)
                        .balanceE8(100_000 * FixedPoint.E8)
                        .reason("USD")
                        .build());
        figures.compute(ledger);
        Pass pass = new Pass();
        StrategyInstance instance =
                new StrategyInstance(
                        sample(strategyId),
                        instruments,
                        "USD",
                        framework,
                        config.toString(),
                        true,
                        CallGuard.NOBODY);
        instance.onBoot();
        instance.onEnabled(true);
        warmUp(instance);
        Random random = new Random(7);
        long bidE8 = 110_000_000L;
        for (int i = 0; i < TICKS && !pass.unknown; i++) {
            bidE8 += (random.nextInt(21) - 10) * 1_000L;
            long timeNs = START_NS + i * (MINUTE_NS / 20);
            quotes.onTick(0, bidE8, bidE8 + 10_000, timeNs, timeNs, 1);
            Signal signal =
                    instance.onTick(
                            i + 1,
                            bidE8,
                            bidE8 + 10_000,
                            timeNs,
                            quotes,
                            figures,
                            (id, ns, code) -> pass.nanos += ns);
            if (signal != null) {
                accept(signal, instance, pass);
            }
        }
        instance.close();
        return pass;
    }

    private static void accept(Signal signal, StrategyInstance instance, Pass pass) {
        if (signal.returnCode() == UNKNOWN_STRATEGY) {
            pass.unknown = true;
        } else if (signal.returnCode() != 0) {
            throw new FrameworkException(instance.status().detail());
        } else {
            pass.signals.add(signal);
        }
    }

    private static StrategyConfig sample(int strategyId) {
        return new StrategyConfig(
                1,
                "probe",
                strategyId,
                "probe",
                "EURUSD",
                BarPeriod.M1,
                Map.of(2, strategyId == 29 ? 102.0 : 0.0, 57, 1.0, 49, 100_000.0, 62, 20.0),
                strategyId == 29
                        ? List.of(
                                new StrategyConfig.Rates(0, BarPeriod.M1, 100),
                                new StrategyConfig.Rates(4, BarPeriod.D1, 40))
                        : List.of(new StrategyConfig.Rates(0, BarPeriod.M1, 200)),
                true);
    }

    private static void warmUp(StrategyInstance instance) {
        for (BarPeriod period : List.of(BarPeriod.M1, BarPeriod.D1)) {
            List<Bars.Bar> bars = new ArrayList<>();
            for (int i = 1500; i > 0; i--) {
                long at = START_NS - i * period.lengthNs();
                long price = 110_000_000L + (i % 40) * 20_000L;
                bars.add(new Bars.Bar(at, price, price + 50_000, price - 50_000, price, 100));
            }
            instance.onBars(new Bars(0, period, true, bars), 0);
        }
    }
}
