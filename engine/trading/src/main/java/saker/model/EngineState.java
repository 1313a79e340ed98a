package saker.model;

import java.util.Objects;

/**
 * A part of the engine changed its state.
 *
 * @param scopeId account index, instance id or instrument id; 0 for the engine
 * @param rule why, where a rule caused it, else {@link RiskRule#NONE}
 */
public record EngineState(Scope scope, long scopeId, State state, RiskRule rule, String detail) {

    public enum Scope {
        ENGINE,
        ACCOUNT,
        INSTANCE,
        INSTRUMENT
    }

    public enum State {
        /** ENGINE, ACCOUNT: trades. INSTANCE: enabled. INSTRUMENT: opens and closes. */
        RUNNING,
        /** ACCOUNT: our state is being made equal to the broker's; no new orders. */
        RECONCILING,
        /** No new risk until an operator resumes; closes and cancels still go. */
        HALTED,
        /** INSTANCE only. */
        DISABLED,
        /** INSTRUMENT only: position differs from the broker's. */
        REDUCE_ONLY
    }

    public EngineState {
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(detail, "detail");
    }
}
