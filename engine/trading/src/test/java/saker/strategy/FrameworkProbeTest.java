package saker.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our own library through the same door as anybody's. */
class FrameworkProbeTest {

    @Test
    void shouldFindOurLibraryGood(@TempDir Path folder) throws IOException {
        Path library = TestLibrary.path();

        ProbeReport report = FrameworkProbe.run(library, folder, ProbeOptions.DEFAULTS);

        assertThat(report.version()).startsWith("4.");
        assertThat(report.replayable()).isTrue();
        assertThat(report.exports().values()).doesNotContain(false);
        assertThat(report.conversions()).containsExactly("GBPUSD", "USDJPY");
        assertThat(report.nullPointers().values()).containsOnly(3005);
        assertThat(report.warnings()).isEmpty();
        assertThat(report.strategies())
                .extracting(ProbeReport.Strategy::id)
                .contains(29, 30, 1000, 1001);
        assertThat(report.strategies())
                .filteredOn(strategy -> strategy.id() == 1000 || strategy.id() == 29)
                .allSatisfy(strategy -> assertThat(strategy.signals()).isPositive());
        assertThat(report.strategies())
                .allSatisfy(
                        strategy -> {
                            assertThat(strategy.restored()).isTrue();
                            assertThat(strategy.layouts()).containsExactly("c", "mql5", "mql4");
                        });
        assertThat(stateFiles(folder)).isBetween(20L, 400L); // Not one for every id looked at.
    }

    private static long stateFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".state")).count();
        }
    }
}
