package saker.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import saker.time.TradingDay;

/**
 * A past that ends at given prices: a walk of days backwards for every currency, and within a day
 * minutes that lead from its open to its close, made when asked for. All instruments and periods
 * come from the same minutes, so they agree. The same seed and prices give the same past.
 */
final class GeneratedPast {
    /** Trading days that exist before the start: five years. */
    static final int DEPTH_DAYS = 1_300;

    private static final long MINUTE_NS = 60_000_000_000L;
    private static final double WEEKEND_SHARE = 0.35;
    private static final int CACHED_DAYS = 24;

    private final long seed;
    private final CurrencyValues values;
    private final Map<String, PriceModel> models = new HashMap<>();
    private final List<Long> dayStartNs = new ArrayList<>(); // 0 is the day of the start.
    private final int[] minutes;
    private final Map<Integer, MarketHours.Profile> profiles = new HashMap<>();
    private final Map<String, double[][]> ends = new HashMap<>();
    private final Map<String, List<List<Candle>>> hours = new HashMap<>();
    private final Map<String, List<Candle>> minuteCache =
            new LinkedHashMap<>(CACHED_DAYS, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, List<Candle>> eldest) {
                    return size() > CACHED_DAYS;
                }
            };

    GeneratedPast(long seed, List<PriceModel> models, CurrencyValues values, long startNs) {
        this.seed = seed;
        this.values = values;
        models.forEach(model -> this.models.put(model.instrument(), model));
        long dayNs = TradingDay.dayStartNs(startNs);
        while (!TradingDay.isOpen(dayNs)) {
            dayNs = TradingDay.dayStartNs(dayNs - 1);
        }
        dayStartNs.add(dayNs);
        while (dayStartNs.size() < DEPTH_DAYS) {
            dayNs = TradingDay.dayStartNs(dayNs - 1);
            if (TradingDay.isOpen(dayNs)) {
                dayStartNs.add(dayNs);
            }
        }
        minutes = new int[dayStartNs.size()];
        for (int i = 0; i < minutes.length; i++) {
            long endNs = TradingDay.nextRolloverNs(dayStartNs.get(i));
            long untilNs = i == 0 ? Math.min(startNs, endNs) : endNs;
            minutes[i] = (int) ((untilNs - dayStartNs.get(i)) / MINUTE_NS);
        }
    }

    boolean knows(String instrument) {
        return models.containsKey(instrument);
    }

    long pointE8(String instrument) {
        return models.get(instrument).pointE8();
    }

    long earliestNs() {
        return dayStartNs.get(dayStartNs.size() - 1);
    }

    /** One-minute or one-hour candles that start in [fromNs, toNs), oldest first. */
    void addTo(String instrument, long fromNs, long toNs, boolean hourly, CandleBuilder builder) {
        for (int day = dayStartNs.size() - 1; day >= 0; day--) {
            long startNs = dayStartNs.get(day);
            if (startNs >= toNs || startNs + minutes[day] * MINUTE_NS <= fromNs) {
                continue;
            }
            List<Candle> parts = hourly ? hoursOf(instrument, day) : minutesOf(instrument, day);
            for (Candle part : parts) {
                if (part.startNs() >= fromNs && part.startNs() < toNs) {
                    builder.add(part);
                }
            }
        }
    }

    private List<Candle> hoursOf(String instrument, int day) {
        List<List<Candle>> days =
                hours.computeIfAbsent(
                        instrument,
                        any -> new ArrayList<>(java.util.Collections.nCopies(DEPTH_DAYS, null)));
        List<Candle> cached = days.get(day);
        if (cached == null) {
            Periods periods = new Periods(Granularity.H1, CandleAlignment.USUAL);
            CandleBuilder builder = new CandleBuilder(periods, Long.MAX_VALUE);
            makeMinutes(instrument, day).forEach(builder::add);
            cached = builder.candles();
            days.set(day, cached);
        }
        return cached;
    }

    private List<Candle> minutesOf(String instrument, int day) {
        String key = instrument + day;
        List<Candle> cached = minuteCache.get(key);
        if (cached == null) {
            cached = makeMinutes(instrument, day);
            minuteCache.put(key, cached);
        }
        return cached;
    }

    private List<Candle> makeMinutes(String instrument, int day) {
        PriceModel model = models.get(instrument);
        double[] base = path(model.base(), day);
        double[] quote = path(model.quote(), day);
        SeededRandom random = SeededRandom.of(seed, instrument, day);
        MarketHours.Profile profile = profile(day);
        List<Candle> candles = new ArrayList<>(minutes[day]);
        double close = StrictMath.exp(base[0] - quote[0]);
        for (int minute = 0; minute < minutes[day]; minute++) {
            double open = close;
            close = StrictMath.exp(base[minute + 1] - quote[minute + 1]);
            double reach =
                    model.dailyVolatility() * Math.sqrt(profile.variance()[minute] / 1_440) * 0.5;
            double high = Math.max(open, close) * (1 + reach * Math.abs(random.roughGaussian()));
            double low = Math.min(open, close) * (1 - reach * Math.abs(random.roughGaussian()));
            double updates = profile.updates()[minute] * 40 * (0.7 + 0.6 * random.uniform());
            long startNs = dayStartNs.get(day) + minute * MINUTE_NS;
            long spreadE8 = model.spread(profile.spread()[minute]);
            candles.add(
                    candle(
                            startNs,
                            spreadE8,
                            1 + (int) updates,
                            model.bid(open, spreadE8),
                            model.bid(high, spreadE8),
                            model.bid(low, spreadE8),
                            model.bid(close, spreadE8)));
        }
        return candles;
    }

    private MarketHours.Profile profile(int day) {
        long startNs = dayStartNs.get(day);
        return profiles.computeIfAbsent(
                MarketHours.profileKey(startNs), any -> MarketHours.Profile.of(startNs));
    }

    private static Candle candle(
            long startNs,
            long spreadE8,
            int volume,
            long openE8,
            long highE8,
            long lowE8,
            long closeE8) {
        return new Candle(
                startNs,
                openE8,
                highE8,
                lowE8,
                closeE8,
                openE8 + spreadE8,
                highE8 + spreadE8,
                lowE8 + spreadE8,
                closeE8 + spreadE8,
                volume,
                true);
    }

    /** The currency's log value at every minute of the day, from its open to its close. */
    private double[] path(String currency, int day) {
        CurrencyValues.Currency facts = values.get(currency);
        double[] shared = bridge("", CurrencyValues.DOLLAR_VOLATILITY, day);
        double[] own = bridge(currency, facts.ownVolatility(), day);
        double[] path = new double[minutes[day] + 1];
        for (int i = 0; i < path.length; i++) {
            path[i] = facts.logValue() + facts.shared() * shared[i] + own[i];
        }
        return path;
    }

    /** Pinned at the day's ends: a walk whose surplus is taken off evenly. */
    private double[] bridge(String name, double dailyVolatility, int day) {
        double[][] pinned = endsOf(name, dailyVolatility);
        SeededRandom random = SeededRandom.of(seed, "minutes" + name, day);
        double[] walk = new double[minutes[day] + 1];
        double[] passed = new double[walk.length];
        double[] variance = profile(day).variance();
        for (int i = 1; i < walk.length; i++) {
            double step = dailyVolatility * Math.sqrt(variance[i - 1] / 1_440);
            walk[i] = walk[i - 1] + step * random.roughGaussian();
            passed[i] = passed[i - 1] + variance[i - 1];
        }
        int last = walk.length - 1;
        double surplus = walk[last] - (pinned[1][day] - pinned[0][day]);
        for (int i = 0; i < walk.length; i++) {
            double share = last == 0 ? 1 : passed[i] / passed[last];
            walk[i] += pinned[0][day] - share * surplus;
        }
        return walk;
    }

    /** Opens and closes of all days; the start's own value is 0. */
    private double[][] endsOf(String name, double dailyVolatility) {
        return ends.computeIfAbsent(
                name,
                any -> {
                    SeededRandom random = SeededRandom.of(seed, "days" + name, 0);
                    double[][] made = new double[2][minutes.length];
                    double close = 0;
                    for (int day = 0; day < minutes.length; day++) {
                        double share = StrictMath.sqrt(minutes[day] / 1_440.0);
                        double open = close - dailyVolatility * share * random.gaussian();
                        made[1][day] = close;
                        made[0][day] = open;
                        boolean weekend =
                                day + 1 < minutes.length
                                        && dayStartNs.get(day) - dayStartNs.get(day + 1)
                                                > LeanFile.DAY_NS * 3 / 2;
                        double gap =
                                weekend ? dailyVolatility * WEEKEND_SHARE * random.gaussian() : 0;
                        close = open - gap;
                    }
                    return made;
                });
    }
}
