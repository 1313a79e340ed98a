package saker.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static saker.gateway.GatewayFixture.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import saker.api.UserStore.Role;

/** Logs over REST, searched in real files. */
class LogsTest {
    private GatewayFixture gateway;

    @BeforeEach
    void start() {
        gateway = new GatewayFixture();
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void shouldFollowASignalNewestFirst() {
        gateway.logs.write(
                "engine.jsonl",
                line("INFO", "engine", "signal", "\"correlation\":\"4e25\",\"instance\":7001"),
                line("INFO", "engine", "another", "\"correlation\":\"4e26\",\"instance\":7002"),
                line("WARN", "engine", "fill <b>", "\"correlation\":\"4e25\",\"instance\":7001"));

        JsonNode page = json(gateway.get(Role.RISK, "/api/logs?correlation=4e25"));

        assertThat(messages(page)).containsExactly("fill <b>", "signal");
        assertThat(page.get("lines").get(0).get("instance").asLong()).isEqualTo(7001);
        assertThat(page.get("more").asBoolean()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "instance_id=7002, b",
        "worker=other-1, c",
        "worker=venue, d",
        "level=ERROR, c",
        "text=NEEDLE, d",
        "text=stack, c"
    })
    void shouldShowOnlyWhatIsAskedFor(String query, String message) {
        gateway.logs.write(
                "engine.jsonl",
                line("INFO", "engine", "a", "\"instance\":7001"),
                line("WARN", "engine", "b", "\"instance\":7002"),
                line("ERROR", "engine", "c", "\"worker\":\"other-1\",\"error\":\"Stack\""));
        gateway.logs.write("venue.jsonl", line("INFO", "venue", "d needle", "\"x\":1"));

        JsonNode page = json(gateway.get(Role.ADMIN, "/api/logs?" + query));

        assertThat(messages(page)).hasSize(1).allMatch(text -> text.startsWith(message));
    }

    @Test
    void shouldPageFromTheNewestBackwards() {
        gateway.logs.write(
                "engine.jsonl",
                IntStream.range(0, 25)
                        .mapToObj(i -> line("INFO", "engine", "m" + i, "\"x\":1"))
                        .toArray(String[]::new));

        JsonNode first = json(gateway.get(Role.RISK, "/api/logs?limit=10"));
        JsonNode last = json(gateway.get(Role.RISK, "/api/logs?limit=10&offset=20"));

        assertThat(messages(first)).hasSize(10).startsWith("m24").endsWith("m15");
        assertThat(first.get("more").asBoolean()).isTrue();
        assertThat(messages(last)).containsExactly("m4", "m3", "m2", "m1", "m0");
        assertThat(last.get("more").asBoolean()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "correlation=XYZ",
                "correlation=4e25%0A",
                "worker=..%2F..",
                "level=LOUD",
                "limit=1001",
                "offset=10001",
                "from=yesterday",
                "file=engine.jsonl"
            })
    void shouldRefuseWhatItCannotLookFor(String query) {
        var answer = gateway.get(Role.RISK, "/api/logs?" + query);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).get("field").asText()).isEqualTo(query.split("=")[0]);
    }

    private static String line(String level, String process, String message, String more) {
        return "\"level\":\"%s\",\"process\":\"%s\",\"thread\":\"t\",\"logger\":\"saker.X\",%s,\"message\":\"%s\""
                .formatted(level, process, more, message);
    }

    private static List<String> messages(JsonNode page) {
        return StreamSupport.stream(page.get("lines").spliterator(), false)
                .map(line -> line.get("message").asText())
                .toList();
    }
}
