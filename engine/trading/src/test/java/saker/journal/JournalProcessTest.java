package saker.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal and other processes: kill -9, second writers, readers, a full disk. */
class JournalProcessTest {
    @TempDir Path data;

    @Test
    void shouldLoseNothingAcknowledgedWhenTheWriterIsKilled() throws Exception {
        killRounds(3, 11);
    }

    @Test
    @Tag("nightly")
    void shouldLoseNothingAcknowledgedInTwentyKills() throws Exception {
        killRounds(20, 12);
    }

    @Test
    void shouldRefuseASecondWriterInAnotherProcess() throws Exception {
        try (Journal journal = Journal.open(data, Journals.options());
                ChildJvm child = ChildJvm.start(List.of(), "open", data.toString())) {

            assertThat(child.line()).startsWith("refused journal in use");
            assertThat(Journals.appendTick(journal, 0)).isPositive();
        }
    }

    @Test
    void shouldBeReadByAnotherProcessWhileItIsWritten() throws Exception {
        ManualClock clock = new ManualClock(Journals.NOON_NS);
        try (Journal journal = Journal.open(data, Journals.options(clock));
                ChildJvm child = ChildJvm.start(List.of(), "read", data.toString(), "2000")) {
            Journals.appendTicks(journal, 0, 500);
            assertThat(child.line()).isEqualTo("reading");
            Journals.appendTicks(journal, 500, 500);
            clock.advance(86_400_000_000_000L);

            List<Long> afterRoll = Journals.appendTicks(journal, 1000, 1000);

            assertThat(child.line()).isEqualTo("read 2000 last " + afterRoll.get(999));
        }
    }

    @Test
    void shouldCloseCleanlyAtTheFloorOfARealDisk() throws Exception {
        List<String> lines = onSmallDisk("fill-to-floor");

        assertThat(lines.get(0)).startsWith("appended ");
        int appended = Integer.parseInt(lines.get(0).substring("appended ".length()));
        assertThat(appended).isPositive();
        assertThat(lines).contains("ok true ", "ticks " + appended + " true");
        assertThat(lines).anyMatch(line -> line.contains("state=HALTED, rule=DISK_LOW"));
    }

    @Test
    void shouldNeverApplyACorruptRecordAfterTheDiskWasFull() throws Exception {
        List<String> lines = onSmallDisk("fill-disk");

        int appended = Integer.parseInt(lines.get(0).substring("appended ".length()));
        assertThat(lines).contains("open false", "ok true ", "ticks " + appended + " true");
    }

    private List<String> onSmallDisk(String act) throws Exception {
        assumeTrue(
                ChildJvm.works("unshare", "-Urm", "mount", "-t", "tmpfs", "tmpfs", data.toString()),
                "no user namespaces here");
        String script = "mount -t tmpfs -o size=48m tmpfs \"$0\" && exec \"$@\"";
        List<String> under = List.of("unshare", "-Urm", "sh", "-c", script, data.toString());
        try (ChildJvm child = ChildJvm.start(under, act, data.toString())) {
            List<String> lines = child.lines();

            assertThat(child.exitCode()).as("output: %s", lines).isZero();
            return lines;
        }
    }

    private void killRounds(int rounds, long seed) throws Exception {
        Random random = new Random(seed);
        int acknowledged = -1;
        for (int round = 0; round < rounds; round++) {
            int from = acknowledged + 1;
            int until = from + 50 + random.nextInt(5_000);
            try (ChildJvm child =
                    ChildJvm.start(List.of(), "write", data.toString(), Integer.toString(from))) {
                while (acknowledged < until) {
                    acknowledged = Integer.parseInt(child.line());
                }
                child.kill();
                for (String line : wholeLines(child)) {
                    acknowledged = Integer.parseInt(line);
                }
            }
            acknowledged = checkNothingLost(acknowledged);
        }
        assertThat(JournalTools.verify(data).ok()).isTrue();
    }

    /** What the child said before it died; the last line may be cut off. */
    private static List<String> wholeLines(ChildJvm child) throws IOException {
        List<String> lines = child.lines();
        return lines.subList(0, Math.max(0, lines.size() - 1));
    }

    /** Returns the last tick found: one more than acknowledged may be there. */
    private int checkNothingLost(int acknowledged) throws IOException {
        try (Journal journal = Journal.open(data, Journals.options());
                JournalReader reader = journal.newReader()) {
            List<Integer> numbers = Journals.tickNumbers(reader);
            assertThat(numbers.size()).isGreaterThan(acknowledged);
            assertThat(numbers).isEqualTo(Journals.range(0, numbers.size()));
            return numbers.size() - 1;
        }
    }

    @Test
    void shouldLeaveNoTemporaryFiles() throws Exception {
        Journal.open(data, Journals.options()).close();

        try (var files = Files.list(data.resolve("journal"))) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .noneMatch(name -> name.endsWith(".tmp") || name.equals("rebuild"));
        }
    }
}
