package saker.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import saker.time.TradingDay;

class HistoryTest {
    private static final long START = GeneratedPrices.USUAL_START_NS;
    private static final long SECOND = 1_000_000_000L;
    private static final long HOUR = 3_600 * SECOND;
    private static final long DAY = 24 * HOUR;

    @TempDir Path folder;

    @Test
    void shouldGiveTheSamePricesForTheSameSeedAndOthersForAnother() {
        assertThat(take(market(7), 20_000)).isEqualTo(take(market(7), 20_000));
        assertThat(take(market(7), 100)).isNotEqualTo(take(market(8), 100));
    }

    @Test
    void shouldMoveAndQuoteLikeAMarketInLondonHours() {
        CandleHistory history = new CandleHistory(7, PriceModel.usual());
        Map<String, Integer> counts = new HashMap<>();
        GeneratedPrices market = market(7);
        MarketPrice price = market.next();
        while (price.timeNs() < START + 4 * HOUR) {
            history.onPrice(price);
            counts.merge(price.instrument(), 1, Integer::sum);
            price = market.next();
        }

        List<Candle> minutes = last(history, "EUR_USD", Granularity.M1, 240, START + 4 * HOUR);
        double squares = 0;
        for (Candle minute : minutes) {
            double pips = (minute.bidCloseE8() - minute.bidOpenE8()) / 10_000.0;
            squares += pips * pips;
        }

        assertThat(minutes).hasSize(240);
        assertThat(Math.sqrt(squares / minutes.size())).isBetween(0.8, 3.0);
        assertThat(counts).hasSize(6);
        counts.forEach(
                (instrument, count) ->
                        assertThat(count / (4.0 * 3_600)).as(instrument).isBetween(1.5, 6.0));
    }

    @Test
    void shouldKeepTheCrossConsistentAndTheSpreadPositive() {
        Map<String, MarketPrice> quotes = new HashMap<>();
        for (MarketPrice price : take(market(3), 50_000)) {
            quotes.put(price.instrument(), price);
            assertThat(price.askE8()).isGreaterThan(price.bidE8());
        }

        double cross = mid(quotes, "EUR_USD") / mid(quotes, "GBP_USD");

        assertThat(mid(quotes, "EUR_GBP")).isCloseTo(cross, withinPart(cross, 0.0005));
    }

    @Test
    void shouldCloseOnFridayWithOneNonTradeablePriceEachAndOpenOnSunday() {
        long friday = Instant.parse("2026-01-09T21:59:00Z").getEpochSecond() * SECOND;
        long close = Instant.parse("2026-01-09T22:00:00Z").getEpochSecond() * SECOND;
        long sunday = Instant.parse("2026-01-11T22:00:00Z").getEpochSecond() * SECOND;
        GeneratedPrices market = new GeneratedPrices(1, PriceModel.usual(), friday);
        List<MarketPrice> closed = new ArrayList<>();
        MarketPrice price = market.next();
        while (price.timeNs() < sunday) {
            if (!price.tradeable()) {
                closed.add(price);
                assertThat(price.timeNs()).isEqualTo(close);
            } else {
                assertThat(price.timeNs()).isLessThan(close);
            }
            price = market.next();
        }

        assertThat(closed).extracting(MarketPrice::instrument).doesNotHaveDuplicates().hasSize(6);
        assertThat(price.timeNs()).isBetween(sunday, sunday + 6 * SECOND);
        assertThat(price.tradeable()).isTrue();
    }

    @Test
    void shouldServeTheSamePastWhoeverAsksFirst() {
        CandleHistory one = started(5);
        CandleHistory two = started(5);
        List<Candle> hours = last(one, "EUR_GBP", Granularity.H1, 500, START);
        last(two, "EUR_GBP", Granularity.D, 500, START);

        assertThat(last(two, "EUR_GBP", Granularity.H1, 500, START)).isEqualTo(hours);
        assertThat(last(started(6), "EUR_GBP", Granularity.H1, 500, START)).isNotEqualTo(hours);
    }

