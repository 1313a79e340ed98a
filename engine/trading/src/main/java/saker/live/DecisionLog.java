package saker.live;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;
import saker.api.WorkerView;
import saker.api.Workers;
import saker.journal.BrokerEventDescriptor;
import saker.journal.CommandDescriptor;
import saker.journal.EngineStateDescriptor;
import saker.journal.OrderIntentDescriptor;
import saker.journal.RecordHandler;
import saker.journal.RecordView;
import saker.journal.RiskDecisionDescriptor;
import saker.journal.SignalDescriptor;
import saker.journal.WorkerEventDescriptor;
import saker.market.Instruments;
import saker.model.BrokerEvent;
import saker.model.BrokerEvent.TradeEffect;
import saker.model.Command;
import saker.model.EngineState;
import saker.model.FixedPoint;
import saker.model.Instrument;
import saker.model.OrderIntent;
import saker.model.RiskDecision;
import saker.model.Signal;
import saker.model.WorkerEvent;
import saker.order.ClientIds;

/**
 * Writes what became of each signal and command into the log: one line per signal, decision,
 * intent, answer and fill, all with the same {@code correlation}, the hex of the journal index they
 * began with; and what happened to each strategy worker. It reads the journal behind everybody
 * else, so that nobody who decides ever waits for a log. One thread.
 */
final class DecisionLog implements RecordHandler {
    private static final Logger LOG = LoggerFactory.getLogger(DecisionLog.class);
    private static final int KEPT = 10_000;

