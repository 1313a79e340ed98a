package saker.risk;

import java.util.List;
import saker.config.RiskConfig;
import saker.market.Instruments;

/** All rules for entries in their order; the first refusal wins. */
public final class EntryRisk {
    private final List<EntryRule> rules;

    public EntryRisk(RiskConfig config, Instruments instruments) {
        rules =
                List.of(
                        new StateRules(),
                        new QuoteRules(config),
                        new WishRules(config),
                        new SizeRules(config),
                        new StopRules(config),
                        new NettingRule(),
                        new CountRules(config),
                        new PositionRule(config),
                        new EquityRules(config, instruments));
    }

    /** Null if every rule agrees. */
    public Refusal check(Entry entry, RiskState state) {
        for (EntryRule rule : rules) {
            Refusal refusal = rule.check(entry, state);
            if (refusal != null) {
                return refusal;
            }
        }
        return null;
    }
}
