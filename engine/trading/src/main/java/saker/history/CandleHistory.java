package saker.history;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Candles of all periods: before the start from a file or generated backwards from the first price,
 * after it from the prices fed in. There are none while the market is closed or nothing was quoted.
 * Not thread-safe.
 *
 * <p>The generated past reaches {@value GeneratedPast#DEPTH_DAYS} trading days back. It is fixed by
 * the seed and the prices known at the first question, so feed the first price of every instrument
 * before asking. Periods shorter than those of a loaded file are generated. An alignment zone that
 * is not whole hours from UTC gets generated candles of H2 and longer to the next whole hour.
 */
public final class CandleHistory {
    private static final long FIVE_SECONDS_NS = 5_000_000_000L;
    private static final long DAY_NS = LeanFile.DAY_NS;

    private final long seed;
    private final List<PriceModel> models;
    private final Map<String, CandleFile> files = new HashMap<>();
    private final Map<String, List<Candle>> seconds = new HashMap<>();
    private final Map<String, Long> firstMidE8 = new HashMap<>();
    private long startNs = Long.MAX_VALUE;
    private GeneratedPast past;

    /** Past generated backwards from the first price of each instrument, by the seed. */
    public CandleHistory(long seed, List<PriceModel> models) {
        this.seed = seed;
        this.models = List.copyOf(models);
    }

    /** Open, high, low and close of the bid or the ask. */
    record Side(long open, long high, long low, long close) {
        private static final int LEG = 4;

        /** The price after {@code part} twelfths of the minute, on a whole point. */
        long along(boolean up, int part, long pointE8) {
            long exactE8 = exact(up, part);
            return exactE8 - Math.floorMod(exactE8, pointE8);
        }

        private long exact(boolean up, int part) {
            long first = up ? low : high;
            long second = up ? high : low;
            int step = part % LEG;
            return switch (part / LEG) {
                case 0 -> open + (first - open) * step / LEG;
                case 1 -> first + (second - first) * step / LEG;
                case 2 -> second + (close - second) * step / LEG;
                default -> close;
            };
        }
    }

    /**
     * Takes the past of {@code instrument} from a Lean zip or CSV file instead: rows {@code
     * yyyyMMdd HH:mm,bidO,bidH,bidL,bidC,size,askO,askH,askL,askC,size} (hour, day), or with
     * milliseconds since midnight in place of the time and the date in the file's name (minute,
     * second); UTC, ascending; sizes are not used. Rows while the market is closed are left out.
     *
     * @throws TickFileException with file, line and value of a bad row
     */
    public void loadFile(String instrument, Path file) throws IOException {
        files.put(instrument, CandleFile.read(file));
    }

    /** Adds one price of the market; non-tradeable ones are left out. */
    public void onPrice(MarketPrice price) {
        if (!price.tradeable()) {
            return;
        }
        startNs = Math.min(startNs, price.timeNs());
        firstMidE8.putIfAbsent(price.instrument(), (price.bidE8() + price.askE8()) / 2);
        List<Candle> candles =
                seconds.computeIfAbsent(price.instrument(), any -> new ArrayList<>());
        long periodNs = price.timeNs() - Math.floorMod(price.timeNs(), FIVE_SECONDS_NS);
        Candle tick =
                new Candle(
                        periodNs,
                        price.bidE8(),
                        price.bidE8(),
                        price.bidE8(),
                        price.bidE8(),
                        price.askE8(),
                        price.askE8(),
                        price.askE8(),
                        price.askE8(),
                        1,
                        true);
        int last = candles.size() - 1;
        if (last >= 0 && candles.get(last).startNs() >= periodNs) {
            candles.set(last, candles.get(last).join(tick));
        } else {
            candles.add(tick);
        }
    }

    /**
     * The last {@code count} candles that start before {@code toNs} (exclusive), oldest first.
     *
     * @param nowNs decides whether the last one is complete
     */
    public List<Candle> last(
            String instrument,
            Granularity granularity,
            CandleAlignment alignment,
            int count,
            long toNs,
            long nowNs) {
        if (count <= 0) {
            return List.of();
        }
        Periods periods = new Periods(granularity, alignment);
        long endNs = Math.min(toNs, nowNs + 1);
        long earliestNs = earliestNs(instrument, granularity);
        long spanNs = granularity.lengthNs() * count / 5 * 7 + 4 * DAY_NS;
        while (true) {
            long fromNs = Math.max(earliestNs, endNs - spanNs);
            List<Candle> candles =
                    candles(
                            instrument,
                            granularity,
                            periods,
                            periods.startOf(fromNs),
                            endNs,
                            nowNs);
            if (candles.size() > count || fromNs == earliestNs) {
                int skipped = Math.max(0, candles.size() - count);
                return List.copyOf(candles.subList(skipped, candles.size()));
            }
            spanNs *= 2;
        }
    }

    /** Candles from the period holding {@code fromNs} on, at most {@code limit}, oldest first. */
    public List<Candle> range(
            String instrument,
            Granularity granularity,
            CandleAlignment alignment,
            long fromNs,
            long toNs,
            int limit,
            long nowNs) {
        Periods periods = new Periods(granularity, alignment);
        long beginNs = periods.startOf(Math.max(fromNs, earliestNs(instrument, granularity)));
        long endNs = Math.min(toNs, nowNs + 1);
        long spanNs = granularity.lengthNs() * limit / 5 * 7 + 4 * DAY_NS;
        while (true) {
            long untilNs = Math.min(endNs, beginNs + spanNs);
            List<Candle> candles =
                    candles(instrument, granularity, periods, beginNs, untilNs, nowNs);
            if (candles.size() > limit || untilNs >= endNs) {
                return List.copyOf(candles.subList(0, Math.min(limit, candles.size())));
            }
            spanNs *= 2;
        }
    }

    /** Where nothing is before; a span that starts here can be no longer. */
    private long earliestNs(String instrument, Granularity granularity) {
        CandleFile file = fileFor(instrument, granularity);
        if (file != null) {
            return file.firstNs();
        }
        if (past().knows(instrument)) {
            return past().earliestNs();
        }
        List<Candle> live = seconds.get(instrument);
        return live == null || live.isEmpty() ? 0 : live.get(0).startNs();
    }

    private CandleFile fileFor(String instrument, Granularity granularity) {
        CandleFile file = files.get(instrument);
        boolean serves =
                file != null
                        && file.periodNs() <= granularity.lengthNs()
                        && file.firstNs() < startNs;
        return serves ? file : null;
    }

    private GeneratedPast past() {
        if (past == null) {
            long atNs = startNs == Long.MAX_VALUE ? GeneratedPrices.USUAL_START_NS : startNs;
            CurrencyValues values = new CurrencyValues(models, firstMidE8);
            past = new GeneratedPast(seed, models, values, atNs);
        }
        return past;
    }

    private List<Candle> candles(
            String instrument,
            Granularity granularity,
            Periods periods,
            long fromNs,
            long toNs,
            long nowNs) {
        CandleBuilder builder = new CandleBuilder(periods, nowNs);
        CandleFile file = fileFor(instrument, granularity);
        if (file != null) {
            file.addTo(fromNs, Math.min(toNs, startNs), builder);
        } else if (past().knows(instrument)) {
            addGenerated(instrument, granularity, fromNs, toNs, builder);
        }
        List<Candle> live = seconds.getOrDefault(instrument, List.of());
        for (int i = firstAtOrAfter(live, fromNs); i < live.size(); i++) {
            if (live.get(i).startNs() >= toNs) {
                break;
            }
            builder.add(live.get(i));
        }
        return builder.candles();
    }

    private void addGenerated(
            String instrument,
            Granularity granularity,
            long fromNs,
            long toNs,
            CandleBuilder builder) {
        if (granularity.seconds() < Granularity.M1.seconds()) {
            CandleBuilder minutes =
                    new CandleBuilder(
                            new Periods(Granularity.M1, CandleAlignment.USUAL), Long.MAX_VALUE);
            long firstNs = fromNs - Math.floorMod(fromNs, Granularity.M1.lengthNs());
            past().addTo(instrument, firstNs, toNs, false, minutes);
            for (Candle minute : minutes.candles()) {
                SecondsSplit.addTo(minute, past().pointE8(instrument), fromNs, toNs, builder);
            }
            return;
        }
        boolean hourly = granularity.seconds() >= Granularity.H1.seconds();
        past().addTo(instrument, fromNs, toNs, hourly, builder);
    }

    private static int firstAtOrAfter(List<Candle> candles, long timeNs) {
        int low = 0;
        int high = candles.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (candles.get(middle).startNs() < timeNs) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
