package saker.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import saker.api.LogHistory.Page;
import saker.api.LogHistory.Query;
import saker.api.LogsBusyException;

/**
 * A million lines, 240 MB in five files of a day, within the time and the memory that a search of
 * the service has.
 */
@Tag("nightly")
class LogMillionTest {
    private static final int LINES = 1_000_000;
    private static final int FILES = 5;
    private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
    private static final long LINE_MS = 86; // A day in a million steps.

    @TempDir private static Path data;

    @BeforeAll
    static void write() throws IOException {
        Path folder = Files.createDirectories(data.resolve("logs"));
        for (int file = 0; file < FILES; file++) {
            boolean last = file == FILES - 1;
            String name = last ? "engine.jsonl" : "engine.jsonl.2026-03-02.%d.gz".formatted(file);
            OutputStream plain = Files.newOutputStream(folder.resolve(name));
            try (OutputStream out = last ? new java.io.BufferedOutputStream(plain) : gzip(plain)) {
                for (int i = 0; i < LINES / FILES; i++) {
                    out.write(line(file * (LINES / FILES) + i));
                }
            }
        }
    }

    private static OutputStream gzip(OutputStream out) throws IOException {
        return new GZIPOutputStream(out, 1 << 16);
    }

    private static byte[] line(int number) {
        String text =
                "{\"time\":\"%s\",\"level\":\"%s\",\"process\":\"engine\",\"thread\":\"live-feed-1\",\"logger\":\"saker.live.DecisionLog\",\"account\":\"main\",\"instance\":%d,\"correlation\":\"%x\",\"message\":\"risk: refused, row=0, rule=SPREAD_TOO_WIDE, spread=2.4, limit=1.5, number=%d\"}\n"
                        .formatted(
                                LogTimes.of(START.plusMillis(number * LINE_MS)),
                                number % 1_000 == 0 ? "WARN" : "INFO",
                                7_000 + number % 10,
                                0x4e2500000000L + number / 5,
                                number);
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void shouldFindWhatASignalLedTo() throws Exception {
        Page page =
                find(
                        "correlation",
                        new Query("4e2500007530", null, null, null, null, null, null, 0, 10));

        assertThat(numbers(page)).containsExactly(150_004, 150_003, 150_002, 150_001, 150_000);
        assertThat(page.more()).isFalse();
    }

    @Test
    void shouldShowTheNewestWarningsFirst() throws Exception {
        Page page = find("level", new Query(null, null, null, "WARN", null, null, null, 0, 3));

        assertThat(numbers(page)).containsExactly(999_000, 998_000, 997_000);
        assertThat(page.more()).isTrue();
    }

    @Test
    void shouldLookForTextInEveryLine() throws Exception {
        Page page = find("text", new Query(null, null, null, null, "NUMBER=77", null, null, 5, 2));

        assertThat(numbers(page)).containsExactly(779_994, 779_993);
    }

    @Test
    void shouldGoThroughAllOfThemForTheLastPage() throws Exception {
        Page page = find("all", new Query(null, null, null, null, null, null, null, 10_000, 1_000));

        assertThat(page.lines()).hasSize(1_000);
        assertThat(numbers(page).get(0)).isEqualTo(LINES - 1 - 10_000);
    }

    @Test
    void shouldRefuseRatherThanHoldMoreThanItMay() {
        try (LogSearch search = new LogSearch(data, TimeUnit.MINUTES.toNanos(1), 1 << 20)) {
            Query all = new Query(null, null, null, null, null, null, null, 10_000, 1_000);

            assertThatThrownBy(
                            () -> search.lines(all).toCompletableFuture().get(1, TimeUnit.MINUTES))
                    .hasCauseInstanceOf(LogsBusyException.class);
        }
    }

    /** With the limits of the service: a search that took longer would fail. */
    private static Page find(String what, Query query) throws Exception {
        long startNs = System.nanoTime();
        try (LogSearch search = new LogSearch(data)) {
            Page page = search.lines(query).toCompletableFuture().get(1, TimeUnit.MINUTES);
            System.out.printf(
                    "log search over %d lines by %s: %d ms%n",
                    LINES, what, (System.nanoTime() - startNs) / 1_000_000);
            return page;
        }
    }

    private static List<Integer> numbers(Page page) {
        return page.lines().stream()
                .map(line -> line.replaceAll(".*number=(\\d+)\"}", "$1"))
                .map(Integer::valueOf)
                .toList();
    }
}
