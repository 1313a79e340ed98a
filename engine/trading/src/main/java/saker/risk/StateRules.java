package saker.risk;

import saker.model.RiskRule;

/** Engine, account, instance and instrument must all be open for new risk. */
final class StateRules implements EntryRule {

    @Override
    public Refusal check(Entry entry, RiskState state) {
        if (state.isDiskLow()) {
            return new Refusal(RiskRule.DISK_LOW, "the journal's disk runs full");
        }
        if (state.isEngineHalted()) {
            return new Refusal(RiskRule.ENGINE_HALTED, "engine=HALTED");
        }
        if (state.isHalted()) {
            return new Refusal(RiskRule.ACCOUNT_HALTED, "account=HALTED");
        }
        if (state.isReconciling()) {
            return new Refusal(RiskRule.ACCOUNT_RECONCILING, "account=RECONCILING");
        }
        if (!state.isInstanceEnabled(entry.instanceId())) {
            return new Refusal(RiskRule.INSTANCE_DISABLED, "instanceId=" + entry.instanceId());
        }
        if (state.isReduceOnly(entry.instrument().id())) {
            return new Refusal(
                    RiskRule.INSTRUMENT_REDUCE_ONLY, "symbol=" + entry.instrument().symbol());
        }
        return null;
    }
}
