package saker.broker.oanda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import saker.broker.BrokerSession;
import saker.broker.BrokerSession.RecordedIntent;
import saker.broker.RecordingJournal;
import saker.broker.oanda.OandaCounters.Count;
import saker.model.BrokerEvent;
import saker.model.BrokerEvent.TradeEffect;
import saker.model.BrokerEvent.Type;
import saker.model.FeedStatus;
import saker.model.FeedStatus.Feed;
import saker.model.FeedStatus.State;
import saker.model.OrderIntent;
import saker.model.OrderIntent.Action;
import saker.model.OrderIntent.OrderType;
import saker.time.EpochNanoClock;

/** What only a broker that misbehaves on purpose can show. */
class OandaSessionTest {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final long LAST = 100;
    private static final String CLIENT_ID = "00000000000000aa-7";
    private static final String DONE = "{\"lastTransactionID\":\"100\"}";
    private static final String OUR_FILL =
            "\"orderID\":\"101\",\"clientOrderID\":\"" + CLIENT_ID + "\"";

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final RecordingJournal journal = new RecordingJournal();
    private final OandaCounters counters = new OandaCounters();
    private ScriptedBroker broker;
    private OandaSession session;

    @BeforeEach
    void open() throws Exception {
        broker = new ScriptedBroker(vertx, LAST);
        connect(10_000);
    }

