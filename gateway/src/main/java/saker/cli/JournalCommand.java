package saker.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import saker.journal.JournalTools;
import saker.model.RecordKind;

/** {@code saker journal verify|stats|dump}. */
@Command(
        name = "journal",
        description = "Looks into a journal. The engine may be running.",
        mixinStandardHelpOptions = true,
        subcommands = {
            JournalCommand.Verify.class,
            JournalCommand.Stats.class,
            JournalCommand.Dump.class
        })
final class JournalCommand {

    @Command(
            name = "verify",
            description = "Checks every record; exit 1 names the file and offset of damage.",
            mixinStandardHelpOptions = true)
    static final class Verify implements Callable<Integer> {
        @Option(names = "--data", required = true, description = "Data folder.")
        private Path data;

        @Option(names = "--json", description = "As JSON.")
        private boolean json;

        @Override
        public Integer call() throws Exception {
            JournalTools.VerifyResult result = JournalTools.verify(data);
            if (json) {
                Map<String, Object> report = new LinkedHashMap<>();
                report.put("ok", result.ok());
                report.put("records", result.records());
                report.put("lastSequence", Long.toString(result.lastIndex()));
                report.put("durableSequence", Long.toString(result.durableIndex()));
                report.put("unfinished", result.unfinished());
                report.put("damage", result.damage());
                report.put("file", result.file());
                report.put("offset", result.offset());
                Json.print(report);
            } else if (result.ok()) {
                System.out.println("whole: " + result.records() + " records");
            } else {
                System.err.printf(
                        "damaged: %s: file=%s, offset=%d, after %d whole records%n",
                        result.damage(), result.file(), result.offset(), result.records());
            }
            return result.ok() ? 0 : 1;
        }
    }

    @Command(
            name = "stats",
            description = "Counts records by kind.",
            mixinStandardHelpOptions = true)
    static final class Stats implements Callable<Integer> {
        @Option(names = "--data", required = true, description = "Data folder.")
        private Path data;

        @Option(names = "--json", description = "As JSON.")
        private boolean json;

        @Override
        public Integer call() throws Exception {
            JournalTools.Stats stats = JournalTools.stats(data);
            Map<String, Object> kinds = new LinkedHashMap<>();
            stats.kinds().forEach((kind, figures) -> kinds.put(kind.title(), describe(figures)));
            if (json) {
                Json.print(Map.of("kinds", kinds));
            } else {
                stats.kinds()
                        .forEach(
                                (kind, figures) ->
                                        System.out.printf(
                                                "%-14s %,12d  %s .. %s%n",
                                                kind.title(),
                                                figures.count(),
                                                time(figures.firstTimeNs()),
                                                time(figures.lastTimeNs())));
            }
            return 0;
        }

        private static Map<String, Object> describe(JournalTools.KindStats figures) {
            Map<String, Object> report = new LinkedHashMap<>();
            report.put("count", figures.count());
            report.put("firstSequence", Long.toString(figures.firstIndex()));
            report.put("lastSequence", Long.toString(figures.lastIndex()));
            report.put("firstTime", time(figures.firstTimeNs()));
            report.put("lastTime", time(figures.lastTimeNs()));
            return report;
        }

        private static String time(long timeNs) {
            return Instant.ofEpochSecond(
                            Math.floorDiv(timeNs, 1_000_000_000L),
                            Math.floorMod(timeNs, 1_000_000_000L))
                    .toString();
        }
    }

    @Command(
            name = "dump",
            description = "Prints records, one a line.",
            mixinStandardHelpOptions = true)
    static final class Dump implements Callable<Integer> {
        @Option(names = "--data", required = true, description = "Data folder.")
        private Path data;

        @Option(names = "--kind", description = "Only these kinds, such as ORDER_INTENT.")
        private Set<RecordKind> kinds = EnumSet.noneOf(RecordKind.class);

        @Option(names = "--from", description = "First sequence.")
        private long from;

        @Option(names = "--to", description = "Last sequence.")
        private long to = Long.MAX_VALUE;

        @Option(names = "--limit", description = "Most records.")
        private long limit = Long.MAX_VALUE;

        @Option(names = "--json", description = "JSON lines.")
        private boolean json;

        @Override
        public Integer call() throws Exception {
            JournalTools.dump(
                    data,
                    new JournalTools.Filter(kinds, from, to, Long.MIN_VALUE, Long.MAX_VALUE, limit),
                    json ? JournalTools.Format.JSON : JournalTools.Format.TEXT,
                    System.out::println);
            return 0;
        }
    }
}
