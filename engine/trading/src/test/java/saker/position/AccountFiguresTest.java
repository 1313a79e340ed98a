package saker.position;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;
import static saker.core.Fixtures.EURGBP;
import static saker.core.Fixtures.EURUSD;
import static saker.core.Fixtures.USDJPY;
import static saker.core.Fixtures.XAUUSD;
import static saker.core.Fixtures.e8;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import saker.core.Fixtures;
import saker.market.Conversion;
import saker.market.Instruments;
import saker.market.Quotes;
import saker.model.BrokerEvent;
import saker.model.BrokerEvent.TradeEffect;
import saker.model.BrokerEvent.TradeEffect.Effect;
import saker.model.FixedPoint;
import saker.model.TickFlags;
import saker.position.AccountFigures.Outcome;

class AccountFiguresTest {
    private static final String[] CURRENCIES = {"USD", "EUR", "JPY", "GBP"};
    private static final double[][] QUOTES = {
        {1.08500, 1.08515}, {151.250, 151.262}, {0.85210, 0.85225}, {2350.120, 2350.480}
    };

    private static final BigDecimal LARGEST = BigDecimal.valueOf(Long.MAX_VALUE, 8);

    private final Instruments instruments = new Instruments(Fixtures.instruments());
    private final Quotes quotes = quotes();

    /**
     * Golden figures, worked out by hand from the quotes above: long at the given entry, closed at
     * the bid; gains converted at the lower, losses at the higher factor.
     */
    @ParameterizedTest
    @CsvSource({
        "0, 100000, 1.08000, USD, 500.0000",
        "0, 100000, 1.08000, EUR, 460.7658",
        "0, 100000, 1.08000, JPY, 75625.0000",
        "0, -100000, 1.08000, USD, -515.0000",
        "0, -100000, 1.08000, EUR, -474.6544",
        "1, 100000, 150.000, USD, 826.3807",
        "1, 100000, 150.000, EUR, 761.5359",
        "1, 100000, 150.000, JPY, 125000.0000",
        "1, -100000, 150.000, USD, -834.3802",
        "2, 100000, 0.85000, GBP, 210.0000",
        "2, 100000, 0.85000, EUR, 246.4066",
        "3, 100, 2300.000, USD, 5012.0000",
        "3, 100, 2300.000, EUR, 4618.7163",
        "3, 100, 2300.000, JPY, 758065.0000",
    })
    void shouldComputeProfitInAccountCurrency(
            int instrument, long units, double open, String currency, String expected) {
        AccountFigures figures = new AccountFigures(currency, instruments, quotes);
        long unitsE4 = units * FixedPoint.E4;

        long profitE8 =
                figures.profitE8(
                        instrument, unitsE4, e8(open), quotes.closingPriceE8(instrument, unitsE4));

        assertThat(FixedPoint.formatRounded(profitE8, 8, 4, FixedPoint.Rounding.HALF_UP))
                .isEqualTo(expected);
    }

    @Property(tries = 2_000)
    void shouldAgreeWithBigDecimals(
            @ForAll @IntRange(max = 3) int instrument,
            @ForAll @IntRange(max = 3) int currency,
            @ForAll @LongRange(min = -1_000_000_000_000L, max = 1_000_000_000_000L) long unitsE4,
            @ForAll @IntRange(min = -20_000, max = 20_000) int movePoints) {
        long closeE8 = quotes.closingPriceE8(instrument, unitsE4);
        long pointE8 = instruments.byId(instrument).pointE8();
        long openE8 = closeE8 - movePoints * pointE8;
        String to = CURRENCIES[currency];
        AccountFigures figures = new AccountFigures(to, instruments, quotes);

        long profitE8 = figures.profitE8(instrument, unitsE4, openE8, closeE8);

        BigDecimal inQuote =
                BigDecimal.valueOf(unitsE4, 4).multiply(BigDecimal.valueOf(closeE8 - openE8, 8));
        String from = instruments.byId(instrument).quoteCurrency();
        BigDecimal expected = convert(inQuote, from, to);
        if (expected.abs().compareTo(LARGEST) > 0) {
            assertThat(profitE8).isEqualTo(FixedPoint.OVERFLOW);
            return;
        }
        assertThat(BigDecimal.valueOf(profitE8, 8).subtract(expected).abs())
                .isLessThan(new BigDecimal("0.00001"));
    }

