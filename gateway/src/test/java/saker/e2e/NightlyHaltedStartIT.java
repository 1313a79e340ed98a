package saker.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The start after three that failed: HALTED, and everything an operator needs is there. */
@Tag("nightly")
final class NightlyHaltedStartIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String BUY =
            "{\"symbol\":\"AUDUSD\",\"action\":\"BUY\",\"volume\":\"0.10\"}";

    @Test
    void shouldBeOperableThroughTheGatewayAfterThreeFailedStarts() throws Exception {
        try (DataFolder data = DataFolder.create()) {
            SakerProcess first = Demo.start(data, "--speed", "10");
            DemoApi api = DemoApi.login(first.ready()).awaitReady();
            assertThat(api.command("POST", "/api/trade", BUY).status()).isEqualTo(200);
            first.kill();
            Files.writeString(data.resolve("failed.starts"), "3\n");

            SakerProcess second = Demo.start(data, "--speed", "10");
            api = DemoApi.login(second.ready());
            shouldSayThatItIsHaltedAndWhy(api);
            shouldHaltFlattenAndResume(api);
            second.interrupt();
            assertThat(second.result(Duration.ofSeconds(30)).err()).isEmpty();

            SakerProcess third = Demo.start(data, "--speed", "10");
            api = DemoApi.login(third.ready()).awaitReady();
            assertThat(status(api).get("engine").asText()).isEqualTo("RUNNING");
            assertThat(api.get("/api/strategies"))
                    .extracting(s -> s.get("status").asText())
                    .doesNotContain("DISABLED", "ERROR");
        }
    }

    private static void shouldSayThatItIsHaltedAndWhy(DemoApi api) {
        JsonNode status = status(api);
        assertThat(status.get("engine").asText()).isEqualTo("HALTED");
        assertThat(status.get("reason").asText())
                .contains("3 starts failed in a row", "see the log, then resume");
        assertThat(status.get("status").asText()).isEqualTo("unhealthy");
        Await.until("the trade is shown", SOON, () -> !api.positions().isEmpty());
        DemoApi.Answer refused = api.command("POST", "/api/trade", BUY);
        assertThat(refused.status()).as(refused.toString()).isEqualTo(409);
        assertThat(refused.body().get("reason").asText()).isEqualTo("ENGINE_HALTED");
    }

    private static void shouldHaltFlattenAndResume(DemoApi api) {
        Await.noComplaint(
                SOON,
                () -> {
                    String state = api.get("/api/account").path("state").asText();
                    return state.equals("RUNNING") ? "" : "account is " + state;
                });
        assertThat(done(api, "/api/halt")).isEqualTo(200);
        assertThat(done(api, "/api/flatten")).isEqualTo(200);
        assertThat(api.positions()).isEmpty();
        assertThat(done(api, "/api/resume")).isEqualTo(200);
        Await.until("it runs", SOON, () -> status(api).get("engine").asText().equals("RUNNING"));
        Await.until(
                "it trades", SOON, () -> api.command("POST", "/api/trade", BUY).status() == 200);
    }

    private static int done(DemoApi api, String path) {
        return api.command("POST", path, "{\"reason\":\"after failed starts\"}").status();
    }

    private static JsonNode status(DemoApi api) {
        return api.get("/api/status");
    }
}
