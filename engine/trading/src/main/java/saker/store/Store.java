package saker.store;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import saker.api.StoreUnavailableException;
import saker.api.TradeHistory;
import saker.api.UserStore;
import saker.config.SakerConfig;
import saker.config.SakerConfig.DatabaseConfig;
import saker.journal.Journal;

/**
 * The database of an engine: server, schema, projection and queries.
 *
 * <p>{@link #open}, {@link #project}, {@link #awaitCaughtUp} and {@link #close} block and belong to
 * the thread that starts and stops the engine; what {@link #history} and {@link #users} return
 * never blocks. Close it before the journal it projects.
 */
public final class Store implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Store.class);
    private static final long BACKOFF_MAX_MS = 2_000;
    private static final long STOP_TIMEOUT_MS = 25_000;

    private final DatabaseServer server; // Null where a database is configured.
    private final DatabaseAddress address;
    private final DatabasePool pool;
    private final PgTradeHistory history;
    private final PgUserStore users;
    private StoreProjection projection;
    private Thread thread;

    /**
     * Starts or adopts the embedded server, or takes the configured one, and brings its schema up
     * to date. A configured database that does not answer is no failure: the schema follows when it
     * does, and until then every query fails with {@link StoreUnavailableException}.
     *
     * @param data the data folder, locked by the caller
     * @throws UncheckedIOException if the embedded server does not start
     * @throws org.flywaydb.core.api.FlywayException if the database holds another schema
     */
    public static Store open(Vertx vertx, DatabaseConfig config, Path data) {
        DatabaseServer server = config.url() == null ? start(data) : null;
        try {
            return new Store(vertx, server, addressOf(config, server));
        } catch (RuntimeException e) {
            stop(server);
            throw e;
        }
    }

    /**
     * Uses the database of an engine that runs on the folder now; its server is left alone.
     *
     * @throws UncheckedIOException if the folder never had an embedded server and none is
     *     configured
     */
    public static Store beside(Vertx vertx, DatabaseConfig config, Path data) {
        try {
            return new Store(
                    vertx,
                    null,
                    config.url() == null
                            ? DatabaseServer.addressOf(data)
                            : DatabaseAddress.of(config));
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /**
     * Sums over everything stored, to be compared with the broker's. Blocks.
     *
     * @param fillEvents order events that are fills
     * @param trades rows of trades
     * @param realizedPlE8 of all fills, account currency
     * @throws StoreUnavailableException if the database does not answer
     */
    public record Totals(long fillEvents, long trades, long realizedPlE8) {}

    /** See {@link Totals}. */
    public Totals totals() {
        String sql =
                "select (select count(*) from order_events where event_type = 'ORDER_FILLED'),"
                        + " (select count(*) from trades),"
                        + " (select coalesce(sum(realized_pl), 0) from order_events"
                        + " where event_type = 'ORDER_FILLED')";
        try (Connection connection = address.connect();
                ResultSet row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return new Totals(
                    row.getLong(1),
                    row.getLong(2),
                    row.getBigDecimal(3).movePointRight(8).longValueExact());
        } catch (SQLException e) {
            throw new StoreUnavailableException("the database does not answer", e);
        }
    }

    /**
     * Brings the schema up to date: {@code saker db migrate}.
     *
     * @return how many migrations were applied
     * @throws StoreUnavailableException if the database does not answer
     */
    public static int migrate(DatabaseConfig config, Path data) {
        DatabaseServer server = config.url() == null ? start(data) : null;
        try {
            return Migrations.apply(addressOf(config, server));
        } finally {
            stop(server);
        }
    }

    private Store(Vertx vertx, DatabaseServer server, DatabaseAddress address) {
        this.server = server;
        this.address = address;
        try {
            LOG.info("database: address={}, migrated={}", address, Migrations.apply(address));
        } catch (StoreUnavailableException e) {
            LOG.warn("{}; its schema will follow", e.getMessage());
        }
        pool = new DatabasePool(vertx, address);
        history = new PgTradeHistory(pool);
        users = new PgUserStore(pool);
    }

    /**
     * Begins to write what the journal says, on a thread named {@code store}. Once.
     *
     * @param config accounts and strategies where the journal has no Config record yet
     */
    public void project(Journal journal, SakerConfig config) {
        if (projection != null) {
            throw new IllegalStateException("the store projects a journal already");
        }
        projection =
                new StoreProjection(
                        journal,
                        new StoreSetup(config, List.of()),
                        address,
                        () -> Migrations.apply(address),
                        BACKOFF_MAX_MS,
                        connection -> {});
        thread = new Thread(projection, "store");
        thread.setDaemon(true);
        thread.start();
    }

    public TradeHistory history() {
        return history;
    }

    public UserStore users() {
        return users;
    }

    /** STARTING until {@link #project}. */
    public StoreState state() {
        return projection == null ? StoreState.STARTING : projection.state();
    }

    /** Whether what the database shows is older than the journal by more than a moment. */
    public boolean isDelayed() {
        return state() != StoreState.OK;
    }

    /** Every journal record up to here is in the database; −1 before the first. */
    public long writtenIndex() {
        return projection == null ? -1 : projection.writtenIndex();
    }

    /** Waits until the database has everything up to a journal index; false after the time-out. */
    public boolean awaitCaughtUp(long index, long timeoutMs) throws InterruptedException {
        return projection != null && projection.awaitWritten(index, timeoutMs);
    }

    /** The first row of the audit log that was tampered with; empty for none. */
    public CompletionStage<java.util.Optional<Long>> firstBrokenAudit() {
        return users.firstBrokenAudit();
    }

    /** Where the database is, for tools; its text has no password. */
    public DatabaseAddress address() {
        return address;
    }

    /** Ends the projection after the batch in hand, the connections, and the embedded server. */
    @Override
    public void close() {
        if (thread != null) {
            projection.stop();
            try {
                thread.join(STOP_TIMEOUT_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        pool.close();
        stop(server);
    }

    private static DatabaseServer start(Path data) {
        try {
            return DatabaseServer.start(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private static DatabaseAddress addressOf(DatabaseConfig config, DatabaseServer server) {
        return server == null ? DatabaseAddress.of(config) : server.address();
    }

    private static void stop(DatabaseServer server) {
        try {
            if (server != null) {
                server.close();
            }
        } catch (IOException e) {
            LOG.warn("PostgreSQL did not stop", e);
        }
    }
}