    @Test
    void shouldServeEnoughPastThatEndsAtTheFirstPrice() {
        CandleHistory history = started(5);
        MarketPrice first = market(5).next();

        List<Candle> days = last(history, "EUR_USD", Granularity.D, 520, START);
        List<Candle> hours = last(history, "EUR_USD", Granularity.H1, 1_500, START);
        List<Candle> minutes = last(history, "EUR_USD", Granularity.M1, 5_000, START);

        assertThat(days).hasSize(520);
        assertThat(hours).hasSize(1_500);
        assertThat(minutes).hasSize(5_000);
        assertThat(minutes.get(4_999).startNs()).isEqualTo(START - 60 * SECOND);
        assertThat(minutes.get(4_999).midCloseE8())
                .isBetween(first.bidE8() - 2_000, first.askE8() + 2_000);
        for (List<Candle> candles : List.of(days, hours, minutes)) {
            for (Candle candle : candles) {
                assertThat(TradingDay.isOpen(candle.startNs())).isTrue();
                assertThat(candle.bidHighE8())
                        .isGreaterThanOrEqualTo(Math.max(candle.bidOpenE8(), candle.bidCloseE8()));
                assertThat(candle.bidLowE8())
                        .isLessThanOrEqualTo(Math.min(candle.bidOpenE8(), candle.bidCloseE8()));
            }
        }
    }

    @Test
    void shouldMakeHoursDaysAndSecondsOfTheSameMinutes() {
        CandleHistory history = started(5);
        long from = START - 28 * DAY;
        List<Candle> minutes = range(history, Granularity.M1, from, from + 5 * DAY);
        List<Candle> hours = range(history, Granularity.H1, from, from + 5 * DAY);
        List<Candle> seconds = range(history, Granularity.S5, from, from + HOUR);
        CandleBuilder joined =
                new CandleBuilder(
                        new Periods(Granularity.H1, CandleAlignment.USUAL), Long.MAX_VALUE);
        minutes.forEach(joined::add);
        CandleBuilder joinedSeconds =
                new CandleBuilder(
                        new Periods(Granularity.M1, CandleAlignment.USUAL), Long.MAX_VALUE);
        seconds.forEach(joinedSeconds::add);

        assertThat(joined.candles()).isEqualTo(hours);
        assertThat(joinedSeconds.candles())
                .extracting(Candle::bidHighE8)
                .isEqualTo(minutes.subList(0, 60).stream().map(Candle::bidHighE8).toList());
        assertThat(seconds).hasSize(720).allMatch(candle -> candle.bidOpenE8() % 1_000 == 0);
    }

    @Test
    void shouldStartDaysAt17NewYorkInEveryClockChange() {
        Periods days = new Periods(Granularity.D, CandleAlignment.USUAL);
        Periods fourHours = new Periods(Granularity.H4, CandleAlignment.USUAL);
        long timeNs = Instant.parse("2015-01-01T00:30:00Z").getEpochSecond() * SECOND;
        long endNs = Instant.parse("2030-12-31T00:00:00Z").getEpochSecond() * SECOND;
        long expectedStart = days.startOf(timeNs);
        while (timeNs < endNs) {
            long start = days.startOf(timeNs);
            assertThat(start).isLessThanOrEqualTo(timeNs);
            assertThat(days.endOf(start)).isGreaterThan(timeNs);
            assertThat(Instant.ofEpochSecond(start / SECOND).atZone(TradingDay.NEW_YORK).getHour())
                    .isEqualTo(17);
            assertThat(start).isIn(expectedStart, days.endOf(expectedStart));
            expectedStart = start;
            long four = fourHours.startOf(timeNs);
            assertThat(fourHours.endOf(four)).isGreaterThan(timeNs);
            timeNs += 7 * HOUR;
        }
    }

