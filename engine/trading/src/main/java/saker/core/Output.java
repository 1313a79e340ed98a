package saker.core;

import org.agrona.MutableDirectBuffer;
import saker.journal.EngineStateDescriptor;
import saker.journal.OrderIntentDescriptor;
import saker.journal.RiskDecisionDescriptor;
import saker.journal.SkippedDescriptor;
import saker.model.EngineState;
import saker.model.OrderIntent;
import saker.model.RecordKind;
import saker.model.RiskDecision;
import saker.model.Skipped;

/**
 * One thing the core concluded.
 *
 * @param fact OrderIntent, RiskDecision, EngineState or Skipped
 */
record Output(RecordKind kind, Object fact) {

    static Output of(Object fact) {
        if (fact instanceof OrderIntent) {
            return new Output(RecordKind.ORDER_INTENT, fact);
        }
        if (fact instanceof RiskDecision) {
            return new Output(RecordKind.RISK_DECISION, fact);
        }
        if (fact instanceof EngineState) {
            return new Output(RecordKind.ENGINE_STATE, fact);
        }
        return new Output(RecordKind.SKIPPED, (Skipped) fact);
    }

    int version() {
        return switch (kind) {
            case ORDER_INTENT -> OrderIntentDescriptor.VERSION;
            case RISK_DECISION -> RiskDecisionDescriptor.VERSION;
            case ENGINE_STATE -> EngineStateDescriptor.VERSION;
            default -> SkippedDescriptor.VERSION;
        };
    }

    int encode(MutableDirectBuffer buffer) {
        return switch (kind) {
            case ORDER_INTENT -> OrderIntentDescriptor.encode((OrderIntent) fact, buffer, 0);
            case RISK_DECISION -> RiskDecisionDescriptor.encode((RiskDecision) fact, buffer, 0);
            case ENGINE_STATE -> EngineStateDescriptor.encode((EngineState) fact, buffer, 0);
            default -> SkippedDescriptor.encode((Skipped) fact, buffer, 0);
        };
    }
}
