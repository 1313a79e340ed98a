package saker.venue;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A venue on a free port and a client for it. */
final class RunningVenue implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    final OandaVenue venue;
    final VenueClient client;

    private RunningVenue(VenueOptions options) {
        try {
            venue =
                    OandaVenue.start(vertx, options)
                            .toCompletionStage()
                            .toCompletableFuture()
                            .get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            vertx.close();
            throw new IllegalStateException(e);
        }
        client = client();
    }

    static RunningVenue start(VenueOptions.Builder options) {
        return new RunningVenue(options.build());
    }

    static VenueOptions.Builder options() {
        return VenueOptions.withToken(VenueClient.TOKEN);
    }

    /** A venue whose instruments all have a price. */
    static RunningVenue trading(VenueOptions.Builder options) {
        RunningVenue running = start(options);
        String names = "EUR_USD,USD_JPY,EUR_GBP,GBP_USD";
        String path = VenueClient.BASE + "/pricing?instruments=" + names;
        await(() -> running.client.get(path).at("/prices").size() == 4);
        return running;
    }

    VenueClient client() {
        return new VenueClient(venue.port());
    }

    static void await(Supplier<Boolean> condition) {
        long endNs = System.nanoTime() + Duration.ofSeconds(15).toNanos();
        while (!condition.get()) {
            if (System.nanoTime() > endNs) {
                throw new AssertionError("not within 15 s");
            }
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
