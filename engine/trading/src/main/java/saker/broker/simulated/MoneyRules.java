package saker.broker.simulated;

import java.math.BigInteger;
import saker.model.FixedPoint;
import saker.model.FixedPoint.Rounding;

/**
 * How amounts become money of the account: exact until one rounding, half-up, to four decimals.
 * Results are E8, multiples of {@value #STEP_E8}.
 */
final class MoneyRules {
    /** Four decimals, in E8. */
    static final long STEP_E8 = 10_000L;

    private static final BigInteger FINANCING_DIVISOR =
            BigInteger.TEN.pow(4 + 14 + 14 + 4).multiply(BigInteger.valueOf(365));

    private MoneyRules() {}

    /** Of a signed amount in another currency: gains by the gain factor, losses by the other. */
    static long convert(long amountE8, ConversionFactors factors) {
        return times(amountE8, amountE8 >= 0 ? factors.gainE14() : factors.lossE14());
    }

    /** {@code amount × factor}; OVERFLOW if it does not fit. */
    static long times(long amountE8, long factorE14) {
        long steps =
                FixedPoint.mulDiv(amountE8, factorE14, FixedPoint.E14 * STEP_E8, Rounding.HALF_UP);
        return FixedPoint.mulDiv(steps, STEP_E8, 1, Rounding.DOWN);
    }

    /** {@code units × price} in the price's currency, E8; exact for whole units. */
    static long value(long unitsE4, long priceE8) {
        return FixedPoint.mulDiv(unitsE4, priceE8, FixedPoint.E4, Rounding.HALF_UP);
    }

    /** What {@code units} bought at one price and sold at the other earn, in account currency. */
    static long profit(long unitsE4, long fromE8, long toE8, ConversionFactors factors) {
        return checked(convert(value(unitsE4, toE8 - fromE8), factors), "profit", unitsE4);
    }

    /** {@code |units| × price × rate ÷ 365 × days}, converted at the worse side. */
    static long financing(
            long unitsE4, long priceE8, long rateE14, int days, ConversionFactors factors) {
        long factorE14 = rateE14 >= 0 ? factors.gainE14() : factors.lossE14();
        BigInteger product =
                BigInteger.valueOf(Math.abs(unitsE4))
                        .multiply(BigInteger.valueOf(priceE8))
                        .multiply(BigInteger.valueOf(Math.abs(rateE14)))
                        .multiply(BigInteger.valueOf(days))
                        .multiply(BigInteger.valueOf(factorE14));
        BigInteger[] parts = product.divideAndRemainder(FINANCING_DIVISOR);
        boolean up = parts[1].shiftLeft(1).compareTo(FINANCING_DIVISOR) >= 0;
        long steps = parts[0].longValueExact() + (up ? 1 : 0);
        return Math.multiplyExact(rateE14 < 0 ? -steps : steps, STEP_E8);
    }

    /** {@code average} after {@code added} more units at a price; sizes unsigned. */
    static long average(long averageE8, long unitsE4, long priceE8, long addedE4) {
        return averageE8
                + FixedPoint.mulDiv(
                        priceE8 - averageE8, addedE4, unitsE4 + addedE4, Rounding.HALF_UP);
    }

    static long checked(long amount, String name, long unitsE4) {
        if (amount == FixedPoint.OVERFLOW) {
            throw new ArithmeticException("too large: " + name + ", unitsE4=" + unitsE4);
        }
        return amount;
    }
}