    @AfterEach
    void close() throws Exception {
        onSession(session::stop);
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(longs = {101, 102, 103, 104})
    void shouldFetchATransactionThatTheStreamOmitted(long omitted) {
        start(LAST);

        for (long id = 101; id <= 104; id++) {
            broker.happens(id, "TRANSFER_FUNDS", "\"amount\":\"1\"", id != omitted);
        }
        broker.heartbeat();
        long sinceNs = System.nanoTime();
        journal.await("all four", PATIENCE, () -> transactionIds().size() == 4);

        assertThat(transactionIds()).containsExactly(101L, 102L, 103L, 104L);
        assertThat(System.nanoTime() - sinceNs).isLessThan(2_000_000_000L);
        assertThat(session.isReady()).isTrue();
    }

    @Test
    void shouldEmitATransactionOnceHoweverOftenItArrives() {
        start(LAST);
        String row = ScriptedBroker.transaction(101, "TRANSFER_FUNDS", "\"amount\":\"1\"");
        broker.transactions.put(101L, row);

        broker.say(row);
        broker.say(row);
        broker.cutStream();
        journal.await("reconnected", PATIENCE, () -> snapshots() == 2 && session.isReady());
        broker.say(row);
        broker.happens(102, "TRANSFER_FUNDS", "", true);
        journal.await("the next", PATIENCE, () -> transactionIds().contains(102L));

        assertThat(transactionIds()).containsExactly(101L, 102L);
        assertThat(counters.get(Count.TRANSACTION_DUPLICATE)).isGreaterThanOrEqualTo(2);
    }

    @Test
    void shouldPageThroughALongBackfill() {
        for (long id = 101; id <= 2_600; id++) {
            broker.happens(id, "TRANSFER_FUNDS", "", false);
        }
        broker.listedMax = 1_000;

        start(LAST);

        assertThat(transactionIds())
                .containsExactlyElementsOf(LongStream.rangeClosed(101, 2_600).boxed().toList());
        assertThat(journal.events().get(2_500).type()).isEqualTo(Type.ACCOUNT_SNAPSHOT);
    }

    @Test
    void shouldGoOnWithoutIdsThatTheBrokerNeverGives() {
        onSession(session::stop);
        connect(500); // Ten seconds of patience by default.
        start(LAST);
        broker.listed = id -> id != 101;

        broker.happens(101, "TRANSFER_FUNDS", "", false);
        broker.happens(102, "TRANSFER_FUNDS", "", true);
        journal.await("the next", PATIENCE, () -> transactionIds().contains(102L));
        journal.await("snapshot", PATIENCE, () -> snapshots() >= 2);

        assertThat(transactionIds()).containsExactly(102L);
        assertThat(counters.get(Count.TRANSACTION_HOLES)).isEqualTo(1);
    }

    @Test
    void shouldKeepATypeItDoesNotKnowWithTheBrokersBytes() {
        start(LAST);
        String row = "{ \"id\":\"101\", \"type\" : \"MOON_LANDING\",\"x\":[1, 2.50] }";

        broker.transactions.put(101L, row);
        broker.cutStream(); // So that it comes in the backfill's list.
        journal.await("it", PATIENCE, () -> transactionIds().contains(101L));

        BrokerEvent event =
                journal.events().stream()
                        .filter(e -> e.transactionId() == 101)
                        .findFirst()
                        .orElseThrow();
        assertThat(event.type()).isEqualTo(Type.OTHER);
        assertThat(event.reason()).isEqualTo("MOON_LANDING");
        assertThat(new String(event.raw(), UTF_8)).isEqualTo(row);
    }

    @Test
    void shouldKeepATransactionWhoseNumbersItCannotRead() {
        start(LAST);

        broker.happens(101, "ORDER_FILL", "\"instrument\":\"EUR_USD\",\"units\":\"many\"", true);
        journal.await("it", PATIENCE, () -> transactionIds().contains(101L));

        BrokerEvent event = last();
        assertThat(event.type()).isEqualTo(Type.OTHER);
        assertThat(event.reason()).contains("unreadable");
        assertThat(counters.get(Count.TRANSACTION_UNREADABLE)).isEqualTo(1);
    }

    @Test
    void shouldReadFinancingToTheLastDecimal() {
        start(LAST);

        broker.happens(
                101,
                "DAILY_FINANCING",
                "\"financing\":\"-1.23456\",\"accountBalance\":\"9999.1234\",\"positionFinancings\":"
                        + "[{\"instrument\":\"USD_JPY\",\"financing\":\"-1.23456\",\"openTradeFinancings\":"
                        + "[{\"tradeID\":\"7\",\"financing\":\"-1.23456\"}]}]",
                true);
        journal.await("it", PATIENCE, () -> transactionIds().contains(101L));

        BrokerEvent event = last();
        assertThat(event.type()).isEqualTo(Type.FINANCING);
        assertThat(event.financingE8()).isEqualTo(-123_456_000L);
        assertThat(event.balanceE8()).isEqualTo(999_912_340_000L);
        TradeEffect effect = event.effects().get(0);
        assertThat(effect.tradeId()).isEqualTo(7);
        assertThat(effect.instrumentId()).isEqualTo(1);
        assertThat(effect.financingE8()).isEqualTo(-123_456_000L);
    }

    @Test
    void shouldLookForTheOrderAfterA503InsteadOfRepeatingIt() {
        start(LAST);
        broker.onOrder =
                request -> {
                    broker.happens(
                            101,
                            "MARKET_ORDER",
                            "\"clientExtensions\":{\"id\":\"" + CLIENT_ID + "\"}",
                            false);
                    broker.happens(102, "ORDER_FILL", OUR_FILL, false);
                    request.response().setStatusCode(503).end("<html>maintenance</html>");
                };

        submit(market());
        journal.await("fill", PATIENCE, () -> types(7).contains(Type.ORDER_FILLED));

        assertThat(types(7))
                .containsExactly(
                        Type.REQUEST_SENT,
                        Type.REQUEST_UNKNOWN,
                        Type.ORDER_CREATED,
                        Type.ORDER_FILLED);
        assertThat(broker.count("POST", "/orders")).isEqualTo(1);
    }

    @Test
    void shouldTreatAnAnswerItCannotReadAsUnknown() {
        start(LAST);
        broker.onOrder = request -> request.response().setStatusCode(201).end("{\"orderCre");

        submit(market());
        journal.await("end", PATIENCE, () -> types(7).contains(Type.NOT_SENT));

        assertThat(types(7))
                .containsExactly(Type.REQUEST_SENT, Type.REQUEST_UNKNOWN, Type.NOT_SENT);
        assertThat(broker.count("POST", "/orders")).isEqualTo(1);
    }

    @Test
    void shouldNotProveAnythingWhileTheBrokersListIsIncomplete() {
        start(LAST);
        broker.listed = id -> id != 101;
        broker.onOrder =
                request -> {
                    broker.happens(
                            101,
                            "MARKET_ORDER",
                            "\"clientExtensions\":{\"id\":\"" + CLIENT_ID + "\"}",
                            false);
                    request.connection().close();
                };

        submit(market());
        long scans = 12; // Many more than the two that would prove it.
        journal.await("scans", PATIENCE, () -> broker.count("GET", "sinceid") >= scans);
        assertThat(types(7)).containsExactly(Type.REQUEST_SENT, Type.REQUEST_UNKNOWN);
        broker.listed = id -> true;
        journal.await("evidence", PATIENCE, () -> types(7).contains(Type.ORDER_CREATED));

        assertThat(types(7)).doesNotContain(Type.NOT_SENT);
    }

    @Test
    void shouldEndAnOrderThatMetTheRateLimitAsNotSent() {
        start(LAST);
        broker.onOrder = request -> request.response().setStatusCode(429).end();

        submit(market());
        journal.await("end", PATIENCE, () -> types(7).contains(Type.NOT_SENT));

        assertThat(types(7)).containsExactly(Type.REQUEST_SENT, Type.NOT_SENT);
        assertThat(last().httpStatus()).isEqualTo(429);
    }

    @Test
    void shouldSendACloseAgainThatMetTheRateLimit() {
        start(LAST);
        broker.onOrder =
                request -> {
                    int status = broker.count("PUT", "/close") < 3 ? 429 : 200;
                    request.response().setStatusCode(status).end(DONE);
                };

        long sinceNs = System.nanoTime();
        submit(close(21));
        journal.await("answer", PATIENCE, () -> types(21).contains(Type.REQUEST_ANSWERED));

        assertThat(System.nanoTime() - sinceNs).isGreaterThanOrEqualTo(750_000_000L); // 250 + 500.
        assertThat(types(21)).containsExactly(Type.REQUEST_SENT, Type.REQUEST_ANSWERED);
        assertThat(broker.count("PUT", "/close")).isEqualTo(3);
    }

    @Test
    void shouldSendClosesThatTheLostSessionHadNotWritten() {
        onSession(session::stop);
        connect(10_000, 10_000);
        start(LAST);
        List<HttpServerRequest> unanswered = new CopyOnWriteArrayList<>();
        broker.onOrder = unanswered::add;
        for (long intent = 21; intent <= 26; intent++) {
            submit(close(intent));
        }
        submit(market());
        journal.await("all connections busy", PATIENCE, () -> unanswered.size() == 4);

        broker.accountStatus = 503;
        broker.cutStream();
        journal.await("lost", PATIENCE, () -> !session.isReady());
        broker.onOrder = request -> request.response().end(DONE);
        long reads = accountReads();
        unanswered.forEach(request -> request.response().end(DONE));
        // Orders overtake what reads: they all had their turn.
        journal.await("their turn", PATIENCE, () -> accountReads() > reads);
        assertThat(broker.count("PUT", "/close")).isEqualTo(4);
        broker.accountStatus = 200;
        journal.await("end", PATIENCE, () -> types(26).contains(Type.REQUEST_ANSWERED));
        journal.await("end", PATIENCE, () -> types(25).contains(Type.REQUEST_ANSWERED));

        assertThat(broker.count("PUT", "/close")).isEqualTo(6);
        for (long intent = 21; intent <= 26; intent++) {
            assertThat(types(intent)).containsExactly(Type.REQUEST_SENT, Type.REQUEST_ANSWERED);
        }
        assertThat(types(7)).containsExactly(Type.NOT_SENT);
        assertThat(broker.count("POST", "/orders")).isZero();
    }

    @Test
    void shouldSendNothingThatTheJournalDidNotTake() {
        start(LAST);
        journal.close();

        submit(market());
        journal.await("drop", PATIENCE, () -> counters.get(Count.ORDERS_NOT_SENT) == 1);

        assertThat(broker.count("POST", "/orders")).isZero();
        assertThat(counters.get(Count.JOURNAL_CLOSED)).isPositive();
    }

    @Test
    void shouldFindEvidenceThatTheJournalAlreadyHolds() {
        broker.happens(
                101, "MARKET_ORDER", "\"clientExtensions\":{\"id\":\"" + CLIENT_ID + "\"}", false);
        broker.happens(102, "ORDER_FILL", OUR_FILL, false);

        onSession(() -> session.start(102, List.of(market())));
        journal.await("ready", PATIENCE, session::isReady);

        assertThat(types(7)).containsExactly(Type.REQUEST_ANSWERED);
        assertThat(transactionIds()).isEmpty();
    }

    @Test
    void shouldNotBeReadyAndNotStormWhenTheAccountIsForbidden() {
        broker.accountStatus = 403;

        onSession(() -> session.start(LAST, List.of()));
        journal.await("second try", PATIENCE, () -> accountReads() == 2);

        assertThat(session.isReady()).isFalse();
        assertThat(session.submit(market())).isEqualTo(BrokerSession.DISCONNECTED);
        assertThat(journal.statuses()).anyMatch(status -> status.detail().contains("status=403"));
    }

    @Test
    void shouldNoticeThatTheTransactionStreamAloneIsSilent() {
        onSession(session::stop);
        connect(700);
        start(LAST);

        journal.await(
                "stale",
                PATIENCE,
                () -> journal.statuses().stream().anyMatch(s -> s.state() == State.STALE));
        journal.await("ready again", PATIENCE, () -> snapshots() >= 2);

        assertThat(journal.statuses()).extracting(FeedStatus::feed).containsOnly(Feed.TRANSACTIONS);
    }

    private void connect(long silenceMs) {
        connect(silenceMs, 500);
    }

    private void connect(long silenceMs, long requestTimeoutMs) {
        OandaOptions options =
                OandaOptions.of(broker.url(), broker.url(), () -> "t", ScriptedBroker.ACCOUNT, 0)
                        .withTiming(
                                new OandaOptions.Timing(
                                        requestTimeoutMs,
                                        silenceMs,
                                        requestTimeoutMs + 100,
                                        100,
                                        50,
                                        20,
                                        50,
                                        400));
        session =
                new OandaSession(
                        vertx,
                        options,
                        EpochNanoClock.system(),
                        journal,
                        new ConnectionPacer(),
                        counters);
        session.useInstruments(Ticks.instruments());
    }

    private void start(long lastTransactionId) {
        onSession(() -> session.start(lastTransactionId, List.of()));
        journal.await("ready", PATIENCE, session::isReady);
    }

    private void submit(RecordedIntent intent) {
        onSession(() -> assertThat(session.submit(intent)).isEqualTo(BrokerSession.ACCEPTED));
    }

    private void onSession(Runnable body) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        context.runOnContext(
                ready -> {
                    try {
                        body.run();
                        done.complete(null);
                    } catch (Throwable e) {
                        done.completeExceptionally(e);
                    }
                });
        done.orTimeout(10, TimeUnit.SECONDS).join();
    }

