package saker.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One demo, and everything a user does to it while it trades. */
final class RunningDemoIT {
    private static final String EURUSD =
            "{\"symbol\":\"EURUSD\",\"action\":\"BUY\",\"volume\":\"0.10\"}";
    private static final Duration SOON = Duration.ofSeconds(15);

    private static DataFolder data;
    private static SakerProcess demo;
    private static DemoApi admin;

    @BeforeAll
    static void startDemo() {
        data = DataFolder.create();
        demo =
                SakerProcess.start(
                        "demo",
                        "--port",
                        "0",
                        "--management-port",
                        "0",
                        "--data",
                        data.text(),
                        "--speed",
                        "30");
        admin = DemoApi.login(demo.ready()).awaitReady();
    }

    /** Ctrl-C ends it, its venue and its PostgreSQL. */
    @AfterAll
    static void endDemo() {
        try (DataFolder folder = data;
                SakerProcess process = demo) {
            process.interrupt();
            assertThat(process.result(Duration.ofSeconds(30)).err()).isEmpty();
            folder.awaitNoProcess();
        }
    }

    @Test
    void shouldPrintOneLineAndNoWarning() {
        assertThat(demo.err()).isEmpty();
        assertThat(demo.out().lines()).singleElement().asString().startsWith("ready http://127");
    }

    @Test
    void shouldSayThatItIsADemoAndHealthy() {
        Await.until(
                "healthy",
                SOON,
                () -> admin.get("/api/status").get("status").asText().equals("healthy"));

        JsonNode status = admin.get("/api/status");
        assertThat(status.get("environment").asText()).isEqualTo("DEMO");
        assertThat(status.get("engine").asText()).isEqualTo("RUNNING");
        assertThat(status.get("market_rate").asDouble()).isEqualTo(30);
        assertThat(status.get("ticks").asLong()).isPositive();
    }

    @Test
    void shouldOpenChangeAndCloseATradeByHand() {
        JsonNode opened = done(admin.command("POST", "/api/trade", EURUSD));
        long ticket = opened.get("ticket").asLong();
        String bid = admin.quote("EURUSD").get("bid").asText();
        String stop =
                new java.math.BigDecimal(bid)
                        .multiply(new java.math.BigDecimal("0.98"))
                        .setScale(5, java.math.RoundingMode.DOWN)
                        .toPlainString();
        assertThat(data.venue().openTrades()).containsEntry(ticket, "10000");

        done(
                admin.command(
                        "PATCH", "/api/positions/" + ticket, "{\"stop_loss\":\"" + stop + "\"}"));
        JsonNode closed = done(admin.command("POST", "/api/close/" + ticket, "{}"));

        assertThat(data.venue().openTrades()).doesNotContainKey(ticket);
        Await.until(
                "closed trade in the database with the broker's profit",
                SOON,
                () ->
                        data.query("select ticket, profit from trades where is_closed")
                                .map(rows -> rows.get(ticket))
                                .filter(
                                        profit ->
                                                Units.plain(profit)
                                                        .equals(
                                                                Units.plain(
                                                                        closed.get(
                                                                                        "realized_profit")
                                                                                .asText())))
                                .isPresent());
    }

