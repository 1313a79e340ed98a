package saker.risk;

import saker.config.RiskConfig;
import saker.model.FixedPoint;
import saker.model.Instrument;
import saker.model.RiskRule;

/** Units must be what the broker takes and no more than we allow. */
final class SizeRules implements EntryRule {
    private final RiskConfig config;

    SizeRules(RiskConfig config) {
        this.config = config;
    }

    @Override
    public Refusal check(Entry entry, RiskState state) {
        Instrument instrument = entry.instrument();
        long unitsE4 = entry.unitsE4();
        if (unitsE4 == FixedPoint.OVERFLOW) {
            return new Refusal(RiskRule.ARITHMETIC_OVERFLOW, "units do not fit");
        }
        if (unitsE4 < instrument.minimumUnitsE4()) {
            return refuse(
                    RiskRule.SIZE_BELOW_MINIMUM, unitsE4, "minimum", instrument.minimumUnitsE4());
        }
        long maximumE4 = Math.min(instrument.maximumUnitsE4(), config.maxUnitsE4());
        if (unitsE4 > maximumE4) {
            return refuse(RiskRule.SIZE_ABOVE_MAXIMUM, unitsE4, "maximum", maximumE4);
        }
        if (unitsE4 % instrument.unitsStepE4() != 0) {
            return refuse(
                    RiskRule.SIZE_NOT_REPRESENTABLE, unitsE4, "step", instrument.unitsStepE4());
        }
        return null;
    }

    private static Refusal refuse(RiskRule rule, long unitsE4, String limit, long limitE4) {
        return new Refusal(
                rule,
                "units=%s, %s=%s"
                        .formatted(
                                FixedPoint.format(unitsE4, 4),
                                limit,
                                FixedPoint.format(limitE4, 4)));
    }
}
