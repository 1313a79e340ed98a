package saker.gateway;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import saker.api.AccountView;
import saker.api.CommandOutcome;
import saker.api.CommandRequest;
import saker.api.Engine;
import saker.api.EngineListener;
import saker.api.EngineView;
import saker.api.FillView;
import saker.api.OrderView;
import saker.api.PositionView;
import saker.api.QuoteView;
import saker.api.SignalView;
import saker.api.StatusView;
import saker.api.StrategyView;
import saker.model.BarPeriod;
import saker.model.Bars;
import saker.model.EngineState;
import saker.model.RiskRule;
import saker.model.Side;

/**
 * An engine whose state is what a test says: views, listeners and commands are real, nothing
 * trades. Thread-safe.
 */
public final class RecordedEngine implements Engine {
    public static final long T0_NS = 1_772_460_127_123_000_000L;
    private static final long E8 = 100_000_000L;

    private final List<EngineListener> listeners = new CopyOnWriteArrayList<>();
    private final Map<String, QuoteView> quotes = new LinkedHashMap<>();
    private final Map<Long, PositionView> positions = new LinkedHashMap<>();
    private final Map<Long, StrategyView> strategies = new LinkedHashMap<>();
    private final Map<String, CommandOutcome> outcomes = new LinkedHashMap<>();
    private final Map<String, CompletableFuture<CommandOutcome>> waiting = new LinkedHashMap<>();
    private final List<CommandRequest> commands = new ArrayList<>();
    private final List<OrderView> orders = new ArrayList<>();
    private final List<SignalView> signals = new ArrayList<>();
    private final Map<Long, Bars.Bar> bars = new LinkedHashMap<>();
    private StatusView status = status(EngineState.State.RUNNING, "", "LIVE", "UP");
    private AccountView account = account(10_000 * E8, 10_012 * E8);
    private Function<CommandRequest, CommandOutcome> answers = RecordedEngine::accepted;
    private boolean journalClosed;

    public RecordedEngine() {
        put(quote("EURUSD", 108_450_000, 108_458_000));
        put(
                new QuoteView(
                        "USDJPY",
                        3,
                        -2,
                        15_012_300_000L,
                        15_012_900_000L,
                        true,
                        T0_NS,
                        T0_NS,
                        100_000,
                        10_000,
                        10_000));
        put(
                new QuoteView(
                        "XAUUSD",
                        3,
                        -2,
                        265_012_300_000L,
                        265_032_900_000L,
                        true,
                        T0_NS,
                        T0_NS,
                        100,
                        10_000,
                        10_000));
        put(strategy(7001, "RUNNING", 1_250_000_000L));
        put(strategy(7002, "DISABLED", -50_000_000L));
        put(position(6357, 1_240_000_000L));
        for (int i = 0; i < 10; i++) {
            put(bar(i));
        }
        orders.add(order(41, "FILLED"));
        signals.add(signal(40));
    }

    public static QuoteView quote(String symbol, long bidE8, long askE8) {
        return new QuoteView(
                symbol, 5, -4, bidE8, askE8, true, T0_NS, T0_NS, 100_000, 10_000, 10_000);
    }

    public static PositionView position(long ticket, long profitE8) {
        return new PositionView(
                0,
                ticket,
                7001,
                "trend",
                "EURUSD",
                5,
                Side.BUY,
                10_000 * 10_000L,
                E8 / 10,
                108_400_000,
                108_450_000,
                108_000_000,
                0,
                profitE8,
                T0_NS,
                false);
    }

    public static StrategyView strategy(long id, String state, long profitE8) {
        return new StrategyView(id, 0, "trend", "EURUSD", state, "", profitE8, 0, 1, 12, 3, T0_NS);
    }

    public static OrderView order(long intent, String state) {
        return new OrderView(
                0,
                intent,
                "00000000000000aa-" + Long.toHexString(intent) + "-1",
                900,
                7001,
                "EURUSD",
                Side.BUY,
                "OPEN",
                state,
                10_000 * 10_000L,
                108_458_000,
                108_000_000,
                0,
                T0_NS + 3_600_000_000_000L,
                RiskRule.NONE,
                "",
                T0_NS,
                T0_NS);
    }

    public static SignalView signal(long index) {
        return new SignalView(
                index,
                0,
                7001,
                "trend",
                "EURUSD",
                "BUY",
                E8 / 10,
                108_458_000,
                false,
                RiskRule.SPREAD_TOO_WIDE,
                "spread=1.2",
                T0_NS);
    }

    public static FillView fill(long transactionId) {
        return new FillView(
                0,
                transactionId,
                6357,
                "EURUSD",
                Side.BUY,
                10_000 * 10_000L,
                108_458_000,
                0,
                "MARKET_ORDER",
                T0_NS);
    }

    public static Bars.Bar bar(int number) {
        return new Bars.Bar(
                T0_NS / 60_000_000_000L * 60_000_000_000L + number * 60_000_000_000L,
                108_400_000,
                108_460_000,
                108_390_000,
                108_450_000,
                42 + number);
    }

    public static StatusView status(
            EngineState.State engine, String reason, String prices, String database) {
        return new StatusView(
                "DEMO",
                "0.1.0",
                engine,
                reason,
                prices,
                "LIVE",
                database,
                1,
                T0_NS,
                T0_NS,
                12_345,
                99,
                98,
                !database.equals("UP"));
    }

