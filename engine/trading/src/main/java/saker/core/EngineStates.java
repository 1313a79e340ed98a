package saker.core;

import java.util.Arrays;
import java.util.TreeMap;
import java.util.stream.IntStream;
import saker.model.EngineState;
import saker.model.Instrument;
import saker.model.RiskRule;

/** What is switched on: engine, instances, instruments. Accounts keep their own. */
final class EngineStates {
    private EngineState.State engine = EngineState.State.RUNNING;
    private RiskRule engineRule = RiskRule.NONE;
    private final TreeMap<Long, EngineState.State> instances = new TreeMap<>();
    private final TreeMap<Long, EngineState.State> recorded = new TreeMap<>();
    private final boolean[] reduceOnly = new boolean[Instrument.MAX_INSTRUMENTS];

    void configure(long instanceId, boolean enabled) {
        instances.put(instanceId, enabled ? EngineState.State.RUNNING : EngineState.State.DISABLED);
    }

    void apply(EngineState state) {
        switch (state.scope()) {
            case ENGINE -> {
                engine = state.state();
                engineRule = state.rule();
            }
            case INSTANCE -> {
                instances.put(state.scopeId(), state.state());
                recorded.put(state.scopeId(), state.state());
            }
            case INSTRUMENT ->
                    reduceOnly[(int) state.scopeId()] =
                            state.state() == EngineState.State.REDUCE_ONLY;
            case ACCOUNT -> throw new IllegalArgumentException("account state: " + state.scopeId());
        }
    }

    /** Brings back what {@code state} is about to change. */
    Runnable undo(EngineState state) {
        SwitchState before = state();
        EngineState.State instance = instances.get(state.scopeId());
        return () -> {
            restore(before);
            if (state.scope() == EngineState.Scope.INSTANCE) {
                putOrRemove(state.scopeId(), instance);
            }
        };
    }

    private void putOrRemove(long instanceId, EngineState.State state) {
        if (state == null) {
            instances.remove(instanceId);
        } else {
            instances.put(instanceId, state);
        }
    }

    /** A copy for a snapshot. */
    SwitchState state() {
        return new SwitchState(
                engine,
                engineRule,
                new TreeMap<>(recorded),
                IntStream.range(0, reduceOnly.length)
                        .filter(id -> reduceOnly[id])
                        .boxed()
                        .toList());
    }

    /** Takes over what records said up to a snapshot. */
    void restore(SwitchState state) {
        engine = state.engine();
        engineRule = state.engineRule();
        recorded.clear();
        recorded.putAll(state.instances());
        instances.putAll(recorded);
        Arrays.fill(reduceOnly, false);
        state.reduceOnly().forEach(id -> reduceOnly[id] = true);
    }

    boolean isEngineHalted() {
        return engine == EngineState.State.HALTED;
    }

    boolean isDiskLow() {
        return isEngineHalted() && engineRule == RiskRule.DISK_LOW;
    }

    boolean isKnown(long instanceId) {
        return instances.containsKey(instanceId);
    }

    boolean isEnabled(long instanceId) {
        return instanceId == 0 || instances.get(instanceId) == EngineState.State.RUNNING;
    }

    boolean isReduceOnly(int instrumentId) {
        return reduceOnly[instrumentId];
    }

    void addTo(StateHash hash) {
        hash.add(engine.ordinal()).add(engineRule.code());
        instances.forEach((id, state) -> hash.add(id).add(state.ordinal()));
        for (int id = 0; id < reduceOnly.length; id++) {
            if (reduceOnly[id]) {
                hash.add(id);
            }
        }
    }
}
