package saker.journal;

/**
 * How far a reader came. The boot id tells an index that was lost in a power cut and given out
 * again from the one that was read.
 *
 * @param bootId of the boot in whose records the index lies
 * @param index of the last record that was applied
 */
public record ReaderPosition(long journalId, long bootId, long index) {}
