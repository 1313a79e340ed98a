package saker.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import saker.config.AccountConfig.Durability;
import saker.config.AccountConfig.Environment;
import saker.config.SakerConfig.DatabaseConfig;
import saker.config.SakerConfig.FrameworkConfig;
import saker.config.SakerConfig.FrameworkConfig.Isolation;
import saker.config.SakerConfig.GatewayConfig;
import saker.config.SakerConfig.JournalConfig;
import saker.model.BarPeriod;
import saker.model.WorkerEvent.Policy;

/**
 * Reads a configuration folder: {@code saker.yaml}, {@code accounts/*.yaml} and {@code
 * strategies/*.yaml}. Unknown keys and every violation are reported together, with file, key, value
 * and what is allowed. Secrets are not in these files, only where to find them.
 */
public final class ConfigLoader {
    private static final String NAME = "[A-Za-z0-9_.-]{1,40}";
    private static final String GROUP = "[A-Za-z0-9_.-]{1,20}";
    private static final String SECRET = "env:[A-Za-z_][A-Za-z0-9_]*|file:.+";
    private static final String URL = "https?://[^/\\s]+";
    private static final int MAX_INSTANCES = 200; // The framework's limit per process.
    private static final long MAX_UNITS = 1_000_000_000L;
    private static final YAMLMapper YAML =
            YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private final List<String> violations = new ArrayList<>();

    private ConfigLoader() {}

    /**
     * @param folder with {@code saker.yaml}; what the file does not say has its default
     * @throws ConfigException with everything that is wrong
     */
    public static SakerConfig load(Path folder) {
        return new ConfigLoader().read(folder);
    }

    /**
     * The strategies of a folder, each a {@code .yaml} file, beside what is configured otherwise.
     *
     * @param folder with the files themselves, not with a folder {@code strategies}
     * @return those of {@code beside}, then those of the folder
     * @throws ConfigException with everything that is wrong, an instance id that is taken included
     */
    public static List<StrategyConfig> loadStrategies(Path folder, SakerConfig beside) {
        return new ConfigLoader().readStrategies(folder, beside);
    }

    private List<StrategyConfig> readStrategies(Path folder, SakerConfig beside) {
        if (!Files.isDirectory(folder)) {
            violations.add(folder + ": no such folder, allowed: a folder with strategies");
        } else if (yamlFiles(folder).isEmpty()) {
            violations.add(folder + ": no strategy, allowed: one .yaml each");
        }
        List<StrategyConfig> strategies = new ArrayList<>(beside.strategies());
        for (Path file : yamlFiles(folder)) {
            strategies.add(strategy(open(file)));
        }
        if (violations.isEmpty()) { // Else what could not be read would be reported twice.
            checkTogether(folder, beside.gateway(), beside.accounts(), strategies);
        }
        if (!violations.isEmpty()) {
            throw new ConfigException(violations);
        }
        return strategies;
    }

    private SakerConfig read(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new ConfigException(
                    List.of(folder + ": no such folder, allowed: a folder with saker.yaml"));
        }
        Section root = open(folder.resolve("saker.yaml"));
        GatewayConfig gateway = gateway(root.section("gateway"));
        DatabaseConfig database = database(root.section("database"));
        FrameworkConfig framework = framework(root.section("framework"), FrameworkConfig.DEFAULT);
        List<FrameworkConfig> frameworks = new ArrayList<>();
        for (Section group : root.sections("frameworks")) {
            frameworks.add(framework(group, group.text("name", null, GROUP)));
        }
        JournalConfig journal = journal(root.section("journal"));
        RiskConfig risk = risk(root.section("risk"));
        root.finish();

