package saker.store;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import saker.model.EngineState;
import saker.model.OrderIntent;
import saker.model.Signal;

/**
 * Rows of {@code strategy_states} and {@code signals}. Run times are written once per market
 * minute, a change of state at once. The last run is the last call that the journal has: one with a
 * wish or an error.
 */
final class StrategyRows {
    private static final int REASON_LENGTH = 500;

    private static final class State {
        long lastRunNs;
        long lastOrderNs;
        String state = "RUNNING";
        String detail = "";
    }

    private final StoreContext context;
    private final Map<Long, State> states = new LinkedHashMap<>();
    private final Set<Long> changed = new LinkedHashSet<>();

    StrategyRows(StoreContext context) {
        this.context = context;
    }

    void onSignal(Signal signal, String account) {
        State state = state(signal.instanceId());
        state.lastRunNs = context.marketTimeNs;
        changed.add(signal.instanceId());
        if (signal.discarded()) {
            return;
        }
        for (int row = 0; row < signal.rows().size(); row++) {
            put(signal, row, account);
        }
    }

    private void put(Signal signal, int number, String account) {
        Signal.Row row = signal.rows().get(number);
        boolean buy = (row.bits() & 0xFFFF) != 0;
        long marketE8 = buy ? signal.askE8() : signal.bidE8();
        context.batch.put(
                Statement.SIGNAL,
                java.util.List.of(context.index, number),
                account,
                account,
                signal.instanceId(),
                signal.instanceId(),
                context.setup.strategyName(signal.instanceId()),
                context.symbol(signal.instrumentId()),
                SignalTypes.of(row.bits()),
                row.bits(),
                RowBatch.e8(row.lotsE8()),
                RowBatch.e8(row.entryPriceE8() == 0 ? marketE8 : row.entryPriceE8()),
                RowBatch.e8(row.stopDistanceE8()),
                RowBatch.e8(row.targetDistanceE8()),
                row.ticket() == Signal.ALL_TICKETS ? null : RowBatch.orNull(row.ticket()),
                RowBatch.time(context.marketTimeNs),
                context.marketTimeNs,
                context.journalId,
                context.index,
                number);
    }

    void onDecision(saker.model.RiskDecision decision) {
        String reason = decision.detail();
        context.batch.put(
                Statement.SIGNAL_DECIDED,
                java.util.List.of(decision.origin(), decision.row()),
                decision.approved(),
                decision.approved() ? null : decision.rule().name(),
                decision.approved() ? null : decision.rule().code(),
                reason.substring(0, Math.min(REASON_LENGTH, reason.length())),
                context.journalId,
                decision.origin(),
                decision.row());
    }

    void onIntent(OrderIntent intent) {
        if (intent.instanceId() != 0) {
            state(intent.instanceId()).lastOrderNs = context.marketTimeNs;
            changed.add(intent.instanceId());
        }
    }

    void onState(EngineState state) {
        State of = state(state.scopeId());
        of.state = state.state().name();
        of.detail = state.detail();
        write(state.scopeId());
    }

    /** Writes what changed since the last minute. */
    void onMinute() {
        changed.forEach(this::write);
        changed.clear();
    }

    private State state(long instanceId) {
        return states.computeIfAbsent(instanceId, id -> new State());
    }

    private void write(long instanceId) {
        State state = states.get(instanceId);
        context.batch.put(
                Statement.STRATEGY_STATE,
                instanceId,
                instanceId,
                RowBatch.timeOrNull(state.lastRunNs),
                RowBatch.timeOrNull(state.lastOrderNs),
                state.state,
                state.detail,
                RowBatch.time(context.journalTimeNs));
    }
}
