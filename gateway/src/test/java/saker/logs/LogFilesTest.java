package saker.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static saker.logs.Lines.line;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Log files of several processes, rolled and not. */
class LogFilesTest {
    private static final LogFilter ALL = new LogFilter(null, null, null, null, null, null);

    @TempDir private Path data;

    @Test
    void shouldMergeTheFilesOfAllProcessesByTime() throws IOException {
        Lines.write(file("engine.jsonl.2026-03-02.9.gz"), line(1, "a"));
        Lines.write(file("engine.jsonl.2026-03-02.10.gz"), line(3, "c"), line(5, "e"));
        Lines.write(file("engine.jsonl"), line(7, "g"), "not ours", "{\"time\":\"2026-03");
        Lines.write(venue("venue.jsonl"), line(2, "b"), line(4, "d"), line(6, "f"));
        Lines.write(file("notes.txt"), line(1, "x"));

        assertThat(messages(ALL)).containsExactly("a", "b", "c", "d", "e", "f", "g");
    }

    @Test
    void shouldFindOneSignalOverAllProcesses() throws IOException {
        String id = "\"correlation\":\"4e25\"";
        Lines.write(
                file("engine.jsonl"),
                line(1, "INFO", "engine", "signal", id + ",\"worker\":\"other-1\""),
                line(2, "INFO", "engine", "of another, 4e25", "\"correlation\":\"4e26\""),
                line(3, "INFO", "engine", "intent", id + ",\"instance\":7001"),
                line(5, "WARN", "engine", "fill", id + ",\"instance\":70011"));
        Lines.write(venue("venue.jsonl"), line(4, "INFO", "venue", "order", id));

        assertThat(messages(filter("4e25", null, null, null)))
                .containsExactly("signal", "intent", "order", "fill");
        assertThat(messages(filter(null, 7001L, null, null))).containsExactly("intent");
        assertThat(messages(filter(null, null, "other-1", null))).containsExactly("signal");
        assertThat(messages(filter(null, null, "venue", null))).containsExactly("order");
        assertThat(messages(filter(null, null, null, "WARN"))).containsExactly("fill");
    }

    @Test
    void shouldReadNoMoreThanTheTimeAsksFor() throws IOException {
        Lines.write(file("engine.jsonl.2026-03-01.0.gz"), line(1, "long ago"));
        Path broken = file("engine.jsonl.2026-03-02.0.gz");
        Files.write(broken, new byte[] {1, 2, 3}); // Reading it would fail.
        Files.setLastModifiedTime(broken, FileTime.from(Instant.parse("2026-03-02T13:00:00Z")));
        Files.setLastModifiedTime(
                file("engine.jsonl.2026-03-01.0.gz"),
                FileTime.from(Instant.parse("2026-03-01T22:00:00Z")));
        Lines.write(file("engine.jsonl"), line(2, "before"), line(3, "in"), line(4, "after"));
        String from = "2026-03-02T14:00:03.000000Z";
        String to = "2026-03-02T14:00:04.000000Z";

        assertThat(messages(new LogFilter(null, null, null, null, from, to))).containsExactly("in");
    }

    @Test
    void shouldEndWhereAFileIsStillBeingPacked() throws IOException {
        Path packed = file("engine.jsonl.2026-03-02.0.gz");
        Lines.write(packed, line(1, "a"), line(2, "b"));
        byte[] bytes = Files.readAllBytes(packed);
        Files.write(packed, java.util.Arrays.copyOf(bytes, bytes.length - 12));
        Lines.write(file("engine.jsonl"), line(3, "c"));

        assertThat(messages(ALL)).endsWith("c");
    }

    @Test
    void shouldBeEmptyWithoutLogs() throws IOException {
        assertThat(messages(ALL)).isEmpty();
    }

    @Test
    void shouldFollowAFileOverItsRolling() throws IOException {
        Path current = file("engine.jsonl");
        Lines.write(current, line(1, "before"));
        try (LogTail tail = new LogTail(new LogFiles(data))) {
            assertThat(tail.poll()).isEmpty();

            append(current, line(2, "appended") + "\n" + line(3, "half").substring(0, 50));
            assertThat(tail.poll())
                    .extracting(l -> l.member("message"))
                    .containsExactly("appended");
            append(current, line(3, "half").substring(50) + "\n" + line(4, "last") + "\n");
            Files.move(current, file("engine.jsonl.rolling"));
            Lines.write(current, line(5, "first of the next"));
            Lines.write(venue("venue.jsonl"), line(4, "a new process"));

            assertThat(tail.poll())
                    .extracting(l -> l.member("message"))
                    .containsExactly("half", "last", "a new process", "first of the next");
        }
    }

    private static void append(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.APPEND);
    }

    private static LogFilter filter(
            String correlation, Long instance, String worker, String level) {
        return new LogFilter(correlation, instance, worker, level, null, null);
    }

    private List<String> messages(LogFilter filter) throws IOException {
        List<String> messages = new ArrayList<>();
        new LogFiles(data).read(filter, line -> messages.add(line.member("message")));
        return messages;
    }

    private Path file(String name) {
        return data.resolve("logs").resolve(name);
    }

    private Path venue(String name) {
        return data.resolve("venue").resolve("logs").resolve(name);
    }
}
