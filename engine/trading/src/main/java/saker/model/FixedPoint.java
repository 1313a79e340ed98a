package saker.model;

/**
 * Exact arithmetic on scaled {@code long}s: prices and money in E8, units in E4, rates and factors
 * in E14. Products and quotients go through {@link #mulDiv}, which keeps 128 bits in between.
 *
 * <p>A result that does not fit a {@code long} is a stated outcome, {@link #OVERFLOW}, and never a
 * wrapped number: risk refuses the order, a ledger halts its account.
 */
public final class FixedPoint {
    public static final long E4 = 10_000L;
    public static final long E8 = 100_000_000L;
    public static final long E14 = 100_000_000_000_000L;

    /**
     * What an operation returns whose exact result does not fit; no valid amount has this value.
     */
    public static final long OVERFLOW = Long.MIN_VALUE;

    private static final long[] POWERS_OF_TEN = powersOfTen();

    private FixedPoint() {}

    /** How a quotient that is not exact becomes a whole number. */
    public enum Rounding {
        /** Towards zero. */
        DOWN,
        /** Towards negative infinity. */
        FLOOR,
        /** Towards positive infinity. */
        CEILING,
        /** To the nearest, ties away from zero: 0.5 becomes 1, −0.5 becomes −1. */
        HALF_UP
    }

    /**
     * {@code a × b ÷ divisor}, rounded once, with a 128-bit product.
     *
     * @param divisor not 0
     * @return the quotient, or {@link #OVERFLOW}; also {@link #OVERFLOW} if {@code a} or {@code b}
     *     is it
     */
    public static long mulDiv(long a, long b, long divisor, Rounding rounding) {
        if (divisor == 0) {
            throw new ArithmeticException("division by zero: a=" + a + ", b=" + b);
        }
        if (a == OVERFLOW || b == OVERFLOW || divisor == OVERFLOW) {
            return OVERFLOW;
        }
        boolean negative = (a < 0) ^ (b < 0) ^ (divisor < 0);
        long x = Math.abs(a);
        long y = Math.abs(b);
        long d = Math.abs(divisor);
        long high = Math.multiplyHigh(x, y);
        long low = x * y;

        long quotient;
        long remainder;
        if (high == 0 && low >= 0) {
            quotient = low / d;
            remainder = low - quotient * d;
        } else {
            if (Long.compareUnsigned(high, d) >= 0) {
                return OVERFLOW; // The quotient needs more than 64 bits.
            }
            quotient = divide128(high, low, d);
            remainder = low - quotient * d;
        }
        return round(negative, quotient, remainder, d, rounding);
    }

    /** {@code a + b}, or {@link #OVERFLOW}. */
    public static long add(long a, long b) {
        if (a == OVERFLOW || b == OVERFLOW) {
            return OVERFLOW;
        }
        long sum = a + b;
        return ((a ^ sum) & (b ^ sum)) < 0 ? OVERFLOW : sum;
    }

    /** {@code a − b}, or {@link #OVERFLOW}. */
    public static long subtract(long a, long b) {
        return b == OVERFLOW ? OVERFLOW : add(a, -b);
    }

    /** Rounds a scaled value to a multiple of {@code step} (&gt; 0). */
    public static long roundTo(long value, long step, Rounding rounding) {
        long steps = mulDiv(value, 1, step, rounding);
        return steps == OVERFLOW ? OVERFLOW : mulDiv(steps, step, 1, Rounding.DOWN);
    }

    /** 10 to the power of {@code exponent}, 0 to 18. */
    public static long powerOfTen(int exponent) {
        return POWERS_OF_TEN[exponent];
    }

    /** Rounds a {@code double} from the native boundary to E8; {@link #OVERFLOW} if not finite. */
    public static long fromDouble(double value, long scale) {
        double scaled = value * scale;
        if (!(Math.abs(scaled) < 9.2e18)) {
            return OVERFLOW; // Too large, infinite, or not a number.
        }
        return Math.round(scaled);
    }

