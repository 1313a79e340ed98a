package saker.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import saker.config.AccountConfig;
import saker.config.AccountConfig.Durability;
import saker.config.AccountConfig.Environment;
import saker.config.ConfigLoader;
import saker.config.RiskConfig;
import saker.config.SakerConfig;
import saker.config.SakerConfig.DatabaseConfig;
import saker.config.SakerConfig.FrameworkConfig;
import saker.config.SakerConfig.FrameworkConfig.Isolation;
import saker.config.SakerConfig.GatewayConfig;
import saker.config.SakerConfig.JournalConfig;
import saker.config.StrategyConfig;
import saker.config.StrategyConfig.Rates;
import saker.model.BarPeriod;
import saker.model.WorkerEvent.Policy;

/** What the demo trades: the venue's account, six instruments, and strategies on three horizons. */
final class DemoConfig {
    static final String ACCOUNT = "101-001-1000001-001";
    private static final List<String> SYMBOLS =
            List.of("EURUSD", "GBPUSD", "USDJPY", "EURGBP", "AUDUSD", "XAUUSD");

    private DemoConfig() {}

    /**
     * @param token file with the venue's token
     * @param symbols instruments to subscribe to; empty for all of the demo's
     */
    static SakerConfig of(
            int port, int managementPort, int venuePort, Path token, List<String> symbols) {
        String venue = "http://127.0.0.1:" + venuePort;
        List<String> traded = symbols.isEmpty() ? SYMBOLS : symbols;
        return new SakerConfig(
                new GatewayConfig(
                        "127.0.0.1",
                        port,
                        "127.0.0.1",
                        managementPort,
                        List.of(),
                        null,
                        null,
                        false),
                new DatabaseConfig(null, null),
                new FrameworkConfig(null, true, false, -1),
                new JournalConfig(512, 256, 1_000_000),
                RiskConfig.DEFAULTS,
                List.of(
                        new AccountConfig(
                                "demo",
                                "oanda",
                                Environment.DEMO,
                                ACCOUNT,
                                venue,
                                venue,
                                "file:" + token,
                                traded,
                                Durability.PROCESS)),
                strategies().stream().filter(s -> traded.contains(s.symbol())).toList());
    }

    /**
     * The same with another framework library, in child processes, or with further strategies.
     *
     * @param library null for our own
     * @param workers child processes, 0 for a thread of the engine
     * @param strategies folder of strategy files, null for none
     */
    static SakerConfig with(SakerConfig demo, Path library, int workers, Path strategies) {
        String path = library == null ? null : library.toAbsolutePath().normalize().toString();
        FrameworkConfig framework =
                workers == 0
                        ? new FrameworkConfig(path, true, false, -1)
                        : new FrameworkConfig(
                                FrameworkConfig.DEFAULT,
                                path,
                                true,
                                false,
                                -1,
                                Isolation.PROCESS,
                                workers,
                                FrameworkConfig.CALL_DEADLINE_MS,
                                FrameworkConfig.START_DEADLINE_MS,
                                FrameworkConfig.MAX_RESTARTS,
                                Policy.HOLD,
                                FrameworkConfig.MEMORY_MB);
        return new SakerConfig(
                demo.gateway(),
                demo.database(),
                framework,
                demo.journal(),
                demo.risk(),
                demo.accounts(),
                strategies == null
                        ? demo.strategies()
                        : ConfigLoader.loadStrategies(strategies, demo));
    }

    private static List<StrategyConfig> strategies() {
        return List.of(
                breakout(1001, "EURUSD"),
                breakout(1002, "GBPUSD"),
                breakout(1003, "USDJPY"),
                macd(1004, "EURUSD"),
                macd(1005, "AUDUSD"),
                swing(1006, "EURUSD"));
    }

    private static StrategyConfig breakout(long id, String symbol) {
        return strategy(
                id,
                "Bollinger " + symbol + " M1",
                1000,
                symbol,
                BarPeriod.M1,
                Map.of(),
                List.of(new Rates(0, BarPeriod.M1, 100)));
    }

    private static StrategyConfig macd(long id, String symbol) {
        return strategy(
                id,
                "MACD " + symbol + " M5",
                1001,
                symbol,
                BarPeriod.M5,
                Map.of(),
                List.of(new Rates(0, BarPeriod.M5, 140)));
    }

    private static StrategyConfig swing(long id, String symbol) {
        return strategy(
                id,
                "ASI " + symbol + " H1",
                29,
                symbol,
                BarPeriod.H1,
                Map.of(2, 102.0, 57, 1.0),
                List.of(new Rates(0, BarPeriod.H1, 50), new Rates(4, BarPeriod.D1, 30)));
    }

    private static StrategyConfig strategy(
            long id,
            String name,
            int strategyId,
            String symbol,
            BarPeriod timeframe,
            Map<Integer, Double> settings,
            List<Rates> rates) {
        return new StrategyConfig(
                id, name, strategyId, "demo", symbol, timeframe, settings, rates, true);
    }
}
