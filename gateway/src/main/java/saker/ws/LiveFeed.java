package saker.ws;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import saker.api.AccountView;
import saker.api.CommandOutcome;
import saker.api.Engine;
import saker.api.EngineView;
import saker.api.FillView;
import saker.api.OrderView;
import saker.api.PositionView;
import saker.api.QuoteView;
import saker.api.SignalView;
import saker.api.StatusView;
import saker.api.StrategyView;
import saker.api.WorkerView;
import saker.api.Workers;
import saker.auth.Operation;
import saker.json.ViewJson;
import saker.model.BarPeriod;
import saker.model.Bars;

/**
 * The topics and what is in them. The engine's changes are collected on its thread and taken over
 * here in batches: events at once, states at most 20 times a second. Event loop only, apart from
 * the collecting.
 */
final class LiveFeed {
    static final int CANDLES = 500;

    private static final Logger LOG = LoggerFactory.getLogger(LiveFeed.class);
    private static final Pattern CANDLE_TOPIC =
            Pattern.compile("candles:([A-Z0-9]{3,20}):(M1|M5|M15|M30|H1|H4|D1|W1|MN)");
    private static final ViewJson JSON = ViewJson.SOCKET;
    private static final long STATUS_INTERVAL_MS = 1_000;
    private static final long WORKERS_INTERVAL_MS = 1_000;

    private final Context context;
    private final Engine engine;
    private final Workers workers;
    private final InstantSource clock;
    private final PendingChanges pending;
    private final AtomicBoolean drainScheduled = new AtomicBoolean();
    private final Set<String> openCandles = ConcurrentHashMap.newKeySet();
    private final Map<String, Topic> topics = new TreeMap<>();
    private final Counter failures;
    private Runnable onEvents = () -> {};
    private StatusView shownStatus;
    private StatusView waitingStatus;
    private long statusAtMs;
    private List<WorkerView> shownWorkers = List.of();
    private Map<Long, WorkerView> byInstance = Map.of();
    private long workersAtMs;

    LiveFeed(
            Context context,
            Engine engine,
            Workers workers,
            MeterRegistry meters,
            InstantSource clock) {
        this.context = context;
        this.engine = engine;
        this.workers = workers;
        this.clock = clock;
        this.failures = meters.counter("saker_ws_feed_failures");
        this.pending =
                new PendingChanges(
                        (symbol, period) -> openCandles.contains(candleTopic(symbol, period)),
                        this::scheduleDrain);
    }

    /**
     * Begins to follow the engine.
     *
     * @param eventsArrived called after events were appended to topics
     */
    void start(Runnable eventsArrived) {
        onEvents = eventsArrived;
        stateTopic("quotes", Operation.WATCH_QUOTES, 10);
        stateTopic("strategies", Operation.WATCH_STRATEGIES, 2);
        stateTopic("workers", Operation.WATCH_WORKERS, 1);
        eventTopic("signals", Operation.WATCH_SIGNALS);
        eventTopic("commands", Operation.WATCH_COMMANDS);
        eventTopic("status", Operation.WATCH_STATUS);
        engine.subscribe(pending);
        seed(engine.view());
        drain();
    }

    /** The topic of that name; opens a candle topic on demand; empty if there is none. */
    Optional<Topic> topic(String name) {
        Topic known = topics.get(name);
        return known != null ? Optional.of(known) : openCandles(name);
    }

    /** Names for {@code hello}, candles as a pattern. */
    List<String> names(java.util.function.Predicate<Operation> allowed) {
        List<String> names = new ArrayList<>();
        for (Topic topic : topics.values()) {
            if (topic.operation() != Operation.WATCH_CANDLES && allowed.test(topic.operation())) {
                names.add(topic.name());
            }
        }
        if (allowed.test(Operation.WATCH_CANDLES)) {
            names.add(Operation.WATCH_CANDLES.path());
        }
        return names;
    }