    /**
     * Reads a plain decimal ({@code -?digits[.digits]}) exactly.
     *
     * @param decimals digits of the scale: 8 for E8
     * @throws NumberFormatException if it is no plain decimal, has non-zero digits beyond the
     *     scale, or does not fit; the message carries the text
     */
    public static long parse(CharSequence text, int decimals) {
        int length = text.length();
        int i = 0;
        boolean negative = length > 0 && text.charAt(0) == '-';
        if (negative) {
            i++;
        }
        long value = 0;
        int digits = 0;
        int fraction = -1; // Digits after the point so far; −1 before the point.
        for (; i < length; i++) {
            char c = text.charAt(i);
            if (c == '.' && fraction < 0) {
                fraction = 0;
                continue;
            }
            if (c < '0' || c > '9') {
                throw notDecimal(text, decimals, "not a plain decimal");
            }
            digits++;
            if (fraction >= decimals) {
                if (c != '0') {
                    throw notDecimal(text, decimals, "more decimals than the scale holds");
                }
                continue;
            }
            if (fraction >= 0) {
                fraction++;
            }
            value = appendDigit(value, c - '0', text, decimals);
        }
        if (digits == 0) {
            throw notDecimal(text, decimals, "not a plain decimal");
        }
        for (int f = Math.max(fraction, 0); f < decimals; f++) {
            value = appendDigit(value, 0, text, decimals);
        }
        return negative ? -value : value;
    }

    /** The shortest plain decimal: {@code 1.5}, {@code -0.0001}, {@code 100}. */
    public static String format(long value, int decimals) {
        return format(value, decimals, 0);
    }

    /**
     * A plain decimal with at least {@code minDecimals} digits after the point; further digits only
     * where they are not zero.
     */
    public static String format(long value, int decimals, int minDecimals) {
        if (value == OVERFLOW) {
            throw new IllegalArgumentException("cannot format an overflow");
        }
        StringBuilder text = new StringBuilder(24);
        if (value < 0) {
            text.append('-');
        }
        long scale = powerOfTen(decimals);
        long magnitude = Math.abs(value);
        text.append(magnitude / scale);
        long rest = magnitude % scale;
        int digits = decimals;
        while (digits > minDecimals && rest % 10 == 0) {
            rest /= 10;
            digits--;
        }
        if (digits > 0) {
            text.append('.');
            String tail = Long.toString(rest);
            text.append("0".repeat(digits - tail.length())).append(tail);
        }
        return text.toString();
    }

    /** {@code value} with exactly {@code outDecimals} digits, rounded. */
    public static String formatRounded(
            long value, int decimals, int outDecimals, Rounding rounding) {
        long step = powerOfTen(decimals - outDecimals);
        return format(mulDiv(value, 1, step, rounding), outDecimals, outDecimals);
    }

    private static long round(
            boolean negative, long quotient, long remainder, long divisor, Rounding rounding) {
        if (quotient < 0) {
            return OVERFLOW;
        }
        boolean up =
                remainder != 0
                        && switch (rounding) {
                            case DOWN -> false;
                            case FLOOR -> negative;
                            case CEILING -> !negative;
                            case HALF_UP ->
                                    Long.compareUnsigned(remainder, divisor - remainder) >= 0;
                        };
        long magnitude = up ? quotient + 1 : quotient;
        if (magnitude < 0) {
            return OVERFLOW;
        }
        return negative ? -magnitude : magnitude;
    }

    /** Unsigned 128 ÷ 63 bits, schoolbook, one bit at a time; {@code high < divisor}. */
    private static long divide128(long high, long low, long divisor) {
        long remainder = high;
        long quotient = 0;
        for (int bit = 63; bit >= 0; bit--) {
            boolean carry = remainder < 0;
            remainder = (remainder << 1) | ((low >>> bit) & 1);
            quotient <<= 1;
            if (carry || Long.compareUnsigned(remainder, divisor) >= 0) {
                remainder -= divisor;
                quotient |= 1;
            }
        }
        return quotient;
    }

    private static long appendDigit(long value, int digit, CharSequence text, int decimals) {
        if (value > (Long.MAX_VALUE - digit) / 10) {
            throw notDecimal(text, decimals, "too large");
        }
        return value * 10 + digit;
    }

    private static NumberFormatException notDecimal(CharSequence text, int decimals, String why) {
        return new NumberFormatException(why + ": text=\"" + text + "\", decimals=" + decimals);
    }

    private static long[] powersOfTen() {
        long[] powers = new long[19];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = powers[i - 1] * 10;
        }
        return powers;
    }
}
