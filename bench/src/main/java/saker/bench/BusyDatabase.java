package saker.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import saker.store.DatabaseServer;

/** The embedded PostgreSQL, as the store runs it, committing row after row on the same disk. */
final class BusyDatabase implements AutoCloseable {
    private static final String INSERT =
            "insert into bench_rows (text) select repeat('x', 100) from generate_series(1, 200)";

    private final DatabaseServer server;
    private final Connection connection;
    private final Thread thread;
    private volatile boolean closed;
    private volatile long commits;

    BusyDatabase(Path folder) throws IOException, SQLException {
        server = DatabaseServer.start(folder.resolve("database"));
        var address = server.address();
        connection =
                DriverManager.getConnection(
                        "jdbc:postgresql://%s:%d/postgres"
                                .formatted(address.host(), address.port()),
                        address.user(),
                        address.password());
        try (var statement = connection.createStatement()) {
            statement.execute("create table if not exists bench_rows (id serial, text text)");
        }
        thread = new Thread(this::commit, "busy-database");
        thread.setDaemon(true);
        thread.start();
    }

    private void commit() {
        try (var statement = connection.prepareStatement(INSERT)) {
            while (!closed) {
                statement.executeUpdate();
                commits++;
            }
        } catch (SQLException e) {
            if (!closed) {
                throw new IllegalStateException("after " + commits + " commits", e);
            }
        }
    }

    @Override
    public void close() throws IOException, SQLException {
        closed = true;
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connection.close();
        server.close();
    }
}
