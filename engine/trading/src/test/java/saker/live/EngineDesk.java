package saker.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import saker.api.AccountView;
import saker.api.StrategyView;
import saker.config.AccountConfig.Durability;
import saker.config.SakerConfig;
import saker.strategy.RunObserver;
import saker.venue.OandaVenue;
import saker.venue.VenueOptions;

/** A venue whose days pass in minutes, and engines that trade on it, one after another. */
final class EngineDesk {
    final Path data;

    private final Path folder;
    private final Vertx vertx = Vertx.vertx();
    private final OandaVenue venue;

    private EngineDesk(Path folder) throws Exception {
        this.folder = folder;
        this.data = folder.resolve("data");
        this.venue =
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

    static EngineDesk start(Path folder) throws Exception {
        return new EngineDesk(folder);
    }

    SakerConfig config() {
        return DemoConfigs.of(folder, venue.port(), Durability.PROCESS);
    }

    SakerConfig config(int snapshotEveryRecords) {
        return DemoConfigs.of(folder, venue.port(), Durability.PROCESS, snapshotEveryRecords);
    }

    EngineRuntime engine(SakerConfig config) throws IOException {
        return EngineRuntime.start(vertx, config, "test", data, RunObserver.NOBODY);
    }

    JournalReplay.Result replay() throws IOException {
        return JournalReplay.run(data, null, folder.resolve("scratch"));
    }

    static boolean profitSeen(EngineRuntime engine) {
        return engine.engine().view().strategies().stream().anyMatch(s -> s.profitE8() != 0);
    }

    static StrategyView strategy(EngineRuntime engine, long instanceId) {
        return engine.engine().view().strategies().stream()
                .filter(s -> s.instanceId() == instanceId)
                .findAny()
                .orElseThrow();
    }

    static AccountView account(EngineRuntime engine) {
        return engine.engine().view().accounts().get(0);
    }

    static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time for " + what).isLessThan(deadline);
            Thread.sleep(20);
        }
    }

    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
