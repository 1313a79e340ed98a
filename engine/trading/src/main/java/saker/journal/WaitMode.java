package saker.journal;

/** How a reader waits for the next record. */
public enum WaitMode {
    /** Parked until the appender wakes it: the default of core, workers and sessions. */
    PARK,
    /** Never leaves the processor: at most one per two cores. */
    SPIN,
    /** Sleeps 1 to 10 ms: projections, and readers in other processes. */
    BACKOFF
}
