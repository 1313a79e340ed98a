package saker.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole days of real ticks, as they came, faster than they came. */
@Tag("nightly")
final class NightlyDayIT {
    @ParameterizedTest
    @CsvSource({"20140504, 60, 6", "20140501, 600, 8"})
    void shouldTradeADayOfRealTicks(String day, String speed, int minutes) {
        Path file = Demo.sample("lean_oanda/tick/eurusd/" + day + "_quote.zip");
        assumeTrue(file != null, "no sample data: set SAKER_DATA");
        try (DataFolder data = DataFolder.create()) {
            JsonNode summary = HistoryDay.run(data, file, speed, Duration.ofMinutes(minutes));

            System.out.println(day + ": " + summary);
            assertThat(summary.get("ticksSeen").asLong()).isEqualTo(HistoryDay.rows(file));
        }
    }
}