    @Test
    void shouldAlignWeeksToFridayAndMonthsToTheirFirstTradingDay() {
        Periods weeks = new Periods(Granularity.W, CandleAlignment.USUAL);
        Periods months = new Periods(Granularity.M, CandleAlignment.USUAL);
        long wednesday = Instant.parse("2026-03-11T12:00:00Z").getEpochSecond() * SECOND;

        Instant week = Instant.ofEpochSecond(weeks.startOf(wednesday) / SECOND);
        Instant month = Instant.ofEpochSecond(months.startOf(wednesday) / SECOND);

        assertThat(week.atZone(TradingDay.NEW_YORK).getDayOfWeek()).isEqualTo(DayOfWeek.FRIDAY);
        assertThat(week).isEqualTo(Instant.parse("2026-03-06T22:00:00Z"));
        assertThat(month).isEqualTo(Instant.parse("2026-02-28T22:00:00Z"));
        assertThat(Instant.ofEpochSecond(months.endOf(months.startOf(wednesday)) / SECOND))
                .isEqualTo(Instant.parse("2026-03-31T21:00:00Z"));
    }

    @Test
    void shouldMarkOnlyEndedPeriodsComplete() {
        CandleHistory history = started(5);

        List<Candle> days = last(history, "EUR_USD", Granularity.D, 3, START);

        assertThat(days).extracting(Candle::complete).containsExactly(true, true, false);
    }

    @Test
    void shouldReplayTicksAndDropExactDuplicatesOnly() throws IOException {
        Path file =
                zip(
                        "eurusd/20140504_quote.zip",
                        "1000,1.1,1.2\r\n1000,1.1,1.2\r\n1000,1.1,1.3\r\n2000,1.1,1.2");

        ReplayedTicks ticks = new ReplayedTicks(List.of(file));
        List<MarketPrice> prices = take(ticks, 10);

        assertThat(prices)
                .extracting(MarketPrice::askE8)
                .containsExactly(120_000_000L, 130_000_000L, 120_000_000L);
        assertThat(prices.get(0).instrument()).isEqualTo("EUR_USD");
        assertThat(ticks.duplicates()).isEqualTo(1);
        assertThat(Instant.ofEpochSecond(ticks.startNs() / SECOND))
                .isEqualTo(Instant.parse("2014-05-04T00:00:01Z"));
    }

    @Test
    void shouldMergeDaysAndInstrumentsByTime() throws IOException {
        Path late = zip("eurusd/20140505_quote.zip", "5,1.3,1.4");
        Path early = zip("eurusd/20140504_quote.zip", "7,1.1,1.2");
        Path other = zip("usdjpy/20140504_quote.zip", "6,100.1,100.2\n8,100.1,100.3");

        List<MarketPrice> prices = take(new ReplayedTicks(List.of(late, other, early)), 10);

        assertThat(prices)
                .extracting(MarketPrice::instrument)
                .containsExactly("USD_JPY", "EUR_USD", "USD_JPY", "EUR_USD");
    }

    @Test
    void shouldNameFileLineAndValueOfABadRow() throws IOException {
        for (String bad : List.of("x,1.1,1.2", "5,1.1", "5,-1,1", "5,1.2,1.1", "86400000,1,1")) {
            Path file = zip("eurusd/20140504_quote.zip", "1,1.1,1.2\n" + bad + "\n");

            assertThatThrownBy(() -> TickFile.read(file))
                    .isInstanceOf(TickFileException.class)
                    .hasMessageContaining("20140504_quote.zip:2: bad value")
                    .hasMessageContaining("allowed: ");
        }
    }

    @Test
    void shouldTakeThePastFromAFileAndLeaveWeekendsOut() throws IOException {
        Path file = folder.resolve("hours.csv");
        Files.writeString(
                file,
                """
                20260102 20:00,1.1,1.2,1.0,1.15,0,1.11,1.21,1.01,1.16,0
                20260103 10:00,1.1,1.2,1.0,1.15,0,1.11,1.21,1.01,1.16,0
                20260105 10:00,1.1,1.3,1.0,1.15,0,1.11,1.31,1.01,1.16,0
                20260105 11:00,1.15,1.2,1.0,1.17,0,1.16,1.21,1.01,1.18,0
                """);
        CandleHistory history = started(5);
        history.loadFile("EUR_USD", file);

        List<Candle> hours = last(history, "EUR_USD", Granularity.H1, 10, START);
        List<Candle> days = last(history, "EUR_USD", Granularity.D, 1, START);

        assertThat(hours).hasSize(3).extracting(Candle::bidCloseE8).contains(117_000_000L);
        assertThat(days.get(0).startNs()).isEqualTo(TradingDay.dayStartNs(START - DAY));
    }

