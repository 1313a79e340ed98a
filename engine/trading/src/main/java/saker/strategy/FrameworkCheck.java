package saker.strategy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Checks a library in a child process, with a deadline: one that aborts, crashes or never returns
 * ends there and is named here. The child's files, a crash report of its JVM among them, lie in a
 * folder that is removed; it writes no core file.
 */
public final class FrameworkCheck {
    static final String ANSWER = "answer.txt";
    static final String PROGRESS = "progress";
    private static final String ERROR_FILE = "crash.log";

    private FrameworkCheck() {}

    /**
     * @param problem null for a good library, else one line that names the problem
     * @param report what the child said about a good library
     * @param noise what the library printed, for people; empty if nothing
     */
    public record Outcome(String problem, String report, List<String> noise) {
        public boolean isGood() {
            return problem == null;
        }
    }

    /**
     * @param childCommand a JVM that hands its last arguments to {@link FrameworkProbe#child}
     */
    public static Outcome run(
            Path library, ProbeOptions options, List<String> childCommand, Duration deadline) {
        if (!Files.isRegularFile(library)) {
            return bad("no such library: path=" + library);
        }
        try {
            Path folder = Files.createTempDirectory("framework-check");
            try {
                return run(library.toAbsolutePath(), options, childCommand, deadline, folder);
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            return bad("cannot run the check: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return bad("interrupted");
        }
    }

    private static Outcome bad(String problem) {
        return new Outcome(problem, null, List.of());
    }

    private static Outcome run(
            Path library,
            ProbeOptions options,
            List<String> childCommand,
            Duration deadline,
            Path folder)
            throws IOException, InterruptedException {
        Path errorFile = folder.resolve(ERROR_FILE);
        List<String> command = new ArrayList<>(childCommand);
        command.addAll(1, flags(errorFile));
        command.add(library.toString());
        command.add(folder.toString());
        command.addAll(options.arguments());
        Process child = new ProcessBuilder(command).directory(folder.toFile()).start();
        child.getOutputStream().close();
        Console out = new Console(child.getInputStream());
        Console err = new Console(child.getErrorStream());
        if (!child.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
            child.destroyForcibly().waitFor();
            return bad(
                    "does not return: deadlineSeconds=%s: %s"
                            .formatted(deadline.toMillis() / 1000.0, progress(folder)));
        }
        out.awaitEnd();
        err.awaitEnd();
        return outcome(child.exitValue(), folder, errorFile, out, err);
    }

    /** No core, no crash report in the working folder, and memory that does not move by itself. */
    private static List<String> flags(Path errorFile) {
        return List.of(
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=" + errorFile,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xms96m",
                "-Xmx96m",
                "-XX:+AlwaysPreTouch");
    }

    private static Outcome outcome(int exit, Path folder, Path errorFile, Console out, Console err)
            throws IOException {
        Path file = folder.resolve(ANSWER);
        String answer = Files.exists(file) ? Files.readString(file).strip() : "";
        if (answer.startsWith("BAD ")) {
            return bad(answer.substring(4).lines().findFirst().orElse(""));
        }
        String end = CrashReport.of(exit, errorFile);
        if (answer.startsWith("OK ") && exit == 0) {
            return new Outcome(null, answer.substring(3), noise(out, err));
        }
        return bad(
                !Files.exists(folder.resolve(PROGRESS))
                        ? "the check did not start: %s: %s".formatted(end, err.noise())
                        : answer.isEmpty()
                                ? "ends the process: %s: %s".formatted(end, progress(folder))
                                : "ends badly after the check: " + end);
    }

    private static String progress(Path folder) {
        Path file = folder.resolve(PROGRESS);
        return Files.exists(file) ? new ProbeProgress(file).toString() : "before loading";
    }

    private static List<String> noise(Console out, Console err) {
        List<String> noise = new ArrayList<>();
        if (out.noise() != null) {
            noise.add("prints on stdout: " + out.noise());
        }
        if (err.noise() != null) {
            noise.add("prints on stderr: " + err.noise());
        }
        return noise;
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete folder=" + folder, e);
        }
    }
}
