package saker.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A service whose strategy runs in a child: its figures, its restart, and its trail in the logs.
 */
@Tag("nightly")
final class NightlyWorkerIT {
    private static final String TOKEN = "token-of-the-test";
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String RESTART = "/api/workers/other-1/restart";

    @Test
    void shouldMeasureRestartOnceAndTraceAChild() throws Exception {
        try (DataFolder data = DataFolder.create();
                SakerProcess broker =
                        SakerProcess.start(
                                "venue",
                                "--port",
                                "0",
                                "--token",
                                TOKEN,
                                "--speed",
                                "60",
                                "--data",
                                data.resolve("broker").toString())) {
            int metrics = Practice.freePort();
            writeConfig(data, broker.ready(), metrics);
            SakerProcess first = Practice.serve(data);
            DemoApi api = DemoApi.login(first.ready()).awaitReady();

            shouldMeasure(metrics);
            shouldLeadFromATradeToItsLogLines(api, data);
            String key = UUID.randomUUID().toString();
            shouldRestartOnce(api, key);

            first.kill();
            SakerProcess second = Practice.serve(data);
            api = DemoApi.login(second.ready());
            awaitRunning(api);
            assertThat(api.command("POST", RESTART, null, key).status()).isEqualTo(202);
            assertThat(worker(api).get("restarts").asInt()).isZero();
            assertThat(second.err()).isEmpty();
        }
    }

    private static void shouldMeasure(int metrics) {
        String calls = "execution_time_seconds_count{strategy=\"child\"}";
        Await.until("calls", SOON, () -> Practice.metric(metrics, calls) > 100);
        Await.until(
                "signals",
                SOON,
                () -> Practice.metric(metrics, "saker_worker_signals_imported_total") > 0);
        assertThat(Practice.metric(metrics, "execution_time_seconds_sum{strategy=\"child\"}"))
                .isPositive();
        assertThat(Practice.metric(metrics, "saker_worker_import_lag_seconds_count")).isPositive();
        assertThat(Practice.metric(metrics, "saker_worker_deadline_misses_total")).isZero();
        assertThat(Practice.metric(metrics, "saker_worker_up{worker=\"other-1\"}")).isEqualTo(1);
    }

    private static void shouldLeadFromATradeToItsLogLines(DemoApi api, DataFolder data) {
        String correlation = Await.value("a stored trade", SOON, () -> correlationOfATrade(api));

        String lines =
                SakerProcess.run("logs", "--data", data.text(), "--correlation", correlation).out();

        assertThat(lines)
                .contains("signal: EURUSD", "risk: approved", "intent: OPEN", "fill: OPEN");
        assertThat(lines.lines())
                .allMatch(line -> line.contains("correlation=" + correlation))
                .anyMatch(line -> line.contains("worker=other-1"));
    }

    private static Optional<String> correlationOfATrade(DemoApi api) {
        for (JsonNode trade : api.get("/api/trades")) {
            if (trade.get("instance_id").asLong() == 1001) {
                return Optional.of(trade.get("correlation").asText());
            }
        }
        return Optional.empty();
    }

    private static void shouldRestartOnce(DemoApi api, String key) {
        DemoApi.Answer asked = api.command("POST", RESTART, null, key);
        assertThat(asked.status()).as(asked.toString()).isEqualTo(202);
        awaitRunning(api);
        assertThat(api.command("POST", RESTART, null, key)).isEqualTo(asked);
        assertThat(worker(api).get("restarts").asInt()).isEqualTo(1);
    }

    private static void awaitRunning(DemoApi api) {
        Await.until(
                "the child runs", SOON, () -> worker(api).get("state").asText().equals("RUNNING"));
    }

    private static JsonNode worker(DemoApi api) {
        JsonNode workers = api.get("/api/workers");
        return workers.get(workers.size() - 1);
    }

    private static void writeConfig(DataFolder data, String broker, int metrics)
            throws IOException {
        Path library = Demo.library("libsaker-framework-variant.so");
        Practice.writeConfig(
                data,
                TOKEN,
                broker,
                metrics,
                "frameworks:\n  - {name: other, library: %s}\n".formatted(library));
        Path strategies = Files.createDirectories(data.resolve("config/strategies"));
        Files.writeString(
                strategies.resolve("child.yaml"),
                """
                instance_id: 1001
                name: child
                strategy_id: 1000
                account: practice
                symbol: EURUSD
                timeframe: m1
                framework: other
                settings: {0: 10, 1: 1.5, 62: 20}
                rates:
                  - {index: 0, period: m1, bars: 100}
                """);
    }
}
