package saker.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import saker.strategy.FrameworkCheck;
import saker.strategy.FrameworkProbe;
import saker.strategy.ProbeOptions;

/** {@code saker framework}: works with native framework libraries and their sources. */
@Command(
        name = "framework",
        description = "Works with native framework libraries.",
        mixinStandardHelpOptions = true,
        subcommands = {
            FrameworkCommand.Check.class,
            FrameworkCommand.New.class,
            FrameworkCommand.Probe.class
        })
final class FrameworkCommand {

    /** {@code saker framework check LIB}. */
    @Command(
            name = "check",
            description = "Tries a library out in a process of its own; exit 1 names the problem.",
            mixinStandardHelpOptions = true)
    static final class Check implements Callable<Integer> {
        @Parameters(paramLabel = "LIB", description = "Shared library with the framework's ABI.")
        private Path library;

        @Option(
                names = "--strategy-id",
                description =
                        "INTERNAL_STRATEGY_ID to try, may be repeated; by default those the"
                                + " library is found to have.")
        private List<Integer> strategyIds = List.of();

        @Option(
                names = "--trend-mode",
                description = "TREND_MODE for these; ${DEFAULT-VALUE} by default.")
        private int trendMode;

        @Option(
                names = "--calls",
                description = "Calls of each strategy in a run; ${DEFAULT-VALUE} by default.")
        private int calls = ProbeOptions.DEFAULTS.calls();

        @Option(
                names = "--deadline",
                converter = DemoCommand.Seconds.class,
                description = "For the whole check, such as 30s (the default) or 2m.")
        private Duration deadline = Duration.ofSeconds(30);

        @Option(names = "--json", description = "As JSON.")
        private boolean json;

        @Override
        public Integer call() {
            // A slow library gets fewer calls: four runs and the rest fit into the deadline.
            ProbeOptions options =
                    new ProbeOptions(strategyIds, trendMode, calls, deadline.toMillis() / 10);
            FrameworkCheck.Outcome outcome =
                    FrameworkCheck.run(
                            library, options, Relaunch.command("framework", "probe"), deadline);
            if (json) {
                Json.print(answer(outcome));
            } else if (outcome.isGood()) {
                FrameworkText.of(Json.parse(outcome.report()), outcome.noise())
                        .forEach(System.out::println);
            } else {
                System.err.println(outcome.problem());
            }
            return outcome.isGood() ? 0 : 1;
        }

        private static Map<String, Object> answer(FrameworkCheck.Outcome outcome) {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("good", outcome.isGood());
            if (outcome.isGood()) {
                JsonNode report = Json.parse(outcome.report());
                List<String> warnings = new ArrayList<>(outcome.noise());
                report.get("warnings").forEach(warning -> warnings.add(warning.asText()));
                answer.put("report", report);
                answer.put("warnings", warnings);
            } else {
                answer.put("problem", outcome.problem());
            }
            return answer;
        }
    }

    /** {@code saker framework new-strategy NAME}. */
    @Command(
            name = "new-strategy",
            description =
                    "Writes a strategy that works, its golden run and a test of its rules into the"
                            + " sources of the library, for you to change.",
            mixinStandardHelpOptions = true)
    static final class New implements Callable<Integer> {
        @Parameters(paramLabel = "NAME", description = "Such as my_first_strategy.")
        private String name;

        @Option(
                names = "--dir",
                description = "Sources of the library; ${DEFAULT-VALUE} by default.")
        private Path root = Path.of("native");

        @Option(
                names = "--id",
                description = "INTERNAL_STRATEGY_ID; by default the next free one from 1100 on.")
        private Integer id;

        @Option(names = "--json", description = "As JSON.")
        private boolean json;

        @Override
        public Integer call() throws Exception {
            NewStrategy.Made made = NewStrategy.write(root, name, id);
            if (json) {
                Map<String, Object> answer = new LinkedHashMap<>();
                answer.put("id", made.id());
                answer.put("files", made.files());
                Json.print(answer);
                return 0;
            }
            System.out.println("strategy %s has id %d:".formatted(name, made.id()));
            made.files().forEach(file -> System.out.println("  " + root.resolve(file)));
            System.out.println(
                    """
                    next:
                      cmake -S %1$s -B %1$s/target/cmake && cmake --build %1$s/target/cmake
                      cmake --build %1$s/target/cmake --target golden-write
                      ctest --test-dir %1$s/target/cmake
                      saker framework check %1$s/target/cmake/libsaker-framework.so"""
                            .formatted(root));
            return 0;
        }
    }

    /** The child of {@link Check}. */
    @Command(name = "probe", hidden = true)
    static final class Probe implements Callable<Integer> {
        @Parameters private List<String> arguments;

        @Override
        public Integer call() {
            FrameworkProbe.child(arguments, Json::text);
            return 0;
        }
    }
}