    private static RecordedIntent market() {
        OrderIntent intent =
                new OrderIntent(
                        Action.OPEN,
                        OrderType.MARKET,
                        0,
                        0,
                        1,
                        CLIENT_ID,
                        10_000,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        LAST,
                        Long.MAX_VALUE,
                        0,
                        0);
        return new RecordedIntent(7, intent);
    }

    /** A close of the trade with the intent's number. */
    private static RecordedIntent close(long intent) {
        return new RecordedIntent(
                intent,
                new OrderIntent(
                        Action.CLOSE,
                        OrderType.MARKET,
                        0,
                        0,
                        1,
                        "00000000000000aa-" + intent,
                        0,
                        0,
                        0,
                        0,
                        0,
                        intent,
                        0,
                        0,
                        LAST,
                        Long.MAX_VALUE,
                        0,
                        0));
    }

    private List<Long> transactionIds() {
        return journal.events().stream()
                .filter(e -> e.type() != Type.ACCOUNT_SNAPSHOT && e.transactionId() > 0)
                .map(BrokerEvent::transactionId)
                .toList();
    }

    private List<Type> types(long intent) {
        return journal.events().stream()
                .filter(event -> event.intent() == intent)
                .map(BrokerEvent::type)
                .toList();
    }

    private long snapshots() {
        return journal.events().stream().filter(e -> e.type() == Type.ACCOUNT_SNAPSHOT).count();
    }

    private long accountReads() {
        return broker.requests.stream()
                .filter(r -> r.path().equals("/v3/accounts/" + ScriptedBroker.ACCOUNT))
                .count();
    }

    private BrokerEvent last() {
        List<BrokerEvent> events = journal.events();
        return events.get(events.size() - 1);
    }
}