    /** Takes over what changed. */
    void drain() {
        drainScheduled.set(false);
        PendingChanges.Batch batch = pending.drain();
        if (batch.lost()) {
            topics.values().stream()
                    .filter(EventTopic.class::isInstance)
                    .forEach(topic -> ((EventTopic) topic).onLoss());
        }
        states("quotes", batch.quotes().values(), JSON::quote, QuoteView::symbol);
        workers();
        strategies(batch.strategies().values());
        batch.accounts().values().forEach(this::account);
        batch.positions().forEach(this::position);
        batch.bars().forEach(this::bar);
        batch.events().forEach(this::event);
        if (batch.status() != null) {
            waitingStatus = batch.status();
        }
        status();
    }

    private void scheduleDrain() {
        if (drainScheduled.compareAndSet(false, true)) {
            context.runOnContext(
                    v -> {
                        drain();
                        onEvents.run();
                    });
        }
    }

    private void seed(EngineView view) {
        view.accounts().forEach(account -> topicsOf(account.accountId()));
        states("quotes", view.quotes(), JSON::quote, QuoteView::symbol);
        workers();
        view.accounts().forEach(this::account);
        view.positions()
                .forEach(
                        position ->
                                position(
                                        new PendingChanges.PositionKey(
                                                position.accountId(), position.ticket()),
                                        position));
        // Views list the newest first or last; events are told in the order they happened.
        view.orders().stream()
                .sorted(Comparator.comparingLong(OrderView::intent))
                .forEach(this::event);
        view.signals().stream()
                .sorted(Comparator.comparingLong(SignalView::index).thenComparing(SignalView::row))
                .forEach(this::event);
        waitingStatus = view.status();
        status();
    }

    /** Nobody tells of a worker's life: it is looked at once a second. */
    private void workers() {
        long nowMs = clock.millis();
        if (nowMs - workersAtMs < WORKERS_INTERVAL_MS) {
            return;
        }
        workersAtMs = nowMs;
        try {
            show(workers.workers());
        } catch (RuntimeException e) {
            onFailure("workers", e);
        }
    }

    private void show(List<WorkerView> newest) {
        Set<String> gone = new HashSet<>();
        shownWorkers.forEach(worker -> gone.add(worker.id()));
        newest.forEach(worker -> gone.remove(worker.id()));
        shownWorkers = newest;
        byInstance = ViewJson.byInstance(newest);
        states("workers", newest, JSON::worker, WorkerView::id);
        ((StateTopic) topics.get("workers")).apply(List.of(), List.copyOf(gone));
        strategies(engine.view().strategies());
    }

    private void strategies(Collection<StrategyView> views) {
        states(
                "strategies",
                views,
                view -> JSON.strategy(view, byInstance.get(view.instanceId())),
                view -> Long.toString(view.instanceId()));
    }

    private void account(AccountView view) {
        topicsOf(view.accountId());
        String id = Integer.toString(view.accountId());
        states("account:" + id, List.of(view), JSON::account, account -> id);
    }

    private void position(PendingChanges.PositionKey key, PositionView view) {
        topicsOf(key.accountId());
        String topic = "positions:" + key.accountId();
        String id = Long.toString(key.ticket());
        if (view == null) {
            ((StateTopic) topics.get(topic)).apply(List.of(), List.of(id));
        } else {
            states(topic, List.of(view), JSON::position, position -> id);
        }
    }

    private void bar(PendingChanges.BarKey key, Bars.Bar bar) {
        if (topics.get(candleTopic(key.symbol(), key.period())) instanceof StateTopic topic) {
            put(topic, List.of(bar), digits(key.symbol()));
        }
    }

    private void put(StateTopic topic, List<Bars.Bar> bars, int digits) {
        List<JsonObject> rows = new ArrayList<>();
        for (Bars.Bar bar : bars) {
            JsonObject row = JSON.bar(bar, digits);
            rows.add(row.put("id", row.getLong("time").toString()));
        }
        topic.apply(rows, List.of());
        while (topic.size() > CANDLES) {
            topic.apply(List.of(), List.of(topic.oldest()));
        }
    }

    private void event(Object view) {
        try {
            if (view instanceof OrderView order) {
                append("orders:" + order.accountId(), JSON.order(order), "intent");
            } else if (view instanceof FillView fill) {
                append("fills:" + fill.accountId(), JSON.fill(fill), "transaction_id");
            } else if (view instanceof SignalView signal) {
                append("signals", JSON.signal(signal), "id");
            } else if (view instanceof CommandOutcome outcome) {
                append("commands", JSON.command(outcome), "command_id");
            }
        } catch (RuntimeException e) {
            onFailure(view, e);
        }
    }

