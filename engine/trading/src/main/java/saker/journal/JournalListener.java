package saker.journal;

/** Told what befalls the journal. Called on the thread that found it; must return soon. */
public interface JournalListener {

    /** No record is appended any more; told once. The engine is HALTED. */
    default void onFailed(Throwable cause) {}

    /** Free space fell below the low-water mark: no new risk. Told once until it recovers. */
    default void onLowSpace(long freeBytes) {}

    /** Free space is above the low-water mark again. */
    default void onSpaceRecovered(long freeBytes) {}

    /** Free space fell below the floor; the journal wrote a last HALTED record and closed. */
    default void onFloor(long freeBytes) {}
}
