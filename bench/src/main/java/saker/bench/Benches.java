package saker.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import saker.strategy.FrameworkBars;

/**
 * Runs one bench by name: {@code Benches <bench> [--name value]...}. Writes its report to standard
 * output and, with {@code --out}, to a file. Uses a folder below {@code --folder} (the working
 * directory's {@code target} if absent) and deletes it at the end.
 */
public final class Benches {
    private Benches() {}

    public static void main(String[] words) throws Exception {
        if (words.length == 0) {
            System.err.println(
                    "usage: Benches <tick-to-order|jmh|allocation|waiting-reader|append-pauses"
                            + "|sync-calls|bars|start|n01|n02|n03|all> [--name value]...");
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
            case "jmh" -> JmhRun.run(arguments, folder);
            case "allocation" ->
                    new TickAllocation().run(folder, 100_000, arguments.number("ticks", 300_000));
            case "waiting-reader" -> new WaitingReader().run(arguments.number("seconds", 10));
            case "append-pauses" ->
                    new AppendPauses()
                            .run(
                                    arguments.number("rolls", 200),
                                    arguments.number("records", 500_000));
            case "n01" -> new CachedReads().run(folder, arguments.number("reads", 1_000_000));
            case "n02" -> new StrategyTick().run(folder, arguments.number("ticks", 10_000));
            case "n03" -> new OrderAck().run(folder, arguments.number("orders", 200));
            case "bars" ->
                    FrameworkBars.run(
                            folder,
                            arguments.number("bars", 200_000),
                            arguments.number("rounds", 5));
            case "sync-calls" -> new SyncCalls().run(folder, arguments.number("rounds", 500));
            case "start" ->
                    new StartTime()
                            .run(
                                    folder,
                                    arguments.number("ticks", 5_000_000),
                                    arguments.number("snapshot-every", 250_000),
                                    arguments.number("orders", 2_000));
            case "start-once" ->
                    StartTime.once(
                            Path.of(arguments.text("engine", "")), arguments.number("broker", 0));
            case "all" -> BenchSeries.run(arguments);
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
