package saker.broker.oanda;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import saker.broker.BrokerSession.AccountTerms;
import saker.model.BarPeriod;
import saker.model.Bars;
import saker.model.Instrument;
import saker.time.TradingDay;

/** Instruments and candles. Event loop only. */
final class MarketDataReader {
    private static final int CANDLES_MAX = 5000;
    private static final long NANOS = 1_000_000_000L;
    private static final String FUTURE = "in the future";

    private final RestClient rest;
    private final OandaOptions options;
    private final Decimals decimals;

    MarketDataReader(RestClient rest, OandaOptions options, OandaCounters counters) {
        this.rest = rest;
        this.options = options;
        this.decimals = new Decimals(counters);
    }

    /** Currency and kind of the account. */
    Future<AccountTerms> account() {
        return rest.get(options.accountPath("/summary"))
                .compose(answer -> json("summary", answer))
                .map(json -> json.path("account"))
                .map(
                        account ->
                                new AccountTerms(
                                        account.path("currency").asText(),
                                        account.path("hedgingEnabled").asBoolean()));
    }

    /** The account's instruments; their ids are their places in {@code symbols}. */
    Future<List<Instrument>> instruments(List<String> symbols) {
        return rest.get(options.accountPath("/instruments"))
                .compose(answer -> json("instruments", answer))
                .map(json -> select(symbols, json.path("instruments")));
    }

    /** Completed bid bars, oldest first; at most {@code count}, all ended by {@code beforeNs}. */
    Future<List<Bars.Bar>> candles(
            Instrument instrument, BarPeriod period, int count, long beforeNs) {
        return page(instrument, period, count, beforeNs, beforeNs, new ArrayDeque<>());
    }

    private List<Instrument> select(List<String> symbols, JsonNode offered) {
        Map<String, JsonNode> bySymbol = new HashMap<>();
        offered.forEach(row -> bySymbol.put(symbolOf(row.path("name").asText()), row));
        List<String> missing =
                symbols.stream().filter(symbol -> !bySymbol.containsKey(symbol)).toList();
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("not tradable on this account: symbols=" + missing);
        }
        List<Instrument> instruments = new ArrayList<>();
        for (String symbol : symbols) {
            instruments.add(instrument(instruments.size(), symbol, bySymbol.get(symbol)));
        }
        return instruments;
    }

    /** {@code EUR_USD} is EURUSD. */
    private static String symbolOf(String brokerName) {
        return brokerName.replaceAll("[^A-Za-z0-9]", "").toUpperCase(java.util.Locale.ROOT);
    }

    private Instrument instrument(int id, String symbol, JsonNode row) {
        String name = row.path("name").asText();
        int split = name.lastIndexOf('_');
        String base = split < 0 ? name : name.substring(0, split);
        return new Instrument(
                id,
                symbol,
                name,
                base,
                split < 0 ? "" : name.substring(split + 1),
                row.path("displayPrecision").asInt(),
                row.path("pipLocation").asInt(),
                Math.min(4, row.path("tradeUnitsPrecision").asInt()),
                decimals.e4(row, "minimumTradeSize"),
                decimals.e4(row, "maximumOrderUnits"),
                marginRateE14(row.path("marginRate").asText()),
                contractUnits(row.path("type").asText(), base));
    }

    /** Rounded up: margin is never understated. */
    private static long marginRateE14(String text) {
        return new BigDecimal(text)
                .movePointRight(14)
                .setScale(0, RoundingMode.CEILING)
                .longValueExact();
    }

    private static long contractUnits(String type, String base) {
        if (type.equals("CURRENCY")) {
            return 100_000;
        }
        return switch (base) {
            case "XAU", "XPT", "XPD" -> 100;
            case "XAG" -> 5_000;
            default -> 1;
        };
    }

    /** Pages backwards: {@code toNs} is the start of the oldest bar so far. */
    private Future<List<Bars.Bar>> page(
            Instrument instrument,
            BarPeriod period,
            int count,
            long beforeNs,
            long toNs,
            Deque<Bars.Bar> bars) {
        int wanted = Math.min(CANDLES_MAX, count - bars.size() + 2); // The newest may not count.
        return fetch(instrument, period, wanted, toNs)
                .compose(
                        candles -> {
                            long oldestNs = toNs;
                            for (int i = candles.size() - 1; i >= 0; i--) {
                                Bars.Bar bar = candles.get(i);
                                if (bar.startNs() < oldestNs) {
                                    oldestNs = bar.startNs();
                                    if (bars.size() < count && endNs(bar, period) <= beforeNs) {
                                        bars.addFirst(bar);
                                    }
                                }
                            }
                            boolean more = bars.size() < count && oldestNs < toNs;
                            return more
                                    ? page(instrument, period, count, beforeNs, oldestNs, bars)
                                    : Future.succeededFuture(List.copyOf(bars));
                        });
    }

    /** Complete candles that start before {@code toNs}, as far as the broker has them. */
    private Future<List<Bars.Bar>> fetch(
            Instrument instrument, BarPeriod period, int count, long toNs) {
        String path =
                "/v3/instruments/%s/candles?price=B&granularity=%s&count=%d&dailyAlignment=17"
                                .formatted(instrument.brokerName(), granularity(period), count)
                        + "&alignmentTimezone=America%2FNew_York";
        String to = "&to=" + Stamps.format(toNs).replace(":", "%3A");
        return rest.get(path + to)
                .compose(
                        answer ->
                                // Our clock may be ahead of the broker's: then its newest will do.
                                answer.status() == 400
                                                && RefusedException.reasonOf(answer)
                                                        .contains(FUTURE)
                                        ? rest.get(path)
                                        : Future.succeededFuture(answer))
                .compose(answer -> json("candles", answer))
                .map(this::bars);
    }

    private List<Bars.Bar> bars(JsonNode json) {
        List<Bars.Bar> bars = new ArrayList<>();
        for (JsonNode candle : json.path("candles")) {
            JsonNode bid = candle.path("bid");
            long startNs = Stamps.parse(candle.path("time").asText());
            if (candle.path("complete").asBoolean() && startNs != Stamps.BAD) {
                bars.add(
                        new Bars.Bar(
                                startNs,
                                decimals.e8(bid, "o"),
                                decimals.e8(bid, "h"),
                                decimals.e8(bid, "l"),
                                decimals.e8(bid, "c"),
                                candle.path("volume").asLong()));
            }
        }
        return bars;
    }

    private static String granularity(BarPeriod period) {
        return switch (period) {
            case M1, M5, M15, M30, H1, H4 -> period.name();
            case D1 -> "D";
            case W1 -> "W";
            case MN -> "M";
        };
    }

    /** Days and longer are New York's, with its 23 and 25 hours. */
    private static long endNs(Bars.Bar bar, BarPeriod period) {
        if (period.compareTo(BarPeriod.D1) < 0) {
            return bar.startNs() + period.lengthNs();
        }
        ZonedDateTime start =
                Instant.ofEpochSecond(bar.startNs() / NANOS).atZone(TradingDay.NEW_YORK);
        ZonedDateTime end =
                switch (period) {
                    case W1 -> start.plusWeeks(1);
                    case MN -> start.plusMonths(1);
                    default -> start.plusDays(1);
                };
        return end.toEpochSecond() * NANOS;
    }

    private static Future<JsonNode> json(String subject, RestClient.Answer answer) {
        if (answer.status() != 200) {
            return Future.failedFuture(new RefusedException(subject, answer));
        }
        try {
            return Future.succeededFuture(AnswerBody.read(answer.body()).json());
        } catch (IOException e) {
            return Future.failedFuture(e);
        }
    }
}
