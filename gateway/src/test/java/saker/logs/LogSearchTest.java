package saker.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static saker.logs.Lines.line;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import saker.api.LogHistory.Page;
import saker.api.LogHistory.Query;
import saker.api.LogsBusyException;

/** What a search may take. */
class LogSearchTest {
    private static final long MINUTE_NS = TimeUnit.MINUTES.toNanos(1);

    @TempDir private Path data;

    @BeforeEach
    void writeLines() throws IOException {
        Lines.write(data.resolve("logs/engine.jsonl"), line(1, "a"), line(2, "b"), line(3, "c"));
    }

    @Test
    void shouldEndInTimeThoughNoLineIsWanted() {
        try (LogSearch search = new LogSearch(data, 0, 1 << 20)) {
            assertThatThrownBy(() -> find(search, "of no level", 10))
                    .hasCauseInstanceOf(LogsBusyException.class)
                    .hasMessageContaining("takes too long");
        }
    }

    @Test
    void shouldHoldNoMoreThanItMay() throws Exception {
        int twoLines = 2 * line(1, "a").length();
        try (LogSearch search = new LogSearch(data, MINUTE_NS, twoLines)) {
            Page page = find(search, null, 1);

            assertThat(page.lines()).containsExactly(line(3, "c"));
            assertThat(page.more()).isTrue();
        }
        try (LogSearch search = new LogSearch(data, MINUTE_NS, twoLines)) {
            assertThatThrownBy(() -> find(search, null, 10))
                    .hasCauseInstanceOf(LogsBusyException.class)
                    .hasMessageContaining("too much text");
        }
    }

    private static Page find(LogSearch search, String worker, int limit) throws Exception {
        Query query = new Query(null, null, worker, null, null, null, null, 0, limit);
        return search.lines(query).toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
