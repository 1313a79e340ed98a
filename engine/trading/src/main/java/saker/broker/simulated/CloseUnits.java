package saker.broker.simulated;

/**
 * How much of one side of a position to close.
 *
 * @param unitsE4 unsigned; null means all
 * @param extensions of the closing order, or null
 */
public record CloseUnits(boolean given, Long unitsE4, ClientExtensions extensions) {
    /** NONE, and also what an absent member means beside a given one. */
    public static final CloseUnits NONE = new CloseUnits(false, null, null);

    public static final CloseUnits ALL = new CloseUnits(true, null, null);

    public static CloseUnits of(long unitsE4) {
        return new CloseUnits(true, unitsE4, null);
    }
}
