package saker.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import saker.config.AccountConfig;
import saker.config.StrategyConfig;
import saker.journal.BootDescriptor;
import saker.journal.BrokerEventDescriptor;
import saker.journal.CommandDescriptor;
import saker.journal.ConfigDescriptor;
import saker.journal.EngineStateDescriptor;
import saker.journal.FeedStatusDescriptor;
import saker.journal.InstrumentDescriptor;
import saker.journal.OrderIntentDescriptor;
import saker.journal.RecordHandler;
import saker.journal.RecordView;
import saker.journal.RiskDecisionDescriptor;
import saker.journal.SignalDescriptor;
import saker.journal.SkippedDescriptor;
import saker.journal.TickDescriptor;
import saker.model.Boot;
import saker.model.BrokerEvent;
import saker.model.Command;
import saker.model.EngineState;
import saker.model.FeedStatus;
import saker.model.OrderIntent;
import saker.model.Signal;
import saker.model.Skipped;
import saker.model.TickFlags;

/**
 * Turns the journal's records into rows. What it remembers depends on the records alone, so folding
 * them again from the first gives the same rows; one thread.
 */
final class StoreFold implements RecordHandler {
    private final StoreContext context;
    private final StrategyRows strategies;
    private final List<AccountFold> accounts = new ArrayList<>();
    private long origin; // Of the record in hand: the signal or command behind it, 0 for none.

    /**
     * @param setup for a journal that has no Config record yet
     * @param batch where the rows go
     */
    StoreFold(long journalId, StoreSetup setup, RowBatch batch) {
        context = new StoreContext(journalId, setup, batch);
        strategies = new StrategyRows(context);
        onSetup(setup);
    }

    /** The accounts and strategies known now, for a database that may have none. */
    void putSetup() {
        StoreSetup setup = context.setup;
        List<AccountConfig> configured = setup.accountConfigs();
        for (int i = 0; i < configured.size(); i++) {
            putAccount(configured.get(i), setup.currency(i));
        }
        setup.config().strategies().forEach(this::putStrategy);
    }

    @Override
    public void onRecord(RecordView entry) {
        if (entry.kind() == null) {
            return; // Of a later version.
        }
        context.index = entry.index();
        context.journalTimeNs = entry.journalTimeNs();
        context.marketTimeNs = entry.marketTimeNs();
        origin = originOf(entry);
        var buffer = entry.buffer();
        int offset = entry.offset();
        int length = entry.length();
        switch (entry.kind()) {
            case TICK -> onTick(entry);
            case BROKER_EVENT -> onBrokerEvent(BrokerEventDescriptor.decode(entry));
            case SIGNAL -> onSignal(SignalDescriptor.decode(buffer, offset, length));
            case RISK_DECISION ->
                    strategies.onDecision(RiskDecisionDescriptor.decode(buffer, offset, length));
            case ORDER_INTENT -> onIntent(OrderIntentDescriptor.decode(entry));
            case COMMAND -> onCommand(CommandDescriptor.decode(buffer, offset, length));
            case ENGINE_STATE -> onState(EngineStateDescriptor.decode(buffer, offset, length));
            case FEED_STATUS -> onFeed(FeedStatusDescriptor.decode(buffer, offset, length));
            case INSTRUMENT ->
                    context.onInstrument(InstrumentDescriptor.decode(buffer, offset, length));
            case CONFIG ->
                    onSetup(
                            StoreSetup.parse(
                                    ConfigDescriptor.decode(buffer, offset, length).yaml()));
            case BOOT -> onBoot(BootDescriptor.decode(buffer, offset, length));
            case SKIPPED -> onSkipped(SkippedDescriptor.decode(buffer, offset, length));
            case TIMER, CLOCK_TICK, BARS, WORKER_EVENT -> {
                // Nothing to store.
            }
        }
    }

    private static long originOf(RecordView entry) {
        return switch (entry.kind()) {
            case SIGNAL, COMMAND -> entry.index();
            case ENGINE_STATE, SKIPPED -> entry.cause();
            default -> 0;
        };
    }

    private void onTick(RecordView entry) {
        int flags = TickDescriptor.flags(entry.buffer(), entry.offset());
        if ((flags & TickFlags.LATE) != 0) {
            return;
        }
        context.quotes.onTick(
                TickDescriptor.instrumentId(entry.buffer(), entry.offset()),
                TickDescriptor.bidE8(entry.buffer(), entry.offset()),
                TickDescriptor.askE8(entry.buffer(), entry.offset()),
                context.marketTimeNs,
                context.journalTimeNs,
                flags);
        boolean minute = false;
        for (int i = 0; i < accounts.size(); i++) {
            minute |= accounts.get(i).onTick();
        }
        if (minute) {
            strategies.onMinute();
        }
    }

    private void onBrokerEvent(BrokerEvent event) {
        AccountFold account = account(event.accountId());
        if (account == null) {
            monitor(null, "error", "ERROR", "event of an unknown account", fields(event));
            return;
        }
        String wrong = account.onEvent(event);
        if (wrong != null) {
            monitor(account.name(), "error", "CRITICAL", wrong, fields(event));
        }
    }

    private void onSignal(Signal signal) {
        StrategyConfig strategy = context.setup.strategy(signal.instanceId());
        String account = strategy == null ? null : strategy.account();
        strategies.onSignal(signal, account);
        if (signal.returnCode() != 0) {
            monitor(
                    account,
                    "error",
                    "ERROR",
                    "strategy returned " + signal.returnCode(),
                    Map.of("instance_id", signal.instanceId()));
        }
    }

