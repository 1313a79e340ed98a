package saker.broker.oanda;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientResponse;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import saker.broker.PriceFeed;
import saker.journal.RecordSink;
import saker.model.FeedStatus;
import saker.model.FeedStatus.Feed;
import saker.model.FeedStatus.State;
import saker.model.Instrument;
import saker.time.EpochNanoClock;

/**
 * The price stream of an OANDA account. Ticks go from the chunk to the journal without an
 * allocation of ours; the HTTP client's own copy of each chunk is the only one. Call it on its
 * event loop.
 */
public final class OandaPriceFeed implements PriceFeed {
    private final Vertx vertx;
    private final OandaOptions options;
    private final EpochNanoClock clock;
    private final ConnectionPacer pacer;
    private final OandaCounters counters;
    private final BackgroundErrors errors;
    private final JournalWriter writer;
    private final TickGate gate;
    private final HttpClientAgent client;

    private PriceStreamReader reader;
    private StreamConnection stream;
    private double marketRate = 1;

    /**
     * @param pacer shared by all connections to the same broker
     */
    public OandaPriceFeed(
            Vertx vertx,
            OandaOptions options,
            EpochNanoClock clock,
            RecordSink journal,
            ConnectionPacer pacer,
            OandaCounters counters) {
        this.vertx = vertx;
        this.options = options;
        this.clock = clock;
        this.pacer = pacer;
        this.counters = counters;
        this.errors = new BackgroundErrors(counters, options.accountIndex());
        this.writer = new JournalWriter(journal, counters);
        this.gate =
                new TickGate(
                        new JournalTickSink(journal, counters),
                        counters,
                        options.priceDeviationPct());
        this.client = OandaHttp.streamClient(vertx, options);
    }

    @Override
    public void start(List<Instrument> instruments) {
        if (stream != null) {
            throw new IllegalStateException("price feed started twice");
        }
        reader = new PriceStreamReader(new InstrumentTable(instruments), gate, counters);
        String names =
                instruments.stream().map(Instrument::brokerName).collect(Collectors.joining("%2C"));
        String path = options.accountPath("/pricing/stream?instruments=" + names);
        stream =
                new StreamConnection(
                        vertx,
                        client,
                        () -> OandaHttp.streamRequest(options, path),
                        options,
                        pacer,
                        new Backoff(
                                options.timing().backoffFirstMs(),
                                options.timing().backoffMaxMs(),
                                RandomGenerator.getDefault()),
                        counters,
                        errors,
                        new Prices());
        stream.start();
    }

    @Override
    public CompletionStage<Void> stop() {
        if (stream != null) {
            stream.stop();
        }
        return client.close().toCompletionStage();
    }

    public OandaCounters counters() {
        return counters;
    }

    private final class Prices implements StreamConnection.Listener {
        @Override
        public void onOpen(HttpClientResponse response) {
            MarketHeaders headers = MarketHeaders.of(response.headers());
            marketRate = headers.rate();
            gate.followsOurClock(!headers.ownClock());
        }

        @Override
        public void onChunk(Buffer chunk) {
            reader.onChunk(chunk, clock.nanoTime());
        }

        @Override
        public void onDown() {
            reader.onEnd();
        }

        @Override
        public void onState(State state, String detail) {
            long seenNs = reader.lastEventTimeNs();
            writer.append(
                    new FeedStatus(options.accountIndex(), Feed.PRICES, state, marketRate, detail),
                    seenNs > 0 ? seenNs : clock.nanoTime());
        }
    }
}
