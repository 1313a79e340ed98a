package saker.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import saker.model.RecordKind;

/** Which snapshot a journal opens with, and what its Boot record says of it. */
class JournalSnapshotTest {
    private static final long ANOTHER = 4711;

    @TempDir private Path data;

    @Test
    void shouldNameTheNewestInItsBootRecord() throws IOException {
        long index = write(10);

        try (Journal journal = open()) {
            assertThat(journal.snapshot().index()).isEqualTo(index);
            assertThat(bootCauses(journal)).containsExactly(0L, index);
        }
    }

    @Test
    void shouldHaveNoneAtFirst() throws IOException {
        try (Journal journal = open()) {
            assertThat(journal.snapshot()).isNull();
            assertThat(bootCauses(journal)).containsExactly(0L);
        }
    }

    @Test
    void shouldPassOverOneOfAnotherJournal() throws IOException {
        long index = write(10);
        try (Journal journal = open()) {
            ReaderPosition position = journal.snapshot().position();
            save(journal, new ReaderPosition(ANOTHER, position.bootId(), index + 1));
        }

        try (Journal journal = open()) {
            assertThat(journal.snapshot().index()).isEqualTo(index);
        }
    }

    @Test
    void shouldPassOverOneOfABootWhoseRecordsWereLost() throws IOException {
        long index = write(10);
        try (Journal journal = open()) {
            ReaderPosition position = journal.snapshot().position();
            save(journal, new ReaderPosition(position.journalId(), ANOTHER, index + 1));
        }

        try (Journal journal = open()) {
            assertThat(journal.snapshot().index()).isEqualTo(index);
        }
    }

    @Test
    void shouldPassOverOneBeyondTheEnd() throws IOException {
        long index = write(10);
        Path snapshots = JournalFolder.of(data).snapshots();
        Path file = files(snapshots).get(0);
        SnapshotStore forger = new SnapshotStore(snapshots, () -> Long.MAX_VALUE);
        Snapshot good = forger.loadNewest(at -> true).orElseThrow();
        ReaderPosition position = good.position();
        ReaderPosition beyond =
                new ReaderPosition(position.journalId(), position.bootId(), index + 1_000);
        assertThat(forger.save(new Snapshot(beyond, good.components()), 0)).isTrue();

        try (Journal journal = open()) {
            assertThat(journal.snapshot().index()).isEqualTo(index);
        }
        assertThat(files(snapshots)).containsExactly(file);
    }

    @Test
    void shouldReadOnlyWhatFollows() throws IOException, UnknownPositionException {
        long index = write(10);

        try (Journal journal = open();
                JournalReader reader = journal.newReaderAfter(journal.snapshot().position())) {
            long[] first = {0};
            reader.poll(entry -> first[0] = entry.index(), 1);

            assertThat(first[0]).isEqualTo(index + 1);
        }
    }

    /** What lies before it was checked by those who folded it, and is not read again. */
    @Test
    void shouldReadNothingBeforeItToFindTheEnd() throws IOException {
        long index = write(10);
        damage(index - 3);

        try (Journal journal = open()) {
            assertThat(journal.snapshot().index()).isEqualTo(index);
            assertThat(journal.recovery().lastIndex()).isEqualTo(index + 2);
            assertThat(journal.recovery().lastMarketTimeNs()).isEqualTo(Journals.NOON_NS + 9);
            assertThat(Journals.appendTick(journal, 10)).isEqualTo(index + 4);
        }
        assertThat(JournalTools.verify(data).ok()).as("verify reads everything").isFalse();
    }

    @Test
    void shouldRefuseDamageFromItsRecordOn() throws IOException {
        long index = write(10);
        for (long at = index; at <= index + 2; at++) {
            damage(at);
            assertThatThrownBy(this::open)
                    .as("record %d", at)
                    .isInstanceOf(JournalDamagedException.class)
                    .hasMessageContaining("wrong CRC");
            damage(at); // Back.
        }
        open().close();
    }

    @Test
    void shouldLookBackForTheMarketTime() throws IOException {
        long last;
        try (Journal journal = open()) {
            Journals.appendTick(journal, 5);
            last = journal.appendEmpty(RecordKind.CONFIG, 1);
            save(journal, journal.positionOf(last));
        }

        try (Journal journal = open()) {
            assertThat(journal.snapshot().index()).isEqualTo(last);
            assertThat(journal.recovery().lastIndex()).isEqualTo(last);
            assertThat(journal.marketTimeNs()).isEqualTo(Journals.NOON_NS + 5);
        }
    }

    /** Whatever a killed process left of the one it wrote, an older whole one is found. */
    @Test
    void shouldOpenWithAWholeOneAfterAKillWhileItWasWritten() throws Exception {
        for (int kill = 0; kill < 3; kill++) {
            try (ChildJvm child = ChildJvm.start(List.of(), "snapshots", data.toString())) {
                for (int i = 0; i < 5 + kill; i++) {
                    assertThat(child.line()).startsWith("saved ");
                }
                child.kill();
            }

            try (Journal journal = open()) {
                Snapshot snapshot = journal.snapshot();
                assertThat(snapshot).isNotNull();
                byte[] ballast = snapshot.components().get("ballast");
                assertThat(ballast).hasSize(JournalChild.SNAPSHOT_BYTES);
                assertThat(ballast[0]).isEqualTo((byte) snapshot.index());
                assertThat(files(JournalFolder.of(data).snapshots()))
                        .allMatch(file -> file.toString().endsWith(".snap"))
                        .hasSizeLessThanOrEqualTo(3 + 1);
            }
        }
    }

    /** Some ticks, and a snapshot after the last but two; returns its index. */
    private long write(int ticks) throws IOException {
        try (Journal journal = open()) {
            long index = 0;
            for (int i = 0; i < ticks; i++) {
                index = Journals.appendTick(journal, i);
            }
            journal.syncer().syncNow();
            save(journal, journal.positionOf(index - 2));
            return index - 2;
        }
    }

    /** Turns a bit of a record's payload; once more, and it is as it was. */
    private void damage(long index) throws IOException {
        long at;
        Path file;
        try (ReadOnlyJournal journal = Journal.openReadOnly(data);
                JournalReader reader = journal.newReader()) {
            while (reader.lastIndex() < index - 1) {
                assertThat(reader.poll(entry -> {}, 1)).isEqualTo(1);
            }
            at = reader.lastEnd() + Integer.BYTES + RecordDescriptor.HEADER_LENGTH;
            file = JournalFolder.of(data).path().resolve(reader.file());
        }
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(at);
            int was = bytes.read();
            bytes.seek(at);
            bytes.write(was ^ 1);
        }
    }

    private static void save(Journal journal, ReaderPosition position) throws IOException {
        Snapshot snapshot = new Snapshot(position, Map.of("core", new byte[] {1}));
        journal.syncer().syncNow();
        assertThat(journal.snapshots().save(snapshot, position.index())).isTrue();
    }

    private Journal open() throws IOException {
        return Journal.open(data, Journals.options());
    }

    private static List<Long> bootCauses(Journal journal) {
        List<Long> causes = new java.util.ArrayList<>();
        try (JournalReader reader = journal.newReader()) {
            RecordHandler boots =
                    entry -> {
                        if (entry.kind() == RecordKind.BOOT) {
                            causes.add(entry.cause());
                        }
                    };
            while (reader.poll(boots, 100) > 0) {
                // To the end.
            }
        }
        return causes;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
