package saker.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code kill -9} at random moments while trading at speed: nothing is lost, nothing doubled. */
@Tag("nightly")
final class NightlyKillIT {
    private static final int KILLS = 10;
    private static final long SEED = Long.getLong("saker.e2e.seed", 20261121);
    private static final int RUN_MS_MIN = 500;
    private static final int RUN_MS_MAX = 12_000;

    private enum Victim {
        ENGINE,
        VENUE,
        BOTH
    }

    @Test
    void shouldSurviveTenRandomKillsOfEngineVenueAndBoth() {
        Random random = new Random(SEED);
        try (DataFolder data = DataFolder.create()) {
            SakerProcess demo = start(data);
            DemoApi api = DemoApi.login(demo.ready());
            for (int kill = 1; kill <= KILLS; kill++) {
                Await.pause(random.nextInt(RUN_MS_MIN, RUN_MS_MAX));
                Victim victim = Victim.values()[random.nextInt(3)];
                demo = kill(data, demo, victim);
                api = DemoApi.login(demo.ready()).awaitReady();
                Books.awaitEqual(data, api);
                report(data, kill, victim);
            }
            demo.interrupt();
            assertThat(demo.result(Duration.ofSeconds(30)).err()).isEmpty();
            data.awaitNoProcess();
            SakerProcess.Result replay =
                    SakerProcess.run("replay", "--data", data.text(), "--json");
            System.out.println("replay: " + replay);
            assertThat(replay.exit()).as(replay.toString()).isZero();
        }
    }

    private static SakerProcess start(DataFolder data) {
        return Demo.start(data, "--speed", "60");
    }

    /** Returns the demo that runs afterwards; a killed venue alone is started again by the old. */
    private static SakerProcess kill(DataFolder data, SakerProcess demo, Victim victim) {
        long venue = data.venue().pid();
        if (victim == Victim.VENUE) {
            Await.signal("KILL", venue);
            Await.until(
                    "another venue",
                    Duration.ofSeconds(30),
                    () -> data.venue().pid() != venue && data.venue().status().isPresent());
            return demo;
        }
        demo.kill();
        if (victim == Victim.BOTH) {
            Await.signal("KILL", venue);
        }
        SakerProcess.Result verify =
                SakerProcess.run("journal", "verify", "--data", data.text(), "--json");
        assertThat(verify.exit()).as(verify.toString()).isZero();
        SakerProcess next = start(data);
        next.ready();
        if (victim == Victim.ENGINE) {
            assertThat(data.venue().pid()).as("the venue is adopted").isEqualTo(venue);
        }
        return next;
    }

    private static void report(DataFolder data, int kill, Victim victim) {
        System.out.printf(
                "kill %d of %s: intents=%d, fills=%d, open=%d, transactions=%d, balance=%s%n",
                kill,
                victim,
                Books.intents(data.path()).size(),
                data.venue().fills().size(),
                data.venue().openTrades().size(),
                data.venue().transactions().size(),
                data.venue().balance());
    }
}
