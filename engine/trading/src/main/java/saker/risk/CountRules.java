package saker.risk;

import saker.config.RiskConfig;
import saker.model.RiskRule;

/** Not too many trades, and not too many new orders a minute. */
final class CountRules implements EntryRule {
    private final RiskConfig config;

    CountRules(RiskConfig config) {
        this.config = config;
    }

    @Override
    public Refusal check(Entry entry, RiskState state) {
        int trades = state.ledger().trades().size();
        int replaced = entry.replacedUnitsE4() > 0 ? 1 : 0;
        int pending = state.pendingEntries() - replaced;
        if (trades + pending >= config.maxOpenTrades()) {
            return new Refusal(
                    RiskRule.MAX_OPEN_TRADES,
                    "open=%d, pending=%d, limit=%d"
                            .formatted(trades, pending, config.maxOpenTrades()));
        }
        int entries = state.entriesInLastMinute();
        if (entries >= config.maxOrdersPerMinute()) {
            return new Refusal(
                    RiskRule.MAX_ORDERS_PER_MINUTE,
                    "inLastMinute=%d, limit=%d".formatted(entries, config.maxOrdersPerMinute()));
        }
        return null;
    }
}
