package saker.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A demo that ends by itself, on the JDK of the build and on a newer one: silent consoles. */
final class JavaReleaseIT {
    private static final Duration LIMIT = Duration.ofSeconds(120);

    @Test
    @Tag("nightly")
    void shouldRunOnJdk25WithoutAWarning() {
        Optional<Path> jdk = SakerProcess.jdk25();
        assumeTrue(jdk.isPresent(), "no JDK 25: set JAVA_25_HOME");
        try (DataFolder data = DataFolder.create()) {
            SakerProcess demo =
                    Demo.start(jdk.get(), data, "--speed", "60", "--duration", "20s", "--json");

            SakerProcess.Result end = demo.result(LIMIT);

            assertThat(end.exit()).as(end.toString()).isZero();
            assertThat(end.err()).isEmpty();
            assertThat(end.out().lines()).hasSize(2);
            assertThat(Json.lastLine(end.out()).get("differences").asInt()).isZero();
            data.awaitNoProcess();
        }
    }

    /** Real ticks: rows of the file, ticks in, journaled and seen are one number. */
    @Test
    void shouldReplayAFileOfRealTicksAtHighSpeed() {
        Path file = Demo.sample("lean_oanda/tick/eurusd/20140504_quote.zip");
        assumeTrue(file != null, "no sample data: set SAKER_DATA");
        try (DataFolder data = DataFolder.create()) {
            JsonNode summary = HistoryDay.run(data, file, "3000", LIMIT);

            assertThat(summary.get("ticksSeen").asLong()).isEqualTo(HistoryDay.rows(file));
        }
    }
}
