package saker.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** One embedded server for all tests of this JVM, and a new database for each that asks. */
final class SharedServer {
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static DatabaseServer server;
    private static Path data;

    private SharedServer() {}

    static synchronized DatabaseServer get() {
        if (server == null) {
            try {
                data = Files.createTempDirectory("saker-store");
                server = DatabaseServer.start(data);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Runtime.getRuntime().addShutdownHook(new Thread(SharedServer::stop));
        }
        return server;
    }

    /** A server of its own, with the programs of the shared one. */
    static DatabaseServer startAnother(Path folder) throws IOException {
        return DatabaseServer.start(folder, data().resolve("postgres-programs"));
    }

    static Path data() {
        get();
        return data;
    }

    /** An empty database. */
    static DatabaseAddress newDatabase() throws SQLException {
        String name = "test" + DATABASES.incrementAndGet();
        DatabaseAddress address = get().address();
        execute(address, "create database " + name);
        return new DatabaseAddress(
                address.host(), address.port(), name, address.user(), address.password());
    }

    /** An empty database with the schema. */
    static DatabaseAddress newStore() throws SQLException {
        DatabaseAddress address = newDatabase();
        Migrations.apply(address);
        return address;
    }

    static void execute(DatabaseAddress address, String sql) throws SQLException {
        try (Connection connection = address.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Every row, each as its columns joined by "|". */
    static List<String> rows(DatabaseAddress address, String sql) throws SQLException {
        try (Connection connection = address.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> all = new ArrayList<>();
            while (rows.next()) {
                List<String> columns = new ArrayList<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    columns.add(rows.getString(i));
                }
                all.add(String.join("|", columns.stream().map(String::valueOf).toList()));
            }
            return all;
        }
    }

    private static void stop() {
        try {
            server.close();
            PostgresBinaries.delete(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
