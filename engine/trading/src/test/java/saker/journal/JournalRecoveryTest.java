package saker.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static saker.journal.Journals.appendTick;
import static saker.journal.Journals.appendTicks;
import static saker.journal.Journals.options;
import static saker.journal.Journals.range;
import static saker.journal.Journals.tickNumbers;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import saker.model.RecordKind;

/** The end of the journal after a kill or a power cut (F15). */
class JournalRecoveryTest {
    private static final int TICKS = 20;

    @TempDir Path root;
    private Path pristine;
    private Path data;
    private long lastStart;
    private long lastEnd;

    /** Twenty ticks of a writer that was killed: no close, nothing durable. */
    @BeforeEach
    void writeJournal() throws IOException {
        data = root.resolve("data");
        pristine = root.resolve("pristine");
        try (Journal journal = Journal.open(data, options())) {
            appendTicks(journal, 0, TICKS);
            copyJournal(data, pristine);
            try (JournalReader reader = journal.newReader()) {
                tickNumbers(reader);
                lastStart = reader.lastStart();
                lastEnd = reader.lastEnd();
            }
        }
    }

    @Test
    void shouldNameTheEndOfAGoodJournal() throws IOException {
        restore();

        try (Journal journal = Journal.open(data, options())) {
            assertThat(journal.recovery().quarantined()).isEmpty();
            assertThat(journal.recovery().lastMarketTimeNs())
                    .isEqualTo(Journals.NOON_NS + TICKS - 1);
            assertThat(journal.marketTimeNs()).isEqualTo(Journals.NOON_NS + TICKS - 1);
        }
    }

    @Test
    void shouldKeepThePrefixWhenTheTailIsZeroedFromAnyByte() throws IOException {
        for (long from = lastStart; from < lastEnd; from++) {
            restore();
            write(from, new byte[(int) (lastEnd - from)]);

            assertRecoversToPrefix("zeroed from " + (from - lastStart));
        }
    }

    @Test
    void shouldKeepThePrefixWhenTheFileIsTruncatedAtAnyByte() throws IOException {
        for (long from = lastStart; from < lastEnd; from++) {
            restore();
            try (FileChannel channel = open()) {
                channel.truncate(from);
            }

            assertRecoversToPrefix("truncated at " + (from - lastStart));
        }
    }

    @Test
    void shouldKeepThePrefixWhenAnyByteOfTheLastRecordIsFlipped() throws IOException {
        for (long at = lastStart; at < lastEnd; at++) {
            restore();
            flip(at);

            assertRecoversToPrefix("flipped byte " + (at - lastStart));
        }
    }

    @Test
    void shouldEndThePrefixAtALostPageBehindTheDurableIndex() throws IOException {
        restore();
        long recordLength = lastEnd - lastStart;
        write(lastStart - 5 * recordLength, new byte[(int) recordLength]);

        try (Journal journal = Journal.open(data, options());
                JournalReader reader = journal.newReader()) {
            appendTick(journal, 100);

            List<Integer> numbers = tickNumbers(reader);
            assertThat(numbers).isEqualTo(concat(range(0, TICKS - 6), List.of(100)));
            assertThat(journal.recovery().quarantined()).contains("hole");
        }
        assertThat(JournalTools.verify(data).ok()).isTrue();
    }

    @Test
    void shouldRefuseToStartWhenADurableRecordIsDamaged() throws IOException {
        // The journal was closed: everything in it is durable.
        flip(lastStart - 3 * (lastEnd - lastStart) + 20);

        assertThatThrownBy(() -> Journal.open(data, options()))
                .isInstanceOf(JournalDamagedException.class)
                .hasMessageContaining("wrong CRC")
                .hasMessageContaining("offset=" + (lastStart - 3 * (lastEnd - lastStart)));
        assertThatThrownBy(() -> Journal.open(data, options()))
                .isInstanceOf(JournalDamagedException.class);
        JournalTools.VerifyResult result = JournalTools.verify(data);
        assertThat(result.ok()).isFalse();
        assertThat(result.offset()).isEqualTo(lastStart - 3 * (lastEnd - lastStart));
        assertThat(result.file()).endsWith(".cq4");
    }

    @Test
    void shouldRefuseToStartWhenADurableRecordIsGone() throws IOException {
        write(lastStart, new byte[(int) (lastEnd - lastStart)]);

        assertThatThrownBy(() -> Journal.open(data, options()))
                .isInstanceOf(JournalDamagedException.class);
        assertThat(JournalTools.verify(data).ok()).isFalse();
    }

    @Test
    void shouldRefuseToStartWhenEveryFileIsGone() throws IOException {
        Files.delete(file());

        assertThatThrownBy(() -> Journal.open(data, options()))
                .isInstanceOf(JournalDamagedException.class)
                .hasMessageContaining("no queue file");
    }

    @Test
    void shouldStopAReaderAtTheDamageWithoutPassingIt() throws IOException {
        flip(lastStart - 3 * (lastEnd - lastStart) + 20);

        try (ReadOnlyJournal journal = Journal.openReadOnly(data);
                JournalReader reader = journal.newReader()) {
            assertThatThrownBy(() -> tickNumbers(reader))
                    .isInstanceOf(JournalDamagedException.class);
            long stopped = reader.lastIndex();
            assertThatThrownBy(() -> reader.poll(entry -> {}, 1))
                    .isInstanceOf(JournalDamagedException.class);
            assertThat(reader.lastIndex()).isEqualTo(stopped);
        }
    }

