package saker.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import saker.journal.JournalTools;
import saker.model.RecordKind;

/** The service behind a broker that sends nonsense, and later refuses our token. */
final class BadBrokerIT {
    private static final String TOKEN = "token-of-the-test";
    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void shouldCountAbsurdPricesAndNotStormABrokerThatRefuses() throws Exception {
        try (DataFolder data = DataFolder.create();
                SakerProcess broker =
                        SakerProcess.start(
                                "venue",
                                "--port",
                                "0",
                                "--token",
                                TOKEN,
                                "--speed",
                                "30",
                                "--data",
                                data.resolve("broker").toString());
                TamperProxy proxy = new TamperProxy(URI.create(broker.ready()).getPort())) {
            int metrics = Practice.freePort();
            Practice.writeConfig(data, TOKEN, proxy.url(), metrics, "");
            SakerProcess service = Practice.serve(data);
            DemoApi api = DemoApi.login(service.ready()).awaitReady();

            shouldTradeWithSyncedIntents(api);
            shouldRefuseAndCount(api, proxy, metrics);
            shouldNotStorm(api, proxy, metrics);

            assertThat(service.err()).isEmpty();
            service.terminate();
            service.result(Duration.ofSeconds(40));
            assertThat(absurdTicks(data.path())).isEmpty();
            assertThat(SakerProcess.run("journal", "verify", "--data", data.text()).exit())
                    .isZero();
        }
    }

    private static void shouldTradeWithSyncedIntents(DemoApi api) {
        DemoApi.Answer opened =
                api.command(
                        "POST",
                        "/api/trade",
                        "{\"symbol\":\"EURUSD\",\"action\":\"SELL\",\"volume\":\"0.05\"}");

        assertThat(opened.status()).as(opened.toString()).isEqualTo(200);
    }

    private static void shouldRefuseAndCount(DemoApi api, TamperProxy proxy, int metrics) {
        Await.until("a price passed", SOON, () -> !proxy.lastPrice().isEmpty());
        String line = proxy.lastPrice();
        double malformed = counter(metrics, "line_malformed");

        proxy.inject(priced(line, "0.00000", "0.00010"));
        proxy.inject(priced(line, "1.20000", "1.10000"));
        proxy.inject(priced(line, "11.00000", "11.00010"));
        proxy.inject(priced(line, "NaN", "NaN"));
        proxy.inject(line.replace("EUR_USD", "EUR_XXX"));
        proxy.inject(line.replace("\"PRICE\"", "\"WEATHER\""));
        proxy.inject("this is no price");
        for (int cut = 1; cut < line.length(); cut += 7) {
            proxy.inject(line.substring(0, cut));
        }

        int cuts = (line.length() + 5) / 7;
        Await.until("all passed", SOON, proxy::isDrained);
        Await.until(
                "lines cut anywhere are counted",
                SOON,
                () -> counter(metrics, "line_malformed") >= malformed + 1 + cuts);
        assertThat(counter(metrics, "quarantined_not_positive")).isEqualTo(1);
        assertThat(counter(metrics, "quarantined_crossed")).isEqualTo(1);
        assertThat(counter(metrics, "quarantined_deviation")).isEqualTo(1);
        assertThat(counter(metrics, "line_unknown_instrument")).isEqualTo(1);
        assertThat(counter(metrics, "line_other")).isEqualTo(1);
        assertThat(api.get("/api/status").get("engine").asText()).isEqualTo("RUNNING");
        assertThat(api.quote("EURUSD").get("bid").asDouble()).isBetween(0.5, 2.0);
    }

    private static void shouldNotStorm(DemoApi api, TamperProxy proxy, int metrics) {
        proxy.refuseAll();

        Await.until(
                "the status says so",
                SOON,
                () -> !api.get("/api/status").get("prices").asText().equals("LIVE"));
        Await.until("refusals are counted", SOON, () -> counter(metrics, "stream_refused") >= 1);
        Await.pause(5_000); // What must not happen needs time not to happen.
        assertThat(proxy.refused()).as("requests while refused").isBetween(1, 12);
        assertThat(api.get("/api/status").get("status").asText()).isEqualTo("unhealthy");
    }

    private static String priced(String line, String bid, String ask) {
        return line.replaceAll(
                        "\"bids\":\\[\\{\"price\":\"[0-9.]+\"",
                        "\"bids\":[{\"price\":\"" + bid + "\"")
                .replaceAll(
                        "\"asks\":\\[\\{\"price\":\"[0-9.]+\"",
                        "\"asks\":[{\"price\":\"" + ask + "\"");
    }

    /** Ticks of the journal that no EURUSD ever was. */
    private static List<String> absurdTicks(Path data) throws IOException {
        List<String> absurd = new ArrayList<>();
        JournalTools.dump(
                data,
                JournalTools.Filter.ofKinds(EnumSet.of(RecordKind.TICK)),
                JournalTools.Format.JSON,
                line -> {
                    JsonNode tick = Json.parse(line).get("payload");
                    long bidE8 = tick.get("bidE8").asLong();
                    if (bidE8 < 50_000_000 || tick.get("askE8").asLong() > 200_000_000) {
                        absurd.add(line);
                    }
                });
        return absurd;
    }

    private static double counter(int port, String name) {
        return Practice.metric(port, "saker_broker_" + name + "_total");
    }
}
