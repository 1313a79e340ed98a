package saker.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Stream;
import saker.logs.LogSearch;
import saker.logs.LogTimes;

/** A folder with log files of today, and what searches it. */
public final class TestLogs implements AutoCloseable {
    private final Path data;
    private final LogSearch search;

    TestLogs() {
        try {
            data = Files.createTempDirectory("logs");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        search = new LogSearch(data);
    }

    LogSearch search() {
        return search;
    }

    /** Writes lines of a minute ago, a millisecond apart, each with more members. */
    void write(String file, String... members) {
        Instant at = Instant.now().minusSeconds(60);
        StringBuilder text = new StringBuilder();
        for (String more : members) {
            at = at.plusMillis(1);
            text.append("{\"time\":\"").append(LogTimes.of(at)).append("\",").append(more);
            text.append("}\n");
        }
        try {
            Path path = Files.createDirectories(data.resolve("logs")).resolve(file);
            Files.writeString(path, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        search.close();
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