    private void onIntent(OrderIntent intent) {
        strategies.onIntent(intent);
        AccountFold account = account(intent.accountId());
        if (account != null) {
            account.onIntent(intent);
        }
    }

    /** Who did what and why: the audit log has it, whatever became of the gateway's own entry. */
    private void onCommand(Command command) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("reason", command.reason());
        detail.put("instrument", context.symbol(command.instrumentId()));
        detail.put("units", RowBatch.e4(command.unitsE4()));
        context.batch.put(
                Statement.AUDIT,
                context.index,
                Math.floorDiv(context.journalTimeNs, 1_000_000L),
                command.user(),
                command.type().name(),
                subject(command),
                StoreSetup.json(detail),
                "%016x-%x".formatted(context.journalId, context.index));
    }

    private String subject(Command command) {
        AccountFold account = account(command.accountId());
        String name = account == null ? "account " + command.accountId() : account.name();
        if (command.ticket() != 0) {
            return name + "/ticket/" + command.ticket();
        }
        return command.instanceId() == 0 ? name : name + "/strategy/" + command.instanceId();
    }

    private void onState(EngineState state) {
        if (state.scope() == EngineState.Scope.INSTANCE) {
            strategies.onState(state);
        }
        AccountFold account =
                state.scope() == EngineState.Scope.ACCOUNT ? account((int) state.scopeId()) : null;
        String severity =
                switch (state.state()) {
                    case RUNNING, RECONCILING -> "INFO";
                    case DISABLED, REDUCE_ONLY -> "WARNING";
                    case HALTED -> "CRITICAL";
                };
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("scope", state.scope().name());
        fields.put("scope_id", state.scopeId());
        fields.put("rule", state.rule().name());
        fields.put("detail", state.detail());
        monitor(
                account == null ? null : account.name(),
                "state",
                severity,
                "%s is %s".formatted(state.scope().name().toLowerCase(), state.state()),
                fields);
    }

    private void onFeed(FeedStatus status) {
        AccountFold account = account(status.accountId());
        boolean good =
                status.state() == FeedStatus.State.LIVE
                        || status.state() == FeedStatus.State.CONNECTING;
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("feed", status.feed().name());
        fields.put("market_rate", status.marketRate());
        fields.put("detail", status.detail());
        monitor(
                account == null ? null : account.name(),
                "feed",
                good ? "INFO" : "WARNING",
                "%s stream is %s".formatted(status.feed().name().toLowerCase(), status.state()),
                fields);
    }

    private void onBoot(Boot boot) {
        accounts.forEach(AccountFold::onBoot);
        monitor(
                null,
                "state",
                "INFO",
                "engine started",
                Map.of("version", boot.version(), "boot_id", Long.toHexString(boot.bootId())));
    }

    private void onSkipped(Skipped skipped) {
        AccountFold account = account(skipped.accountId());
        monitor(
                account == null ? null : account.name(),
                "error",
                "CRITICAL",
                "record skipped: " + skipped.detail(),
                Map.of("index", skipped.index()));
    }

    private void onSetup(StoreSetup setup) {
        context.setup = setup;
        List<AccountConfig> configured = setup.accountConfigs();
        for (int i = 0; i < configured.size(); i++) {
            String name = configured.get(i).name();
            if (i == accounts.size()) {
                accounts.add(new AccountFold(context, i, name, setup.currency(i)));
            } else if (!accounts.get(i).name().equals(name)) {
                accounts.set(i, new AccountFold(context, i, name, setup.currency(i)));
            }
        }
        putSetup();
    }

    private void putAccount(AccountConfig account, String currency) {
        boolean real = account.environment() == AccountConfig.Environment.LIVE;
        context.batch.put(
                Statement.ACCOUNT,
                account.name(),
                account.name(),
                account.broker(),
                account.accountId(),
                real ? "real" : "demo",
                account.environment().name(),
                "Saker",
                currency);
    }

    private void putStrategy(StrategyConfig strategy) {
        context.batch.put(
                Statement.STRATEGY,
                List.of(strategy.account(), strategy.instanceId()),
                strategy.account(),
                strategy.name(),
                Integer.toString(strategy.strategyId()),
                strategy.instanceId(),
                strategy.symbol(),
                strategy.timeframe().name(),
                strategy.enabled());
        context.batch.put(
                Statement.STRATEGY_PARAMETERS,
                strategy.instanceId(),
                strategy.instanceId(),
                StoreSetup.json(strategy.settings()),
                RowBatch.time(context.journalTimeNs));
    }

    private void monitor(
            String account,
            String type,
            String severity,
            String message,
            Map<String, Object> metadata) {
        context.batch.put(
                Statement.MONITORING,
                context.index,
                account,
                type,
                severity,
                message,
                StoreSetup.json(metadata),
                RowBatch.time(context.journalTimeNs),
                context.journalId,
                context.index,
                origin == 0 ? null : Long.toHexString(origin));
    }

    private static Map<String, Object> fields(BrokerEvent event) {
        return Map.of(
                "account", event.accountId(),
                "type", event.type().name(),
                "transaction_id", event.transactionId());
    }

    private AccountFold account(int index) {
        return index >= 0 && index < accounts.size() ? accounts.get(index) : null;
    }
}