    private void append(String name, JsonObject item, String id) {
        if (!topics.containsKey(name)) {
            topicsOf(Integer.parseInt(name.substring(name.indexOf(':') + 1)));
        }
        item.put("id", item.getValue(id).toString());
        ((EventTopic) topics.get(name)).append(item);
    }

    /** Shows a changed state at once, mere progress once a second. */
    private void status() {
        StatusView newest = waitingStatus;
        if (newest == null) {
            return;
        }
        long nowMs = clock.millis();
        if (!isSameState(newest, shownStatus) || nowMs - statusAtMs >= STATUS_INTERVAL_MS) {
            waitingStatus = null;
            shownStatus = newest;
            statusAtMs = nowMs;
            EngineView view = engine.view();
            EngineView shown =
                    new EngineView(
                            newest,
                            view.accounts(),
                            view.quotes(),
                            view.positions(),
                            view.orders(),
                            view.strategies(),
                            view.signals());
            ((EventTopic) topics.get("status")).append(JSON.status(shown).put("id", "engine"));
        }
    }

    private static boolean isSameState(StatusView a, StatusView b) {
        return b != null
                && a.engine() == b.engine()
                && a.reason().equals(b.reason())
                && a.prices().equals(b.prices())
                && a.transactions().equals(b.transactions())
                && a.database().equals(b.database())
                && a.historyDelayed() == b.historyDelayed();
    }

    private <V> void states(
            String topic,
            Collection<V> views,
            Function<V, JsonObject> json,
            Function<V, String> id) {
        if (views.isEmpty()) {
            return;
        }
        List<JsonObject> rows = new ArrayList<>(views.size());
        for (V view : views) {
            try {
                rows.add(json.apply(view).put("id", id.apply(view)));
            } catch (RuntimeException e) {
                onFailure(view, e);
            }
        }
        ((StateTopic) topics.get(topic)).apply(rows, List.of());
    }

    private Optional<Topic> openCandles(String name) {
        Matcher matcher = CANDLE_TOPIC.matcher(name);
        if (!matcher.matches() || digits(matcher.group(1)) < 0) {
            return Optional.empty();
        }
        String symbol = matcher.group(1);
        BarPeriod period = BarPeriod.valueOf(matcher.group(2));
        openCandles.add(name);
        stateTopic(name, Operation.WATCH_CANDLES, 2);
        fill(name, symbol, period);
        // A bar that was on its way while we asked may have been older than the answer.
        context.owner().setTimer(500, timer -> fill(name, symbol, period));
        return Optional.of(topics.get(name));
    }

    private void fill(String name, String symbol, BarPeriod period) {
        put((StateTopic) topics.get(name), engine.bars(symbol, period, CANDLES), digits(symbol));
    }

    private int digits(String symbol) {
        for (QuoteView quote : engine.view().quotes()) {
            if (quote.symbol().equals(symbol)) {
                return quote.digits();
            }
        }
        return -1;
    }

    private void topicsOf(int accountId) {
        if (!topics.containsKey("account:" + accountId)) {
            stateTopic("account:" + accountId, Operation.WATCH_ACCOUNT, 4);
            stateTopic("positions:" + accountId, Operation.WATCH_POSITIONS, 10);
            eventTopic("orders:" + accountId, Operation.WATCH_ORDERS);
            eventTopic("fills:" + accountId, Operation.WATCH_FILLS);
        }
    }

    private void stateTopic(String name, Operation operation, double hz) {
        topics.put(name, new StateTopic(name, operation, hz));
    }

    private void eventTopic(String name, Operation operation) {
        topics.put(name, new EventTopic(name, operation));
    }

    private static String candleTopic(String symbol, BarPeriod period) {
        return "candles:" + symbol + ":" + period;
    }

    private void onFailure(Object view, RuntimeException e) {
        failures.increment();
        LOG.error("cannot show: view={}", view, e);
    }
}
