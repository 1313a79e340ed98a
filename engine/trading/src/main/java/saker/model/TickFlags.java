package saker.model;

/** Flags of a Tick record. */
public final class TickFlags {
    /** The broker would trade at this price now. */
    public static final int TRADEABLE = 1;

    /** Older than the last tick of the instrument: in the journal, but not dispatched. */
    public static final int LATE = 2;

    private TickFlags() {}
}
