package saker.broker.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static saker.broker.simulated.BrokerFixture.e8;
import static saker.broker.simulated.BrokerFixture.fill;
import static saker.broker.simulated.BrokerFixture.units;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import saker.model.FixedPoint;

/** Profit, margin and spread cost against exact decimals, with quotes of {@link BrokerFixture}. */
class GoldenMoneyTest {

    @ParameterizedTest
    @CsvSource({
        // instrument, units, close bid, close ask, quote currency to USD: gain, loss
        "EUR_USD, 100000, 1.10550, 1.10560",
        "EUR_USD, -12345, 1.10550, 1.10560",
        "USD_JPY, 100000, 151.003, 151.017",
        "USD_JPY, -77777, 151.003, 151.017",
        "EUR_GBP, 100000, 0.86310, 0.86326",
        "EUR_GBP, -54321, 0.86310, 0.86326",
        "XAU_USD, 37, 2671.125, 2671.475",
        "XAU_USD, -100, 2671.125, 2671.475"
    })
    void shouldMatchExactDecimals(String instrument, long size, String bid, String ask) {
        for (String currency : new String[] {"USD", "EUR", "JPY", "GBP"}) {
            BrokerFixture f = new BrokerFixture(currency, "100000000", true);
            Quote open = f.broker.quote(instrument);
            long trade = f.open(instrument, size);

            f.tick(instrument, bid, ask);
            TradeFigures figures = f.broker.tradeFigures(trade);
            Transaction.OrderFill closed = fill(f.broker.closeTrade(trade, null, "r"));

            String quoteCurrency = instrument.substring(4);
            BigDecimal in = price(size > 0 ? open.askE8() : open.bidE8());
            BigDecimal out = new BigDecimal(size > 0 ? bid : ask);
            BigDecimal gross = out.subtract(in).multiply(BigDecimal.valueOf(size));
            boolean gain = gross.signum() > 0;
            BigDecimal expected = gross.multiply(factor(f, quoteCurrency, currency, gain));
            assertThat(decimal(closed.plE8()))
                    .as("%s %d in %s", instrument, size, currency)
                    .isEqualByComparingTo(expected.setScale(4, RoundingMode.HALF_UP));
            assertThat(figures.unrealizedPlE8()).isEqualTo(closed.plE8());
            BigDecimal spread =
                    new BigDecimal(ask)
                            .subtract(new BigDecimal(bid))
                            .multiply(BigDecimal.valueOf(Math.abs(size)))
                            .multiply(factor(f, quoteCurrency, currency, false))
                            .divide(BigDecimal.valueOf(2));
            assertThat(decimal(closed.halfSpreadCostE8()))
                    .isEqualByComparingTo(spread.setScale(4, RoundingMode.HALF_UP));
            assertThat(f.broker.account().balanceE8()).isEqualTo(e8("100000000") + closed.plE8());
        }
    }

    /** The worse side by cross rates of exact quotes; only the last place of the factor rounds. */
    private static BigDecimal factor(BrokerFixture f, String from, String to, boolean gain) {
        BigDecimal factor = leg(f, from, to, gain);
        if (factor == null) {
            factor =
                    leg(f, from, "USD", gain)
                            .multiply(leg(f, "USD", to, gain))
                            .setScale(14, RoundingMode.HALF_UP);
        }
        return factor;
    }

    private static BigDecimal leg(BrokerFixture f, String from, String to, boolean gain) {
        if (from.equals(to)) {
            return BigDecimal.ONE;
        }
        Quote straight = f.broker.quote(from + "_" + to);
        if (straight != null) {
            return price(gain ? straight.bidE8() : straight.askE8());
        }
        Quote inverse = f.broker.quote(to + "_" + from);
        return inverse == null
                ? null
                : BigDecimal.ONE
                        .divide(
                                price(gain ? inverse.askE8() : inverse.bidE8()),
                                new MathContext(40))
                        .setScale(14, RoundingMode.HALF_UP);
    }

    private static BigDecimal price(long priceE8) {
        return BigDecimal.valueOf(priceE8, 8);
    }

    private static BigDecimal decimal(long amountE8) {
        return BigDecimal.valueOf(amountE8, 8);
    }

    @ParameterizedTest
    @CsvSource({
        // hand-made: 1 pip of a standard lot, 100 oz of gold up one dollar
        "EUR_USD, 100000, 1.10020, 1.10030, 10.0000",
        "XAU_USD, 100, 2651.350, 2651.700, 100.0000",
        "USD_JPY, 100000, 150.114, 150.128, 66.6098"
    })
    void shouldMatchHandMadeFigures(
            String instrument, long size, String bid, String ask, String expected) {
        BrokerFixture f = BrokerFixture.hedging();
        long trade = f.open(instrument, size);

        f.tick(instrument, bid, ask);

        assertThat(fill(f.broker.closeTrade(trade, null, "r")).plE8()).isEqualTo(e8(expected));
    }

    @ParameterizedTest
    @CsvSource({"USD_JPY, 100000000", "XAU_USD, 100000"})
    void shouldHoldTheLargestOrdersInAYenAccount(String instrument, long size) {
        BrokerFixture f = new BrokerFixture("JPY", "90000000000", true);
        long trade = f.open(instrument, size);

        AccountSummary account = f.broker.account();
        fill(f.broker.closeTrade(trade, null, "r"));

        assertThat(account.positionValueE8()).isGreaterThan(units(size) * FixedPoint.E4);
        assertThat(f.broker.openTrades()).isEmpty();
    }
}
