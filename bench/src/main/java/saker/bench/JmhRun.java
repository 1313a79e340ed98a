package saker.bench;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The JMH benches, with their garbage. */
final class JmhRun {
    private static final String APPEND = AppendBench.class.getSimpleName();
    private static final double GOAL_RATIO = 0.8;

    private JmhRun() {}

    static String run(Arguments arguments, Path folder) throws RunnerException {
        var options =
                new OptionsBuilder()
                        .include(arguments.text("include", "saker\\.bench\\..*Bench"))
                        .forks(arguments.number("forks", 1))
                        .warmupIterations(arguments.number("warm", 3))
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(arguments.number("iterations", 5))
                        .measurementTime(TimeValue.seconds(1))
                        .addProfiler(GCProfiler.class)
                        .verbosity(VerboseMode.SILENT)
                        .jvmArgsAppend("-Dsaker.bench.folder=" + folder)
                        .resultFormat(ResultFormatType.JSON)
                        .result(arguments.text("json", folder.resolve("jmh.json").toString()))
                        .build();
        Collection<RunResult> results = new Runner(options).run();
        StringBuilder report = new StringBuilder();
        Map<String, Double> appends = new java.util.HashMap<>();
        for (RunResult result : results) {
            String name = name(result);
            var primary = result.getPrimaryResult();
            var bytes = result.getSecondaryResults().get("gc.alloc.rate.norm");
            report.append(
                    String.format(
                            Locale.ROOT,
                            "%-42s %10.3f %-6s %s %s%n",
                            name,
                            primary.getScore(),
                            primary.getScoreUnit(),
                            percentiles(result),
                            bytes == null
                                    ? ""
                                    : String.format(Locale.ROOT, "%.3f B/op", bytes.getScore())));
            if (name.startsWith(APPEND)) {
                appends.put(name, primary.getScore());
            }
        }
        if (appends.size() == 2) {
            double ratio = appends.get(APPEND + ".journal") / appends.get(APPEND + ".chronicle");
            report.append(
                    String.format(
                            Locale.ROOT,
                            "append: %.2f of the bare rate, goal >= %.1f: %s%n",
                            ratio,
                            GOAL_RATIO,
                            ratio >= GOAL_RATIO ? "met" : "MISSED"));
        }
        return report.toString();
    }

    private static String name(RunResult result) {
        String full = result.getParams().getBenchmark();
        String name = full.substring("saker.bench.".length());
        for (String key : result.getParams().getParamsKeys()) {
            name += " " + key + "=" + result.getParams().getParam(key);
        }
        return name;
    }

    private static String percentiles(RunResult result) {
        if (result.getParams().getMode() != Mode.SampleTime) {
            return "";
        }
        var statistics = result.getPrimaryResult().getStatistics();
        return String.format(
                Locale.ROOT,
                "p50=%.0f p99=%.0f p99.9=%.0f",
                statistics.getPercentile(50),
                statistics.getPercentile(99),
                statistics.getPercentile(99.9));
    }
}