    public static AccountView account(long balanceE8, long equityE8) {
        return new AccountView(
                0,
                "main",
                "101-001-0000001-001",
                "USD",
                "RUNNING",
                balanceE8,
                equityE8,
                equityE8 - balanceE8,
                36_000_000_000L,
                964_000_000_000L,
                1_234_000_000L,
                1,
                T0_NS);
    }

    public static CommandOutcome outcome(
            CommandRequest request, CommandOutcome.State state, RiskRule rule) {
        boolean done = state == CommandOutcome.State.DONE;
        return new CommandOutcome(
                request.commandId(),
                request.type(),
                state,
                rule,
                done ? 6400 : 0,
                done ? 108_458_000 : 0,
                done ? -150_000_000 : 0,
                rule == RiskRule.NONE ? "" : "refused by " + rule);
    }

    private static CommandOutcome accepted(CommandRequest request) {
        return outcome(request, CommandOutcome.State.ACCEPTED, RiskRule.NONE);
    }

    /** What a command comes to as soon as it is submitted. */
    public synchronized void answerWith(CommandOutcome.State state, RiskRule rule) {
        answers = request -> outcome(request, state, rule);
    }

    public synchronized void closeJournal(boolean closed) {
        journalClosed = closed;
    }

    public synchronized List<CommandRequest> commands() {
        return List.copyOf(commands);
    }

    /** Gives a waiting command its outcome. */
    public void finish(String commandId, CommandOutcome.State state, RiskRule rule) {
        CompletableFuture<CommandOutcome> waiter;
        CommandOutcome outcome;
        synchronized (this) {
            CommandRequest request =
                    commands.stream()
                            .filter(c -> c.commandId().equals(commandId))
                            .findFirst()
                            .orElseThrow();
            outcome = outcome(request, state, rule);
            outcomes.put(commandId, outcome);
            waiter = waiting.remove(commandId);
        }
        if (waiter != null) {
            waiter.complete(outcome);
        }
        listeners.forEach(listener -> listener.onCommand(outcome));
    }

    public synchronized void put(QuoteView quote) {
        quotes.put(quote.symbol(), quote);
        listeners.forEach(listener -> listener.onQuote(quote));
    }

    public synchronized void put(PositionView position) {
        positions.put(position.ticket(), position);
        listeners.forEach(listener -> listener.onPosition(position));
    }

    public synchronized void closePosition(long ticket) {
        positions.remove(ticket);
        listeners.forEach(listener -> listener.onPositionClosed(0, ticket));
    }

    public synchronized void put(StrategyView strategy) {
        strategies.put(strategy.instanceId(), strategy);
        listeners.forEach(listener -> listener.onStrategy(strategy));
    }

    public synchronized void put(OrderView order) {
        orders.add(order);
        listeners.forEach(listener -> listener.onOrder(order));
    }

    public synchronized void put(SignalView signal) {
        signals.add(signal);
        listeners.forEach(listener -> listener.onSignal(signal));
    }

    public synchronized void put(FillView fill) {
        listeners.forEach(listener -> listener.onFill(fill));
    }

    public synchronized void put(AccountView newest) {
        account = newest;
        listeners.forEach(listener -> listener.onAccount(newest));
    }

    public synchronized void put(StatusView newest) {
        status = newest;
        listeners.forEach(listener -> listener.onStatus(newest));
    }

    public synchronized void put(Bars.Bar bar) {
        bars.put(bar.startNs(), bar);
        listeners.forEach(listener -> listener.onBar("EURUSD", BarPeriod.M1, bar));
    }

    @Override
    public synchronized EngineView view() {
        return new EngineView(
                status,
                List.of(account),
                List.copyOf(quotes.values()),
                List.copyOf(positions.values()),
                List.copyOf(orders),
                List.copyOf(strategies.values()),
                List.copyOf(signals));
    }

    @Override
    public synchronized List<Bars.Bar> bars(String symbol, BarPeriod period, int count) {
        List<Bars.Bar> all = List.copyOf(bars.values());
        boolean known = symbol.equals("EURUSD") && period == BarPeriod.M1;
        return known ? all.subList(Math.max(0, all.size() - count), all.size()) : List.of();
    }

    @Override
    public void subscribe(EngineListener listener) {
        listeners.add(listener);
    }

    @Override
    public CompletionStage<Long> submit(CommandRequest request) {
        CommandOutcome outcome;
        long index;
        synchronized (this) {
            if (journalClosed) {
                return CompletableFuture.failedFuture(new IllegalStateException("disk is full"));
            }
            commands.add(request);
            outcome = answers.apply(request);
            outcomes.put(request.commandId(), outcome);
            index = commands.size();
        }
        listeners.forEach(listener -> listener.onCommand(outcome));
        return CompletableFuture.completedFuture(index);
    }

    @Override
    public synchronized Optional<CommandOutcome> command(String commandId) {
        return Optional.ofNullable(outcomes.get(commandId));
    }

    @Override
    public synchronized CompletionStage<CommandOutcome> await(String commandId, long waitMs) {
        CommandOutcome now = outcomes.get(commandId);
        if (now.state().isFinal()) {
            return CompletableFuture.completedFuture(now);
        }
        return waiting.computeIfAbsent(commandId, id -> new CompletableFuture<>())
                .copy()
                .completeOnTimeout(now, waitMs, TimeUnit.MILLISECONDS);
    }
}
