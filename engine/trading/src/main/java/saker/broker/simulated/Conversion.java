package saker.broker.simulated;

import java.util.LinkedHashSet;
import java.util.Set;
import saker.model.FixedPoint;
import saker.model.FixedPoint.Rounding;

/**
 * Converts currencies into the account's by the quotes at hand: directly, the other way round, or
 * over one third currency. A factor is rounded half-up to 14 decimals, after each leg.
 */
final class Conversion {
    private static final long E8_TO_E14 = 1_000_000L;
    private static final ConversionFactors SAME =
            new ConversionFactors(FixedPoint.E14, FixedPoint.E14, FixedPoint.E14);

    private final BrokerState state;
    private final Set<String> bridges = new LinkedHashSet<>();

    Conversion(BrokerState state) {
        this.state = state;
        bridges.add("USD");
        for (InstrumentTerms terms : state.instruments.values()) {
            bridges.add(terms.instrument().baseCurrency());
            bridges.add(terms.instrument().quoteCurrency());
        }
    }

    /** Null if the quotes do not reach. */
    ConversionFactors factors(String currency) {
        String home = state.account.settings().currency();
        ConversionFactors direct = oneLeg(currency, home);
        if (direct != null) {
            return direct;
        }
        for (String bridge : bridges) {
            ConversionFactors first = oneLeg(currency, bridge);
            ConversionFactors second = first == null ? null : oneLeg(bridge, home);
            if (second != null) {
                return new ConversionFactors(
                        times(first.gainE14(), second.gainE14()),
                        times(first.lossE14(), second.lossE14()),
                        times(first.midE14(), second.midE14()));
            }
        }
        return null;
    }

    private ConversionFactors oneLeg(String from, String to) {
        if (from.equals(to)) {
            return SAME;
        }
        Quote straight = state.quotes.get(from + "_" + to);
        if (straight != null) {
            return new ConversionFactors(
                    straight.bidE8() * E8_TO_E14,
                    straight.askE8() * E8_TO_E14,
                    (straight.bidE8() + straight.askE8()) * (E8_TO_E14 / 2));
        }
        Quote inverse = state.quotes.get(to + "_" + from);
        if (inverse != null) {
            return new ConversionFactors(
                    one(inverse.askE8()),
                    one(inverse.bidE8()),
                    FixedPoint.mulDiv(
                            2 * FixedPoint.E14,
                            FixedPoint.E8,
                            inverse.bidE8() + inverse.askE8(),
                            Rounding.HALF_UP));
        }
        return null;
    }

    private static long one(long priceE8) {
        return FixedPoint.mulDiv(FixedPoint.E14, FixedPoint.E8, priceE8, Rounding.HALF_UP);
    }

    private static long times(long a, long b) {
        return FixedPoint.mulDiv(a, b, FixedPoint.E14, Rounding.HALF_UP);
    }
}
