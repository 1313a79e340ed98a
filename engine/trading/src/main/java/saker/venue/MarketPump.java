package saker.venue;

import io.vertx.core.Vertx;
import java.util.function.Consumer;
import saker.broker.simulated.Quote;
import saker.history.MarketPrice;
import saker.history.MarketSource;
import saker.time.EpochNanoClock;

/**
 * Plays the market: takes each price when market time reaches it, gives it to the account, the
 * candles and the streams, and lets time pass in between. A step takes at most a few milliseconds
 * of the event loop; at high speed market time then lags behind its clock and follows in bursts.
 * Venue thread only.
 */
final class MarketPump {
    private static final long STEP_BUDGET_NS = 5_000_000;
    private static final long MAX_WAIT_MS = 50;

    private final Vertx vertx;
    private final VenueOptions options;
    private final MarketSource source;
    private final EpochNanoClock wall;
    private final MarketClock clock;
    private final MarketPosition position;
    private final VenueAccount account;
    private final PrimedCandles candles;
    private final StreamHub streams;
    private final Consumer<RuntimeException> failure;

    private MarketPrice next;
    private long rows;
    private long marketNs;
    private volatile boolean finished; // Read from other threads.
    private boolean stopped;

    MarketPump(
            Vertx vertx,
            VenueOptions options,
            MarketSource source,
            EpochNanoClock wall,
            MarketClock clock,
            MarketPosition position,
            VenueAccount account,
            PrimedCandles candles,
            StreamHub streams,
            Consumer<RuntimeException> failure) {
        this.vertx = vertx;
        this.options = options;
        this.source = source;
        this.wall = wall;
        this.clock = clock;
        this.position = position;
        this.account = account;
        this.candles = candles;
        this.streams = streams;
        this.failure = failure;
        this.rows = position.rows();
        this.marketNs = clock.marketNs(wall.nanoTime());
    }

    void start() {
        next = source.next();
        step();
    }

    void stop() {
        stopped = true;
    }

    /** The market's time now: never before a price that was shown. */
    long marketNs() {
        return marketNs;
    }

    /** Whether a replay has shown its last row. */
    boolean isFinished() {
        return finished;
    }

    /** Brings account and prices up to this moment. */
    void catchUp() {
        long wallNs = wall.nanoTime();
        updatePause(wallNs);
        if (!clock.isPaused()) {
            play(wallNs);
        }
    }

    private void step() {
        if (stopped) {
            return;
        }
        try {
            catchUp();
            vertx.setTimer(waitMs(), timer -> step());
        } catch (RuntimeException e) {
            stopped = true; // An account that cannot be saved must not go on trading.
            failure.accept(e);
        }
    }

    private void updatePause(long wallNs) {
        boolean waiting = options.waitForFirstStream() && !streams.priceStreamSeen();
        boolean alone = options.pausesWithoutStream() && !finished && !streams.hasPriceStream();
        if (waiting || alone) {
            clock.pause(wallNs);
        } else {
            clock.resume(wallNs);
        }
    }

    private void play(long wallNs) {
        long nowNs = clock.marketNs(wallNs);
        long deadlineNs = System.nanoTime() + STEP_BUDGET_NS;
        while (next != null && next.timeNs() <= nowNs) {
            if (options.isReplay() && streams.isBackedUp()) {
                break; // No row may be lost; the market waits for its reader.
            }
            deliver(next);
            next = source.next();
            if (System.nanoTime() > deadlineNs) {
                break;
            }
        }
        streams.flushPrices();
        if (next == null) {
            finish(wallNs);
            nowNs = clock.marketNs(wallNs);
        }
        boolean behind = next != null && next.timeNs() <= nowNs;
        if (!behind) {
            marketNs = Math.max(marketNs, nowNs);
            account.onTime(marketNs);
        }
        position.moveTo(rows, marketNs);
    }

    private void deliver(MarketPrice price) {
        marketNs = Math.max(marketNs, price.timeNs());
        rows++;
        if (account.broker().instrument(price.instrument()) != null) {
            account.onPrice(price);
            candles.onPrice(price);
            streams.onPrice(quote(price), Terms.digits(account.broker(), price.instrument()));
        }
        position.moveTo(rows, marketNs);
    }

    /** From here on market time goes as fast as wall time, starting at the last row. */
    private void finish(long wallNs) {
        if (!finished) {
            finished = true;
            clock.restart(1.0, wallNs, marketNs);
        }
    }

    private long waitMs() {
        if (clock.isPaused() || next == null) {
            return MAX_WAIT_MS;
        }
        double waitNs = (next.timeNs() - clock.marketNs(wall.nanoTime())) / clock.rate();
        return Math.max(1, Math.min(MAX_WAIT_MS, (long) Math.ceil(waitNs / 1e6)));
    }

    private static Quote quote(MarketPrice price) {
        return new Quote(
                price.instrument(),
                price.bidE8(),
                price.askE8(),
                price.tradeable(),
                price.timeNs());
    }
}
