package saker.risk;

import saker.config.RiskConfig;
import saker.market.Instruments;
import saker.model.FixedPoint;
import saker.model.FixedPoint.Rounding;
import saker.model.Instrument;
import saker.model.RiskRule;
import saker.model.Side;
import saker.position.AccountFigures;

/**
 * What needs the account's equity: the loss of the day, and the margin after this order and all
 * that are under way.
 */
final class EquityRules implements EntryRule {
    private final Instruments instruments;
    private final long maxMarginPctE8;

    EquityRules(RiskConfig config, Instruments instruments) {
        this.instruments = instruments;
        this.maxMarginPctE8 = FixedPoint.fromDouble(config.maxMarginUsedPct(), FixedPoint.E8);
    }

    @Override
    public Refusal check(Entry entry, RiskState state) {
        AccountFigures figures = state.figures();
        Refusal unusable = usable(figures.compute(state.ledger()), entry, figures);
        if (unusable != null) {
            return unusable;
        }
        String loss = state.dailyLoss().reached(figures.equityE8());
        if (loss != null) {
            return new Refusal(RiskRule.DAILY_LOSS, loss);
        }
        return checkMargin(entry, state, figures);
    }

    private static Refusal usable(
            AccountFigures.Outcome outcome, Entry entry, AccountFigures figures) {
        return switch (outcome) {
            case NO_QUOTE -> new Refusal(RiskRule.NO_QUOTE, "an open trade has no quote");
            case NO_CONVERSION_RATE ->
                    new Refusal(RiskRule.NO_CONVERSION_RATE, "an open trade cannot be converted");
            case OVERFLOW -> new Refusal(RiskRule.ARITHMETIC_OVERFLOW, "equity does not fit");
            case OK ->
                    figures.conversion(entry.instrument().id()).isAvailable()
                            ? null
                            : new Refusal(
                                    RiskRule.NO_CONVERSION_RATE,
                                    "from=%s, to=%s"
                                            .formatted(
                                                    entry.instrument().quoteCurrency(),
                                                    figures.currency()));
        };
    }

    private Refusal checkMargin(Entry entry, RiskState state, AccountFigures figures) {
        long marginE8 = 0;
        for (Instrument instrument : instruments.all()) {
            marginE8 = FixedPoint.add(marginE8, marginAfter(instrument, entry, state, figures));
        }
        long limitE8 =
                FixedPoint.mulDiv(
                        Math.max(0, figures.equityE8()),
                        maxMarginPctE8,
                        100 * FixedPoint.E8,
                        Rounding.DOWN);
        if (marginE8 == FixedPoint.OVERFLOW || limitE8 == FixedPoint.OVERFLOW) {
            return new Refusal(RiskRule.ARITHMETIC_OVERFLOW, "margin does not fit");
        }
        if (marginE8 <= limitE8) {
            return null;
        }
        return new Refusal(
                RiskRule.MARGIN,
                "after=%s, limit=%s, equity=%s"
                        .formatted(
                                FixedPoint.format(marginE8, 8, 2),
                                FixedPoint.format(limitE8, 8, 2),
                                FixedPoint.format(figures.equityE8(), 8, 2)));
    }

    private static long marginAfter(
            Instrument instrument, Entry entry, RiskState state, AccountFigures figures) {
        int id = instrument.id();
        boolean entered = id == entry.instrument().id();
        long longE4 =
                FixedPoint.add(state.ledger().longUnitsE4(id), state.pendingUnitsE4(id, true));
        long shortE4 =
                FixedPoint.add(state.ledger().shortUnitsE4(id), state.pendingUnitsE4(id, false));
        long addedE4 = FixedPoint.subtract(entry.unitsE4(), entry.replacedUnitsE4());
        if (entered && entry.side() == Side.BUY) {
            longE4 = FixedPoint.add(longE4, addedE4);
        } else if (entered) {
            shortE4 = FixedPoint.add(shortE4, addedE4);
        }
        if (longE4 == FixedPoint.OVERFLOW || shortE4 == FixedPoint.OVERFLOW) {
            return FixedPoint.OVERFLOW;
        }
        long unitsE4 = Math.max(longE4, shortE4);
        if (unitsE4 == 0) {
            return 0;
        }
        // Something is pending there, so it had a quote and a rate when it was decided.
        return figures.marginE8(id, unitsE4);
    }
}
