package saker.venue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VenueRestartTest {
    private static final String PRICES = VenueClient.BASE + "/pricing?instruments=EUR_USD";
    private static final String STREAM =
            VenueClient.BASE + "/pricing/stream?snapshot=false&instruments=EUR_USD";

    @Test
    void shouldKeepTheAccountThroughAKill(@TempDir Path folder) throws Exception {
        JsonNode trades;
        JsonNode ledger;
        try (VenueProcess first = VenueProcess.start(folder, null)) {
            VenueClient client = first.client();
            RunningVenue.await(() -> client.get(PRICES).at("/prices").size() == 1);
            client.order("'type':'MARKET','instrument':'EUR_USD','units':'1000'");
            client.order(
                    "'type':'LIMIT','instrument':'EUR_USD','units':'500','price':'0.5',"
                            + "'clientExtensions':{'id':'waits'}");
            trades = client.account("/openTrades").at("/trades/0/id");
            ledger = client.account("/transactions/sinceid?id=0").at("/transactions");
            first.kill();
        }

        try (VenueProcess second = VenueProcess.start(folder, null)) {
            VenueClient client = second.client();
            assertThat(client.account("/openTrades").at("/trades/0/id")).isEqualTo(trades);
            assertThat(client.account("/orders/@waits").status()).isEqualTo(200);
            assertThat(client.account("/transactions/sinceid?id=0").at("/transactions"))
                    .isEqualTo(ledger);
            assertThat(client.order("'type':'MARKET','instrument':'EUR_USD','units':'1'").status())
                    .isEqualTo(201);
        }
    }

    @Test
    void shouldGoOnWhereTheReplayWasKilled(@TempDir Path folder) throws Exception {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            rows.add(1_000 * i + ",1.3" + (1000 + i) + ",1.3" + (1010 + i));
        }
        Path file = TickFiles.eurUsd(folder, rows);
        List<String> bids = new ArrayList<>();

        for (int life = 0; life < 3; life++) {
            try (VenueProcess venue = VenueProcess.start(folder.resolve("state"), file);
                    var stream = venue.client().stream(STREAM)) {
                for (int i = 0; i < 100; i++) {
                    bids.add(stream.json("PRICE", 5_000).path("closeoutBid").asText());
                }
                venue.kill();
            }
        }

        assertThat(bids).isSorted().doesNotHaveDuplicates();
    }
}
