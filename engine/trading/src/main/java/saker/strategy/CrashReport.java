package saker.strategy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Says how a process ended, from its exit code and what the JVM wrote about a crash. */
public final class CrashReport {
    private static final int SIGNALLED = 128;
    private static final Map<Integer, String> SIGNALS =
            Map.of(
                    4, "SIGILL", 5, "SIGTRAP", 6, "SIGABRT", 7, "SIGBUS", 8, "SIGFPE", 9, "SIGKILL",
                    11, "SIGSEGV", 13, "SIGPIPE", 15, "SIGTERM", 31, "SIGSYS");

    private CrashReport() {}

    /** Such as {@code SIGSEGV in [libx.so+0x1139] c_runStrategy+0x9}. */
    public static String of(int exitCode, Path errorFile) {
        List<String> lines = lines(errorFile);
        String signal =
                lines.stream()
                        .filter(line -> line.matches("#\\s+SIG[A-Z]+ .*"))
                        .map(line -> line.replaceAll("#\\s+(SIG[A-Z]+) .*", "$1"))
                        .findFirst()
                        .orElse(null);
        if (signal != null) {
            return signal + frame(lines);
        }
        if (exitCode > SIGNALLED) {
            int number = exitCode - SIGNALLED;
            return SIGNALS.getOrDefault(number, "signal " + number);
        }
        return "exit(" + exitCode + ")";
    }

    private static String frame(List<String> lines) {
        for (int i = 0; i + 1 < lines.size(); i++) {
            if (lines.get(i).startsWith("# Problematic frame:")) {
                return " in " + lines.get(i + 1).replaceAll("^#\\s+\\S\\s+", "").strip();
            }
        }
        return "";
    }

    private static List<String> lines(Path file) {
        try {
            return Files.exists(file)
                    ? Files.readAllLines(file, java.nio.charset.StandardCharsets.ISO_8859_1)
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read file=" + file, e);
        }
    }
}
