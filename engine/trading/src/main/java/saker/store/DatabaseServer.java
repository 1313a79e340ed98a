package saker.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The embedded PostgreSQL of a data folder: a real server with its data in {@code <data>/postgres},
 * on loopback only, with a password of its own, every commit durable.
 *
 * <p>The server is no child of ours: when this JVM is killed it goes on, and the next start adopts
 * it. While we run, a thread starts it again whenever it is gone, unless {@code
 * <data>/postgres.hold} exists. Blocking; not for event loops. The caller holds the lock of the
 * data folder.
 */
public final class DatabaseServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseServer.class);
    private static final String USER = "saker";
    private static final String DATABASE = "saker";
    private static final long LOOK_MS = 500;
    private static final long RESTART_MIN_MS = 1_000;
    private static final long RESTART_MAX_MS = 30_000;
    private static final int START_TIMEOUT_S = 60;

    private final Path data;
    private final Path folder;
    private final Path propertiesFile;
    private final Path hold;
    private final Path binaries;
    private final boolean asRoot;
    private final Thread supervisor;
    private DatabaseAddress address;
    private boolean closed;

    /**
     * Starts or adopts the server of a data folder.
     *
     * @throws IOException if it does not start; the message says what to do
     */
    public static DatabaseServer start(Path data) throws IOException {
        Path folder = data.toAbsolutePath().normalize();
        return start(folder, folder.resolve("postgres-programs"));
    }

    /**
     * @param programs where the server's programs are, or are to be unpacked
     */
    static DatabaseServer start(Path data, Path programs) throws IOException {
        DatabaseServer server = new DatabaseServer(data, programs);
        server.open();
        server.supervisor.start();
        return server;
    }

    /**
     * Where the server of a data folder answers that another process started.
     *
     * @throws IOException if that folder never had one
     */
    static DatabaseAddress addressOf(Path data) throws IOException {
        return readProperties(data.resolve("postgres.properties"));
    }

    private DatabaseServer(Path data, Path programs) throws IOException {
        this.data = data;
        folder = data.resolve("postgres");
        propertiesFile = data.resolve("postgres.properties");
        hold = data.resolve("postgres.hold");
        Files.createDirectories(data);
        binaries = PostgresBinaries.unpack(programs);
        asRoot = "root".equals(System.getProperty("user.name"));
        supervisor = new Thread(this::supervise, "postgres-supervisor");
        supervisor.setDaemon(true);
    }

    /** Where it answers; the same for as long as this object lives. */
    public DatabaseAddress address() {
        return address;
    }

    /** Process id of the server, 0 while there is none. */
    public long processId() {
        ProcessHandle process = process();
        return process == null ? 0 : process.pid();
    }

    /** Stops the server in good order. A second call does nothing. */
    @Override
    public void close() throws IOException {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            notifyAll();
        }
        try {
            supervisor.join(TimeUnit.SECONDS.toMillis(START_TIMEOUT_S));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (process() != null) {
            stop("fast");
        }
    }

    private void open() throws IOException {
        create();
        address = readProperties(propertiesFile);
        if (process() != null && isOurs()) {
            LOG.info("adopted the running PostgreSQL: address={}", address);
        } else {
            endStale();
            choosePort();
            run();
        }
        createDatabase();
    }

    // ---- First start
    // -----------------------------------------------------------------------------

    private void create() throws IOException {
        if (Files.exists(folder.resolve("PG_VERSION"))) {
            if (!Files.exists(propertiesFile)) {
                throw new IOException(
                        "the password of the embedded PostgreSQL is lost: absent="
                                + propertiesFile);
            }
            return;
        }
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        String password = HexFormat.of().formatHex(random);
        writeProperties(new DatabaseAddress("127.0.0.1", freePort(), DATABASE, USER, password));
        Path fresh = data.resolve("postgres.new");
        PostgresBinaries.delete(fresh);
        Path passwordFile = data.resolve("postgres.pw");
        writePrivate(passwordFile, password);
        try {
            execute(
                    "initdb",
                    "-A",
                    "scram-sha-256",
                    "-U",
                    USER,
                    "--pwfile=" + passwordFile,
                    "-E",
                    "UTF-8",
                    "--locale=C",
                    "-D",
                    fresh.toString());
        } finally {
            Files.delete(passwordFile);
        }
        Files.writeString(
                fresh.resolve("postgresql.conf"),
                "\ninclude 'saker.conf'\n",
                StandardOpenOption.APPEND);
        Files.writeString(fresh.resolve("saker.conf"), "");
        Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
    }

    private void createDatabase() throws IOException {
        try (Connection connection = address.connect("postgres");
                var statement = connection.createStatement();
                ResultSet known =
                        statement.executeQuery(
                                "select from pg_database where datname = '" + DATABASE + "'")) {
            if (!known.next()) {
                statement.execute("create database " + DATABASE);
            }
        } catch (SQLException e) {
            throw new IOException("embedded PostgreSQL does not answer: address=" + address, e);
        }
    }

    // ---- Start and stop
    // --------------------------------------------------------------------------

    /** Whether what answers on our port has our data folder: by its password and its word. */
    private boolean isOurs() {
        try (Connection connection = address.connect("postgres");
                var statement = connection.createStatement();
                ResultSet shown = statement.executeQuery("show data_directory")) {
            return shown.next() && Path.of(shown.getString(1)).equals(folder);
        } catch (SQLException e) {
            LOG.warn("PostgreSQL of this folder does not answer: {}", e.getMessage());
            return false;
        }
    }

    /** A server of this folder that does not answer is ended; anybody else's is left alone. */
    private void endStale() throws IOException {
        if (process() != null) {
            stop("immediate");
        }
        forgetReusedPid();
    }

    /**
     * A pid file whose pid now belongs to another program, or to a dead server that nobody reaped,
     * would keep the server from starting. In every other case the file stays: PostgreSQL needs it
     * to tell whether processes of a killed server still write.
     */
    private void forgetReusedPid() throws IOException {
        if (!Files.exists(pidFile()) || process() != null) {
            return;
        }
        if (hasOrphans()) {
            throw new IOException("processes of a killed server still run: folder=" + folder);
        }
        String pid = Files.readAllLines(pidFile()).get(0).trim();
        if (ProcessHandle.of(Long.parseLong(pid)).isPresent()) {
            Files.delete(pidFile());
        }
    }

    /** Server processes live in the folder of their data. */
    private boolean hasOrphans() {
        return ProcessHandle.allProcesses()
                .filter(DatabaseServer::isPostgres)
                .anyMatch(process -> folder.equals(workingFolder(process)));
    }

    private static Path workingFolder(ProcessHandle process) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd"));
        } catch (IOException e) {
            return null; // It ended, or is not ours to look at.
        }
    }

    private void choosePort() throws IOException {
        try (ServerSocket free =
                new ServerSocket(address.port(), 1, InetAddress.getByName(address.host()))) {
            LOG.debug("port is free: port={}", free.getLocalPort());
        } catch (IOException e) {
            address =
                    new DatabaseAddress(
                            address.host(),
                            freePort(),
                            address.database(),
                            address.user(),
                            address.password());
            writeProperties(address);
        }
    }

    private void run() throws IOException {
        Files.writeString(folder.resolve("saker.conf"), settings());
        execute(
                "pg_ctl",
                "-D",
                folder.toString(),
                "-l",
                folder.resolve("server.log").toString(),
                "-w",
                "-t",
                Integer.toString(START_TIMEOUT_S),
                "start");
        LOG.info("PostgreSQL started: address={}, pid={}", address, processId());
    }

    private String settings() {
        return """
                listen_addresses = '%s'
                port = %d
                unix_socket_directories = ''
                password_encryption = 'scram-sha-256'
                fsync = on
                synchronous_commit = on
                full_page_writes = on
                max_connections = 50
                shared_buffers = '64MB'
                timezone = 'UTC'
                log_timezone = 'UTC'
                """
                .formatted(address.host(), address.port());
    }

    private void stop(String mode) throws IOException {
        execute("pg_ctl", "-D", folder.toString(), "-w", "-t", "30", "-m", mode, "stop");
    }

    private void supervise() {
        long waitMs = RESTART_MIN_MS;
        while (pause(LOOK_MS)) {
            if (process() != null) {
                waitMs = RESTART_MIN_MS;
            } else if (!Files.exists(hold)) {
                LOG.warn("PostgreSQL is gone; starting it again: inMs={}", waitMs);
                if (pause(waitMs) && !Files.exists(hold)) {
                    restart();
                }
                waitMs = Math.min(RESTART_MAX_MS, 2 * waitMs);
            }
        }
    }

    private void restart() {
        try {
            if (process() == null) {
                forgetReusedPid();
                run();
            }
        } catch (IOException | RuntimeException e) {
            LOG.error("PostgreSQL did not start: folder={}", folder, e);
        }
    }

    private synchronized boolean pause(long ms) {
        long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ms);
        try {
            long leftMs = ms;
            while (!closed && leftMs > 0) {
                wait(leftMs);
                leftMs = TimeUnit.NANOSECONDS.toMillis(endNs - System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        return !closed;
    }

    /** The server of this folder by its own pid file, or null. */
    private ProcessHandle process() {
        try {
            String pid = Files.readAllLines(pidFile()).get(0).trim();
            return ProcessHandle.of(Long.parseLong(pid))
                    .filter(ProcessHandle::isAlive)
                    .filter(DatabaseServer::isPostgres)
                    .orElse(null);
        } catch (IOException | RuntimeException e) {
            return null; // No file, or one that is being written.
        }
    }

    private static boolean isPostgres(ProcessHandle process) {
        return process.info().command().map(c -> c.endsWith("/postgres")).orElse(false);
    }

    private Path pidFile() {
        return folder.resolve("postmaster.pid");
    }

    // ---- Programs and files
    // ----------------------------------------------------------------------

    /** PostgreSQL refuses to run as root; in a user namespace of its own nobody is root. */
    private void execute(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (asRoot) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(binaries.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        Path output = data.resolve("postgres.out");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        if (exitCode(process, program) != 0) {
            String advice =
                    asRoot
                            ? "; as root it needs `unshare -U`: run as another user, or configure"
                                    + " database.url"
                            : "";
            throw new IOException(
                    "%s failed: output=%s, log=%s%s"
                            .formatted(
                                    program,
                                    Files.readString(output).strip(),
                                    folder.resolve("server.log"),
                                    advice));
        }
    }

    private static int exitCode(Process process, String program) throws IOException {
        try {
            if (!process.waitFor(2L * START_TIMEOUT_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(program + " did not end in time");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException(program + " was interrupted", e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return any.getLocalPort();
        }
    }

    private static DatabaseAddress readProperties(Path file) throws IOException {
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return new DatabaseAddress(
                properties.getProperty("host"),
                Integer.parseInt(properties.getProperty("port")),
                properties.getProperty("database"),
                properties.getProperty("user"),
                properties.getProperty("password"));
    }

    private void writeProperties(DatabaseAddress made) throws IOException {
        writePrivate(
                propertiesFile,
                """
                host=%s
                port=%d
                database=%s
                user=%s
                password=%s
                """
                        .formatted(
                                made.host(),
                                made.port(),
                                made.database(),
                                made.user(),
                                made.password()));
    }

    private static void writePrivate(Path file, String text) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        Files.deleteIfExists(temporary);
        Files.createFile(
                temporary,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(temporary, text.getBytes(StandardCharsets.UTF_8));
        Files.move(
                temporary,
                file,
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }
}
