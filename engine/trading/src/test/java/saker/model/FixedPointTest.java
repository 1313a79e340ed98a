package saker.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import saker.model.FixedPoint.Rounding;

class FixedPointTest {
    private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);

    @Property(tries = 5_000)
    void shouldMultiplyAndDivideAsBigIntegersDo(
            @ForAll long a, @ForAll long b, @ForAll long divisor, @ForAll Rounding rounding) {
        if (divisor == 0) {
            assertThatThrownBy(() -> FixedPoint.mulDiv(a, b, divisor, rounding))
                    .isInstanceOf(ArithmeticException.class);
            return;
        }

        assertThat(FixedPoint.mulDiv(a, b, divisor, rounding))
                .isEqualTo(exact(a, b, divisor, rounding));
    }

    @Property(tries = 5_000)
    void shouldRoundSmallQuotientsAsBigIntegersDo(
            @ForAll @LongRange(min = -1_000, max = 1_000) long a,
            @ForAll @LongRange(min = -50, max = 50) long b,
            @ForAll @LongRange(min = 1, max = 40) long divisor,
            @ForAll Rounding rounding) {
        assertThat(FixedPoint.mulDiv(a, b, divisor, rounding))
                .isEqualTo(exact(a, b, divisor, rounding));
        assertThat(FixedPoint.mulDiv(a, b, -divisor, rounding))
                .isEqualTo(exact(a, b, -divisor, rounding));
    }

    @Property(tries = 3_000)
    void shouldReadBackWhatItWrote(@ForAll long value, @ForAll @IntRange(max = 14) int decimals) {
        if (value == FixedPoint.OVERFLOW) {
            return;
        }

        String text = FixedPoint.format(value, decimals);

        assertThat(FixedPoint.parse(text, decimals)).isEqualTo(value);
        assertThat(new BigDecimal(text)).isEqualByComparingTo(BigDecimal.valueOf(value, decimals));
    }

    @Property(tries = 2_000)
    void shouldAddOrSayOverflow(@ForAll long a, @ForAll long b) {
        BigInteger sum = BigInteger.valueOf(a).add(BigInteger.valueOf(b));
        boolean valid = a != FixedPoint.OVERFLOW && b != FixedPoint.OVERFLOW;

        long expected = valid && fits(sum) ? sum.longValue() : FixedPoint.OVERFLOW;

        assertThat(FixedPoint.add(a, b)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "7,2,HALF_UP,4", "-7,2,HALF_UP,-4", "-7,2,FLOOR,-4", "-7,2,DOWN,-3",
        "7,2,CEILING,4", "-7,2,CEILING,-3", "5,3,HALF_UP,2", "4,3,HALF_UP,1"
    })
    void shouldRoundAsNamed(long a, long divisor, Rounding rounding, long expected) {
        assertThat(FixedPoint.mulDiv(a, 1, divisor, rounding)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                ".",
                "1e5",
                "1,5",
                "+1",
                " 1",
                "1.2.3",
                "0.000000001",
                "92233720368.54775808",
                "NaN"
            })
    void shouldRefuseWhatIsNoPlainDecimal(String text) {
        assertThatThrownBy(() -> FixedPoint.parse(text, 8))
                .isInstanceOf(NumberFormatException.class)
                .hasMessageContaining("\"" + text + "\"");
    }

    @ParameterizedTest
    @CsvSource({
        "1.10025,110025000",
        "-0.0001,-10000",
        "100,10000000000",
        "1.500000000000,150000000",
        "92233720368.54775807,9223372036854775807",
        ".5,50000000"
    })
    void shouldReadExactly(String text, long expectedE8) {
        assertThat(FixedPoint.parse(text, 8)).isEqualTo(expectedE8);
    }

    @Test
    void shouldSayOverflowForDoublesThatDoNotFit() {
        assertThat(FixedPoint.fromDouble(Double.NaN, FixedPoint.E8)).isEqualTo(FixedPoint.OVERFLOW);
        assertThat(FixedPoint.fromDouble(1e12, FixedPoint.E8)).isEqualTo(FixedPoint.OVERFLOW);
        assertThat(FixedPoint.fromDouble(-1.5, FixedPoint.E8)).isEqualTo(-150_000_000L);
    }

    private static long exact(long a, long b, long divisor, Rounding rounding) {
        if (a == FixedPoint.OVERFLOW
                || b == FixedPoint.OVERFLOW
                || divisor == FixedPoint.OVERFLOW) {
            return FixedPoint.OVERFLOW;
        }
        RoundingMode mode =
                switch (rounding) {
                    case DOWN -> RoundingMode.DOWN;
                    case FLOOR -> RoundingMode.FLOOR;
                    case CEILING -> RoundingMode.CEILING;
                    case HALF_UP -> RoundingMode.HALF_UP;
                };
        BigInteger quotient =
                new BigDecimal(BigInteger.valueOf(a).multiply(BigInteger.valueOf(b)))
                        .divide(BigDecimal.valueOf(divisor), 0, mode)
                        .toBigInteger();
        return fits(quotient) ? quotient.longValue() : FixedPoint.OVERFLOW;
    }

    private static boolean fits(BigInteger value) {
        return value.abs().compareTo(MAX) <= 0;
    }
}
