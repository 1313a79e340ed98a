package saker.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our own library through the same door as anybody's. */
class FrameworkProbeTest {

    @Test
    void shouldFindOurLibraryGood(@TempDir Path folder) {
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
    }
}
