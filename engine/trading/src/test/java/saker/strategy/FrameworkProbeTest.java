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

        FrameworkProbe.Result result = FrameworkProbe.run(library, folder);

        assertThat(result.version()).startsWith("4.");
        assertThat(result.replayable()).isTrue();
        assertThat(result.strategyId()).isEqualTo(1000);
        assertThat(result.signals()).isPositive();
    }
}
