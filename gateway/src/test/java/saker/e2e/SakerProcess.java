package saker.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The fat jar in a process of its own, as a user starts it: no flags. Its consoles are read all the
 * time, so it never waits for us.
 */
final class SakerProcess implements AutoCloseable {
    static final String ADMIN_PASSWORD = "correct-horse-7";
    private static final Duration READY_LIMIT = Duration.ofSeconds(90);
    private static final Duration EXIT_LIMIT = Duration.ofSeconds(60);

    private final List<String> command;
    private final Process process;
    private final Console out;
    private final Console err;

    private SakerProcess(List<String> command, Process process) {
        this.command = command;
        this.process = process;
        this.out = new Console(process.getInputStream());
        this.err = new Console(process.getErrorStream());
    }

    /** What a command printed and how it ended. */
    record Result(int exit, String out, String err) {}

    static SakerProcess start(String... args) {
        return start(jdk(), Map.of(), args);
    }

    /**
     * @param javaHome of the JDK that runs it
     */
    static SakerProcess start(Path javaHome, Map<String, String> environment, String... args) {
        List<String> command = new ArrayList<>();
        // A build in the background ignores INT, and so would its children.
        command.addAll(List.of("env", "--default-signal=INT,TERM"));
        command.add(javaHome.resolve("bin").resolve("java").toString());
        command.addAll(List.of("-jar", jar().toString()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("JAVA_TOOL_OPTIONS"));
        builder.environment().put("SAKER_ADMIN_PASSWORD", ADMIN_PASSWORD);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            return new SakerProcess(command, process);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start: " + command, e);
        }
    }

    /** Runs a command to its end. */
    static Result run(String... args) {
        return run(Map.of(), args);
    }

    static Result run(Map<String, String> environment, String... args) {
        try (SakerProcess process = start(jdk(), environment, args)) {
            return process.result(EXIT_LIMIT);
        }
    }

    private static Path jar() {
        String jar = System.getProperty("saker.jar");
        if (jar == null) {
            throw new IllegalStateException("run it by failsafe: absent property saker.jar");
        }
        return Path.of(jar);
    }

    /** The JDK of the build. */
    static Path jdk() {
        return Path.of(System.getProperty("java.home"));
    }

    /** Another JDK: {@code JAVA_25_HOME}, else what the system has; empty if there is none. */
    static Optional<Path> jdk25() {
        String given = System.getenv("JAVA_25_HOME");
        if (given != null) {
            return Optional.of(Path.of(given));
        }
        java.io.File[] found =
                new java.io.File("/usr/lib/jvm")
                        .listFiles(folder -> folder.getName().matches(".*\\b25\\b.*"));
        return found == null || found.length == 0
                ? Optional.empty()
                : Optional.of(found[0].toPath());
    }

    /** Waits for its {@code ready} line; returns the address in it. */
    String ready() {
        long deadlineNs = System.nanoTime() + READY_LIMIT.toNanos();
        Optional<String> line = Optional.empty();
        while (line.isEmpty()) {
            boolean ended = !process.isAlive();
            line = out.lines().stream().filter(text -> text.startsWith("ready ")).findFirst();
            if (line.isEmpty() && (ended || System.nanoTime() > deadlineNs)) {
                throw new AssertionError("not ready: " + describe());
            }
            Await.pause();
        }
        return line.get().substring("ready ".length());
    }

    String out() {
        return out.text();
    }

    String err() {
        return err.text();
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Ctrl-C. */
    void interrupt() {
        Await.signal("INT", process.pid());
    }

    /** What a service manager sends. */
    void terminate() {
        Await.signal("TERM", process.pid());
    }

    /** {@code kill -9}: no handler runs, nothing is written any more. */
    void kill() {
        Await.signal("KILL", process.pid());
        result(EXIT_LIMIT);
    }

    /** Waits for its end. */
    Result result(Duration limit) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("did not end in " + limit + ": " + describe());
            }
            out.awaitEnd();
            err.awaitEnd();
            return new Result(process.exitValue(), out.text(), err.text());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private String describe() {
        return "command=%s, alive=%s, stdout=%s, stderr=%s"
                .formatted(command, process.isAlive(), out.text(), err.text());
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** One of its consoles, read by a thread of its own. */
    private static final class Console {
        private final List<String> lines = new ArrayList<>();
        private final Thread thread;

        private Console(InputStream from) {
            thread = new Thread(() -> read(from), "console");
            thread.setDaemon(true);
            thread.start();
        }

        private void read(InputStream from) {
            try (BufferedReader reader =
                    new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8))) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    synchronized (lines) {
                        lines.add(line);
                    }
                }
            } catch (IOException e) {
                synchronized (lines) {
                    lines.add("console closed: " + e.getMessage());
                }
            }
        }

        /** A grandchild may hold the pipe open; what the process itself wrote is read by then. */
        private void awaitEnd() throws InterruptedException {
            thread.join(2_000);
        }

        private List<String> lines() {
            synchronized (lines) {
                return List.copyOf(lines);
            }
        }

        private String text() {
            return String.join("\n", lines());
        }
    }
}