    @Test
    void shouldTradeOncePerIdempotencyKey() {
        String key = UUID.randomUUID().toString();
        JsonNode first = done(admin.command("POST", "/api/trade", EURUSD, key));

        DemoApi.Answer again = admin.command("POST", "/api/trade", EURUSD, key);
        DemoApi.Answer other =
                admin.command("POST", "/api/trade", EURUSD.replace("0.10", "0.20"), key);

        assertThat(again.body()).isEqualTo(first);
        assertThat(other.status()).isEqualTo(409);
        assertThat(data.venue().openTrades()).containsKey(first.get("ticket").asLong());
        done(admin.command("POST", "/api/close/" + first.get("ticket").asLong(), "{}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST   | /api/trade         | {\"symbol\":\"EURUSD\",\"action\":\"BUY\",\"volume\":\"-1\"}       | 400 | volume",
                "POST   | /api/trade         | {\"symbol\":\"EURUSD\",\"action\":\"BUY\",\"volume\":\"0.0000001\"} | 400 | volume",
                "POST   | /api/trade         | {\"symbol\":\"EURUSD\",\"action\":\"LONG\",\"volume\":\"0.1\"}      | 400 | action",
                "POST   | /api/trade         | {\"symbol\":\"EURUSX\",\"action\":\"BUY\",\"volume\":\"0.1\"}       | 400 | symbol",
                "POST   | /api/trade         | {\"symbol\":\"EURUSD\",\"action\":\"BUY\",\"volume\":\"0.1\",\"x\":1} | 400 | x",
                "POST   | /api/trade         | {\"symbol\":                                                       | 400 | body",
                "POST   | /api/trade         | {\"symbol\":\"EURUSD\",\"action\":\"BUY\",\"volume\":\"900\"}       | 422 | ",
                "POST   | /api/close/999999  | {}                                                                 | 404 | ",
                "PATCH  | /api/positions/999999 | {\"stop_loss\":\"1.0\"}                                         | 404 | ",
                "DELETE | /api/orders/999999 |                                                                    | 404 | ",
            })
    void shouldRefuseAndSayWhatIsAllowed(
            String method, String path, String body, int status, String field) {
        DemoApi.Answer answer = admin.command(method, path, body);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.body().get("message").asText()).isNotBlank();
        if (field != null) {
            assertThat(answer.body().path("field").asText()).as(answer.toString()).isEqualTo(field);
        }
    }

    @Test
    void shouldRefuseWithoutKeyAndWithoutToken() {
        assertThat(admin.send("POST", "/api/trade", EURUSD, Map.of()).status()).isEqualTo(400);
        assertThat(admin.withToken("x").send("GET", "/api/account", null, Map.of()).status())
                .isEqualTo(401);
    }

