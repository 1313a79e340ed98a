package saker.journal;

import java.io.IOException;
import java.util.List;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;

/** A journal opened for reading, in this or another process than the one that appends. */
public final class ReadOnlyJournal implements AutoCloseable {
    private final JournalFolder folder;
    private final long journalId;
    private final DurableIndexFile durable;
    private final SingleChronicleQueue queue;

    ReadOnlyJournal(JournalFolder folder) throws IOException {
        this.folder = folder;
        journalId = folder.readId();
        durable = DurableIndexFile.openReadOnly(folder.durableIndex());
        queue = JournalQueue.openReadOnly(folder.path());
    }

    public long journalId() {
        return journalId;
    }

    /** As of the appending process's last sync; 0 before the first. */
    public synchronized long durableIndex() throws IOException {
        return durable.read();
    }

    /** The snapshots on disk that are whole and of this journal, oldest first. */
    public List<Snapshot> snapshots() throws IOException {
        return SnapshotStore.readAll(folder.snapshots()).stream()
                .filter(snapshot -> snapshot.position().journalId() == journalId)
                .toList();
    }

    /** Reads from the first record. */
    public JournalReader newReader() {
        return JournalReader.fromStart(queue, journalId);
    }

    /** Reads what is appended from now on. */
    public JournalReader newReaderAtEnd() throws IOException {
        return JournalReader.fromEnd(queue, journalId, BootTable.read(folder.boots()));
    }

    /** Reads what follows a position. */
    public JournalReader newReaderAfter(ReaderPosition position)
            throws IOException, UnknownPositionException {
        if (position.journalId() != journalId) {
            throw new UnknownPositionException("position of another journal", position);
        }
        return JournalReader.after(queue, BootTable.read(folder.boots()), position);
    }

    /** The position of the Boot record that an index lies behind, or is. */
    public ReaderPosition bootOf(long index) throws IOException {
        BootTable boots = BootTable.read(folder.boots());
        return new ReaderPosition(journalId, boots.bootIdAt(index), boots.bootIndexAt(index));
    }

    /** A waiter for a reader that no append can wake: it sleeps 1 to 10 ms. */
    public JournalWaiter newWaiter() {
        return new JournalWaiter(WaitMode.BACKOFF, 0);
    }

    @Override
    public void close() throws IOException {
        queue.close();
        durable.close();
    }
}
