package saker.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A seeded market without end: the same seed, models and start give the same prices, at any speed.
 * Volatility, spreads and the number of updates follow the sessions; bursts of volatility come and
 * go over hours. Closed from Friday to Sunday 17:00 New York, with one non-tradeable price of each
 * instrument at the close and a gap over the weekend.
 */
public final class GeneratedPrices implements MarketSource {
    /** Tuesday 2026-01-06 08:00 London. */
    public static final long USUAL_START_NS = 1_767_686_400_000_000_000L;

    private static final double DAY_NS = 86_400e9;
    private static final double BURST_NS = 2 * 3_600e9;
    private static final double BURST_SIZE = 0.25;
    private static final double WEEKEND_SHARE = 0.35;
    private static final long SLOT_NS = 60_000_000_000L;

    private final SeededRandom random;
    private final long startNs;
    private final List<Stream> streams = new ArrayList<>();
    private final Map<String, Walk> walks = new HashMap<>();
    private final Walk dollar = new Walk(null);
    private final ArrayDeque<MarketPrice> closing = new ArrayDeque<>();

    private double burst;
    private long burstNs;
    private long closeNs;

    // Looked up once a minute of market time: zone arithmetic is dear.
    private long slot = Long.MIN_VALUE;
    private double slotVariance;
    private double slotSpread;
    private double slotUpdates;

    /**
     * @param startNs market time of the first prices; if the market is closed then, its opening
     */
    public GeneratedPrices(long seed, List<PriceModel> models, long startNs) {
        if (models.isEmpty()) {
            throw new IllegalArgumentException("no price models");
        }
        this.random = new SeededRandom(seed);
        this.startNs = MarketHours.openAtOrAfter(startNs);
        this.closeNs = MarketHours.weekCloseNs(this.startNs);
        this.burstNs = this.startNs;
        CurrencyValues values = new CurrencyValues(models, Map.of());
        for (CurrencyValues.Currency currency : values.all()) {
            walks.put(currency.name(), new Walk(currency));
        }
        for (PriceModel model : models) {
            Stream stream = new Stream(model);
            stream.nextNs = this.startNs + streams.size();
            streams.add(stream);
        }
    }

    @Override
    public MarketPrice next() {
        while (true) {
            if (!closing.isEmpty()) {
                return closing.poll();
            }
            Stream stream = earliest();
            if (stream.nextNs >= closeNs) {
                closeWeek();
                continue;
            }
            MarketPrice price = stream.price();
            if (price != null) {
                return price;
            }
        }
    }

    private Stream earliest() {
        Stream first = streams.get(0);
        for (Stream stream : streams) {
            if (stream.nextNs < first.nextNs) {
                first = stream;
            }
        }
        return first;
    }

    private void closeWeek() {
        for (Stream stream : streams) {
            closing.add(stream.quote(closeNs, false));
        }
        long openNs = MarketHours.openAtOrAfter(closeNs);
        dollar.gap(openNs, CurrencyValues.DOLLAR_VOLATILITY);
        walks.values().stream()
                .sorted((a, b) -> a.currency.name().compareTo(b.currency.name()))
                .forEach(walk -> walk.gap(openNs, walk.currency.ownVolatility()));
        burstNs = openNs;
        for (Stream stream : streams) {
            stream.nextNs = openNs + (long) (random.uniform() * 5e9) / 1_000_000 * 1_000_000;
            stream.bidE8 = 0;
        }
        closeNs = MarketHours.weekCloseNs(openNs);
    }

    @Override
    public long startNs() {
        return startNs;
    }

    @Override
    public List<String> instruments() {
        return streams.stream().map(stream -> stream.model.instrument()).toList();
    }

    private void enterSlot(long timeNs) {
        long now = Math.floorDiv(timeNs, SLOT_NS);
        if (now != slot) {
            slot = now;
            slotVariance = MarketHours.variance(timeNs);
            slotSpread = MarketHours.spread(timeNs);
            slotUpdates = MarketHours.updatesPerSecond(timeNs);
        }
        double passed = (timeNs - burstNs) / BURST_NS;
        if (passed > 0.01) {
            double kept = StrictMath.exp(-passed);
            burst = burst * kept + StrictMath.sqrt(1 - kept * kept) * random.gaussian();
            burstNs = timeNs;
        }
    }

    private double liveliness() {
        return StrictMath.exp(BURST_SIZE * burst);
    }

    /** A logarithm that walks, moved on only when somebody looks at it. */
    private final class Walk {
        private final CurrencyValues.Currency currency;
        private double value;
        private long timeNs = Long.MIN_VALUE;

        Walk(CurrencyValues.Currency currency) {
            this.currency = currency;
        }

        double at(long now, double dailyVolatility) {
            if (timeNs == Long.MIN_VALUE) {
                timeNs = now;
            }
            if (now > timeNs && dailyVolatility > 0) {
                double days = (now - timeNs) / DAY_NS * slotVariance;
                value += dailyVolatility * liveliness() * StrictMath.sqrt(days) * random.gaussian();
            }
            timeNs = Math.max(now, timeNs);
            return value;
        }

        void gap(long openNs, double dailyVolatility) {
            value += dailyVolatility * WEEKEND_SHARE * random.gaussian();
            timeNs = openNs;
        }
    }

    private double logValue(String currency, long now) {
        Walk walk = walks.get(currency);
        CurrencyValues.Currency facts = walk.currency;
        return facts.logValue()
                + facts.shared() * dollar.at(now, CurrencyValues.DOLLAR_VOLATILITY)
                + walk.at(now, facts.ownVolatility());
    }

    /** The updates of one instrument. */
    private final class Stream {
        private final PriceModel model;
        private long nextNs;
        private long bidE8;
        private long askE8;

        Stream(PriceModel model) {
            this.model = model;
        }

        /** Null if the quote did not change. */
        MarketPrice price() {
            long now = nextNs;
            long beforeBid = bidE8;
            long beforeAsk = askE8;
            MarketPrice price = quote(now, true);
            double waitNs = random.exponential() * 1e9 / (slotUpdates * liveliness());
            nextNs = now + Math.max(1, (long) (waitNs / 1e6)) * 1_000_000;
            return bidE8 == beforeBid && askE8 == beforeAsk ? null : price;
        }

        MarketPrice quote(long now, boolean tradeable) {
            enterSlot(Math.min(now, closeNs - 1));
            double mid = StrictMath.exp(logValue(model.base(), now) - logValue(model.quote(), now));
            double noise = 0.85 + 0.3 * random.uniform();
            long spreadE8 =
                    model.spread(slotSpread * Math.max(0.8, Math.sqrt(liveliness())) * noise);
            bidE8 = model.bid(mid, spreadE8);
            askE8 = bidE8 + spreadE8;
            return new MarketPrice(model.instrument(), bidE8, askE8, tradeable, now);
        }
    }
}
