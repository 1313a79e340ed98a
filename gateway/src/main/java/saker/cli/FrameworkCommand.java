package saker.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import saker.strategy.FrameworkCheck;
import saker.strategy.FrameworkException;
import saker.strategy.FrameworkProbe;

/** {@code saker framework check LIB}. */
@Command(
        name = "framework",
        description = "Works with native framework libraries.",
        mixinStandardHelpOptions = true,
        subcommands = {FrameworkCommand.Check.class, FrameworkCommand.Probe.class})
final class FrameworkCommand {

    @Command(
            name = "check",
            description = "Tries a library out in a process of its own; exit 1 names the problem.",
            mixinStandardHelpOptions = true)
    static final class Check implements Callable<Integer> {
        @Parameters(paramLabel = "LIB", description = "Shared library with the framework's ABI.")
        private Path library;

        @Option(names = "--json", description = "As JSON.")
        private boolean json;

        @Override
        public Integer call() {
            FrameworkCheck.Outcome outcome =
                    FrameworkCheck.run(
                            library, Relaunch.command("framework", "probe", library.toString()));
            if (json) {
                Map<String, Object> answer = new LinkedHashMap<>();
                answer.put("good", outcome.isGood());
                if (outcome.isGood()) {
                    answer.put("report", Json.parse(outcome.report()));
                } else {
                    answer.put("problem", outcome.problem());
                }
                Json.print(answer);
            } else if (outcome.isGood()) {
                System.out.println("good: " + outcome.report());
            } else {
                System.err.println(outcome.problem());
            }
            return outcome.isGood() ? 0 : 1;
        }
    }

    /** The child of {@link Check}: writes OK or BAD and what it found to a file. */
    @Command(name = "probe", hidden = true)
    static final class Probe implements Callable<Integer> {
        @Parameters(index = "0")
        private Path library;

        @Parameters(index = "1")
        private Path answer;

        @Override
        public Integer call() throws Exception {
            Path folder = Files.createTempDirectory("framework-probe");
            try {
                FrameworkProbe.Result found = FrameworkProbe.run(library, folder);
                Map<String, Object> report = new LinkedHashMap<>();
                report.put("version", found.version());
                report.put("replayable", found.replayable());
                report.put("strategyId", found.strategyId());
                report.put("calls", found.calls());
                report.put("signals", found.signals());
                report.put("nsPerCall", found.nsPerCall());
                Files.writeString(answer, "OK " + Json.text(report));
                return 0;
            } catch (FrameworkException e) {
                Files.writeString(answer, "BAD " + e.getMessage());
                return 1;
            } finally {
                TemporaryFolders.delete(folder);
            }
        }
    }
}
