package saker.api;

/**
 * What strategy workers counted since the engine started.
 *
 * @param restarts of children
 * @param deadlineMisses calls that took longer than their deadline
 * @param imported signals of children taken into the journal
 * @param repeated signals computed again after a restart and left out
 * @param refused children whose signals were not believed any more
 * @param importLagNsSum from a child's write to the journal's, over all imported signals
 * @param importLagNsMax the longest
 */
public record WorkerCounters(
        int restarts,
        int deadlineMisses,
        long imported,
        long repeated,
        long refused,
        long importLagNsSum,
        long importLagNsMax) {

    /** Of an engine that has just started. */
    public static final WorkerCounters NONE = new WorkerCounters(0, 0, 0, 0, 0, 0, 0);
}
