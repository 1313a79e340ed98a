package saker.risk;

import saker.model.FixedPoint;
import saker.model.FixedPoint.Rounding;
import saker.model.Instrument;
import saker.model.Side;

/**
 * Rounds wishes to what the broker takes. Stops and targets are rounded away from the entry, so
 * that a stop never crosses to the other side; the worst acceptable price is rounded towards it,
 * and units are floored, so that nothing becomes larger than was asked for.
 */
public final class Levels {
    /** A level that is no positive price. */
    public static final long INVALID = -2;

    private Levels() {}

    /** Stop at a distance (&gt; 0) from a price; {@link #INVALID} if that is no price. */
    public static long stopAt(Side side, long priceE8, long distanceE8, Instrument instrument) {
        return stop(side, away(priceE8, -side.sign(), distanceE8), instrument);
    }

    /** Target at a distance (&gt; 0) from a price; {@link #INVALID} if that is no price. */
    public static long targetAt(Side side, long priceE8, long distanceE8, Instrument instrument) {
        return target(side, away(priceE8, side.sign(), distanceE8), instrument);
    }

    /** An absolute stop, rounded. */
    public static long stop(Side side, long priceE8, Instrument instrument) {
        return rounded(priceE8, instrument, side == Side.BUY ? Rounding.FLOOR : Rounding.CEILING);
    }

    /** An absolute target, rounded. */
    public static long target(Side side, long priceE8, Instrument instrument) {
        return rounded(priceE8, instrument, side == Side.BUY ? Rounding.CEILING : Rounding.FLOOR);
    }

    /** The worst price a market order may fill at: a deviation beyond the price of the wish. */
    public static long bound(Side side, long priceE8, long deviationE8, Instrument instrument) {
        long boundE8 = away(priceE8, side.sign(), deviationE8);
        return rounded(boundE8, instrument, side == Side.BUY ? Rounding.FLOOR : Rounding.CEILING);
    }

    /** An entry price, to the nearest step. */
    public static long price(long priceE8, Instrument instrument) {
        return rounded(priceE8, instrument, Rounding.HALF_UP);
    }

    /** Lots as units, floored to the instrument's step; or {@link FixedPoint#OVERFLOW}. */
    public static long unitsE4(long lotsE8, Instrument instrument) {
        long unitsE4 =
                FixedPoint.mulDiv(lotsE8, instrument.contractUnits(), FixedPoint.E4, Rounding.DOWN);
        return unitsE4 == FixedPoint.OVERFLOW
                ? FixedPoint.OVERFLOW
                : FixedPoint.roundTo(unitsE4, instrument.unitsStepE4(), Rounding.DOWN);
    }

    private static long away(long priceE8, int sign, long distanceE8) {
        return sign > 0
                ? FixedPoint.add(priceE8, distanceE8)
                : FixedPoint.subtract(priceE8, distanceE8);
    }

    private static long rounded(long priceE8, Instrument instrument, Rounding rounding) {
        if (priceE8 <= 0) {
            return INVALID; // An overflow is negative as well.
        }
        long roundedE8 = FixedPoint.roundTo(priceE8, instrument.pointE8(), rounding);
        return roundedE8 > 0 ? roundedE8 : INVALID;
    }
}