    @Test
    void shouldForgetPositionsOfRecordsThatWereLost() throws Exception {
        ReaderPosition lost;
        try (Journal journal = Journal.open(data, options())) {
            copyJournal(data, pristine);
            lost = journal.positionOf(journal.appendedIndex());
        }
        restore();
        long bootLength;
        try (ReadOnlyJournal journal = Journal.openReadOnly(data);
                JournalReader reader = journal.newReader()) {
            tickNumbers(reader);
            bootLength = reader.lastEnd() - reader.lastStart();
            lastStart = reader.lastStart();
        }
        write(lastStart, new byte[(int) bootLength]);

        try (Journal journal = Journal.open(data, options())) {
            assertThat(journal.appendedIndex()).isEqualTo(lost.index());
            assertThatThrownBy(() -> journal.newReaderAfter(lost))
                    .isInstanceOf(UnknownPositionException.class);
        }
    }

    @Test
    void shouldFindTheMarketTimeManyDaysBack() throws IOException {
        Path other = root.resolve("other");
        ManualClock clock = new ManualClock(Journals.NOON_NS);
        try (Journal journal = Journal.open(other, options(clock))) {
            appendTick(journal, 7);
            for (int day : new int[] {1, 2, 5, 9}) {
                clock.set(Journals.NOON_NS + day * 86_400_000_000_000L);
                decide(journal, day);
            }
        }

        try (Journal journal = Journal.open(other, options(clock))) {
            assertThat(journal.recovery().lastMarketTimeNs()).isEqualTo(Journals.NOON_NS + 7);
        }
    }

    @Test
    void shouldFindTheEndBehindARecordOfAnyLength() throws IOException {
        Path other = root.resolve("other");
        for (int length = 0; length < 9; length++) {
            ManualClock clock = new ManualClock(Journals.NOON_NS);
            byte[] payload = new byte[length];
            java.util.Arrays.fill(payload, (byte) -1);
            try (Journal journal = Journal.open(other, options(clock))) {
                appendTick(journal, length);
                journal.append(
                        RecordKind.CLOCK_TICK,
                        9,
                        0,
                        0,
                        0,
                        true,
                        new UnsafeBuffer(payload),
                        0,
                        length);
                clock.advance((length + 1) * 86_400_000_000_000L);
                journal.append(
                        RecordKind.CLOCK_TICK,
                        9,
                        0,
                        0,
                        0,
                        true,
                        new UnsafeBuffer(payload),
                        0,
                        length);
            }

            assertThat(JournalTools.verify(other).damage()).as("length %d", length).isEmpty();
            try (Journal journal = Journal.open(other, options(clock));
                    JournalReader reader = journal.newReader()) {
                assertThat(journal.recovery().quarantined()).isEmpty();
                assertThat(tickNumbers(reader)).isEqualTo(range(0, length + 1));
            }
        }
    }

    private static void decide(Journal journal, long cause) {
        byte[] payload = Facts.encode(Facts.sample(RecordKind.RISK_DECISION));
        journal.append(
                RecordKind.RISK_DECISION,
                1,
                0,
                cause,
                0,
                true,
                new UnsafeBuffer(payload),
                0,
                payload.length);
    }

    /** All but the last tick are there, appends go on, and everybody agrees. */
    private void assertRecoversToPrefix(String what) throws IOException {
        List<Integer> expected = concat(range(0, TICKS - 1), range(100, 3));
        try (Journal journal = Journal.open(data, options());
                JournalReader reader = journal.newReader()) {
            appendTicks(journal, 100, 3);
            assertThat(tickNumbers(reader)).as(what).isEqualTo(expected);
        }
        try (ReadOnlyJournal journal = Journal.openReadOnly(data);
                JournalReader reader = journal.newReader()) {
            assertThat(tickNumbers(reader)).as(what).isEqualTo(expected);
        }
    }

    private void restore() throws IOException {
        delete(data);
        copyJournal(pristine, data);
    }

    private static void copyJournal(Path from, Path to) throws IOException {
        Path source = from.resolve("journal");
        Path target = to.resolve("journal");
        Files.createDirectories(target);
        try (Stream<Path> files = Files.list(source)) {
            for (Path each : files.filter(Files::isRegularFile).toList()) {
                Files.copy(
                        each,
                        target.resolve(each.getFileName()),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path each : walk.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    private Path file() throws IOException {
        return QueueFile.list(data.resolve("journal")).get(0);
    }

    private FileChannel open() throws IOException {
        return FileChannel.open(file(), StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private void write(long offset, byte[] bytes) throws IOException {
        try (FileChannel channel = open()) {
            channel.write(ByteBuffer.wrap(bytes), offset);
        }
    }

    private void flip(long offset) throws IOException {
        try (FileChannel channel = open()) {
            ByteBuffer one = ByteBuffer.allocate(1);
            channel.read(one, offset);
            one.put(0, (byte) ~one.get(0)).rewind();
            channel.write(one, offset);
        }
    }

    private static List<Integer> concat(List<Integer> first, List<Integer> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
