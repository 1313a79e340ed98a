package saker.venue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

class VenueRecordedTicksTest {
    private static final int ROWS = 1_164;

    @Test
    void shouldReplayARecordedSundayRowByRow() throws IOException {
        String data = System.getenv("SAKER_DATA");
        assumeTrue(data != null, "SAKER_DATA is not set");
        Path file = Path.of(data, "lean_oanda/tick/eurusd/20140504_quote.zip");
        assumeTrue(Files.exists(file), "no file: " + file);
        List<String> expected = rows(file);
        var options = RunningVenue.options().history(List.of(file)).speed(100_000);

        List<String> seen = new ArrayList<>();
        try (var running = RunningVenue.start(options);
                var stream =
                        running.client.stream(
                                VenueClient.BASE + "/pricing/stream?instruments=EUR_USD")) {
            while (seen.size() < ROWS) {
                var price = stream.json("PRICE", 5_000);
                seen.add(
                        price.path("closeoutBid").asText()
                                + ","
                                + price.path("closeoutAsk").asText());
            }

            assertThat(seen).isEqualTo(expected);
            RunningVenue.await(running.venue::isHistoryFinished);
            var status = running.client.get("/saker/status");
            assertThat(status.at("/rowsSent").asInt()).isEqualTo(ROWS);
            assertThat(status.at("/rowsLost").asInt()).isZero();
        }
    }

    private static List<String> rows(Path file) throws IOException {
        List<String> rows = new ArrayList<>();
        try (var zip = new ZipInputStream(Files.newInputStream(file))) {
            zip.getNextEntry();
            var lines = new BufferedReader(new InputStreamReader(zip, StandardCharsets.US_ASCII));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] columns = line.trim().split(",");
                rows.add(price(columns[1]) + "," + price(columns[2]));
            }
        }
        return rows;
    }

    private static String price(String text) {
        return new BigDecimal(text).setScale(5).toPlainString();
    }
}
