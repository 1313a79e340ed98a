package saker.broker.simulated;

/** What an order may do to a position; the names are those of OANDA's JSON. */
public enum PositionFill {
    /** {@link #OPEN_ONLY} on a hedging account, {@link #REDUCE_FIRST} on a netting one. */
    DEFAULT,
    OPEN_ONLY,
    REDUCE_FIRST,
    REDUCE_ONLY
}
