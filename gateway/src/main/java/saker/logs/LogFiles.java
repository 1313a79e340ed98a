package saker.logs;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * The log files of a data folder, merged by time: those of the engine and those of a demo's broker,
 * rolled ones included. Each file is in order already, so that one line of each is held at a time.
 */
public final class LogFiles {
    private static final Pattern NAME =
            Pattern.compile("(.+\\.jsonl)(?:\\.(\\d{4}-\\d{2}-\\d{2})\\.(\\d+)\\.gz)?");

    private static final String CURRENT = "current"; // Behind every date.
    private static final int BUFFER_BYTES = 1 << 16;

    private final List<Path> folders;

    public LogFiles(Path data) {
        folders = List.of(data.resolve("logs"), data.resolve("venue").resolve("logs"));
    }

    /** The files that are written to now. */
    List<Path> current() {
        List<Path> current = new ArrayList<>();
        for (List<Path> parts : parts().values()) {
            Path last = parts.get(parts.size() - 1);
            if (last.toString().endsWith(".jsonl")) {
                current.add(last);
            }
        }
        return current;
    }

    /**
     * Hands on wanted lines in order of time until {@code sink} has enough.
     *
     * @param sink false for no more
     * @throws IOException if a file cannot be read
     */
    public void read(LogFilter filter, Predicate<LogLine> sink) throws IOException {
        read(filter, () -> {}, sink);
    }

    /**
     * @param eachLine called before each line of a file, wanted or not; what it throws ends the
     *     reading
     */
    void read(LogFilter filter, Runnable eachLine, Predicate<LogLine> sink) throws IOException {
        List<Source> opened = new ArrayList<>();
        PriorityQueue<Source> sources =
                new PriorityQueue<>(
                        Comparator.comparing((Source source) -> source.line.time())
                                .thenComparing(source -> source.rank));
        try {
            int rank = 0;
            for (List<Path> parts : parts().values()) {
                Source source = new Source(since(parts, filter.from()), rank++, eachLine);
                opened.add(source);
                if (source.advance()) {
                    sources.add(source);
                }
            }
            while (!sources.isEmpty()) {
                Source first = sources.poll();
                LogLine line = first.line;
                if (filter.to() != null && line.time().compareTo(filter.to()) >= 0) {
                    first.close();
                    continue;
                }
                if (filter.wants(line) && !sink.test(line)) {
                    return;
                }
                if (first.advance()) {
                    sources.add(first);
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            opened.forEach(Source::close);
        }
    }

    /** Files by the log they belong to, in the order they were written. */
    private Map<String, List<Path>> parts() {
        Map<String, TreeMap<String, Path>> logs = new TreeMap<>();
        for (Path folder : folders) {
            for (Path file : list(folder)) {
                Matcher name = NAME.matcher(file.getFileName().toString());
                if (name.matches()) {
                    String order =
                            name.group(2) == null
                                    ? CURRENT
                                    : "%s %9s".formatted(name.group(2), name.group(3));
                    logs.computeIfAbsent(folder + "/" + name.group(1), log -> new TreeMap<>())
                            .put(order, file);
                }
            }
        }
        Map<String, List<Path>> parts = new TreeMap<>();
        logs.forEach((log, files) -> parts.put(log, List.copyOf(files.values())));
        return parts;
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without those that were written last before the time. */
    private static List<Path> since(List<Path> parts, String from) throws IOException {
        if (from == null) {
            return parts;
        }
        List<Path> since = new ArrayList<>();
        for (Path part : parts) {
            try {
                Instant written = Files.getLastModifiedTime(part).toInstant();
                // The time of a file may be coarser than that of its last line.
                if (LogEncoder.timeOf(written.plusSeconds(1)).compareTo(from) >= 0) {
                    since.add(part);
                }
            } catch (NoSuchFileException e) {
                continue; // Removed while we looked.
            }
        }
        return since;
    }

    /** The lines of one log, over all its files. */
    private static final class Source {
        private final List<Path> files;
        private final int rank;
        private final Runnable eachLine;
        private int next;
        private BufferedReader reader;
        private LogLine line;

        private Source(List<Path> files, int rank, Runnable eachLine) {
            this.files = files;
            this.rank = rank;
            this.eachLine = eachLine;
        }

        /** Takes the next line; false at the end. */
        private boolean advance() {
            try {
                while (true) {
                    eachLine.run();
                    String text = reader == null ? null : readLine();
                    if (text == null) {
                        close();
                        if (next == files.size()) {
                            return false;
                        }
                        reader = open(files.get(next++));
                    } else {
                        line = LogLine.of(text);
                        if (line != null) {
                            return true;
                        }
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** A file that is being packed ends where the packing is. */
        private String readLine() throws IOException {
            try {
                return reader.readLine();
            } catch (EOFException e) {
                return null;
            }
        }

        private static BufferedReader open(Path file) throws IOException {
            InputStream in;
            try {
                in = Files.newInputStream(file);
                if (file.toString().endsWith(".gz")) {
                    in = new GZIPInputStream(in, BUFFER_BYTES);
                }
            } catch (NoSuchFileException | EOFException e) {
                in = InputStream.nullInputStream(); // Rolled, removed or begun while we looked.
            }
            return new BufferedReader(
                    new InputStreamReader(in, StandardCharsets.US_ASCII), BUFFER_BYTES);
        }

        private void close() {
            try {
                if (reader != null) {
                    reader.close();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                reader = null;
            }
        }
    }
}
