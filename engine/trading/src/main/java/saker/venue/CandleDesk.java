package saker.venue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import saker.history.Candle;
import saker.history.CandleAlignment;
import saker.history.CandleHistory;
import saker.history.Granularity;

/** Candles, with the same answers on both of their paths. */
final class CandleDesk extends Desk {
    private static final int USUAL_COUNT = 500;
    private static final int MAX_COUNT = 5_000;

    private final Vertx vertx;
    private final PrimedCandles candles;
    private final MarketPump market;

    CandleDesk(
            VenueAccount account,
            String accountId,
            Vertx vertx,
            PrimedCandles candles,
            MarketPump market) {
        super(account, accountId);
        this.vertx = vertx;
        this.candles = candles;
        this.market = market;
    }

    void register(Router router) {
        router.addLater("GET", "/v3/instruments/{instrument}/candles", this::candles);
        router.addLater("GET", ACCOUNT + "/instruments/{instrument}/candles", this::candles);
    }

    /** A question put to the history, checked; it finds the candles. */
    private interface Query extends Function<CandleHistory, List<Candle>> {}

    private Future<Answer> candles(VenueRequest request) {
        String instrument = request.path("instrument");
        if (broker.instrument(instrument) == null) {
            throw Refusal.invalid("instrument");
        }
        String sides = sides(request);
        Granularity granularity = request.choice("granularity", Granularity.class, Granularity.S5);
        Query query = query(request, instrument, granularity);
        boolean smooth = request.flag("smooth", false);
        int digits = Terms.digits(broker, instrument);
        JsonLine json =
                request.json()
                        .begin()
                        .text("instrument", instrument)
                        .text("granularity", granularity.name());
        return candles.ask(
                vertx,
                history -> {
                    write(json, query.apply(history), sides, digits, smooth);
                    return Answer.ok(json.end());
                });
    }

    private static void write(
            JsonLine json, List<Candle> found, String sides, int digits, boolean smooth) {
        json.beginArray("candles");
        Candle previous = null;
        for (Candle candle : found) {
            boolean join = smooth && previous != null;
            write(json, join ? joined(previous, candle) : candle, sides, digits);
            previous = candle;
        }
        json.endArray();
    }

    private Query query(VenueRequest request, String instrument, Granularity granularity) {
        CandleAlignment alignment = alignment(request);
        long nowNs = market.marketNs();
        long fromNs = request.time("from");
        long toNs = request.time("to");
        boolean counted = request.text("count") != null;
        int count = request.count(USUAL_COUNT, MAX_COUNT);
        if (toNs != JsonLine.NONE && toNs > nowNs) {
            throw new Refusal(400, null, "Invalid value specified for 'to'. Time is in the future");
        }
        if (fromNs == JsonLine.NONE) {
            long endNs = toNs == JsonLine.NONE ? nowNs + 1 : toNs;
            return history -> history.last(instrument, granularity, alignment, count, endNs, nowNs);
        }
        if (fromNs > nowNs) {
            throw new Refusal(
                    400, null, "Invalid value specified for 'from'. Time is in the future");
        }
        boolean ranged = toNs != JsonLine.NONE;
        checkRange(granularity, fromNs, toNs, counted);
        boolean first = request.flag("includeFirst", true);
        int limit = (ranged ? MAX_COUNT : count) + (first ? 0 : 1);
        long endNs = ranged ? toNs : nowNs + 1;
        return history -> {
            List<Candle> found =
                    history.range(instrument, granularity, alignment, fromNs, endNs, limit, nowNs);
            return first ? found : withoutFirst(found, fromNs, limit - 1);
        };
    }

    private static void checkRange(
            Granularity granularity, long fromNs, long toNs, boolean counted) {
        if (toNs == JsonLine.NONE) {
            return;
        }
        if (counted) {
            throw new Refusal(
                    400, null, "'count' cannot be specified when 'to' and 'from' are also set");
        }
        if (toNs < fromNs) {
            throw Refusal.invalid("to");
        }
        if ((toNs - fromNs) / granularity.lengthNs() > MAX_COUNT) {
            throw new Refusal(400, null, "Maximum value for 'count' exceeded");
        }
    }

    /** Without the candle that holds {@code fromNs}: the client has it already. */
    private static List<Candle> withoutFirst(List<Candle> found, long fromNs, int limit) {
        boolean holdsFrom = !found.isEmpty() && found.get(0).startNs() <= fromNs;
        List<Candle> rest = holdsFrom ? found.subList(1, found.size()) : found;
        return rest.subList(0, Math.min(limit, rest.size()));
    }

    private static CandleAlignment alignment(VenueRequest request) {
        long hour = request.whole("dailyAlignment", CandleAlignment.USUAL.dailyHour());
        if (hour < 0 || hour > 23) {
            throw Refusal.invalid("dailyAlignment");
        }
        return new CandleAlignment((int) hour, zone(request), weekly(request));
    }

    private static ZoneId zone(VenueRequest request) {
        String name = request.text("alignmentTimezone");
        try {
            return name == null ? CandleAlignment.USUAL.zone() : ZoneId.of(name);
        } catch (DateTimeException e) {
            throw Refusal.invalid("alignmentTimezone");
        }
    }

    private static DayOfWeek weekly(VenueRequest request) {
        String name = request.text("weeklyAlignment");
        try {
            return name == null
                    ? CandleAlignment.USUAL.weekly()
                    : DayOfWeek.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid("weeklyAlignment");
        }
    }

    private static String sides(VenueRequest request) {
        String price = request.text("price");
        if (price == null) {
            return "M";
        }
        if (!price.matches("[MBA]{1,3}")) {
            throw Refusal.invalid("price");
        }
        return price;
    }

    /** A candle that opens where the one before closed. */
    private static Candle joined(Candle previous, Candle candle) {
        long bidE8 = previous.bidCloseE8();
        long askE8 = previous.askCloseE8();
        return new Candle(
                candle.startNs(),
                bidE8,
                Math.max(candle.bidHighE8(), bidE8),
                Math.min(candle.bidLowE8(), bidE8),
                candle.bidCloseE8(),
                askE8,
                Math.max(candle.askHighE8(), askE8),
                Math.min(candle.askLowE8(), askE8),
                candle.askCloseE8(),
                candle.volume(),
                candle.complete());
    }

    private static void write(JsonLine json, Candle candle, String sides, int digits) {
        json.beginElement()
                .flag("complete", candle.complete())
                .number("volume", candle.volume())
                .time("time", candle.startNs());
        if (sides.contains("M")) {
            prices(
                    json,
                    "mid",
                    digits,
                    candle.midOpenE8(),
                    candle.midHighE8(),
                    candle.midLowE8(),
                    candle.midCloseE8());
        }
        if (sides.contains("B")) {
            prices(
                    json,
                    "bid",
                    digits,
                    candle.bidOpenE8(),
                    candle.bidHighE8(),
                    candle.bidLowE8(),
                    candle.bidCloseE8());
        }
        if (sides.contains("A")) {
            prices(
                    json,
                    "ask",
                    digits,
                    candle.askOpenE8(),
                    candle.askHighE8(),
                    candle.askLowE8(),
                    candle.askCloseE8());
        }
        json.end();
    }

    private static void prices(
            JsonLine json, String name, int digits, long open, long high, long low, long close) {
        json.begin(name)
                .price("o", open, digits)
                .price("h", high, digits)
                .price("l", low, digits)
                .price("c", close, digits)
                .end();
    }
}
