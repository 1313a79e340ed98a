package saker.market;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import saker.model.FixedPoint;
import saker.model.FixedPoint.Rounding;
import saker.model.Instrument;

/**
 * Turns an amount of one currency into another at the latest quotes, through the shortest way of
 * pairs: none (same currency), direct, inverse, or several, through USD where there is a choice.
 *
 * <p>As OANDA does it, a gain is converted at the worse factor (the lower) and a loss at the higher
 * one: bid and ask of a direct pair, 1 ÷ ask and 1 ÷ bid of an inverse one. A factor is never
 * rounded on its own: each pair is one {@link FixedPoint#mulDiv} with the quote as it stands.
 *
 * <p>The way is found once; conversions allocate nothing. One thread, that of its {@link Quotes}.
 */
public final class Conversion {
    private static final long TWO_E8 = 2 * FixedPoint.E8;

    private final String from;
    private final String to;
    private final Quotes quotes;
    private final Leg[] legs; // null where no pairs connect the currencies.

    private record Leg(int instrumentId, boolean inverse, String from, String to) {}

    private Conversion(String from, String to, Quotes quotes, Leg[] legs) {
        this.from = from;
        this.to = to;
        this.quotes = quotes;
        this.legs = legs;
    }

    /** The conversion between two currencies; it may have no route. */
    public static Conversion between(
            String from, String to, Instruments instruments, Quotes quotes) {
        return new Conversion(from, to, quotes, shortestWay(from, to, instruments));
    }

    public String from() {
        return from;
    }

    public String to() {
        return to;
    }

    /** Whether pairs connect the two currencies at all. */
    public boolean hasRoute() {
        return legs != null;
    }

    /** Whether every pair of the way has a quote. The other methods may be called only then. */
    public boolean isAvailable() {
        if (legs == null) {
            return false;
        }
        for (Leg leg : legs) {
            if (!quotes.has(leg.instrumentId)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Converts a profit (positive, at the lower factor) or a loss (negative, at the higher one),
     * rounded half up to E8 at each pair.
     *
     * @return the amount, or {@link FixedPoint#OVERFLOW}
     */
    public long convert(long amountE8) {
        return amountE8 < 0 ? atHigherFactor(amountE8) : atLowerFactor(amountE8);
    }

    /** Converts at the lower factor, whatever the sign. */
    public long atLowerFactor(long amountE8) {
        requireAvailable();
        long result = amountE8;
        for (Leg leg : legs) {
            int id = leg.instrumentId;
            result =
                    leg.inverse
                            ? ratio(result, FixedPoint.E8, quotes.askE8(id))
                            : ratio(result, quotes.bidE8(id), FixedPoint.E8);
        }
        return result;
    }

    /** Converts at the higher factor, whatever the sign. */
    public long atHigherFactor(long amountE8) {
        requireAvailable();
        long result = amountE8;
        for (Leg leg : legs) {
            int id = leg.instrumentId;
            result =
                    leg.inverse
                            ? ratio(result, FixedPoint.E8, quotes.bidE8(id))
                            : ratio(result, quotes.askE8(id), FixedPoint.E8);
        }
        return result;
    }

    /** Converts at the middle of bid and ask, as margin and position value are. */
    public long atMid(long amountE8) {
        requireAvailable();
        long result = amountE8;
        for (Leg leg : legs) {
            int id = leg.instrumentId;
            long sumE8 = FixedPoint.add(quotes.bidE8(id), quotes.askE8(id));
            result = leg.inverse ? ratio(result, TWO_E8, sumE8) : ratio(result, sumE8, TWO_E8);
        }
        return result;
    }

    private static long ratio(long amountE8, long numerator, long denominator) {
        return FixedPoint.mulDiv(amountE8, numerator, denominator, Rounding.HALF_UP);
    }

    private void requireAvailable() {
        if (!isAvailable()) {
            throw new IllegalStateException("no conversion rate: from=" + from + ", to=" + to);
        }
    }

    /** Breadth first; among ways of one length, USD before the pairs in the order of their ids. */
    private static Leg[] shortestWay(String from, String to, Instruments instruments) {
        Map<String, Leg> cameBy = new HashMap<>();
        ArrayDeque<String> open = new ArrayDeque<>(List.of(from));
        while (!open.isEmpty() && !open.contains(to)) {
            String currency = open.remove();
            for (Leg leg : legsFrom(currency, instruments)) {
                if (!leg.to.equals(from) && cameBy.putIfAbsent(leg.to, leg) == null) {
                    open.add(leg.to);
                }
            }
        }
        if (!open.contains(to)) {
            return null;
        }
        ArrayDeque<Leg> way = new ArrayDeque<>();
        for (String at = to; !at.equals(from); at = way.peekFirst().from) {
            way.addFirst(cameBy.get(at));
        }
        return way.toArray(new Leg[0]);
    }

    private static List<Leg> legsFrom(String currency, Instruments instruments) {
        List<Leg> legs = new ArrayList<>();
        for (Instrument pair : instruments.all()) {
            if (pair.baseCurrency().equals(currency)) {
                addLeg(legs, new Leg(pair.id(), false, currency, pair.quoteCurrency()));
            } else if (pair.quoteCurrency().equals(currency)) {
                addLeg(legs, new Leg(pair.id(), true, currency, pair.baseCurrency()));
            }
        }
        return legs;
    }

    private static void addLeg(List<Leg> legs, Leg leg) {
        if (leg.to.equals("USD")) {
            legs.add(0, leg);
        } else {
            legs.add(leg);
        }
    }
}
