package saker.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Runs one bench by name: {@code Benches <bench> [--name value]...}. Writes its report to standard
 * output and, with {@code --out}, to a file. Uses a folder below {@code --folder} (the working
 * directory's {@code target} if absent) and deletes it at the end.
 */
public final class Benches {
    private Benches() {}

    public static void main(String[] words) throws Exception {
        if (words.length == 0) {
            System.err.println("usage: Benches tick-to-order [--name value]...");
            System.exit(2);
        }
        Arguments arguments = new Arguments(words, 1);
        Path parent = Path.of(arguments.text("folder", "target"));
        Files.createDirectories(parent);
        Path folder = Files.createTempDirectory(parent.toAbsolutePath(), "bench");
        try {
            String report = run(words[0], arguments, folder);
            System.out.println(report);
            String out = arguments.text("out", "");
            if (!out.isEmpty()) {
                Files.createDirectories(Path.of(out).toAbsolutePath().getParent());
                Files.writeString(Path.of(out), report + "\n");
            }
        } finally {
            delete(folder);
        }
        System.exit(0);
    }

    private static String run(String bench, Arguments arguments, Path folder) throws Exception {
        return switch (bench) {
            case "tick-to-order" -> TickToOrderLatency.run(arguments, folder);
            default -> throw new IllegalArgumentException("no such bench: " + bench);
        };
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
