package saker.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import saker.api.LogHistory;
import saker.logs.LogFiles;
import saker.logs.LogFilter;
import saker.logs.LogLine;
import saker.logs.LogTail;
import saker.logs.LogText;
import saker.logs.LogTimes;

/** {@code saker logs}: the logs of all processes of a data folder, merged by time. */
@Command(
        name = "logs",
        description =
                "Shows the logs of all processes of a data folder in order of time. The engine may"
                        + " run or not.",
        mixinStandardHelpOptions = true)
final class LogsCommand implements Callable<Integer> {
    private static final long FOLLOW_MS = 200;

    @Spec private CommandSpec spec;

    @Option(names = "--data", required = true, description = "The engine's data folder.")
    private Path data;

    @Option(
            names = "--correlation",
            paramLabel = "ID",
            description = "Everything that a signal or command led to: its journal index in hex.")
    private String correlation;

    @Option(names = "--instance", paramLabel = "N", description = "Of a strategy instance.")
    private Long instance;

    @Option(
            names = "--worker",
            paramLabel = "ID",
            description = "Of a process or strategy worker, such as engine, venue or native-1.")
    private String worker;

    @Option(names = "--level", description = "At least TRACE, DEBUG, INFO, WARN or ERROR.")
    private String level;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "From a time such as 2026-03-02T14:00:00Z on, or for 90s, 15m, 2h or 3d.")
    private String since;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "1000",
            description = "The newest so many lines, 0 for all; ${DEFAULT-VALUE} if not given.")
    private int limit;

    @Option(names = "--follow", description = "Goes on with what is written, until INT or TERM.")
    private boolean follow;

    @Option(names = "--json", description = "Lines of JSON, as they are in the files.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        if (!Files.isDirectory(data)) {
            throw new IOException("no such folder: data=" + data);
        }
        LogFilter filter = filter();
        LogFiles files = new LogFiles(data);
        if (!follow) {
            show(files, filter);
            return 0;
        }
        CountDownLatch end = new CountDownLatch(1);
        Shutdown.onSignal(end::countDown);
        try (LogTail tail = new LogTail(files)) {
            tail.poll(); // Before the past is read, so that nothing falls between.
            Set<String> shown = show(files, filter);
            while (!end.await(FOLLOW_MS, TimeUnit.MILLISECONDS)) {
                for (LogLine line : tail.poll()) {
                    if (filter.wants(line) && !shown.remove(line.text())) {
                        print(line);
                    }
                }
            }
        } finally {
            Shutdown.done();
        }
        return 0;
    }

    /** Prints the past; returns what was printed. */
    private Set<String> show(LogFiles files, LogFilter filter) throws IOException {
        Deque<LogLine> newest = new ArrayDeque<>();
        files.read(
                filter,
                line -> {
                    if (limit == 0 && !follow) {
                        print(line);
                        return true;
                    }
                    newest.add(line);
                    if (limit > 0 && newest.size() > limit) {
                        newest.remove();
                    }
                    return true;
                });
        newest.forEach(this::print);
        Set<String> shown = new HashSet<>();
        newest.forEach(line -> shown.add(line.text()));
        return shown;
    }

    private void print(LogLine line) {
        System.out.println(json ? line.text() : LogText.of(line));
    }

    private LogFilter filter() {
        String least = level == null ? null : level.toUpperCase(Locale.ROOT);
        if (least != null && !LogHistory.LEVELS.contains(least)) {
            throw wrong("--level: one of " + String.join(", ", LogHistory.LEVELS));
        }
        if (correlation != null && !correlation.matches("[0-9a-f]{1,16}")) {
            throw wrong("--correlation: a journal index in hex, such as 4e2500000012");
        }
        if (limit < 0) {
            throw wrong("--limit: 0 or more");
        }
        try {
            String from = since == null ? null : LogTimes.since(since, Instant.now());
            return new LogFilter(correlation, instance, worker, least, from, null);
        } catch (IllegalArgumentException e) {
            throw wrong("--since: " + e.getMessage());
        }
    }

    private CommandLine.ParameterException wrong(String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }
}