        List<AccountConfig> accounts = new ArrayList<>();
        for (Path file : yamlFiles(folder.resolve("accounts"))) {
            accounts.add(account(open(file)));
        }
        List<StrategyConfig> strategies = new ArrayList<>();
        for (Path file : yamlFiles(folder.resolve("strategies"))) {
            strategies.add(strategy(open(file)));
        }
        checkTogether(folder, gateway, accounts, strategies);
        checkFrameworks(folder, framework, frameworks, strategies);
        if (!violations.isEmpty()) {
            throw new ConfigException(violations);
        }
        return new SakerConfig(
                gateway, database, framework, frameworks, journal, risk, accounts, strategies);
    }

    private GatewayConfig gateway(Section s) {
        GatewayConfig config =
                new GatewayConfig(
                        s.text("host", "127.0.0.1", "[A-Za-z0-9.:-]+"),
                        (int) s.integer("port", 8000L, 0, 65535),
                        s.text("management_host", "127.0.0.1", "[A-Za-z0-9.:-]+"),
                        (int) s.integer("management_port", 8001L, 0, 65535),
                        s.texts("origins", "https?://[^/*\\s]+"),
                        s.optionalText("tls_certificate", ".+"),
                        s.optionalText("tls_key", ".+"),
                        s.bool("behind_proxy", false));
        if ((config.tlsCertificate() == null) != (config.tlsKey() == null)) {
            s.violate("tls_key", config.tlsKey(), "tls_certificate and tls_key together");
        }
        s.finish();
        return config;
    }

    private DatabaseConfig database(Section s) {
        DatabaseConfig config =
                new DatabaseConfig(
                        s.optionalText("url", "postgresql://[^\\s]+"),
                        s.optionalText("password", SECRET));
        s.finish();
        return config;
    }

    private FrameworkConfig framework(Section s, String name) {
        String library = s.optionalText("library", ".+");
        boolean ours = library == null && name.equals(FrameworkConfig.DEFAULT);
        FrameworkConfig config =
                new FrameworkConfig(
                        name,
                        library,
                        s.text("mode", "testing", "testing|live").equals("testing"),
                        s.text("wait", "park", "park|spin").equals("spin"),
                        (int) s.integer("cpu", -1L, -1, 1023),
                        s.choice(
                                "isolation",
                                Isolation.class,
                                ours ? Isolation.THREAD : Isolation.PROCESS),
                        (int)
                                s.integer(
                                        "workers",
                                        (long) FrameworkConfig.WORKERS,
                                        1,
                                        FrameworkConfig.WORKERS_MAX),
                        (int)
                                s.integer(
                                        "call_deadline_ms",
                                        (long) FrameworkConfig.CALL_DEADLINE_MS,
                                        50,
                                        600_000),
                        (int)
                                s.integer(
                                        "start_deadline_ms",
                                        (long) FrameworkConfig.START_DEADLINE_MS,
                                        1_000,
                                        3_600_000),
                        (int)
                                s.integer(
                                        "max_restarts",
                                        (long) FrameworkConfig.MAX_RESTARTS,
                                        0,
                                        1_000),
                        s.choice("on_failure", Policy.class, Policy.HOLD),
                        (int)
                                s.integer(
                                        "memory_mb",
                                        (long) FrameworkConfig.MEMORY_MB,
                                        256,
                                        1_000_000));
        if (config.inThread() && config.workers() > 1) {
            s.violate("workers", config.workers(), "1 with isolation: thread");
        }
        s.finish();
        return config;
    }

    private JournalConfig journal(Section s) {
        JournalConfig config =
                new JournalConfig(
                        s.integer("low_water_mb", 2048L, 1, 1_000_000),
                        s.integer("floor_mb", 512L, 1, 1_000_000),
                        (int) s.integer("snapshot_every_records", 250_000L, 0, 1_000_000_000));
        if (config.floorMb() >= config.lowWaterMb()) {
            s.violate("floor_mb", config.floorMb(), "less than low_water_mb");
        }
        if (config.snapshotEveryRecords() > 0 && config.snapshotEveryRecords() < 1000) {
            s.violate(
                    "snapshot_every_records", config.snapshotEveryRecords(), "0 or at least 1000");
        }
        s.finish();
        return config;
    }

    private RiskConfig risk(Section s) {
        RiskConfig d = RiskConfig.DEFAULTS;
        RiskConfig config =
                new RiskConfig(
                        s.integer("quote_age_ms", d.quoteAgeMs(), 100, 86_400_000),
                        s.integer("stream_silence_ms", d.streamSilenceMs(), 1_000, 600_000),
                        s.decimal("max_spread_pips", d.maxSpreadPips(), 0.1, 10_000),
                        s.decimal("max_deviation_pips", d.maxDeviationPips(), 0.1, 10_000),
                        s.integer("signal_ttl_ms", d.signalTtlMs(), 1, 3_600_000),
                        s.unitsE4("max_units", d.maxUnitsE4(), MAX_UNITS),
                        s.unitsE4("max_position_units", d.maxPositionUnitsE4(), MAX_UNITS),
                        (int) s.integer("max_open_trades", (long) d.maxOpenTrades(), 1, 1000),
                        (int)
                                s.integer(
                                        "max_orders_per_minute",
                                        (long) d.maxOrdersPerMinute(),
                                        1,
                                        6000),
                        s.decimal("max_margin_used_pct", d.maxMarginUsedPct(), 0.1, 100),
                        s.optionalDecimal("daily_loss_pct", 0.01, 100),
                        s.bool("require_stop", d.requireStop()));
        s.finish();
        return config;
    }

    private AccountConfig account(Section s) {
        Environment environment = s.choice("environment", Environment.class, null);
        AccountConfig config =
                new AccountConfig(
                        s.text("name", null, NAME),
                        s.text("broker", null, "oanda"),
                        environment,
                        s.text("account_id", null, "[0-9]+(-[0-9]+){3}"),
                        s.text("rest_url", null, URL),
                        s.text("stream_url", null, URL),
                        s.text("token", null, SECRET),
                        s.texts("symbols", "[A-Z0-9]{3,20}"),
                        s.choice("durability", Durability.class, durabilityOf(environment)));
        if (config.symbols().isEmpty()) {
            s.violate("symbols", config.symbols(), "at least one symbol, such as EURUSD");
        }
        s.finish();
        return config;
    }

    private static Durability durabilityOf(Environment environment) {
        return environment == Environment.LIVE ? Durability.POWER : Durability.PROCESS;
    }

    private StrategyConfig strategy(Section s) {
        Section settings = s.section("settings");
        Map<Integer, Double> values = new TreeMap<>();
        for (String key : settings.keys()) {
            if (key.matches("[0-9]|[1-5][0-9]|6[0-3]")) {
                values.put(Integer.valueOf(key), settings.decimal(key, 0.0, -1e12, 1e12));
            } else {
                settings.violate(key, "(key)", "an index of the settings array, 0 to 63");
            }
        }
        List<StrategyConfig.Rates> rates = new ArrayList<>();
        for (Section r : s.sections("rates")) {
            rates.add(
                    new StrategyConfig.Rates(
                            (int) r.integer("index", null, 0, 9),
                            r.choice("period", BarPeriod.class, null),
                            (int) Math.max(1, r.integer("bars", null, 1, 10_000))));
            r.finish();
        }
        StrategyConfig config =
                new StrategyConfig(
                        Math.max(1, s.integer("instance_id", null, 1, Integer.MAX_VALUE)),
                        s.text("name", null, "[^\\s].{0,60}"),
                        (int) s.integer("strategy_id", null, 0, 100_000),
                        s.text("account", null, NAME),
                        s.text("symbol", null, "[A-Z0-9]{3,20}"),
                        s.choice("timeframe", BarPeriod.class, null),
                        values,
                        rates,
                        s.bool("enabled", true),
                        s.text("framework", FrameworkConfig.DEFAULT, GROUP));
        if (rates.stream().noneMatch(r -> r.index() == 0)) {
            s.violate("rates", rates, "a list with index 0, the primary timeframe");
        }
        s.finish();
        return config;
    }

    private void checkTogether(
            Path folder,
            GatewayConfig gateway,
            List<AccountConfig> accounts,
            List<StrategyConfig> strategies) {
        if (accounts.isEmpty()) {
            violations.add(folder.resolve("accounts") + ": no account, allowed: one .yaml each");
        }
        if (accounts.size() > 1) {
            violations.add(
                    folder.resolve("accounts")
                            + ": accounts="
                            + accounts.stream().map(AccountConfig::name).toList()
                            + ", allowed: one; each account has an engine and a data folder of its own");
        }
        if (gateway.port() != 0 && gateway.port() == gateway.managementPort()) {
            violations.add(
                    folder.resolve("saker.yaml")
                            + ": gateway.management_port: value="
                            + gateway.managementPort()
                            + ", allowed: another port than gateway.port");
        }
        Set<String> names = new HashSet<>();
        for (AccountConfig account : accounts) {
            if (!names.add(account.name())) {
                violations.add(
                        folder + ": accounts: name=" + account.name() + ", allowed: unique names");
            }
        }
        Set<Long> ids = new HashSet<>();
        for (StrategyConfig strategy : strategies) {
            if (!ids.add(strategy.instanceId())) {
                violations.add(
                        folder
                                + ": strategies: instance_id="
                                + strategy.instanceId()
                                + ", allowed: unique ids");
            }
            accounts.stream()
                    .filter(account -> account.name().equals(strategy.account()))
                    .findAny()
                    .ifPresentOrElse(
                            account -> checkSymbol(folder, strategy, account),
                            () ->
                                    violations.add(
                                            folder
                                                    + ": strategies: account="
                                                    + strategy.account()
                                                    + ", allowed: "
                                                    + names));
        }
    }

    private void checkFrameworks(
            Path folder,
            FrameworkConfig byDefault,
            List<FrameworkConfig> further,
            List<StrategyConfig> strategies) {
        Set<String> names = new LinkedHashSet<>(List.of(byDefault.name()));
        List<String> inThread = new ArrayList<>(byDefault.inThread() ? names : List.of());
        for (FrameworkConfig group : further) {
            if (!names.add(group.name())) {
                violations.add(
                        folder.resolve("saker.yaml")
                                + ": frameworks: name="
                                + group.name()
                                + ", allowed: unique names other than "
                                + FrameworkConfig.DEFAULT);
            }
            if (group.inThread()) {
                inThread.add(group.name());
            }
        }
        if (inThread.size() > 1) {
            violations.add(
                    folder.resolve("saker.yaml")
                            + ": frameworks: isolation: thread="
                            + inThread
                            + ", allowed: one group, since a process holds one library");
        }
        for (FrameworkConfig group : groups(byDefault, further)) {
            long instances =
                    strategies.stream().filter(s -> s.framework().equals(group.name())).count();
            if (instances > (long) group.workers() * MAX_INSTANCES) {
                violations.add(
                        folder.resolve("saker.yaml")
                                + ": "
                                + group.name()
                                + ".workers: value="
                                + group.workers()
                                + ", allowed: at most "
                                + MAX_INSTANCES
                                + " instances each, there are "
                                + instances);
            }
        }
        for (StrategyConfig strategy : strategies) {
            if (!names.contains(strategy.framework())) {
                violations.add(
                        folder
                                + ": strategies: framework="
                                + strategy.framework()
                                + ", allowed: "
                                + names);
            }
        }
    }

    private static List<FrameworkConfig> groups(
            FrameworkConfig byDefault, List<FrameworkConfig> further) {
        List<FrameworkConfig> groups = new ArrayList<>(List.of(byDefault));
        groups.addAll(further);
        return groups;
    }

    private void checkSymbol(Path folder, StrategyConfig strategy, AccountConfig account) {
        if (!account.symbols().contains(strategy.symbol())) {
            violations.add(
                    folder
                            + ": strategies: symbol="
                            + strategy.symbol()
                            + ", allowed: symbols of account "
                            + account.name()
                            + ": "
                            + account.symbols());
        }
    }

    private Section open(Path file) {
        try {
            JsonNode node = YAML.readTree(Files.readString(file));
            return new Section(
                    file.toString(),
                    "",
                    node == null ? MissingNode.getInstance() : node,
                    violations);
        } catch (JsonProcessingException e) {
            violations.add(
                    file
                            + ": line "
                            + e.getLocation().getLineNr()
                            + ": not valid YAML: "
                            + e.getOriginalMessage());
        } catch (IOException e) {
            violations.add(file + ": cannot be read: " + e.getMessage());
        }
        return new Section(file.toString(), "", MissingNode.getInstance(), violations);
    }

    private List<Path> yamlFiles(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list folder=" + folder, e);
        }
    }
}
