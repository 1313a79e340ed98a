package saker.broker.oanda;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import saker.broker.RecordingJournal;
import saker.model.FeedStatus;
import saker.model.FeedStatus.State;
import saker.time.EpochNanoClock;

class OandaPriceFeedTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String T1 = "2016-10-27T08:38:43.094548890Z";
    private static final String T2 = "2016-10-27T08:38:44.094548890Z";

    private final Vertx vertx = Vertx.vertx();
    private final RecordingJournal journal = new RecordingJournal();
    private final OandaCounters counters = new OandaCounters();
    private OandaPriceFeed feed;

    @AfterEach
    void stop() throws Exception {
        if (feed != null) {
            feed.stop().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void shouldJournalTicksAndSayItsState() throws Exception {
        StreamServer server =
                serve(request -> open(request).write(Ticks.price("EUR_USD", T1, "1.1", "1.2")));

        start(server, timing(10_000));
        journal.await("tick", PATIENCE, () -> journal.ticks().size() == 1);

        assertThat(journal.ticks().get(0))
                .isEqualTo(
                        new RecordingJournal.Tick(
                                0, 110_000_000L, 120_000_000L, 1, 1_477_557_523_094_548_890L));
        assertThat(states()).containsExactly(State.CONNECTING, State.LIVE);
        HttpServerRequest request = server.requests.get(0);
        assertThat(request.uri())
                .isEqualTo(
                        "/v3/accounts/101-001-1-001/pricing/stream"
                                + "?instruments=EUR_USD%2CUSD_JPY%2CEUR_JPY");
        assertThat(request.getHeader("Authorization")).isEqualTo("Bearer secret");
        assertThat(request.getHeader("Accept-Datetime-Format")).isEqualTo("RFC3339");
    }

    @Test
    void shouldReportASilentStreamAsStaleAndReconnect() throws Exception {
        StreamServer server = serve(request -> open(request).write(Ticks.heartbeat(T1)));

        start(server, timing(1_000));
        journal.await("second connection", PATIENCE, () -> server.requests.size() >= 2);

        assertThat(states().subList(0, 4))
                .containsExactly(State.CONNECTING, State.LIVE, State.STALE, State.CONNECTING);
        assertThat(counters.get(OandaCounters.Count.STREAM_SILENT)).isPositive();
    }

    @Test
    void shouldStayLiveOnHeartbeatsAlone() throws Exception {
        StreamServer server =
                serve(
                        request -> {
                            HttpServerResponse response = open(request);
                            vertx.setPeriodic(100, id -> response.write(Ticks.heartbeat(T1)));
                        });

        start(server, timing(400));
        journal.await(
                "heartbeats", PATIENCE, () -> counters.get(OandaCounters.Count.HEARTBEATS) >= 15);

        assertThat(states()).containsExactly(State.CONNECTING, State.LIVE);
        assertThat(server.requests).hasSize(1);
    }

    @Test
    void shouldReconnectAfterACutInMidLineWithoutAFalseTick() throws Exception {
        String first = Ticks.price("EUR_USD", T1, "1.1", "1.2");
        String second = Ticks.price("EUR_USD", T2, "1.11", "1.21");
        int[] served = new int[1];
        StreamServer server =
                serve(
                        request -> {
                            HttpServerResponse response = open(request);
                            if (served[0]++ == 0) {
                                response.write(first + second.substring(0, 200))
                                        .onComplete(done -> request.connection().close());
                            } else {
                                response.write(first + second); // A snapshot repeats prices.
                            }
                        });

        start(server, timing(10_000));
        journal.await("second tick", PATIENCE, () -> journal.ticks().size() >= 2);

        assertThat(journal.ticks())
                .extracting(RecordingJournal.Tick::bidE8)
                .containsExactly(110_000_000L, 111_000_000L);
        assertThat(counters.get(OandaCounters.Count.LINE_CUT)).isEqualTo(1);
        assertThat(counters.get(OandaCounters.Count.TICK_DUPLICATE)).isEqualTo(1);
        assertThat(states())
                .containsExactly(
                        State.CONNECTING,
                        State.LIVE,
                        State.DISCONNECTED,
                        State.CONNECTING,
                        State.LIVE);
    }

    @Test
    void shouldNotStormWhenTheTokenIsRefused() throws Exception {
        StreamServer server = serve(request -> request.response().setStatusCode(401).end());

        start(server, timing(500)); // Retry after a refusal: 1,500 ms.
        journal.await("second try", PATIENCE, () -> server.requests.size() == 2);

        assertThat(server.connectedAtMs.get(1) - server.connectedAtMs.get(0))
                .isGreaterThanOrEqualTo(1_400);
        assertThat(journal.statuses().get(1).detail()).contains("status=401");
    }

    @Test
    void shouldMakeAtMostTwoConnectionsASecond() throws Exception {
        StreamServer server = serve(request -> request.connection().close());

        start(server, timing(10_000));
        journal.await("connections", PATIENCE, () -> server.connectedAtMs.size() >= 6);

        List<Long> at = server.connectedAtMs;
        for (int i = 2; i < at.size(); i++) {
            assertThat(at.get(i) - at.get(i - 2)).isGreaterThanOrEqualTo(1_000);
        }
    }

    @Test
    void shouldPassOnTheVenuesMarketRate() throws Exception {
        StreamServer server =
                serve(
                        request -> {
                            request.response()
                                    .putHeader("X-Saker-Market-Rate", "60")
                                    .putHeader("X-Saker-Market-Epoch", T1);
                            open(request)
                                    .write(
                                            Ticks.price(
                                                    "EUR_USD",
                                                    "2200-01-01T00:00:00Z",
                                                    "1.1",
                                                    "1.2"));
                        });

        start(server, timing(10_000));
        journal.await("tick", PATIENCE, () -> journal.ticks().size() == 1);

        FeedStatus live = journal.statuses().get(1);
        assertThat(live.marketRate()).isEqualTo(60.0);
    }

    private List<State> states() {
        return journal.statuses().stream().map(FeedStatus::state).toList();
    }

    private StreamServer serve(Handler<HttpServerRequest> handler) throws Exception {
        return new StreamServer(vertx, handler);
    }

    private static HttpServerResponse open(HttpServerRequest request) {
        return request.response()
                .putHeader("Content-Type", "application/octet-stream")
                .setChunked(true);
    }

    private static OandaOptions.Timing timing(long silenceMs) {
        return new OandaOptions.Timing(1_000, silenceMs, 1_200, 200, 100, 20, 50, 1_500);
    }

    private void start(StreamServer server, OandaOptions.Timing timing) {
        OandaOptions options =
                OandaOptions.of(server.url(), server.url(), () -> "secret", "101-001-1-001", 7)
                        .withTiming(timing);
        feed =
                new OandaPriceFeed(
                        vertx,
                        options,
                        EpochNanoClock.system(),
                        journal,
                        new ConnectionPacer(),
                        counters);
        vertx.runOnContext(ready -> feed.start(Ticks.instruments()));
    }
}
