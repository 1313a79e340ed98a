package saker.broker.oanda;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import saker.broker.RecordingJournal;
import saker.broker.oanda.OandaCounters.Count;
import saker.model.FeedStatus;
import saker.model.FeedStatus.Feed;
import saker.model.FeedStatus.State;
import saker.time.EpochNanoClock;

/** Prices of our own venue over a socket, through a cut and a reconnect. */
class OandaVenueFeedTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Vertx vertx = Vertx.vertx();
    private final RecordingJournal journal = new RecordingJournal();
    private final OandaCounters counters = new OandaCounters();

    @Test
    void shouldJournalTheVenuesPricesInOrderAcrossACut() throws Exception {
        try (VenueUnderTest venue = new VenueUnderTest()) {
            OandaPriceFeed feed =
                    new OandaPriceFeed(
                            vertx,
                            venue.options,
                            EpochNanoClock.system(),
                            journal,
                            new ConnectionPacer(),
                            counters);
            vertx.runOnContext(ready -> feed.start(venue.instruments()));
            journal.await("ticks", PATIENCE, () -> journal.ticks().size() >= 20);

            venue.fault("{\"kind\":\"cut\",\"stream\":\"prices\"}");
            journal.await("second LIVE", PATIENCE, () -> live() == 2);
            int before = journal.ticks().size();
            journal.await("more", PATIENCE, () -> journal.ticks().size() >= before + 20);
            feed.stop().toCompletableFuture().get(10, TimeUnit.SECONDS);

            List<RecordingJournal.Tick> ticks = journal.ticks();
            for (int id = 0; id < 2; id++) {
                int instrument = id;
                assertThat(ticks)
                        .filteredOn(tick -> tick.instrumentId() == instrument)
                        .isNotEmpty()
                        .extracting(RecordingJournal.Tick::marketTimeNs)
                        .isSorted();
            }
            assertThat(counters.get(Count.LINE_MALFORMED)).isZero();
            assertThat(counters.get(Count.QUARANTINED_DEVIATION)).isZero();
            assertThat(journal.statuses()).allMatch(status -> status.feed() == Feed.PRICES);
            assertThat(journal.statuses().get(1).marketRate()).isEqualTo(10.0);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }

    private long live() {
        return journal.statuses().stream()
                .map(FeedStatus::state)
                .filter(s -> s == State.LIVE)
                .count();
    }
}
