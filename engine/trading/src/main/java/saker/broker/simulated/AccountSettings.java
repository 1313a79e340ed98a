package saker.broker.simulated;

/**
 * How an account is opened.
 *
 * @param id such as {@code 101-001-1000001-001}
 * @param currency USD, EUR, GBP or JPY, or any other the instruments' pairs can convert to
 * @param balanceE8 paid in at the start, ≥ 0
 * @param hedging whether opposite trades may be open together
 * @param marginRateE14 in (0, 1]
 */
public record AccountSettings(
        String id, String currency, long balanceE8, boolean hedging, long marginRateE14) {

    public AccountSettings {
        if (!currency.matches("[A-Z]{3}")) {
            throw new IllegalArgumentException("bad account: currency=" + currency);
        }
        if (balanceE8 < 0 || balanceE8 % 10_000 != 0) {
            throw new IllegalArgumentException("bad account: balanceE8=" + balanceE8);
        }
        if (marginRateE14 <= 0 || marginRateE14 > saker.model.FixedPoint.E14) {
            throw new IllegalArgumentException("bad account: marginRateE14=" + marginRateE14);
        }
    }

    /** A hedging account of 100,000 USD with a margin rate of 0.0333. */
    public static AccountSettings usual() {
        return new AccountSettings(
                "101-001-1000001-001", "USD", 100_000L * 100_000_000L, true, 3_330_000_000_000L);
    }
}