    @ParameterizedTest
    @CsvSource({"100000000, 1, JPY", "100000000, 1, USD", "100000, 3, JPY", "100000, 3, EUR"})
    void shouldHoldTheLargestPositions(long units, int instrument, String currency) {
        AccountFigures figures = new AccountFigures(currency, instruments, quotes);

        Outcome outcome = figures.compute(ledger(instrument, units, 1));

        assertThat(outcome).isEqualTo(Outcome.OK);
        BigDecimal mid =
                BigDecimal.valueOf(quotes.bidE8(instrument) + quotes.askE8(instrument), 8)
                        .divide(BigDecimal.valueOf(2));
        String from = instruments.byId(instrument).quoteCurrency();
        BigDecimal inQuote =
                BigDecimal.valueOf(units)
                        .multiply(mid)
                        .multiply(BigDecimal.valueOf(3_333_333_333_333L, 14));
        assertThat(BigDecimal.valueOf(figures.marginUsedE8(), 8).doubleValue())
                .isCloseTo(convertAtMid(inQuote, from, currency).doubleValue(), offset(0.001));
    }

    @Test
    void shouldHoldTenThousandBitcoinInYenAndSayOverflowBeyond() {
        Quotes bitcoin = quotes();
        var list = new ArrayList<>(Fixtures.instruments());
        list.add(Fixtures.instrument(4, "BTC", "USD", 1, 0, 4, 1));
        bitcoin.onTick(4, e8(100_000), e8(100_010), 0, 0, TickFlags.TRADEABLE);
        AccountFigures figures = new AccountFigures("JPY", new Instruments(list), bitcoin);

        assertThat(figures.compute(ledger(4, 10_000, e8(99_000)))).isEqualTo(Outcome.OK);
        assertThat(figures.unrealizedPlE8()).isEqualTo(e8(1000.0 * 10_000 * 151.25));
        assertThat(figures.compute(ledger(4, 1_000_000, e8(1_000)))).isEqualTo(Outcome.OVERFLOW);
        assertThat(figures.equityE8()).isZero();
    }

    @Test
    void shouldSayWhatIsMissing() {
        AccountFigures figures = new AccountFigures("USD", instruments, new Quotes());

        assertThat(figures.compute(ledger(USDJPY, 1, 1))).isEqualTo(Outcome.NO_QUOTE);

        AccountFigures francs = new AccountFigures("CHF", instruments, quotes);
        assertThat(francs.compute(ledger(EURUSD, 1, 1))).isEqualTo(Outcome.NO_CONVERSION_RATE);
        assertThat(francs.conversion(EURUSD).hasRoute()).isFalse();
    }

    @Test
    void shouldTakeMarginOfTheLargerSideOnly() {
        AccountFigures figures = new AccountFigures("USD", instruments, quotes);
        TradeLedger hedged = new TradeLedger(0);
        hedged.apply(
                snapshot(
                        open(1, EURUSD, 100_000 * FixedPoint.E4, e8(1.085)),
                        open(2, EURUSD, -60_000 * FixedPoint.E4, e8(1.085))));

        figures.compute(hedged);

        assertThat(figures.marginUsedE8())
                .isEqualTo(figures.marginE8(EURUSD, 100_000 * FixedPoint.E4));
        assertThat(figures.equityE8()).isEqualTo(figures.balanceE8() + figures.unrealizedPlE8());
        assertThat(figures.marginAvailableE8())
                .isEqualTo(figures.equityE8() - figures.marginUsedE8());
    }

