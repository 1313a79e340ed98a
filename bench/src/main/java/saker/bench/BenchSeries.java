package saker.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Short versions of all benches, one after another, each in a JVM of its own: a process can load
 * one framework library only.
 */
final class BenchSeries {
    private static final long LIMIT_S = 240;

    private BenchSeries() {}

    static String run(Arguments arguments) throws IOException, InterruptedException {
        Path out = Path.of(arguments.text("results", "target/results")).toAbsolutePath();
        Files.createDirectories(out);
        StringBuilder report = new StringBuilder();
        List<String> failed = new ArrayList<>();
        for (Map.Entry<String, String> bench : benches(out).entrySet()) {
            Path file = out.resolve(bench.getKey() + ".txt");
            int code = start(bench.getValue() + " --out " + file);
            if (code != 0) {
                failed.add(bench.getKey() + " (exit " + code + ")");
            } else {
                report.append("== ").append(bench.getKey()).append('\n');
                report.append(Files.readString(file)).append('\n');
            }
        }
        if (!failed.isEmpty()) {
            throw new IllegalStateException("benches failed: " + failed);
        }
        return report.toString();
    }

    private static Map<String, String> benches(Path out) {
        String path = "tick-to-order --warm 10 --seconds 10";
        Map<String, String> benches = new TreeMap<>();
        benches.put("jmh", "jmh --warm 2 --iterations 3 --json " + out.resolve("jmh.json"));
        benches.put("allocation", "allocation");
        benches.put("append-pauses", "append-pauses --rolls 50 --records 100000");
        benches.put("waiting-reader", "waiting-reader --seconds 3");
        benches.put("sync-calls", "sync-calls --rounds 200");
        benches.put("bars", "bars --rounds 3");
        benches.put("start", "start --ticks 1000000");
        benches.put("n01", "n01");
        benches.put("n02", "n02");
        benches.put("n03", "n03 --orders 50");
        benches.put("path-park", path);
        benches.put("path-spin", path + " --wait spin");
        benches.put("path-power", path + " --durability power");
        benches.put("path-roll", path + " --beside roll");
        benches.put("path-mapping", path + " --beside mapping");
        benches.put("path-postgres", path + " --beside postgres");
        return benches;
    }

    /** Runs one bench in a JVM like this one; returns its exit code, or -1 if it took too long. */
    static int start(String words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(Benches.class.getName());
        command.addAll(List.of(words.split(" ")));
        Process process = new ProcessBuilder(command).inheritIO().start();
        if (!process.waitFor(LIMIT_S, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return -1;
        }
        return process.exitValue();
    }
}
