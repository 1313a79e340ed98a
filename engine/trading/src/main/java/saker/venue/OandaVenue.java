package saker.venue;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import saker.time.EpochNanoClock;

/**
 * A broker of our own that speaks OANDA v20, REST and both streams, on one port of this machine.
 * Everything but the start runs on one event loop. The package's documentation is its manual.
 */
public final class OandaVenue extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(OandaVenue.class);

    private final VenueOptions options;
    private final EpochNanoClock wall = EpochNanoClock.system();
    private final FaultPlan faults = new FaultPlan();

    private StreamHub streams;
    private VenueAccount account;
    private MarketPump market;
    private HttpServer server;

    private final Promise<Void> closed = Promise.promise();

    private volatile int port;

    private OandaVenue(VenueOptions options) {
        this.options = options;
    }

    /**
     * Starts a venue; it listens when the future completes. The future fails if the port is taken,
     * a file is bad, or the state folder cannot be read.
     */
    public static Future<OandaVenue> start(Vertx vertx, VenueOptions options) {
        OandaVenue venue = new OandaVenue(options);
        return vertx.deployVerticle(venue).map(deployed -> venue);
    }

    /** The port it listens on. */
    public int port() {
        return port;
    }

    /** Whether a replay has shown its last row; any thread. */
    public boolean isHistoryFinished() {
        return market != null && market.isFinished();
    }

    /** Completes when the venue has ended, by {@link #close} or by {@code POST /saker/stop}. */
    public Future<Void> closed() {
        return closed.future();
    }

    /** Closes all connections, saves the account and ends; completes at once the second time. */
    public Future<Void> close() {
        return vertx.undeploy(deploymentID()).otherwiseEmpty();
    }

    @Override
    public Future<?> start() {
        return vertx.executeBlocking(() -> VenueMarket.open(options))
                .compose(
                        opened -> {
                            assemble(opened);
                            return listen();
                        });
    }

    @Override
    public Future<?> stop() {
        if (market == null) {
            return Future.succeededFuture();
        }
        market.stop();
        streams.closeAll();
        return server.close()
                .eventually(
                        () -> {
                            closeAccount();
                            return Future.succeededFuture();
                        });
    }

    private void assemble(VenueMarket opened) {
        account = opened.account();
        streams = new StreamHub(faults);
        MarketClock clock = new MarketClock(options.speed(), wall.nanoTime(), opened.resumeNs());
        market =
                new MarketPump(
                        vertx,
                        options,
                        opened.source(),
                        wall,
                        clock,
                        opened.position(),
                        account,
                        opened.candles(),
                        streams,
                        this::onFailure);
        Router router = new Router();
        String id = options.accountId();
        new AccountDesk(account, id).register(router);
        new OrderDesk(account, id).register(router);
        new TradeDesk(account, id).register(router);
        new PositionDesk(account, id).register(router);
        new TransactionDesk(account, id, vertx, streams, market).register(router);
        new PricingDesk(account, id, vertx, streams, market, clock, wall, options.conflates())
                .register(router);
        new CandleDesk(account, id, vertx, opened.candles(), market).register(router);
        new AdminDesk(account, streams, market, faults, this::stopSoon).register(router);
        long firstRequestId = wall.nanoTime() / 1_000;
        RequestPipeline pipeline =
                new RequestPipeline(
                        vertx, router, faults, market, id, options.token(), firstRequestId);
        server = vertx.createHttpServer(httpOptions()).requestHandler(pipeline::onRequest);
    }

    private Future<HttpServer> listen() {
        return server.listen(options.port(), options.host())
                .onSuccess(
                        listening -> {
                            port = listening.actualPort();
                            market.start();
                            LOG.info("venue listens: host={}, port={}", options.host(), port);
                        });
    }

    private static HttpServerOptions httpOptions() {
        return new HttpServerOptions().setIdleTimeout(0).setTcpNoDelay(true);
    }

    /** The answer to the request that asks for it leaves first. */
    private void stopSoon() {
        vertx.setTimer(20, timer -> close());
    }

    private void onFailure(RuntimeException failure) {
        LOG.error("the market failed, the venue ends", failure);
        closed.tryFail(failure);
        close();
    }

    private void closeAccount() {
        try {
            account.close();
            closed.tryComplete();
        } catch (IOException e) {
            LOG.error("cannot save the account: stateDir={}", options.stateDir(), e);
            closed.tryFail(e);
        }
    }
}