    @Test
    void shouldReadTheRecordedSundayOpening() throws IOException {
        String root = System.getenv("SAKER_DATA");
        Assumptions.assumeTrue(root != null);
        Path file = Path.of(root, "lean_oanda/tick/eurusd/20140504_quote.zip");
        Assumptions.assumeTrue(Files.exists(file));

        List<MarketPrice> prices = take(new ReplayedTicks(List.of(file)), 2_000);

        assertThat(prices).hasSize(1_164);
        assertThat(Instant.ofEpochMilli(prices.get(0).timeNs() / 1_000_000))
                .isEqualTo(Instant.parse("2014-05-04T21:00:00.462Z"));
        assertThat(prices.get(0).bidE8()).isEqualTo(138_817_000L);
    }

    @Test
    void shouldServeRecordedHoursBeforeRecordedTicks() throws IOException {
        String root = System.getenv("SAKER_DATA");
        Assumptions.assumeTrue(root != null);
        Path hourly = Path.of(root, "lean_oanda/hour/eurusd.zip");
        Assumptions.assumeTrue(Files.exists(hourly));
        Path ticks = Path.of(root, "lean_oanda/tick/eurusd/20140504_quote.zip");
        CandleHistory history = new CandleHistory(1, PriceModel.usual());
        history.loadFile("EUR_USD", hourly);
        ReplayedTicks replay = new ReplayedTicks(List.of(ticks));
        take(replay, 2_000).forEach(history::onPrice);
        long now = replay.startNs() + 5 * HOUR / 2;

        List<Candle> hours = last(history, "EUR_USD", Granularity.H1, 1_500, now);
        List<Candle> days = last(history, "EUR_USD", Granularity.D, 1_000, now);
        List<Candle> minutes = last(history, "EUR_USD", Granularity.M1, 600, now);

        assertThat(hours).hasSize(1_500);
        assertThat(days).hasSize(1_000);
        assertThat(minutes).hasSize(600);
        assertThat(minutes.get(0).bidOpenE8()).isBetween(137_000_000L, 140_000_000L);
        for (Candle candle : hours) {
            assertThat(TradingDay.isOpen(candle.startNs())).isTrue();
        }
        assertThat(hours.get(1_499).startNs() / HOUR).isEqualTo(now / HOUR);
    }

    private CandleHistory started(long seed) {
        CandleHistory history = new CandleHistory(seed, PriceModel.usual());
        take(market(seed), 6).forEach(history::onPrice);
        return history;
    }

    private static GeneratedPrices market(long seed) {
        return new GeneratedPrices(seed, PriceModel.usual(), START);
    }

    private static List<Candle> last(
            CandleHistory history, String instrument, Granularity period, int count, long toNs) {
        return history.last(instrument, period, CandleAlignment.USUAL, count, toNs, toNs);
    }

    private static List<Candle> range(
            CandleHistory history, Granularity period, long fromNs, long toNs) {
        return history.range(
                "EUR_USD", period, CandleAlignment.USUAL, fromNs, toNs, 100_000, START);
    }

    private static List<MarketPrice> take(MarketSource source, int count) {
        List<MarketPrice> prices = new ArrayList<>();
        while (prices.size() < count) {
            MarketPrice price = source.next();
            if (price == null) {
                break;
            }
            prices.add(price);
        }
        return prices;
    }

    private static double mid(Map<String, MarketPrice> quotes, String instrument) {
        MarketPrice price = quotes.get(instrument);
        return (price.bidE8() + price.askE8()) / 2e8;
    }

    private static org.assertj.core.data.Offset<Double> withinPart(double value, double part) {
        return org.assertj.core.data.Offset.offset(value * part);
    }

    private Path zip(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
            out.putNextEntry(new ZipEntry(file.getFileName() + ".csv"));
            out.write(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            out.closeEntry();
        }
        return file;
    }
}