    @Test
    void shouldHaltAndResumeThroughRest() {
        done(admin.command("POST", "/api/halt", "{\"reason\":\"news ahead\"}"));

        DemoApi.Answer refused = admin.command("POST", "/api/trade", EURUSD);
        done(admin.command("POST", "/api/resume", "{}"));
        JsonNode opened = done(admin.command("POST", "/api/trade", EURUSD));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().get("reason").asText()).isEqualTo("ACCOUNT_HALTED");
        done(admin.command("POST", "/api/close/" + opened.get("ticket").asLong(), "{}"));
    }

    @Test
    void shouldFlattenThroughRest() {
        done(admin.command("POST", "/api/trade", EURUSD));

        done(admin.command("POST", "/api/flatten", "{}"));

        assertThat(data.venue().openTrades()).isEmpty();
        Await.until("no position", SOON, () -> admin.positions().isEmpty());
        done(admin.command("POST", "/api/resume", "{}"));
    }

    @Test
    void shouldHaltAndFlattenThroughTheControlSocketWithoutDatabase() {
        done(admin.command("POST", "/api/trade", EURUSD));
        data.holdDatabase();
        try {
            SakerProcess.Result halt = SakerProcess.run("halt", "--data", data.text());
            SakerProcess.Result flatten =
                    SakerProcess.run("flatten", "--data", data.text(), "--json");

            assertThat(halt.exit()).as(halt.toString()).isZero();
            assertThat(flatten.exit()).as(flatten.toString()).isZero();
            assertThat(Json.parse(flatten.out()).get("message").asText()).contains("DONE flat");
            assertThat(data.venue().openTrades()).isEmpty();
        } finally {
            data.releaseDatabase();
            admin.command("POST", "/api/resume", "{}");
        }
        Books.awaitEqual(data, admin);
    }

    @Test
    void shouldDeliverQuotesAndPositionsLive() {
        try (LiveSocket socket = LiveSocket.open(admin)) {
            JsonNode hello = socket.await("hello", frame -> is(frame, "hello"));
            socket.send(
                    "{\"op\":\"sub\",\"id\":1,\"topics\":[{\"t\":\"quotes\",\"hz\":20},"
                            + "{\"t\":\"positions:0\",\"hz\":20}]}");
            JsonNode snapshot =
                    socket.await("quotes", f -> is(f, "snap") && topic(f).equals("quotes"));
            Await.until(
                    "five changed quotes",
                    SOON,
                    () -> socket.count(f -> is(f, "delta") && topic(f).equals("quotes")) >= 5);
            JsonNode opened = done(admin.command("POST", "/api/trade", EURUSD));
            String ticket = opened.get("ticket").asText();
            socket.await(
                    "position " + ticket,
                    f ->
                            topic(f).equals("positions:0")
                                    && f.path("up").toString().contains(ticket));
            done(admin.command("POST", "/api/close/" + ticket, "{}"));
            socket.await(
                    "end of position " + ticket,
                    f ->
                            topic(f).equals("positions:0")
                                    && f.path("del").toString().contains(ticket));

            assertThat(hello.get("user").asText()).isEqualTo("admin");
            assertThat(snapshot.get("rows").toString()).contains("EURUSD", "XAUUSD");
        }
    }

    @Test
    void shouldManageUsersBesideTheEngine() {
        SakerProcess.Result added =
                SakerProcess.run(
                        Map.of("SAKER_PASSWORD", "quiet-river-91"),
                        "user",
                        "add",
                        "eve",
                        "--role",
                        "viewer",
                        "--data",
                        data.text());
        DemoApi viewer = DemoApi.login(admin.base().toString(), "eve", "quiet-river-91");

        DemoApi.Answer refused = viewer.command("POST", "/api/trade", EURUSD);

        assertThat(added.exit()).as(added.toString()).isZero();
        assertThat(viewer.get("/api/account").get("currency").asText()).isEqualTo("USD");
        assertThat(refused.status()).isEqualTo(403);
    }

    @Test
    void shouldMigrateAndInspectBesideTheEngine() {
        SakerProcess.Result migrate = SakerProcess.run("db", "migrate", "--data", data.text());
        SakerProcess.Result verify =
                SakerProcess.run("journal", "verify", "--data", data.text(), "--json");
        SakerProcess.Result stats =
                SakerProcess.run("journal", "stats", "--data", data.text(), "--json");

        assertThat(migrate.exit()).as(migrate.toString()).isZero();
        assertThat(verify.exit()).as(verify.toString()).isZero();
        assertThat(Json.parse(verify.out()).get("ok").asBoolean()).isTrue();
        JsonNode kinds = Json.parse(stats.out()).get("kinds");
        assertThat(kinds.path("Tick").path("count").asLong()).isPositive();
        assertThat(kinds.path("Boot").path("count").asLong()).isEqualTo(1);
    }

    @Test
    void shouldRefuseASecondEngineOnTheFolderAndATakenPort() {
        SakerProcess.Result twice =
                SakerProcess.run(
                        "demo",
                        "--port",
                        "0",
                        "--management-port",
                        "0",
                        "--data",
                        data.text(),
                        "--duration",
                        "5s");

        assertThat(twice.exit()).isEqualTo(1);
        assertThat(twice.err()).contains("in use").contains(data.text());
        assertThat(data.venue().status()).as("venue of the running demo").isPresent();
        String port = Integer.toString(admin.base().getPort());
        try (DataFolder other = DataFolder.create()) {
            SakerProcess.Result taken =
                    SakerProcess.run(
                            "demo",
                            "--port",
                            port,
                            "--management-port",
                            "0",
                            "--data",
                            other.text());
            assertThat(taken.exit()).isEqualTo(1);
            assertThat(taken.err()).contains(port).containsIgnoringCase("in use");
            other.awaitNoProcess();
        }
    }

    @Test
    void shouldGoOnWhenThePriceStreamIsCutInMidLine() {
        for (int bytes : List.of(1, 40, 333)) {
            long before = admin.get("/api/status").get("ticks").asLong();

            data.venue()
                    .fault(
                            "{\"kind\":\"cut\",\"stream\":\"prices\",\"bytes\":%d}"
                                    .formatted(bytes));

            Await.until(
                    "ticks after a cut at byte " + bytes,
                    SOON,
                    () -> admin.get("/api/status").get("ticks").asLong() > before + 20);
        }
        assertThat(admin.get("/api/status").get("engine").asText()).isEqualTo("RUNNING");
    }

    @Test
    void shouldSendNoOrderTwiceAndKeepBooksEqual() {
        Books.awaitEqual(data, admin);

        Set<String> intents = Books.intents(Path.of(data.text()));

        assertThat(data.venue().fills()).hasSizeGreaterThanOrEqualTo(Math.min(1, intents.size()));
    }

    private static JsonNode done(DemoApi.Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.body().get("state").asText()).isEqualTo("DONE");
        return answer.body();
    }

    private static boolean is(JsonNode frame, String op) {
        return frame.path("op").asText().equals(op);
    }

    private static String topic(JsonNode frame) {
        return frame.path("t").asText();
    }
}
