package saker.live;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.agrona.ExpandableArrayBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import saker.config.StrategyConfig;
import saker.journal.BarsDescriptor;
import saker.journal.Journal;
import saker.market.Instruments;
import saker.model.BarPeriod;
import saker.model.Bars;
import saker.model.Instrument;
import saker.model.RecordKind;

/**
 * Fetches the past that strategies and charts need and appends it as Bars records: of every
 * instrument the minutes of the present day, and of each the periods its strategies ask for. What
 * was fetched is what a replay uses.
 */
final class WarmUpBars {
    private static final Logger LOG = LoggerFactory.getLogger(WarmUpBars.class);

    /** A whole trading day of minutes: the forming bar of every longer period is made of them. */
    private static final int MINUTES = 1_500;

    private static final int BARS_PER_RECORD = 500;
    private static final int MAX_BARS = 5_000;
    private static final long RETRY_MS = 2_000;
    private static final long LATEST = Long.MAX_VALUE;

    private final Journal journal;
    private final BrokerSessionVerticle session;
    private final io.vertx.core.Vertx vertx;
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(64 * 1024);

    WarmUpBars(io.vertx.core.Vertx vertx, Journal journal, BrokerSessionVerticle session) {
        this.vertx = vertx;
        this.journal = journal;
        this.session = session;
    }

    /** Completes when all bars are in the journal; a request that fails is tried again. */
    Future<Void> run(Instruments instruments, List<String> symbols, List<StrategyConfig> configs) {
        Future<Void> all = Future.succeededFuture();
        for (String symbol : symbols) {
            Instrument instrument = instruments.bySymbol(symbol);
            for (Map.Entry<BarPeriod, Integer> need : needs(symbol, configs).entrySet()) {
                all = all.compose(before -> fetch(instrument, need.getKey(), need.getValue()));
            }
        }
        return all;
    }

    private static Map<BarPeriod, Integer> needs(String symbol, List<StrategyConfig> configs) {
        Map<BarPeriod, Integer> needs = new EnumMap<>(BarPeriod.class);
        needs.put(BarPeriod.M1, MINUTES);
        for (StrategyConfig config : configs) {
            if (config.symbol().equals(symbol)) {
                for (StrategyConfig.Rates rates : config.rates()) {
                    BarPeriod base =
                            BarPeriod.D1.minutes() < rates.period().minutes()
                                    ? BarPeriod.D1
                                    : rates.period();
                    int bars =
                            (int) (rates.bars() * 1.3 * rates.period().minutes() / base.minutes())
                                    + 10;
                    needs.merge(base, Math.min(MAX_BARS, bars), Math::max);
                }
            }
        }
        return needs;
    }

    private Future<Void> fetch(Instrument instrument, BarPeriod period, int count) {
        return session.onLoop(
                        s ->
                                Future.fromCompletionStage(
                                        s.candles(instrument, period, count, LATEST)))
                .map(
                        bars -> {
                            append(instrument, period, bars);
                            return (Void) null;
                        })
                .recover(
                        failure -> {
                            if (!journal.isOpen() || session.isStopped()) {
                                return Future.failedFuture(failure);
                            }
                            LOG.warn(
                                    "warm-up of {} {} failed, trying again: {}",
                                    instrument.symbol(),
                                    period,
                                    failure.getMessage());
                            return vertx.timer(RETRY_MS, java.util.concurrent.TimeUnit.MILLISECONDS)
                                    .compose(waited -> fetch(instrument, period, count));
                        });
    }

    private void append(Instrument instrument, BarPeriod period, List<Bars.Bar> bars) {
        List<List<Bars.Bar>> chunks = new ArrayList<>();
        for (int i = 0; i < bars.size(); i += BARS_PER_RECORD) {
            chunks.add(bars.subList(i, Math.min(bars.size(), i + BARS_PER_RECORD)));
        }
        if (chunks.isEmpty()) {
            chunks.add(List.of()); // Nothing in the past: the series is complete all the same.
        }
        for (int i = 0; i < chunks.size(); i++) {
            Bars record = new Bars(instrument.id(), period, i == chunks.size() - 1, chunks.get(i));
            int length = BarsDescriptor.encode(record, buffer, 0);
            journal.append(
                    RecordKind.BARS,
                    BarsDescriptor.VERSION,
                    journal.marketTimeNs(),
                    0,
                    0,
                    true,
                    buffer,
                    0,
                    length);
        }
    }
}
