package saker.gateway;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import saker.api.AccountView;
import saker.api.Engine;
import saker.api.EngineListener;
import saker.api.EngineView;
import saker.api.OrderView;
import saker.api.SignalView;
import saker.api.StatusView;
import saker.api.StrategyView;
import saker.api.Workers;
import saker.json.Health;

/**
 * The engine as meters. Those that carry an account keep accounts apart, so that one never
 * overwrites another. Counters count since this start. Follows the engine on the live feed's
 * thread; the recording methods are thread-safe.
 */
public final class EngineMetrics implements EngineListener {
    private static final double PER_UNIT = 1e-8;
    private static final int MAX_ORDERS = 20_000;
    private static final long SILENT_MS = 10_000;

    private final MeterRegistry meters;
    private final InstantSource clock;
    private final Engine engine;
    private final WorkerMetrics workers;
    private final Map<String, AtomicLong> gauges = new ConcurrentHashMap<>();
    private final Map<Integer, String> accountNames = new ConcurrentHashMap<>();
    private final Map<Long, String> strategyStates = new ConcurrentHashMap<>();
    private final Map<Long, String> strategyNames = new ConcurrentHashMap<>();

    // Live feed's thread only.
    private final Map<Long, String> orderStates =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Long, String> eldest) {
                    return size() > MAX_ORDERS;
                }
            };

    private final AtomicBoolean started = new AtomicBoolean();
    private volatile long statusAtMs;

    public EngineMetrics(
            MeterRegistry meters, Engine engine, Workers workers, InstantSource clock) {
        this.meters = meters;
        this.engine = engine;
        this.workers = new WorkerMetrics(meters, workers, clock);
        this.clock = clock;
    }

    /** Takes over what there is and follows what changes; a second call does nothing. */
    public void start() {
        if (!started.compareAndSet(false, true)) {
            return;
        }
        EngineView view = engine.view();
        view.orders().forEach(order -> orderStates.put(order.intent(), order.state()));
        view.accounts().forEach(this::onAccount);
        view.strategies().forEach(this::onStrategy);
        onStatus(view.status());
        FunctionCounter.builder("saker_ticks", engine, e -> e.view().status().ticks())
                .description("Ticks in the journal since the start")
                .register(meters);
        Gauge.builder("saker_journal_index", engine, e -> e.view().status().journalIndex())
                .register(meters);
        Gauge.builder("saker_durable_index", engine, e -> e.view().status().durableIndex())
                .register(meters);
        workers.check();
        engine.subscribe(this);
    }

    /**
     * An error of a strategy or of an account's connection.
     *
     * @param strategy empty if it is none of a strategy
     * @param errorType class name or rule
     */
    public void recordError(String strategy, String errorType, String account) {
        meters.counter("errors", "strategy", strategy, "error_type", errorType, "account", account)
                .increment();
    }

    /** The account was heard of: prices, heartbeats or a poll. */
    public void recordHeartbeat(String account) {
        long nowS = clock.millis() / 1_000;
        gauge("last_heartbeat", account, 1).set(nowS);
        gauge("last_heartbeat_time", account, 1).set(nowS);
    }

    /**
     * Call every second or so: what the workers are like, whether each account's part of the engine
     * is well.
     */
    public void check() {
        workers.check();
        Health health = Health.of(engine.view());
        boolean silent = clock.millis() - statusAtMs > SILENT_MS;
        for (String account : accountNames.values()) {
            boolean healthy = health.isHealthy() && !silent;
            counter("monitoring_checks", account).increment();
            if (silent) {
                counter("heartbeat_failures", account).increment();
            }
            AtomicLong shown = gauge("system_health", account, 1);
            if (shown.getAndSet(healthy ? 1 : 0) == 1 && !healthy) {
                counter("errors_detected", account).increment();
            }
        }
    }

    /**
     * Each state an order comes to, once, by what the order does. A filled opening order is a
     * trade: positions are shown some times a second, so one may come and go between two views.
     */
    @Override
    public void onOrder(OrderView order) {
        String before = orderStates.put(order.intent(), order.state());
        if (!order.state().equals(before)) {
            if (order.action().equals("OPEN") && order.state().equals("FILLED")) {
                meters.counter(
                                "trades",
                                "strategy",
                                strategyNames.getOrDefault(order.instanceId(), "manual"),
                                "symbol",
                                order.symbol(),
                                "account",
                                account(order.accountId()))
                        .increment();
            }
            meters.counter(
                            "saker_orders",
                            "action",
                            order.action(),
                            "state",
                            order.state(),
                            "symbol",
                            order.symbol(),
                            "account",
                            account(order.accountId()))
                    .increment();
        }
    }

    @Override
    public void onSignal(SignalView signal) {
        meters.counter(
                        "saker_signals",
                        "strategy",
                        signal.strategy(),
                        "symbol",
                        signal.symbol(),
                        "rule",
                        signal.rule().name())
                .increment();
    }

    @Override
    public void onStrategy(StrategyView strategy) {
        Tags tags =
                Tags.of(
                        "strategy",
                        strategy.name(),
                        "symbol",
                        strategy.symbol(),
                        "instance",
                        Long.toString(strategy.instanceId()),
                        "account",
                        account(strategy.accountId()));
        gauge("strategy_profit", tags, PER_UNIT).set(strategy.profitE8());
        strategyNames.put(strategy.instanceId(), strategy.name());
        String before = strategyStates.put(strategy.instanceId(), strategy.status());
        if (strategy.status().equals("ERROR") && before != null && !before.equals("ERROR")) {
            recordError(strategy.name(), "STRATEGY_ERROR", account(strategy.accountId()));
        }
    }

    @Override
    public void onAccount(AccountView account) {
        boolean isNew = accountNames.put(account.accountId(), account.name()) == null;
        gauge("account_equity", account.name(), PER_UNIT).set(account.equityE8());
        gauge("account_balance", account.name(), PER_UNIT).set(account.balanceE8());
        recordHeartbeat(account.name());
        if (isNew) {
            counter("heartbeat_failures", account.name());
            counter("monitoring_checks", account.name());
            counter("errors_detected", account.name());
            gauge("system_health", account.name(), 1);
        }
    }

    @Override
    public void onStatus(StatusView status) {
        statusAtMs = clock.millis();
        if (Health.isGood(status.prices()) && Health.isGood(status.transactions())) {
            accountNames.values().forEach(this::recordHeartbeat);
        }
    }

    private String account(int accountId) {
        return accountNames.getOrDefault(accountId, Integer.toString(accountId));
    }

    private Counter counter(String name, String account) {
        return meters.counter(name, "account", account);
    }

    private AtomicLong gauge(String name, String account, double scale) {
        return gauge(name, Tags.of("account", account), scale);
    }

    private AtomicLong gauge(String name, Tags tags, double scale) {
        return gauges.computeIfAbsent(
                name + tags,
                key -> {
                    AtomicLong value = new AtomicLong();
                    Gauge.builder(name, value, v -> v.get() * scale).tags(tags).register(meters);
                    return value;
                });
    }
}
