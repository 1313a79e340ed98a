package saker.store;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import saker.api.StoreUnavailableException;

/** Connections for what the API asks: never blocks, gives up in seconds when nobody answers. */
final class DatabasePool implements AutoCloseable {
    private static final int CONNECTIONS = 10;
    private static final int WAITING = 1_000;
    private static final int TIMEOUT_S = 3;

    private final Pool pool;

    DatabasePool(Vertx vertx, DatabaseAddress address) {
        PgConnectOptions connect =
                new PgConnectOptions()
                        .setHost(address.host())
                        .setPort(address.port())
                        .setDatabase(address.database())
                        .setUser(address.user())
                        .setPassword(address.password())
                        .addProperty("application_name", "saker-api")
                        .addProperty("statement_timeout", "10000")
                        .setCachePreparedStatements(true);
        PoolOptions options =
                new PoolOptions()
                        .setMaxSize(CONNECTIONS)
                        .setMaxWaitQueueSize(WAITING)
                        .setConnectionTimeout(TIMEOUT_S)
                        .setConnectionTimeoutUnit(TimeUnit.SECONDS);
        pool = PgBuilder.pool().connectingTo(connect).with(options).using(vertx).build();
    }

    Future<RowSet<Row>> query(String sql, Tuple values) {
        return named(pool.preparedQuery(sql).execute(values));
    }

    /** All or nothing. */
    <T> Future<T> inTransaction(Function<SqlConnection, Future<T>> work) {
        return named(pool.withTransaction(work));
    }

    @Override
    public void close() {
        pool.close();
    }

    /** What the database itself says is an error of ours; all else is that it does not answer. */
    private static <T> Future<T> named(Future<T> answer) {
        return answer.recover(
                failure ->
                        Future.failedFuture(
                                isUnavailable(failure)
                                        ? new StoreUnavailableException(
                                                "the database does not answer", failure)
                                        : failure));
    }

    private static boolean isUnavailable(Throwable failure) {
        if (!(failure instanceof PgException answer) || answer.getSqlState() == null) {
            return !(failure instanceof IllegalArgumentException);
        }
        String state = answer.getSqlState();
        // Connection lost, no resources, operator intervention, still starting; no schema yet.
        return state.startsWith("08")
                || state.startsWith("53")
                || state.startsWith("57")
                || state.equals("42P01")
                || state.equals("3D000");
    }
}
