package saker.broker.oanda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import saker.broker.BrokerUnderTest;
import saker.journal.RecordSink;
import saker.model.FixedPoint;
import saker.model.Instrument;
import saker.model.OrderIntent.Action;
import saker.time.EpochNanoClock;
import saker.venue.OandaVenue;
import saker.venue.VenueOptions;

/** A venue in this process, spoken to over loopback; its truth is read by plain REST. */
public final class VenueUnderTest implements BrokerUnderTest {
    static final String TOKEN = "contract-token";
    static final String ACCOUNT = "101-001-1000001-001";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final OandaVenue venue;
    final OandaCounters counters = new OandaCounters();
    final OandaOptions options;

    public VenueUnderTest() throws Exception {
        venue =
                OandaVenue.start(
                                vertx,
                                VenueOptions.withToken(TOKEN)
                                        .accountId(ACCOUNT)
                                        .hedging(true)
                                        .conflate(false)
                                        .speed(10)
                                        .build())
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(30, TimeUnit.SECONDS);
        URI url = URI.create("http://127.0.0.1:" + venue.port());
        options =
                OandaOptions.of(url, url, () -> TOKEN, ACCOUNT, 0)
                        .withTiming(
                                new OandaOptions.Timing(
                                        1_000, 10_000, 1_300, 50, 100, 50, 200, 2_000));
        awaitPrices();
    }

    @Override
    public OandaSession session(RecordSink journal) {
        OandaSession session =
                new OandaSession(
                        vertx,
                        options,
                        EpochNanoClock.system(),
                        journal,
                        new ConnectionPacer(),
                        counters);
        session.useInstruments(instruments());
        return session;
    }

    @Override
    public void onSessionThread(Runnable body) {
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
        done.orTimeout(20, TimeUnit.SECONDS).join();
    }

    @Override
    public List<Instrument> instruments() {
        return Ticks.instruments().subList(0, 2);
    }

    @Override
    public long bidE8(Instrument instrument) {
        return best(instrument, "bids");
    }

    @Override
    public long askE8(Instrument instrument) {
        return best(instrument, "asks");
    }

    @Override
    public long openElsewhere(Instrument instrument, long unitsE4) {
        JsonNode answer =
                account(
                        "POST",
                        "/orders",
                        """
                        {"order":{"type":"MARKET","instrument":"%s","units":"%s"}}
                        """
                                .formatted(instrument.brokerName(), FixedPoint.format(unitsE4, 4)));
        return answer.at("/orderFillTransaction/tradeOpened/tradeID").asLong();
    }

    @Override
    public void interruptEvents(Runnable meanwhile) {
        fault("{\"kind\":\"status\",\"path\":\"/transactions/stream\",\"count\":1000}");
        fault("{\"kind\":\"cut\",\"stream\":\"transactions\"}");
        try {
            meanwhile.run();
        } finally {
            send("DELETE", "/saker/faults", "");
        }
    }

    @Override
    public void loseNextAnswer(Action action) {
        fault("{\"kind\":\"drop-answer\",%s}".formatted(target(action)));
    }

    @Override
    public void dropNextRequest(Action action) {
        fault("{\"kind\":\"drop-before\",%s}".formatted(target(action)));
    }

    @Override
    public List<Long> openTrades() {
        List<Long> trades = new ArrayList<>();
        account("GET", "/openTrades", "")
                .path("trades")
                .forEach(trade -> trades.add(trade.path("id").asLong()));
        trades.sort(null);
        return trades;
    }

    @Override
    public long lastTransactionId() {
        return account("GET", "/summary", "").path("lastTransactionID").asLong();
    }

    @Override
    public int ordersOf(String clientId) {
        int orders = 0;
        for (JsonNode row : account("GET", "/transactions/sinceid?id=1", "").path("transactions")) {
            boolean ours = row.at("/clientExtensions/id").asText().equals(clientId);
            orders += ours && row.path("type").asText().endsWith("_ORDER") ? 1 : 0;
        }
        return orders;
    }

    @Override
    public void close() {
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    void fault(String json) {
        send("POST", "/saker/faults", json);
    }

    public long marketNowNs() {
        return send("GET", "/saker/status", "").path("marketTimeNs").asLong();
    }

    public JsonNode account(String method, String path, String body) {
        return send(method, "/v3/accounts/" + ACCOUNT + path, body);
    }

    private static String target(Action action) {
        String target =
                switch (action) {
                    case OPEN -> "\"method\":\"POST\",\"path\":\"/orders$\"";
                    case CLOSE -> "\"method\":\"PUT\",\"path\":\"/close$\"";
                    case MODIFY -> "\"method\":\"PUT\",\"path\":\"/trades/[0-9]+/orders$\"";
                    case REPLACE -> "\"method\":\"PUT\",\"path\":\"/orders/[0-9]+$\"";
                    case CANCEL -> "\"method\":\"PUT\",\"path\":\"/cancel$\"";
                };
        return target;
    }

    private long best(Instrument instrument, String side) {
        JsonNode price =
                account("GET", "/pricing?instruments=" + instrument.brokerName(), "")
                        .at("/prices/0/" + side + "/0/price");
        return new BigDecimal(price.asText()).movePointRight(8).longValueExact();
    }

    private void awaitPrices() {
        long endNs = System.nanoTime() + 20_000_000_000L;
        while (account("GET", "/pricing?instruments=EUR_USD%2CUSD_JPY", "").path("prices").size()
                < 2) {
            if (System.nanoTime() > endNs) {
                throw new AssertionError("no prices within 20 s");
            }
            Thread.onSpinWait();
        }
    }

    private JsonNode send(String method, String path, String body) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + venue.port() + path))
                        .header("Authorization", "Bearer " + TOKEN)
                        .method(method, BodyPublishers.ofString(body))
                        .build();
        try {
            return MAPPER.readTree(http.send(request, BodyHandlers.ofByteArray()).body());
        } catch (IOException e) {
            throw new AssertionError(method + " " + path, e);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted: " + path, e);
        }
    }
}
