package saker.risk;

import saker.config.RiskConfig;
import saker.model.FixedPoint;
import saker.model.RiskRule;
import saker.model.Side;

/** Open and pending units of one side of an instrument stay within the limit. */
final class PositionRule implements EntryRule {
    private final RiskConfig config;

    PositionRule(RiskConfig config) {
        this.config = config;
    }

    @Override
    public Refusal check(Entry entry, RiskState state) {
        int id = entry.instrument().id();
        boolean buy = entry.side() == Side.BUY;
        long openE4 = buy ? state.ledger().longUnitsE4(id) : state.ledger().shortUnitsE4(id);
        long heldE4 = FixedPoint.add(openE4, state.pendingUnitsE4(id, buy));
        long addedE4 = FixedPoint.subtract(entry.unitsE4(), entry.replacedUnitsE4());
        long afterE4 = FixedPoint.add(heldE4, addedE4);
        if (afterE4 == FixedPoint.OVERFLOW) {
            return new Refusal(RiskRule.ARITHMETIC_OVERFLOW, "position does not fit");
        }
        if (afterE4 <= config.maxPositionUnitsE4()) {
            return null;
        }
        return new Refusal(
                RiskRule.MAX_POSITION,
                "after=%s, limit=%s"
                        .formatted(
                                FixedPoint.format(afterE4, 4),
                                FixedPoint.format(config.maxPositionUnitsE4(), 4)));
    }
}
