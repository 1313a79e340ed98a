package saker.broker.simulated;

import java.util.ArrayList;
import java.util.List;
import saker.model.FixedPoint;
import saker.model.FixedPoint.Rounding;

/**
 * What the account and its trades are worth at the last quotes. Every figure is rounded on its own
 * trade or instrument; sums are sums of rounded figures, so the identities hold exactly.
 */
final class Valuation {
    private static final long PERCENT_STEP_E8 = 1_000L; // Five decimals.

    private final BrokerState state;
    private final Conversion conversion;

    Valuation(BrokerState state, Conversion conversion) {
        this.state = state;
        this.conversion = conversion;
    }

    ConversionFactors factorsOf(String instrument) {
        return conversion.factors(state.instruments.get(instrument).instrument().quoteCurrency());
    }

    /** Closing the trade now would earn this: longs at the bid, shorts at the ask. */
    long unrealized(Trade trade) {
        Quote quote = state.quotes.get(trade.instrument());
        long priceE8 = trade.currentUnitsE4() > 0 ? quote.bidE8() : quote.askE8();
        return MoneyRules.profit(
                trade.currentUnitsE4(), trade.priceE8(), priceE8, factorsOf(trade.instrument()));
    }

    private long unrealizedAtMid(Trade trade) {
        Quote quote = state.quotes.get(trade.instrument());
        long midE14 = factorsOf(trade.instrument()).midE14();
        return MoneyRules.profit(
                trade.currentUnitsE4(),
                trade.priceE8(),
                mid(quote),
                new ConversionFactors(midE14, midE14, midE14));
    }

    static long mid(Quote quote) {
        return (quote.bidE8() + quote.askE8()) / 2;
    }

    /** Value of units at mid prices; OVERFLOW if it does not fit. */
    long value(String instrument, long unitsE4) {
        return MoneyRules.times(
                MoneyRules.value(Math.abs(unitsE4), mid(state.quotes.get(instrument))),
                factorsOf(instrument).midE14());
    }

    /** Margin for units; OVERFLOW if it does not fit. */
    long margin(String instrument, long unitsE4) {
        return MoneyRules.times(value(instrument, unitsE4), marginRate(instrument));
    }

    private long marginRate(String instrument) {
        return Math.max(
                state.account.marginRateE14(),
                state.instruments.get(instrument).instrument().marginRateE14());
    }

    /** Units of one side, unsigned. */
    long sideUnits(String instrument, boolean isLong) {
        long sum = 0;
        for (Trade trade : state.open().values()) {
            if (trade.instrument().equals(instrument) && trade.currentUnitsE4() > 0 == isLong) {
                sum += Math.abs(trade.currentUnitsE4());
            }
        }
        return sum;
    }

    private long largerSide(String instrument) {
        return Math.max(sideUnits(instrument, true), sideUnits(instrument, false));
    }

    long unrealized() {
        long sum = 0;
        for (Trade trade : state.open().values()) {
            sum += unrealized(trade);
        }
        return sum;
    }

    long nav() {
        return state.account.balanceE8() + unrealized();
    }

    long marginUsed() {
        long sum = 0;
        for (String instrument : state.totals.keySet()) {
            sum += marginUsed(instrument);
        }
        return sum;
    }

    long marginUsed(String instrument) {
        long unitsE4 = largerSide(instrument);
        return unitsE4 == 0
                ? 0
                : MoneyRules.checked(margin(instrument, unitsE4), "margin", unitsE4);
    }

    private long positionValue() {
        long sum = 0;
        for (String instrument : state.totals.keySet()) {
            long unitsE4 = largerSide(instrument);
            if (unitsE4 != 0) {
                sum += MoneyRules.checked(value(instrument, unitsE4), "value", unitsE4);
            }
        }
        return sum;
    }

    /** The trade's own margin, as if it were alone. */
    TradeFigures figures(Trade trade) {
        if (!trade.isOpen()) {
            return new TradeFigures(0, 0);
        }
        return new TradeFigures(
                unrealized(trade),
                MoneyRules.checked(
                        margin(trade.instrument(), trade.currentUnitsE4()),
                        "margin",
                        trade.currentUnitsE4()));
    }

