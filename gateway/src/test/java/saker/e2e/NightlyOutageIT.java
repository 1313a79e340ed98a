package saker.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** PostgreSQL away for a minute: trading goes on, and the database catches up. */
@Tag("nightly")
final class NightlyOutageIT {
    private static final long OUTAGE_MS = 60_000;

    @Test
    void shouldTradeOnWithoutDatabaseAndCatchUp() {
        try (DataFolder data = DataFolder.create()) {
            SakerProcess demo = Demo.start(data, "--speed", "60");
            DemoApi api = DemoApi.login(demo.ready()).awaitReady();
            Books.awaitEqual(data, api);
            int before = data.venue().fills().size();

            data.holdDatabase();
            Await.pause(OUTAGE_MS);
            int during = data.venue().fills().size() - before;
            assertThat(data.query("select 1, 1")).as("still down").isEmpty();
            data.releaseDatabase();
            long releasedNs = System.nanoTime();
            Books.awaitEqual(data, api);

            System.out.printf(
                    "fills during the outage: %d, caught up after %d ms%n",
                    during, (System.nanoTime() - releasedNs) / 1_000_000);
            assertThat(during).as("fills without database").isPositive();
            demo.interrupt();
            assertThat(demo.result(Duration.ofSeconds(30)).err()).isEmpty();
            data.awaitNoProcess();
        }
    }
}
