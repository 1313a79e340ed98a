package saker.venue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VenueStreamTest {
    private static final String PRICES = VenueClient.BASE + "/pricing/stream?instruments=";

    @Test
    void shouldSendOneSnapshotPerInstrumentOnConnect() {
        try (var running = RunningVenue.trading(RunningVenue.options());
                var stream = running.client.stream(PRICES + "EUR_USD,USD_JPY")) {
            List<String> names =
                    List.of(
                            stream.json(2_000).path("instrument").asText(),
                            stream.json(2_000).path("instrument").asText());

            assertThat(names).containsExactlyInAnyOrder("EUR_USD", "USD_JPY");
            assertThat(stream.response.headers().firstValue("Content-Type"))
                    .contains("application/octet-stream");
            assertThat(stream.response.headers().firstValue("RequestID")).isPresent();
        }
    }

    @Test
    void shouldSendNoSnapshotWhenNotWanted() {
        try (var running =
                        RunningVenue.trading(RunningVenue.options().conflate(false).speed(0.001));
                var stream = running.client.stream(PRICES + "EUR_USD&snapshot=false")) {
            JsonNode first = stream.json(7_000);

            assertThat(first.path("type").asText()).isEqualTo("HEARTBEAT");
        }
    }

    @Test
    void shouldSendAtMostFourPricesPerSecondAndInstrument() {
        try (var running = RunningVenue.trading(RunningVenue.options().speed(60));
                var stream = running.client.stream(PRICES + "EUR_USD,GBP_USD&snapshot=false")) {
            Map<String, Integer> counts = new HashMap<>();
            long endNs = System.nanoTime() + 2_100_000_000L;
            while (System.nanoTime() < endNs) {
                String line = stream.next(50);
                if (line != null) {
                    String name = VenueClient.parse(line).path("instrument").asText();
                    counts.merge(name, 1, Integer::sum);
                }
            }

            assertThat(counts.get("EUR_USD")).isBetween(4, 9);
            assertThat(counts.get("GBP_USD")).isBetween(4, 9);
        }
    }

    @Test
    void shouldBeatEveryFiveSecondsOnBothStreams() {
        try (var running = RunningVenue.trading(RunningVenue.options().speed(0.001));
                var prices = running.client.stream(PRICES + "EUR_USD");
                var transactions =
                        running.client.stream(VenueClient.BASE + "/transactions/stream")) {
            long startNs = System.nanoTime();
            prices.json("HEARTBEAT", 7_000);
            long firstMs = (System.nanoTime() - startNs) / 1_000_000;
            JsonNode beat = transactions.json("HEARTBEAT", 7_000);
            prices.json("HEARTBEAT", 7_000);
            long secondMs = (System.nanoTime() - startNs) / 1_000_000;

            assertThat(firstMs).isBetween(4_000L, 6_500L);
            assertThat(secondMs).isBetween(9_000L, 11_500L);
            assertThat(beat.path("lastTransactionID").asText())
                    .isEqualTo(running.client.account("/summary").text("/lastTransactionID"));
        }
    }

    @Test
    void shouldSendTransactionsAsTheyHappenInOrder() {
        try (var running = RunningVenue.trading(RunningVenue.options());
                var stream = running.client.stream(VenueClient.BASE + "/transactions/stream")) {
            var reply = running.client.order("'type':'MARKET','instrument':'EUR_USD','units':'1'");

            JsonNode created = stream.json(2_000);
            JsonNode filled = stream.json(2_000);
            assertThat(created).isEqualTo(reply.at("/orderCreateTransaction"));
            assertThat(filled).isEqualTo(reply.at("/orderFillTransaction"));
        }
    }

    @Test
    void shouldWriteUnixTimesWhenAsked() {
        try (var running = RunningVenue.trading(RunningVenue.options())) {
            VenueClient unix = running.client().with("Accept-Datetime-Format", "UNIX");
            try (var stream = unix.stream(PRICES + "EUR_USD")) {
                assertThat(stream.json(2_000).path("time").asText()).matches("\\d{10}\\.\\d{9}");
                assertThat(unix.account("/summary").text("/account/createdTime"))
                        .matches("\\d{10}\\.\\d{9}");
                assertThat(running.client.account("/summary").text("/account/createdTime"))
                        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{9}Z");
            }
        }
    }

    @Test
    void shouldReplayEveryRowInOrderAndThenBeat(@TempDir Path folder) {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            rows.add(1_000 * i + ",1.3" + (1000 + i) + ",1.3" + (1010 + i));
        }
        Path file = TickFiles.eurUsd(folder, rows);
        try (var running =
                        RunningVenue.start(
                                RunningVenue.options().history(List.of(file)).speed(1_000));
                var stream = running.client.stream(PRICES + "EUR_USD")) {
            List<String> bids = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                bids.add(stream.json("PRICE", 5_000).path("closeoutBid").asText());
            }

            assertThat(bids).isEqualTo(rows.stream().map(row -> row.split(",")[1]).toList());
            assertThat(stream.json("HEARTBEAT", 7_000)).isNotNull();
            assertThat(running.venue.isHistoryFinished()).isTrue();
            assertThat(running.client.get("/saker/status").at("/rowsSent").asInt()).isEqualTo(500);
            assertThat(running.client.get("/saker/status").at("/rowsLost").asInt()).isZero();
        }
    }

    @Test
    void shouldTellRateAndEpochOfItsMarket(@TempDir Path folder) {
        Path file = TickFiles.eurUsd(folder, List.of("1000,1.1,1.2", "2000,1.1,1.3"));
        try (var running =
                        RunningVenue.start(
                                RunningVenue.options().history(List.of(file)).speed(60));
                var stream = running.client.stream(PRICES + "EUR_USD")) {
            var headers = stream.response.headers();
            String[] epoch = headers.firstValue("X-Saker-Market-Epoch").orElseThrow().split("/");
            long wallNs = Long.parseLong(epoch[0]);
            long marketNs = Long.parseLong(epoch[1]);

            assertThat(headers.firstValue("X-Saker-Market-Rate")).contains("60");
            assertThat(Math.abs(System.currentTimeMillis() - wallNs / 1_000_000)).isLessThan(5_000);
            assertThat(DatetimeFormat.RFC3339.write(marketNs)).startsWith("2014-05-01T00:00:01");
        }
    }

    @Test
    void shouldDropAClientThatDoesNotRead() throws Exception {
        var options = RunningVenue.options().conflate(false).speed(100_000);
        try (var running = RunningVenue.trading(options);
                Socket deaf = new Socket("127.0.0.1", running.venue.port())) {
            String request =
                    "GET %sEUR_USD,GBP_USD HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n\r\n"
                            .formatted(PRICES, VenueClient.TOKEN);
            deaf.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String path = "/saker/status";

            RunningVenue.await(() -> running.client.get(path).at("/clientsDropped").asInt() == 1);

            assertThat(running.client.account("/summary").status()).isEqualTo(200);
        }
    }

    @Test
    void shouldWaitForAReplaysSlowReader(@TempDir Path folder) throws Exception {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 40_000; i++) {
            rows.add(i + ",1." + (10_000 + i) + ",1." + (10_100 + i));
        }
        Path file = TickFiles.eurUsd(folder, rows);
        var options = RunningVenue.options().history(List.of(file)).speed(100_000);
        try (var running = RunningVenue.start(options);
                Socket slow = new Socket()) {
            slow.setReceiveBufferSize(4_096);
            slow.connect(new InetSocketAddress("127.0.0.1", running.venue.port()));
            String request =
                    "GET %sEUR_USD HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n\r\n"
                            .formatted(PRICES, VenueClient.TOKEN);
            slow.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String path = "/saker/status";
            RunningVenue.await(() -> running.client.get(path).at("/rowsSent").asInt() > 1_000);
            assertThat(running.venue.isHistoryFinished()).isFalse();

            assertThat(countLines(slow.getInputStream(), 40_000)).isEqualTo(40_000);
            assertThat(running.client.get(path).at("/rowsLost").asInt()).isZero();
        }
    }

    /** Documents end with a brace and a newline; the chunks' own lines do not. */
    private static int countLines(InputStream in, int wanted) throws IOException {
        byte[] part = new byte[65_536];
        int lines = 0;
        byte before = 0;
        while (lines < wanted) {
            int length = in.read(part);
            if (length < 0) {
                break;
            }
            for (int i = 0; i < length; i++) {
                lines += part[i] == '\n' && before == '}' ? 1 : 0;
                before = part[i];
            }
        }
        return lines;
    }

    @Test
    void shouldPauseAReplayWhileNobodyListens(@TempDir Path folder) {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            rows.add(1_000 * i + ",1.3" + (1000 + i) + ",1.3" + (1010 + i));
        }
        Path file = TickFiles.eurUsd(folder, rows);
        try (var running =
                RunningVenue.start(RunningVenue.options().history(List.of(file)).speed(1_000))) {
            String before = running.client.get("/saker/status").text("/marketTime");
            try (var stream = running.client.stream(PRICES + "EUR_USD")) {
                stream.json("PRICE", 5_000);
            }
            RunningVenue.await(
                    () -> running.client.get("/saker/status").at("/priceStreams").asInt() == 0);
            String paused = running.client.get("/saker/status").text("/marketTime");
            String later = running.client.get("/saker/status").text("/marketTime");

            assertThat(paused).isGreaterThan(before).isEqualTo(later);
            assertThat(running.client.get("/saker/status").at("/rowsLost").asInt()).isZero();
        }
    }
}