    private final List<String> accounts;
    private final Instruments instruments;
    private final Workers workers;
    private final Map<Long, Origin> intents =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Long, Origin> eldest) {
                    return size() > KEPT;
                }
            };

    /** What an intent came from. */
    private record Origin(String correlation, long instanceId, OrderIntent.Action action) {}

    /**
     * @param accounts names, in the order of their ids
     * @param workers to name the one a signal came from
     */
    DecisionLog(List<String> accounts, Instruments instruments, Workers workers) {
        this.accounts = accounts;
        this.instruments = instruments;
        this.workers = workers;
    }

    /** A line that cannot be written is one line less; the reader goes on. */
    @Override
    public void onRecord(RecordView entry) {
        try {
            log(entry);
        } catch (RuntimeException e) {
            LOG.warn("cannot log a record: index={}, kind={}", entry.index(), entry.kind(), e);
        }
    }

    private void log(RecordView entry) {
        var buffer = entry.buffer();
        int offset = entry.offset();
        int length = entry.length();
        if (entry.kind() == null) {
            return; // Of a later version.
        }
        switch (entry.kind()) {
            case SIGNAL -> onSignal(entry.index(), SignalDescriptor.decode(buffer, offset, length));
            case RISK_DECISION -> onDecision(RiskDecisionDescriptor.decode(buffer, offset, length));
            case ORDER_INTENT -> onIntent(entry.index(), OrderIntentDescriptor.decode(entry));
            case BROKER_EVENT -> onEvent(BrokerEventDescriptor.decode(entry));
            case COMMAND ->
                    onCommand(entry.index(), CommandDescriptor.decode(buffer, offset, length));
            case ENGINE_STATE ->
                    onState(entry.cause(), EngineStateDescriptor.decode(buffer, offset, length));
            case WORKER_EVENT -> onWorker(WorkerEventDescriptor.decode(entry));
            default -> {
                // Nothing anybody decided.
            }
        }
    }

    private void onSignal(long index, Signal signal) {
        if (signal.discarded() || signal.rows().isEmpty() && signal.returnCode() == 0) {
            return;
        }
        LoggingEventBuilder line =
                line(signal.returnCode() == 0 ? Level.INFO : Level.WARN, Long.toHexString(index));
        instance(line, signal.instanceId());
        for (WorkerView worker : workers.workers()) {
            if (worker.instanceIds().contains(signal.instanceId())) {
                line.addKeyValue("worker", worker.id());
            }
        }
        line.log(
                "signal: {} {}, bid={}, ask={}{}",
                symbol(signal.instrumentId()),
                wishes(signal),
                price(signal.bidE8()),
                price(signal.askE8()),
                signal.returnCode() == 0 ? "" : ", returned=" + signal.returnCode());
    }

    private static String wishes(Signal signal) {
        List<String> wishes = new ArrayList<>();
        for (Signal.Row row : signal.rows()) {
            wishes.add(SignalTitles.of(row.bits()) + " " + FixedPoint.format(row.lotsE8(), 8, 2));
        }
        return String.join("; ", wishes);
    }

    private void onDecision(RiskDecision decision) {
        LoggingEventBuilder line = line(Level.INFO, Long.toHexString(decision.origin()));
        account(line, decision.accountId());
        instance(line, decision.instanceId());
        if (decision.approved()) {
            line.log("risk: approved, row={}", decision.row());
        } else {
            line.log(
                    "risk: refused, row={}, rule={}, {}",
                    decision.row(),
                    decision.rule(),
                    decision.detail());
        }
    }

    private void onIntent(long index, OrderIntent intent) {
        String correlation = Long.toHexString(intent.origin());
        intents.put(index, new Origin(correlation, intent.instanceId(), intent.action()));
        LoggingEventBuilder line = line(Level.INFO, correlation);
        account(line, intent.accountId());
        instance(line, intent.instanceId());
        line.log(
                "intent: {} {} {}, units={}, client_id={}, trade={}, order={}",
                intent.action(),
                intent.type(),
                symbol(intent.instrumentId()),
                FixedPoint.format(intent.unitsE4(), 4),
                intent.clientId(),
                intent.tradeId(),
                intent.orderId());
    }

    private void onEvent(BrokerEvent event) {
        String what =
                switch (event.type()) {
                    case REQUEST_SENT -> "order: sent";
                    case REQUEST_ANSWERED -> "order: answered";
                    case REQUEST_REFUSED -> "order: refused by the broker";
                    case REQUEST_UNKNOWN -> "order: without an answer";
                    case NOT_SENT -> "order: not sent";
                    case ORDER_CREATED -> "order: created";
                    case ORDER_FILLED -> "fill";
                    case ORDER_CANCELLED -> "order: cancelled";
                    case ORDER_REJECTED -> "order: rejected by the broker";
                    case ACCOUNT_SNAPSHOT, FINANCING, FUNDS, OTHER -> null;
                };
        if (what == null) {
            return;
        }
        LoggingEventBuilder line = line(levelOf(event.type()), correlationOf(event));
        account(line, event.accountId());
        Origin origin = intents.get(event.intent());
        if (origin != null) {
            instance(line, origin.instanceId());
        }
        line.log("{}: {}", what, detailOf(event));
    }

    private String detailOf(BrokerEvent event) {
        List<String> words = new ArrayList<>();
        Origin origin = intents.get(event.intent());
        if (origin != null) {
            words.add(origin.action().name());
        }
        words.add(symbol(event.instrumentId()));
        add(words, "units", event.unitsE4(), FixedPoint.format(event.unitsE4(), 4));
        add(words, "price", event.priceE8(), price(event.priceE8()));
        add(words, "order", event.orderId(), event.orderId());
        for (TradeEffect effect : event.effects()) {
            String name = effect.effect().name().toLowerCase(Locale.ROOT);
            add(words, name, effect.tradeId(), effect.tradeId());
        }
        if (event.type() == BrokerEvent.Type.ORDER_FILLED) {
            words.add("profit=" + FixedPoint.format(event.realizedPlE8(), 8, 2));
        }
        add(words, "transaction", event.transactionId(), event.transactionId());
        add(words, "status", event.httpStatus(), event.httpStatus());
        add(words, "reason", event.reason().length(), event.reason());
        words.removeIf(String::isEmpty);
        return String.join(" ", words);
    }

    /** What is 0 is not said. */
    private static void add(List<String> words, String name, long value, Object text) {
        if (value != 0) {
            words.add(name + "=" + text);
        }
    }

    private void onCommand(long index, Command command) {
        LoggingEventBuilder line = line(Level.INFO, Long.toHexString(index));
        account(line, command.accountId());
        instance(line, command.instanceId());
        line.log(
                "command: {}, user={}, command_id={}, reason={}",
                command.type(),
                command.user(),
                command.commandId(),
                command.reason());
    }

    private void onState(long cause, EngineState state) {
        boolean halted = state.state() == EngineState.State.HALTED;
        LoggingEventBuilder line =
                line(halted ? Level.WARN : Level.INFO, cause == 0 ? "" : Long.toHexString(cause));
        if (state.scope() == EngineState.Scope.ACCOUNT) {
            account(line, (int) state.scopeId());
        } else if (state.scope() == EngineState.Scope.INSTANCE) {
            instance(line, state.scopeId());
        }
        line.log(
                "state: {} {}, rule={}, {}",
                state.scope(),
                state.state(),
                state.rule(),
                state.detail());
    }

    private static void onWorker(WorkerEvent event) {
        LoggingEventBuilder line = line(levelOf(event.event()), "");
        line.addKeyValue("worker", event.workerId());
        instance(line, event.instanceId());
        line.log(
                "worker: {}, incarnation={}, pid={}, user={}, {}",
                event.event(),
                event.incarnation(),
                event.pid(),
                event.user(),
                event.detail());
    }

    private static Level levelOf(WorkerEvent.Event event) {
        return switch (event) {
            case STARTED, RESTARTED, STOPPED, ASSIGNED -> Level.INFO;
            case FAULT, LOST, INSTANCE_FAILED -> Level.WARN;
        };
    }

    /** By our intent; of what the broker did by itself, such as a stop, by the trade's order. */
    private String correlationOf(BrokerEvent event) {
        Origin origin = intents.get(event.intent());
        if (origin != null) {
            return origin.correlation();
        }
        String own = ClientIds.causeOf(event.clientId());
        for (TradeEffect effect : event.effects()) {
            own = own.isEmpty() ? ClientIds.causeOf(effect.clientId()) : own;
        }
        return own;
    }

    private static Level levelOf(BrokerEvent.Type type) {
        return switch (type) {
            case REQUEST_REFUSED, REQUEST_UNKNOWN, NOT_SENT, ORDER_REJECTED -> Level.WARN;
            default -> Level.INFO;
        };
    }

    private static LoggingEventBuilder line(Level level, String correlation) {
        LoggingEventBuilder line = LOG.atLevel(level);
        return correlation.isEmpty() ? line : line.addKeyValue("correlation", correlation);
    }

    private void account(LoggingEventBuilder line, int accountId) {
        if (accountId >= 0 && accountId < accounts.size()) {
            line.addKeyValue("account", accounts.get(accountId));
        }
    }

    private static void instance(LoggingEventBuilder line, long instanceId) {
        if (instanceId != 0) { // 0 is by hand.
            line.addKeyValue("instance", instanceId);
        }
    }

    private String symbol(int instrumentId) {
        Instrument instrument = instrumentId < 0 ? null : instruments.byId(instrumentId);
        return instrument == null ? "" : instrument.symbol();
    }

    private static String price(long priceE8) {
        return FixedPoint.format(priceE8, 8);
    }
}
