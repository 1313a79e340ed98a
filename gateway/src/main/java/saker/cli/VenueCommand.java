package saker.cli;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import saker.config.Secrets;
import saker.live.DataLock;
import saker.model.FixedPoint;
import saker.venue.OandaVenue;
import saker.venue.VenueOptions;

/** {@code saker venue}: the OandaVenue alone, for any OANDA client. */
@Command(
        name = "venue",
        description =
                "Serves the OANDA v20 REST and streaming protocol over a simulated broker:"
                        + " practice without an account.",
        mixinStandardHelpOptions = true)
final class VenueCommand implements Callable<Integer> {
    @Option(names = "--port", required = true, description = "0 takes a free one.")
    private int port;

    @Option(
            names = "--token",
            required = true,
            description = "Bearer token, or env:NAME or file:PATH where to find it.")
    private String token;

    @Option(names = "--account", description = "Account id; ${DEFAULT-VALUE} by default.")
    private String account = "101-001-1000001-001";

    @Option(names = "--seed", description = "Seed of generated prices.")
    private long seed = 1;

    @Option(names = "--history", description = "Tick files to replay instead of generating.")
    private List<Path> history = List.of();

    @Option(names = "--candles", description = "SYMBOL=FILE: candles from before the start.")
    private Map<String, Path> candles = new HashMap<>();

    @Option(names = "--speed", description = "Market seconds per second.")
    private double speed = 1;

    @Option(names = "--start", description = "Start of generated market time, ISO 8601 UTC.")
    private String start;

    @Option(names = "--currency", description = "Of the account.")
    private String currency = "USD";

    @Option(names = "--balance", description = "Of a new account.")
    private String balance = "100000";

    @Option(names = "--hedging", negatable = true, defaultValue = "true", fallbackValue = "true")
    private boolean hedging;

    @Option(names = "--conflate", negatable = true, description = "At most 4 prices a second.")
    private Boolean conflate;

    @Option(names = "--wait-for-stream", description = "Time starts with the first price stream.")
    private boolean waitForStream;

    @Option(names = "--data", description = "Keeps the account there; none keeps nothing.")
    private Path data;

    @Override
    public Integer call() throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            OandaVenue venue = Service.await(OandaVenue.start(vertx, options()));
            CountDownLatch end = new CountDownLatch(1);
            Shutdown.onSignal(end::countDown);
            venue.closed().onComplete(closed -> end.countDown());
            System.out.println("ready http://127.0.0.1:" + venue.port());
            end.await();
            Service.await(venue.close());
        } finally {
            Service.await(vertx.close());
            Shutdown.done();
        }
        return 0;
    }

    private VenueOptions options() throws Exception {
        if (data != null) {
            DataLock.createFolder(data);
        }
        VenueOptions.Builder options =
                VenueOptions.withToken(tokenText())
                        .port(port)
                        .accountId(account)
                        .seed(seed)
                        .history(history)
                        .candles(candles)
                        .speed(speed)
                        .currency(currency)
                        .balanceE8(FixedPoint.parse(balance, 8))
                        .hedging(hedging)
                        .conflate(conflate)
                        .waitForFirstStream(waitForStream)
                        .stateDir(data);
        if (start != null) {
            options.startNs(Instant.parse(start).getEpochSecond() * 1_000_000_000L);
        }
        return options.build();
    }

    private String tokenText() {
        return token.startsWith("env:") || token.startsWith("file:") ? Secrets.read(token) : token;
    }
}