    /** 1.0 or more means closeout. */
    long closeoutPercent() {
        long closeoutNavE8 = state.account.balanceE8();
        for (Trade trade : state.open().values()) {
            closeoutNavE8 += unrealizedAtMid(trade);
        }
        return percent(marginUsed() / 2, closeoutNavE8);
    }

    private static long percent(long marginE8, long navE8) {
        if (marginE8 == 0) {
            return 0;
        }
        if (navE8 <= 0) {
            return 100 * FixedPoint.E8; // Nothing is left to cover it.
        }
        long steps =
                FixedPoint.mulDiv(
                        marginE8, FixedPoint.E8 / PERCENT_STEP_E8, navE8, Rounding.HALF_UP);
        return Math.min(steps * PERCENT_STEP_E8, 100 * FixedPoint.E8);
    }

    AccountSummary account() {
        BrokerState.AccountFacts facts = state.account;
        long unrealizedE8 = unrealized();
        long navE8 = facts.balanceE8() + unrealizedE8;
        long marginE8 = marginUsed();
        long availableE8 = Math.max(0, navE8 - marginE8);
        long closeoutUnrealizedE8 = 0;
        for (Trade trade : state.open().values()) {
            closeoutUnrealizedE8 += unrealizedAtMid(trade);
        }
        long closeoutNavE8 = facts.balanceE8() + closeoutUnrealizedE8;
        long positionValueE8 = positionValue();
        return new AccountSummary(
                facts.settings().id(),
                facts.alias(),
                facts.settings().currency(),
                facts.settings().hedging(),
                facts.createdTimeNs(),
                facts.balanceE8(),
                facts.plE8(),
                facts.financingE8(),
                0,
                facts.marginRateE14(),
                state.open().size(),
                openPositions(),
                state.pending().size(),
                facts.lastOrderFillTimeNs(),
                unrealizedE8,
                navE8,
                marginE8,
                availableE8,
                positionValueE8,
                closeoutUnrealizedE8,
                closeoutNavE8,
                marginE8,
                positionValueE8,
                percent(marginE8 / 2, closeoutNavE8),
                marginE8,
                percent(marginE8, closeoutNavE8),
                Math.max(0, Math.min(facts.balanceE8(), availableE8)),
                state.lastTransactionId());
    }

    private int openPositions() {
        int count = 0;
        for (String instrument : state.totals.keySet()) {
            count += largerSide(instrument) == 0 ? 0 : 1;
        }
        return count;
    }

    Position position(String instrument) {
        BrokerState.Totals totals = state.totals.get(instrument);
        if (totals == null) {
            return null;
        }
        Position.Side longSide =
                side(instrument, true, totals.longPlE8(), totals.longFinancingE8());
        Position.Side shortSide =
                side(instrument, false, totals.shortPlE8(), totals.shortFinancingE8());
        return new Position(
                instrument,
                totals.longPlE8() + totals.shortPlE8(),
                longSide.unrealizedPlE8() + shortSide.unrealizedPlE8(),
                marginUsed(instrument),
                totals.longFinancingE8() + totals.shortFinancingE8(),
                longSide,
                shortSide);
    }

    private Position.Side side(String instrument, boolean isLong, long plE8, long financingE8) {
        long unitsE4 = 0;
        long averageE8 = 0;
        long unrealizedE8 = 0;
        List<Long> ids = new ArrayList<>();
        for (Trade trade : state.open().values()) {
            if (trade.instrument().equals(instrument) && trade.currentUnitsE4() > 0 == isLong) {
                long sizeE4 = Math.abs(trade.currentUnitsE4());
                averageE8 = MoneyRules.average(averageE8, unitsE4, trade.priceE8(), sizeE4);
                unitsE4 += sizeE4;
                unrealizedE8 += unrealized(trade);
                ids.add(trade.id());
            }
        }
        return new Position.Side(
                isLong ? unitsE4 : -unitsE4,
                unitsE4 == 0 ? null : averageE8,
                List.copyOf(ids),
                plE8,
                unrealizedE8,
                financingE8);
    }
}
