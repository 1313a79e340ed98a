package saker.journal;

/** A CLOCK_TICK has no payload: it is the header's times alone. */
public final class ClockTickDescriptor {
    public static final int VERSION = 1;
    public static final int LENGTH = 0;

    private ClockTickDescriptor() {}
}
