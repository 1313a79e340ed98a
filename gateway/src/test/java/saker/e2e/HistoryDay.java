package saker.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.zip.ZipInputStream;

/** One day of real ticks through the whole path, and its replay. */
final class HistoryDay {
    private HistoryDay() {}

    /** Runs it to the end of the file; returns the summary, which has no differences. */
    static JsonNode run(DataFolder data, Path file, String speed, Duration limit) {
        SakerProcess demo =
                Demo.start(data, "--history", file.toString(), "--speed", speed, "--json");

        SakerProcess.Result end = demo.result(limit);

        assertThat(end.exit()).as(end + data.logTail()).isZero();
        assertThat(end.err()).isEmpty();
        JsonNode summary = Json.lastLine(end.out());
        assertThat(summary.get("differences").asInt()).isZero();
        assertThat(summary.get("ticksIn")).isEqualTo(summary.get("ticksJournaled"));
        assertThat(summary.get("ticksIn")).isEqualTo(summary.get("ticksSeen"));
        SakerProcess.Result replay = SakerProcess.run("replay", "--data", data.text(), "--json");
        assertThat(replay.exit()).as(replay.toString()).isZero();
        return summary;
    }

    static long rows(Path zip) {
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
            in.getNextEntry();
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.isBlank())
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
