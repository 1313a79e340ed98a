package saker.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A demo that is killed whole, goes on with the same account (on a newer JDK, if there is one), and
 * is replayed afterwards.
 */
final class CrashRecoveryIT {
    private static final String BUY =
            "{\"symbol\":\"EURUSD\",\"action\":\"BUY\",\"volume\":\"0.10\"}";

    @Test
    void shouldGoOnWithTheSameAccountAfterKillAndReplayTheDay() throws IOException {
        try (DataFolder data = DataFolder.create()) {
            String ticket = tradeAndKillBoth(data);

            goOnAndEndByItself(data, ticket);

            shouldReplayWithoutDifference(data);
            shouldNameTheFirstDifferenceOfAnotherLibrary(data);
            shouldNameDamage(data);
        }
    }

    private static String tradeAndKillBoth(DataFolder data) {
        SakerProcess first = Demo.start(data, "--speed", "240");
        DemoApi api = DemoApi.login(first.ready()).awaitReady();
        DemoApi.Answer opened = api.command("POST", "/api/trade", BUY);
        assertThat(opened.status()).as(opened.toString()).isEqualTo(200);
        long venue = data.venue().pid();

        first.kill();
        assertThat(data.venue().status()).as("the venue outlives a killed engine").isPresent();
        Await.signal("KILL", venue);

        assertThat(SakerProcess.run("journal", "verify", "--data", data.text()).exit()).isZero();
        return opened.body().get("ticket").asText();
    }

    private static void goOnAndEndByItself(DataFolder data, String ticket) {
        SakerProcess second =
                Demo.start(
                        SakerProcess.jdk25().orElse(SakerProcess.jdk()),
                        data,
                        "--workers", // And another library: replay takes each boot as it was.
                        "2",
                        "--library",
                        Demo.library("libsaker-framework-variant.so").toString(),
                        "--speed",
                        "240",
                        "--duration",
                        "12s",
                        "--json");
        DemoApi api = DemoApi.login(second.ready()).awaitReady();

        assertThat(api.positions()).containsKey(Long.parseLong(ticket));
        Books.awaitEqual(data, api);
        SakerProcess.Result end = second.result(Duration.ofSeconds(60));

        assertThat(end.exit()).as(end.toString()).isZero();
        assertThat(end.err()).isEmpty();
        JsonNode summary = Json.lastLine(end.out());
        assertThat(summary.get("differences").asInt()).isZero();
        assertThat(summary.get("balance")).isEqualTo(summary.get("venueBalance"));
        assertThat(summary.get("ticksIn").asLong()).isPositive();
        assertThat(summary.get("ticksIn")).isEqualTo(summary.get("ticksJournaled"));
        assertThat(summary.get("ticksIn")).isEqualTo(summary.get("ticksSeen"));
        data.awaitNoProcess();
    }

    private static void shouldReplayWithoutDifference(DataFolder data) {
        SakerProcess.Result replay = SakerProcess.run("replay", "--data", data.text(), "--json");

        assertThat(replay.exit()).as(replay.toString()).isZero();
        assertThat(Json.parse(replay.out()).get("differences").asInt()).isZero();
        assertThat(Json.parse(replay.out()).get("compared").asInt()).isPositive();
    }

    private static void shouldNameTheFirstDifferenceOfAnotherLibrary(DataFolder data) {
        SakerProcess.Result replay =
                SakerProcess.run(
                        "replay",
                        "--data",
                        data.text(),
                        "--library",
                        Demo.library("libsaker-framework-variant.so").toString(),
                        "--json");

        assertThat(replay.exit()).as(replay.toString()).isEqualTo(1);
        JsonNode first = Json.parse(replay.out()).get("first");
        assertThat(first.get("kind").asText()).isEqualTo("Signal");
        assertThat(first.get("sequence").asLong()).isPositive();
        assertThat(first.get("recorded")).isNotEqualTo(first.get("computed"));
    }

    /** A bit that fell over amid the journal: found, and no engine starts from it. */
    private static void shouldNameDamage(DataFolder data) throws IOException {
        Path file = journalFile(data);
        dropSnapshots(data); // With one, a start reads what follows it.
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            long at = positionOf(bytes, "EUR_USD");
            bytes.seek(at);
            int was = bytes.read();
            bytes.seek(at);
            bytes.write(was ^ 4);
        }

        SakerProcess.Result verify = SakerProcess.run("journal", "verify", "--data", data.text());
        SakerProcess.Result start =
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

        assertThat(verify.exit()).as(verify.toString()).isEqualTo(1);
        assertThat(verify.err()).contains(file.getFileName().toString()).contains("offset=");
        assertThat(start.exit()).as(start.toString()).isEqualTo(1);
        assertThat(start.err()).contains("journal");
        data.awaitNoProcess();
    }

    private static Path journalFile(DataFolder data) throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("journal"))) {
            return files.filter(f -> f.toString().endsWith(".cq4")).findFirst().orElseThrow();
        }
    }

    private static void dropSnapshots(DataFolder data) throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("journal").resolve("snapshots"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    private static long positionOf(RandomAccessFile file, String text) throws IOException {
        byte[] head = new byte[1 << 20];
        int length = file.read(head);
        String all = new String(head, 0, length, java.nio.charset.StandardCharsets.ISO_8859_1);
        int at = all.indexOf(text);
        assertThat(at).as("position of " + text).isPositive();
        return at;
    }

    @Test
    @Tag("nightly")
    void shouldEndByTermAndLeaveNoProcess() {
        try (DataFolder data = DataFolder.create()) {
            SakerProcess demo = Demo.start(data);
            demo.ready();

            demo.terminate();
            SakerProcess.Result end = demo.result(Duration.ofSeconds(30));

            assertThat(end.err()).isEmpty();
            data.awaitNoProcess();
        }
    }
}
