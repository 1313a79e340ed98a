package saker.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static saker.logs.Lines.line;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import saker.logs.Lines;

/** The command on the files of a data folder. */
class LogsCommandTest {
    @TempDir private Path data;

    @BeforeEach
    void write() throws IOException {
        Lines.write(
                data.resolve("logs").resolve("engine.jsonl"),
                line(1, "INFO", "engine", "signal: BUY", "\"correlation\":\"4e25\""),
                line(2, "WARN", "engine", "line\\nfeed \\u001b[2J", "\"instance\":7001"),
                line(3, "INFO", "engine", "later", ""));
    }

    @Test
    void shouldPrintALinePerLineWhateverIsInIt() {
        Output run = Output.of("logs", "--data", data.toString());

        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .isEqualTo(
                        """
                        2026-03-02T14:00:01.000000Z INFO  engine X: signal: BUY correlation=4e25
                        2026-03-02T14:00:02.000000Z WARN  engine X: line\\u000afeed \\u001b[2J instance=7001
                        2026-03-02T14:00:03.000000Z INFO  engine X: later
                        """);
    }

    @Test
    void shouldPrintTheNewestOfWhatIsAskedForAsTheyAre() {
        Output run =
                Output.of("logs", "--data", data.toString(), "--level=info", "--limit=1", "--json");

        assertThat(run.out()).isEqualTo(line(3, "later") + "\n");
    }

    @Test
    void shouldFollowASignal() {
        Output found = Output.of("logs", "--data", data.toString(), "--correlation", "4e25");
        Output none =
                Output.of(
                        "logs", "--data", data.toString(), "--since", "2026-03-02T15:00:00+01:00");

        assertThat(found.out()).hasLineCount(1).contains("signal: BUY");
        assertThat(none.out()).hasLineCount(3); // The same hour, an hour east.
    }

    @Test
    void shouldSayWhatIsWrong() {
        Output level = Output.of("logs", "--data", data.toString(), "--level", "LOUD");
        Output since = Output.of("logs", "--data", data.toString(), "--since", "yesterday");
        Output folder = Output.of("logs", "--data", data.resolve("none").toString());

        assertThat(level.exit()).isEqualTo(2);
        assertThat(level.err()).contains("--level: one of TRACE, DEBUG, INFO, WARN, ERROR");
        assertThat(since.exit()).isEqualTo(2);
        assertThat(folder.exit()).isEqualTo(1);
        assertThat(folder.err()).startsWith("logs: no such folder: data=");
    }
}
