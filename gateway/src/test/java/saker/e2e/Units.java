package saker.e2e;

import java.math.BigDecimal;

/** Amounts as text that compares: no trailing zeros, no exponent. */
final class Units {
    private Units() {}

    static String plain(String decimal) {
        return plain(new BigDecimal(decimal));
    }

    static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }
}
