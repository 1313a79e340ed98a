package saker.journal;

/**
 * After which records a snapshot is taken: after every so many of a day's file, and after the first
 * of a day. It follows from the index alone, so the threads that read the journal, each at its own
 * pace, agree without asking each other.
 */
public final class SnapshotSchedule {
    private final int everyRecords;

    /**
     * @param everyRecords 0 for never
     */
    public SnapshotSchedule(int everyRecords) {
        this.everyRecords = everyRecords;
    }

    public boolean isDue(long index) {
        return everyRecords > 0 && JournalQueue.sequence(index) % everyRecords == 0;
    }
}
