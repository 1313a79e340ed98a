package saker.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import saker.api.AccountView;
import saker.config.AccountConfig.Durability;
import saker.strategy.RunObserver;
import saker.venue.OandaVenue;
import saker.venue.VenueOptions;

/** A trading day in one process: venue, adapter, journal, native strategies, core, views. */
class EngineRuntimeTest {
    private final Vertx vertx = Vertx.vertx();
    private OandaVenue venue;

    @TempDir private Path folder;

    @BeforeEach
    void startVenue() throws Exception {
        venue =
                OandaVenue.start(
                                vertx,
                                VenueOptions.withToken(DemoConfigs.TOKEN)
                                        .hedging(true)
                                        .accountId(DemoConfigs.ACCOUNT)
                                        .speed(120)
                                        .conflate(false)
                                        .build())
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(20, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    void shouldTradeRecoverAndReplayTheSameDay() throws Exception {
        EngineRuntime first = start();
        await("a closed trade", () -> profitSeen(first));
        first.close();

        EngineRuntime second = start();
        await("the second boot's account", () -> "RUNNING".equals(account(second).state()));
        assertThat(account(second).balanceE8()).isNotEqualTo(100_000_00000000L);
        second.close();
        JournalReplay.Result replay =
                JournalReplay.run(folder.resolve("data"), null, folder.resolve("scratch"));

        assertThat(replay.first()).isNull();
        assertThat(replay.compared()).isPositive();
    }

    private EngineRuntime start() throws Exception {
        return EngineRuntime.start(
                vertx,
                DemoConfigs.of(folder, venue.port(), Durability.PROCESS),
                "test",
                folder.resolve("data"),
                RunObserver.NOBODY);
    }

    private static boolean profitSeen(EngineRuntime runtime) {
        return runtime.engine().view().strategies().stream().anyMatch(s -> s.profitE8() != 0);
    }

    private static AccountView account(EngineRuntime runtime) {
        return runtime.engine().view().accounts().get(0);
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time for " + what).isLessThan(deadline);
            Thread.sleep(20);
        }
    }
}