    @Test
    void shouldConvertThroughSeveralPairs() {
        Conversion poundsToYen = Conversion.between("GBP", "JPY", instruments, quotes);

        // GBP → EUR (inverse EURGBP) → USD (EURUSD) → JPY (USDJPY).
        assertThat(poundsToYen.isAvailable()).isTrue();
        assertThat(poundsToYen.convert(e8(1000)) / 1e8)
                .isCloseTo(1000 / 0.85225 * 1.085 * 151.25, offset(1e-5));
        assertThat(-poundsToYen.convert(-e8(1000))).isGreaterThan(poundsToYen.convert(e8(1000)));
    }

    private static TradeLedger ledger(int instrument, long units, long openE8) {
        TradeLedger ledger = new TradeLedger(0);
        ledger.apply(snapshot(open(1, instrument, units * FixedPoint.E4, openE8)));
        return ledger;
    }

    private static BrokerEvent snapshot(TradeEffect... open) {
        return BrokerEvent.of(BrokerEvent.Type.ACCOUNT_SNAPSHOT, 0)
                .transactionId(1)
                .balanceE8(e8(1_000_000))
                .effects(List.of(open))
                .build();
    }

    private static TradeEffect open(long id, int instrument, long unitsE4, long openE8) {
        return new TradeEffect(
                Effect.OPEN, id, instrument, unitsE4, openE8, 0, 0, 0, 0, 0, 0, 0, "", "");
    }

    private static Quotes quotes() {
        Quotes quotes = new Quotes();
        for (int id = 0; id < QUOTES.length; id++) {
            quotes.onTick(id, e8(QUOTES[id][0]), e8(QUOTES[id][1]), 0, 0, TickFlags.TRADEABLE);
        }
        return quotes;
    }

    /** The oracle: the ways written out, no rounding. */
    private static BigDecimal convert(BigDecimal amount, String from, String to) {
        boolean loss = amount.signum() < 0;
        return walk(amount, from, to, loss ? 1 : 0, loss ? 0 : 1);
    }

    private static BigDecimal convertAtMid(BigDecimal amount, String from, String to) {
        return walk(amount, from, to, -1, -1);
    }

    private static BigDecimal walk(
            BigDecimal amount, String from, String to, int direct, int inverse) {
        if (from.equals(to)) {
            return amount;
        }
        String way = from + to;
        MathContext precise = new MathContext(40, RoundingMode.HALF_EVEN);
        return switch (way) {
            case "EURUSD" -> amount.multiply(price(EURUSD, direct));
            case "USDEUR" -> amount.divide(price(EURUSD, inverse), precise);
            case "USDJPY" -> amount.multiply(price(USDJPY, direct));
            case "JPYUSD" -> amount.divide(price(USDJPY, inverse), precise);
            case "EURGBP" -> amount.multiply(price(EURGBP, direct));
            case "GBPEUR" -> amount.divide(price(EURGBP, inverse), precise);
            case "JPYEUR", "USDGBP", "JPYGBP", "GBPUSD", "GBPJPY", "EURJPY" -> {
                String next =
                        switch (way) {
                            case "JPYEUR", "EURJPY", "JPYGBP" -> "USD";
                            default -> "EUR";
                        };
                BigDecimal half = walk(amount, from, next, direct, inverse);
                yield walk(half, next, to, direct, inverse);
            }
            default -> throw new AssertionError(way);
        };
    }

    private static BigDecimal price(int id, int side) {
        if (side < 0) {
            return BigDecimal.valueOf(QUOTES[id][0])
                    .add(BigDecimal.valueOf(QUOTES[id][1]))
                    .divide(BigDecimal.valueOf(2));
        }
        return BigDecimal.valueOf(QUOTES[id][side]);
    }

    @Test
    void shouldConvertGoldToo() {
        AccountFigures figures = new AccountFigures("USD", instruments, quotes);

        assertThat(figures.profitE8(XAUUSD, -10 * FixedPoint.E4, e8(2400), e8(2350.48)))
                .isEqualTo(e8(495.2));
    }
}
