package saker.strategy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Checks a library in a child process, with a deadline: one that aborts, crashes or never returns
 * ends there and is named here.
 */
public final class FrameworkCheck {
    private static final long DEADLINE_S = 30;

    private FrameworkCheck() {}

    /**
     * @param problem null for a good library, else one line that names the problem
     * @param report what the child printed about a good library, JSON
     */
    public record Outcome(String problem, String report) {
        public boolean isGood() {
            return problem == null;
        }
    }

    /**
     * @param childCommand command line that runs {@link FrameworkProbe} on the library and writes
     *     {@code OK <json>} or {@code BAD <problem>} to the file given as its last argument
     */
    public static Outcome run(Path library, List<String> childCommand) {
        if (!Files.isRegularFile(library)) {
            return new Outcome("no such library: path=" + library, null);
        }
        try {
            Path answer = Files.createTempFile("framework-check", ".txt");
            try {
                return run(library, childCommand, answer);
            } finally {
                Files.deleteIfExists(answer);
            }
        } catch (IOException e) {
            return new Outcome("cannot run the check: " + e.getMessage(), null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome("interrupted", null);
        }
    }

    private static Outcome run(Path library, List<String> childCommand, Path answer)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(childCommand);
        command.add(answer.toString());
        Process child =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        if (!child.waitFor(DEADLINE_S, TimeUnit.SECONDS)) {
            child.destroyForcibly().waitFor();
            return new Outcome(
                    "does not return: path=%s, deadlineSeconds=%d".formatted(library, DEADLINE_S),
                    null);
        }
        String text = Files.readString(answer).strip();
        if (text.startsWith("OK ")) {
            return new Outcome(null, text.substring(3));
        }
        if (text.startsWith("BAD ")) {
            return new Outcome(text.substring(4).lines().findFirst().orElse(""), null);
        }
        return new Outcome(
                "ends the process: path=%s, exit=%d".formatted(library, child.exitValue()), null);
    }
}
