package saker.strategy;

/**
 * How an instance goes on in a new process. Up to {@code afterIndex} it folds records without
 * calling the library; then it is restored from its snapshot or, without one, initialised anew over
 * its window of bars.
 *
 * @param afterIndex the last record it is not called for
 * @param discardUpTo signals of calls up to this record are marked as discarded
 * @param snapshot null to initialise anew
 */
public record InstanceResume(
        long instanceId, long afterIndex, long discardUpTo, InstanceSnapshot snapshot) {

    /** Exactly as if there had been no restart. */
    public static InstanceResume of(InstanceSnapshot snapshot) {
        return new InstanceResume(snapshot.instanceId(), snapshot.index(), 0, snapshot);
    }

    /** Anew, for a library whose state cannot be restored. */
    public static InstanceResume anew(long instanceId, long afterIndex, long discardUpTo) {
        return new InstanceResume(instanceId, afterIndex, discardUpTo, null);
    }
}
