package saker.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A data folder of a test, and every process that works on it; closing it ends and removes all. */
final class DataFolder implements AutoCloseable {
    private final Path path;

    private DataFolder(Path path) {
        this.path = path;
    }

    /** Below the system's temporary folder: a socket's path may have 107 bytes. */
    static DataFolder create() {
        try {
            return new DataFolder(Files.createTempDirectory("saker-e2e"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path path() {
        return path;
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    String text() {
        return path.toString();
    }

    /** The venue as its pid file says. */
    Venue venue() {
        String[] words = read("venue.pid").split("\\s+");
        return new Venue(Long.parseLong(words[0]), Integer.parseInt(words[1]), words[2]);
    }

    String read(String name) {
        try {
            return Files.readString(path.resolve(name)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last lines of a log, for a failure's message. */
    String logTail() {
        try (Stream<Path> logs = Files.list(path.resolve("logs"))) {
            StringBuilder tail = new StringBuilder();
            for (Path log : logs.toList()) {
                List<String> lines = Files.readAllLines(log);
                lines.subList(Math.max(0, lines.size() - 30), lines.size())
                        .forEach(line -> tail.append('\n').append(line));
            }
            return tail.toString();
        } catch (IOException e) {
            return "no log: " + e.getMessage();
        }
    }

    // ---- Database
    // --------------------------------------------------------------------------------

    Connection database() throws SQLException {
        Properties known = new Properties();
        try (var reader = Files.newBufferedReader(path.resolve("postgres.properties"))) {
            known.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Properties login = new Properties();
        login.setProperty("user", known.getProperty("user"));
        login.setProperty("password", known.getProperty("password"));
        login.setProperty("connectTimeout", "2");
        return DriverManager.getConnection(
                "jdbc:postgresql://%s:%s/%s"
                        .formatted(
                                known.getProperty("host"),
                                known.getProperty("port"),
                                known.getProperty("database")),
                login);
    }

    /** Two columns as a map; empty while the database does not answer. */
    Optional<Map<Long, String>> query(String sql) {
        try (Connection connection = database();
                ResultSet rows = connection.createStatement().executeQuery(sql)) {
            Map<Long, String> found = new TreeMap<>();
            while (rows.next()) {
                String twice = found.put(rows.getLong(1), rows.getString(2));
                if (twice != null) {
                    throw new AssertionError("two rows: key=" + rows.getLong(1) + ", sql=" + sql);
                }
            }
            return Optional.of(found);
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    /** Stops PostgreSQL and keeps it stopped, until {@link #releaseDatabase}. */
    void holdDatabase() {
        try {
            Files.createFile(path.resolve("postgres.hold"));
            String pid = Files.readAllLines(path.resolve("postgres/postmaster.pid")).get(0);
            Await.signal("QUIT", Long.parseLong(pid.strip())); // An immediate shutdown.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Await.until(
                "PostgreSQL stopped", Duration.ofSeconds(15), () -> query("select 1, 1").isEmpty());
    }

    void releaseDatabase() {
        try {
            Files.deleteIfExists(path.resolve("postgres.hold"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ---- Processes
    // -------------------------------------------------------------------------------

    /** Every process with this folder in its command line. */
    List<ProcessHandle> processes() {
        return ProcessHandle.allProcesses()
                .filter(p -> p.info().commandLine().orElse("").contains(text()))
                .toList();
    }

    void awaitNoProcess() {
        Await.noComplaint(
                Duration.ofSeconds(30),
                () -> {
                    List<ProcessHandle> left = processes();
                    return left.isEmpty() ? "" : "still running: " + left.get(0).info();
                });
    }

    @Override
    public void close() {
        // The demo first, lest it starts the others again.
        for (String role : List.of(" demo ", " serve ", "")) {
            processes().stream()
                    .filter(p -> p.info().commandLine().orElse("").contains(role))
                    .forEach(DataFolder::end);
        }
        awaitNoProcess();
        Await.until("folder removed", Duration.ofSeconds(10), this::delete);
    }

    private static void end(ProcessHandle process) {
        boolean postgres = process.info().command().orElse("").endsWith("/postgres");
        Await.signal(postgres ? "QUIT" : "KILL", process.pid());
    }

    /** False while somebody still writes to it. */
    private boolean delete() {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
            return true;
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }
}
