package saker.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code saker logs --follow} beside a demo that trades, while its files are rolled. */
@Tag("nightly")
final class NightlyLogsIT {
    private static final int ROLLS = 2;

    @Test
    void shouldFollowEveryLineOnceOverRolledFiles() throws Exception {
        try (DataFolder data = DataFolder.create()) {
            SakerProcess demo =
                    SakerProcess.start(
                            SakerProcess.jdk(),
                            Map.of("SAKER_LOG_FILE_SIZE", "2KB"),
                            "demo",
                            "--port",
                            "0",
                            "--management-port",
                            "0",
                            "--speed",
                            "60",
                            "--data",
                            data.text());
            DemoApi.login(demo.ready()).awaitReady();
            SakerProcess follow =
                    SakerProcess.start("logs", "--data", data.text(), "--follow", "--json");
            Await.until("it follows", Duration.ofSeconds(30), () -> !follow.out().isEmpty());

            Await.until(
                    ROLLS + " rolled files",
                    Duration.ofMinutes(5),
                    () -> rolled(data.path()) >= ROLLS);
            demo.interrupt();
            demo.result(Duration.ofSeconds(30));
            List<String> written = written(data);
            String last = written.get(written.size() - 1);
            Await.until("the last line", Duration.ofSeconds(15), () -> follow.out().contains(last));
            follow.interrupt();

            List<String> shown = follow.result(Duration.ofSeconds(15)).out().lines().toList();
            Set<String> once = new HashSet<>(shown);
            assertThat(once).as("lines shown twice").hasSize(shown.size());
            assertThat(written).filteredOn(line -> !once.contains(line)).isEmpty();
            assertThat(shown).hasSameSizeAs(written);
        }
    }

    private static List<String> written(DataFolder data) {
        return SakerProcess.run("logs", "--data", data.text(), "--limit", "0", "--json")
                .out()
                .lines()
                .toList();
    }

    private static long rolled(Path data) {
        try (Stream<Path> files = Files.list(data.resolve("logs"))) {
            return files.filter(file -> file.toString().endsWith(".gz")).count();
        } catch (IOException e) {
            return 0;
        }
    }
}
