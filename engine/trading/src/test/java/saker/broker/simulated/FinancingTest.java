package saker.broker.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static saker.broker.simulated.BrokerFixture.e8;
import static saker.broker.simulated.BrokerFixture.ns;
import static saker.broker.simulated.BrokerFixture.only;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.junit.jupiter.api.Test;

class FinancingTest {

    @Test
    void shouldChargeSevenDaysAWeekThreeOfThemOnWednesday() {
        BrokerFixture f = BrokerFixture.hedging();
        f.open("EUR_USD", 100_000);

        List<Transaction.DailyFinancing> all =
                only(f.broker.onTime(ns("2026-01-13T12:00:00Z")), Transaction.DailyFinancing.class);

        assertThat(all)
                .extracting(each -> each.header().timeNs())
                .containsExactly(
                        ns("2026-01-06T22:00:00Z"),
                        ns("2026-01-07T22:00:00Z"),
                        ns("2026-01-08T22:00:00Z"),
                        ns("2026-01-09T22:00:00Z"),
                        ns("2026-01-12T22:00:00Z"));
        BigDecimal oneDay =
                new BigDecimal("100000")
                        .multiply(new BigDecimal("1.10005"))
                        .multiply(new BigDecimal("-0.0250"))
                        .divide(new BigDecimal("365"), 4, RoundingMode.HALF_UP);
        assertThat(all.get(0).financingE8()).isEqualTo(e8(oneDay.toPlainString()));
        assertThat(all.get(1).financingE8()).isEqualTo(e8("-22.6038"));
        assertThat(f.broker.account().balanceE8())
                .isEqualTo(e8("100000") + f.broker.account().financingE8());
        assertThat(all.get(4).accountBalanceE8()).isEqualTo(f.broker.account().balanceE8());
    }

    @Test
    void shouldFollowNewYorkThroughBothClockChanges() {
        // 2026: New York changes on 8 March and 1 November.
        assertThat(rolloversAfter("2026-03-06T12:00:00Z", "2026-03-10T12:00:00Z"))
                .containsExactly(ns("2026-03-06T22:00:00Z"), ns("2026-03-09T21:00:00Z"));
        assertThat(rolloversAfter("2026-10-30T12:00:00Z", "2026-11-03T12:00:00Z"))
                .containsExactly(ns("2026-10-30T21:00:00Z"), ns("2026-11-02T22:00:00Z"));
    }

    private static List<Long> rolloversAfter(String from, String to) {
        BrokerFixture f = BrokerFixture.hedging();
        f.tickAt(from, "EUR_USD", "1.10000", "1.10010");
        f.open("EUR_USD", 1_000);
        return only(f.broker.onTime(ns(to)), Transaction.DailyFinancing.class).stream()
                .map(each -> each.header().timeNs())
                .toList();
    }

    @Test
    void shouldConvertFinancingAtTheWorseSide() {
        BrokerFixture f = new BrokerFixture("EUR", "100000", true);
        f.open("USD_JPY", 100_000);
        f.open("USD_JPY", -100_000);

        Transaction.DailyFinancing financing =
                only(f.broker.onTime(ns("2026-01-06T22:00:00Z")), Transaction.DailyFinancing.class)
                        .get(0);
        List<Transaction.TradeFinancing> trades =
                financing.positionFinancings().get(0).openTradeFinancings();

        // 100,000 x 150.007 x 0.029 / 365 JPY, to USD at 150.014, to EUR at 1.10010.
        assertThat(trades.get(0).financingE8()).isEqualTo(amount("0.0290", "150.014", "1.10010"));
        assertThat(trades.get(1).financingE8()).isEqualTo(-amount("0.0520", "150.000", "1.10000"));
        assertThat(financing.financingE8())
                .isEqualTo(trades.get(0).financingE8() + trades.get(1).financingE8());
    }

    private static long amount(String rate, String usdJpy, String eurUsd) {
        BigDecimal one = BigDecimal.ONE;
        BigDecimal toUsd = one.divide(new BigDecimal(usdJpy), 14, RoundingMode.HALF_UP);
        BigDecimal toEur = one.divide(new BigDecimal(eurUsd), 14, RoundingMode.HALF_UP);
        BigDecimal factor = toUsd.multiply(toEur).setScale(14, RoundingMode.HALF_UP);
        BigDecimal amount =
                new BigDecimal("100000")
                        .multiply(new BigDecimal("150.007"))
                        .multiply(new BigDecimal(rate))
                        .multiply(factor)
                        .divide(new BigDecimal("365"), 4, RoundingMode.HALF_UP);
        return e8(amount.toPlainString());
    }
}
