package saker.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The demo's broker: an OandaVenue in a process of its own, with its own state, so that engine and
 * broker can die apart as in life. It outlives a killed engine and is adopted at the next start by
 * {@code <data>/venue.pid}, which holds process id, port and token; one that dies is started again
 * on the same port with the same state.
 */
public final class VenueProcess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(VenueProcess.class);
    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(2);
    private static final long WATCH_MS = 200;

    private final Path data;
    private final List<String> command;
    private final int port;
    private final String token;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(ANSWER_LIMIT).build();
    private final ObjectMapper json = new ObjectMapper();
    private volatile boolean running = true;
    private ProcessHandle process;

    private VenueProcess(Path data, List<String> command, int port, String token) {
        this.data = data;
        this.command = command;
        this.port = port;
        this.token = token;
    }

    /**
     * Adopts the venue of a data folder, or starts one.
     *
     * @param command starts a venue; {@code --port}, {@code --token} and {@code --data} are added
     * @param wantedPort 0 for the one used before, or a free one
     * @throws IOException if it does not get ready in 30 s
     */
    public static VenueProcess start(Path data, List<String> command, int wantedPort)
            throws IOException {
        Files.createDirectories(data);
        Optional<Remembered> before = remembered(data);
        int port =
                wantedPort != 0 ? wantedPort : before.map(Remembered::port).orElseGet(() -> free());
        String token = before.map(Remembered::token).orElseGet(VenueProcess::newToken);
        VenueProcess venue = new VenueProcess(data, command, port, token);
        if (before.isPresent() && before.get().port() == port && venue.adopt(before.get().pid())) {
            LOG.info("adopted the venue: pid={}, port={}", before.get().pid(), port);
        } else {
            venue.spawn();
        }
        venue.watch();
        return venue;
    }

    private record Remembered(long pid, int port, String token) {}

    private static Optional<Remembered> remembered(Path data) throws IOException {
        Path file = pidFile(data);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String[] words = Files.readString(file).strip().split("\\s+");
        if (words.length != 3 || !words[0].matches("\\d+") || !words[1].matches("\\d+")) {
            return Optional.empty(); // Torn by a kill: start a new one.
        }
        return Optional.of(
                new Remembered(Long.parseLong(words[0]), Integer.parseInt(words[1]), words[2]));
    }

    private boolean adopt(long pid) {
        Optional<ProcessHandle> handle = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
        if (handle.isPresent() && status().isPresent()) {
            process = handle.get();
            return true;
        }
        // One that lives but does not answer with our token is not ours, or past helping.
        return false;
    }

    private void spawn() throws IOException {
        List<String> line = new ArrayList<>(command);
        line.addAll(
                List.of(
                        "--port",
                        Integer.toString(port),
                        "--token",
                        "file:" + writeToken(),
                        "--data",
                        data.resolve("venue").toString()));
        Files.createDirectories(data.resolve("venue"));
        Process child =
                new ProcessBuilder(line)
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(
                                        data.resolve("venue").resolve("venue.log").toFile()))
                        .start();
        child.getOutputStream().close();
        process = child.toHandle();
        writePrivately(pidFile(data), process.pid() + " " + port + " " + token + "\n");
        awaitReady(child);
        LOG.info("started the venue: pid={}, port={}", process.pid(), port);
    }

    private Path writeToken() throws IOException {
        Path file = data.resolve("venue.token");
        writePrivately(file, token);
        return file;
    }

    private void awaitReady(Process child) throws IOException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (status().isEmpty()) {
            if (!child.isAlive() || System.nanoTime() > deadline) {
                throw new IOException(
                        "the venue did not get ready: port=%d, alive=%s, log=%s"
                                .formatted(
                                        port,
                                        child.isAlive(),
                                        data.resolve("venue").resolve("venue.log")));
            }
            pause();
        }
    }

    private void watch() {
        Thread watcher = new Thread(this::keepAlive, "venue-watch");
        watcher.setDaemon(true);
        watcher.start();
    }

    private void keepAlive() {
        while (running) {
            pause();
            if (running && !process.isAlive()) {
                LOG.warn("the venue died and is started again: port={}", port);
                try {
                    spawn();
                } catch (IOException e) {
                    LOG.error("the venue cannot be started, trying again", e);
                }
            }
        }
    }

    public int port() {
        return port;
    }

    public String token() {
        return token;
    }

    /** Process id now; another after a restart. */
    public long pid() {
        return process.pid();
    }

    /** What the venue says of itself, or empty if it does not answer. */
    public Optional<JsonNode> status() {
        try {
            HttpResponse<String> answer =
                    http.send(
                            request("/saker/status").build(), HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200
                    ? Optional.of(json.readTree(answer.body()))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** An answer of the venue's OANDA interface. */
    public JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                http.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(
                    "the venue refused: path=" + path + ", status=" + answer.statusCode());
        }
        return json.readTree(answer.body());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(ANSWER_LIMIT)
                .header("Authorization", "Bearer " + token);
    }

    /** Leaves the process running: the next start adopts it. */
    public void abandon() {
        running = false;
    }

    /** Ends the process. */
    @Override
    public void close() {
        running = false;
        process.destroy();
        try {
            process.onExit().get(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException
                | java.util.concurrent.TimeoutException e) {
            process.destroyForcibly();
        }
    }

    private static Path pidFile(Path data) {
        return data.resolve("venue.pid");
    }

    private static void writePrivately(Path file, String text) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        Files.deleteIfExists(temporary);
        Files.createFile(
                temporary,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(temporary, text);
        // Atomic: a venue whose file is gone for a moment is one that a next start would double.
        Files.move(temporary, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }

    private static int free() {
        try (ServerSocket socket =
                new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("no free port", e);
        }
    }

    private static String newToken() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static void pause() {
        try {
            Thread.sleep(WATCH_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
