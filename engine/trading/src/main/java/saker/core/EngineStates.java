package saker.core;

import java.util.TreeMap;
import saker.model.EngineState;
import saker.model.Instrument;
import saker.model.RiskRule;

/** What is switched on: engine, instances, instruments. Accounts keep their own. */
final class EngineStates {
    private EngineState.State engine = EngineState.State.RUNNING;
    private RiskRule engineRule = RiskRule.NONE;
    private final TreeMap<Long, EngineState.State> instances = new TreeMap<>();
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
            case INSTANCE -> instances.put(state.scopeId(), state.state());
            case INSTRUMENT ->
                    reduceOnly[(int) state.scopeId()] =
                            state.state() == EngineState.State.REDUCE_ONLY;
            case ACCOUNT -> throw new IllegalArgumentException("account state: " + state.scopeId());
        }
    }

    /** The record that would bring back what {@code state} is about to change. */
    EngineState before(EngineState state) {
        return switch (state.scope()) {
            case ENGINE -> of(state, engine, engineRule);
            case INSTANCE -> of(state, instances.get(state.scopeId()), RiskRule.NONE);
            default ->
                    of(
                            state,
                            isReduceOnly((int) state.scopeId())
                                    ? EngineState.State.REDUCE_ONLY
                                    : EngineState.State.RUNNING,
                            RiskRule.NONE);
        };
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

    private static EngineState of(EngineState like, EngineState.State state, RiskRule rule) {
        return new EngineState(like.scope(), like.scopeId(), state, rule, "");
    }
}
