package saker.time;

/** Wall clock, ns since the Unix epoch, UTC. Read at the edges only, never by a state machine. */
@FunctionalInterface
public interface EpochNanoClock {
    long nanoTime();

    /** The system's clock, with what resolution it has; allocates nothing. */
    static EpochNanoClock system() {
        return new SystemEpochNanoClock();
    }
}
