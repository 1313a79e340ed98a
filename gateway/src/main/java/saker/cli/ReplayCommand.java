package saker.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import saker.core.Replay.Difference;
import saker.live.JournalReplay;

/** {@code saker replay}. */
@Command(
        name = "replay",
        description =
                "Re-runs a journal and compares every signal, decision and kept snapshot with what"
                        + " is recorded; exit 1 names what differs first.",
        mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {
    @Option(names = "--data", required = true, description = "Data folder with the journal.")
    private Path data;

    @Option(names = "--library", description = "Another strategy library than the recorded one.")
    private Path library;

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        Path scratch = Files.createTempDirectory("replay");
        JournalReplay.Result result;
        try {
            result = JournalReplay.run(data, library, scratch);
        } finally {
            TemporaryFolders.delete(scratch);
        }
        boolean equal = result.first() == null;
        if (json) {
            Map<String, Object> report = new LinkedHashMap<>();
            report.put("records", result.records());
            report.put("compared", result.compared());
            report.put("snapshots", result.snapshots());
            report.put("differences", equal ? 0 : 1);
            report.put("first", equal ? null : describe(result.first()));
            Json.print(report);
        } else if (equal) {
            System.out.printf(
                    "%d records, %d signals and decisions computed again, %d snapshots compared:"
                            + " no difference%n",
                    result.records(), result.compared(), result.snapshots());
        } else {
            System.err.println("first difference: " + describe(result.first()));
        }
        return equal ? 0 : 1;
    }

    private static Map<String, Object> describe(Difference first) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("sequence", Long.toString(first.sequence()));
        report.put("kind", first.kind());
        report.put("field", first.field());
        report.put("recorded", first.recorded());
        report.put("computed", first.computed());
        return report;
    }
}
