package saker.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Reads records to the end of the valid prefix and says what ended it. A record that cannot be
 * trusted, pages that were lost, and files that follow a gap all end it.
 */
final class JournalScan implements AutoCloseable {
    static final long NOBODY_WRITES = Long.MAX_VALUE;

    private static final int LOOKS = 20;
    private static final long LOOK_NS = 10_000_000;

    private final JournalReader reader;
    private final Path folder;
    private final RecordHandler handler;
    private final long liveEnd;
    private Path file;
    private long journalEnd;
    private JournalDamagedException damage;
    private QueueFile.Rest rest = QueueFile.Rest.NOTHING;

    /**
     * @param liveEnd where to stop if a writer goes on meanwhile: last index as of now, {@link
     *     #NOBODY_WRITES} under the file lock
     */
    JournalScan(Path folder, JournalReader reader, RecordHandler handler, long liveEnd) {
        this.folder = folder;
        this.reader = reader;
        this.handler = handler;
        this.liveEnd = liveEnd;
    }

    /** Scans to the end; {@link #damage} tells whether it was a good one. */
    void run() throws IOException {
        try {
            while (reader.poll(this::onRecord, 1, liveEnd) > 0) {}
            checkRest();
        } catch (JournalDamagedException e) {
            damage = e;
        }
    }

    /** Why the valid prefix ends before the journal does, null if it does not. */
    JournalDamagedException damage() {
        return damage;
    }

    /** Whether a writer died in its last record. */
    boolean unfinished() {
        return rest == QueueFile.Rest.UNFINISHED;
    }

    /** File of the last valid record, null if there is none. */
    Path lastFile() {
        return file;
    }

    JournalReader reader() {
        return reader;
    }

    @Override
    public void close() {
        reader.close();
    }

    private void onRecord(RecordView entry) {
        Path now = folder.resolve(reader.file());
        if (file != null && !file.equals(now)) {
            checkFinished(now, entry.index());
        }
        file = now;
        journalEnd = reader.lastEnd();
        handler.onRecord(entry);
    }

    /** The file left behind must end where its last record did. */
    private void checkFinished(Path next, long nextIndex) {
        QueueFile.Found found = inspect(file, journalEnd);
        boolean good =
                found.rest() == QueueFile.Rest.END_MARK || found.rest() == QueueFile.Rest.NOTHING;
        if (!good) {
            throw damaged("lost before " + next.getFileName(), file, found.offset(), nextIndex);
        }
    }

    private void checkRest() throws IOException {
        List<Path> files = QueueFile.list(folder);
        for (Path each : files) {
            int order = file == null ? 1 : each.compareTo(file);
            if (order >= 0) {
                checkRest(each, order == 0 ? journalEnd : 0);
            }
        }
    }

    private void checkRest(Path each, long from) {
        QueueFile.Found found = inspect(each, from);
        for (int i = 0;
                liveEnd != NOBODY_WRITES && i < LOOKS && found.rest() == QueueFile.Rest.HOLE;
                i++) {
            // A record's header is written after its bytes: give its writer time.
            LockSupport.parkNanos(LOOK_NS);
            found = inspect(each, from);
        }
        rest = found.rest();
        if (rest == QueueFile.Rest.HOLE) {
            throw damaged("hole", each, found.offset(), reader.lastIndex() + 1);
        }
        if (rest == QueueFile.Rest.RECORD && reader.poll(this::onRecord, 1) == 0) {
            throw damaged("unreadable record", each, found.offset(), reader.lastIndex() + 1);
        }
        // With a live writer there is more by now; a scan ends somewhere.
    }

    private static QueueFile.Found inspect(Path file, long from) {
        try {
            return QueueFile.inspect(file, from);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static JournalDamagedException damaged(String why, Path file, long offset, long index) {
        return new JournalDamagedException(why, index, file.getFileName().toString(), offset);
    }
}
