package saker.live;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import saker.config.AccountConfig;
import saker.config.AccountConfig.Durability;
import saker.config.AccountConfig.Environment;
import saker.config.RiskConfig;
import saker.config.SakerConfig;
import saker.config.SakerConfig.DatabaseConfig;
import saker.config.SakerConfig.FrameworkConfig;
import saker.config.SakerConfig.GatewayConfig;
import saker.config.SakerConfig.JournalConfig;
import saker.config.StrategyConfig;
import saker.model.BarPeriod;

/** Configurations of an engine beside a venue of the test's own. */
final class DemoConfigs {
    static final String TOKEN = "test-token";
    static final String ACCOUNT = "101-001-1000001-001";

    private DemoConfigs() {}

    static SakerConfig of(Path folder, int venuePort, Durability durability) {
        return of(folder, venuePort, durability, 1_000_000);
    }

    static SakerConfig of(
            Path folder, int venuePort, Durability durability, int snapshotEveryRecords) {
        return of(folder, venuePort, durability, snapshotEveryRecords, null);
    }

    /**
     * @param library null for our own
     */
    static SakerConfig of(
            Path folder,
            int venuePort,
            Durability durability,
            int snapshotEveryRecords,
            String library) {
        Path token = folder.resolve("venue.token");
        try {
            Files.writeString(token, TOKEN);
            Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String url = "http://127.0.0.1:" + venuePort;
        return new SakerConfig(
                new GatewayConfig("127.0.0.1", 0, "127.0.0.1", 0, List.of(), null, null, false),
                new DatabaseConfig(null, null),
                new FrameworkConfig(library, true, false, -1),
                new JournalConfig(1, 1, snapshotEveryRecords),
                RiskConfig.DEFAULTS,
                List.of(
                        new AccountConfig(
                                "demo",
                                "oanda",
                                Environment.DEMO,
                                ACCOUNT,
                                url,
                                url,
                                "file:" + token,
                                List.of("EURUSD", "GBPUSD", "USDJPY", "EURGBP", "AUDUSD", "XAUUSD"),
                                durability)),
                List.of(breakout(1001, "EURUSD"), breakout(1002, "GBPUSD"), macd(1003, "EURUSD")));
    }

    /** The same account with smaller limits, a rule changed, one strategy gone and one new. */
    static SakerConfig changed(SakerConfig config) {
        RiskConfig was = config.risk();
        RiskConfig risk =
                new RiskConfig(
                        was.quoteAgeMs(),
                        was.streamSilenceMs(),
                        was.maxSpreadPips(),
                        was.maxDeviationPips(),
                        was.signalTtlMs(),
                        was.maxUnitsE4() / 10_000,
                        was.maxPositionUnitsE4(),
                        was.maxOpenTrades(),
                        was.maxOrdersPerMinute(),
                        was.maxMarginUsedPct(),
                        was.dailyLossPct(),
                        was.requireStop());
        StrategyConfig first = config.strategies().get(0);
        Map<Integer, Double> settings = new TreeMap<>(first.settings());
        settings.put(0, 12.0);
        return new SakerConfig(
                config.gateway(),
                config.database(),
                config.framework(),
                config.journal(),
                risk,
                config.accounts(),
                List.of(
                        new StrategyConfig(
                                first.instanceId(),
                                first.name(),
                                first.strategyId(),
                                first.account(),
                                first.symbol(),
                                first.timeframe(),
                                settings,
                                first.rates(),
                                true),
                        breakout(1009, "USDJPY"),
                        config.strategies().get(2)));
    }

    /** The same with another framework group, whose breakouts are 2001 and 2002. */
    static SakerConfig withGroup(SakerConfig config, FrameworkConfig group) {
        List<StrategyConfig> strategies = new ArrayList<>(config.strategies());
        for (StrategyConfig s : config.strategies().subList(0, 2)) {
            strategies.add(
                    new StrategyConfig(
                            s.instanceId() + 1000,
                            s.name() + " other",
                            s.strategyId(),
                            s.account(),
                            s.symbol(),
                            s.timeframe(),
                            s.settings(),
                            s.rates(),
                            true,
                            group.name()));
        }
        return new SakerConfig(
                config.gateway(),
                config.database(),
                config.framework(),
                List.of(group),
                config.journal(),
                config.risk(),
                config.accounts(),
                strategies);
    }

    private static StrategyConfig breakout(long id, String symbol) {
        return new StrategyConfig(
                id,
                "Breakout " + symbol,
                1000,
                "demo",
                symbol,
                BarPeriod.M1,
                Map.of(),
                List.of(new StrategyConfig.Rates(0, BarPeriod.M1, 100)),
                true);
    }

    private static StrategyConfig macd(long id, String symbol) {
        return new StrategyConfig(
                id,
                "MACD " + symbol,
                1001,
                "demo",
                symbol,
                BarPeriod.M5,
                Map.of(),
                List.of(new StrategyConfig.Rates(0, BarPeriod.M5, 140)),
                true);
    }
}
