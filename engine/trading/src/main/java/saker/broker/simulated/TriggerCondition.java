package saker.broker.simulated;

/** Which price triggers a waiting order; the names are those of OANDA's JSON. */
public enum TriggerCondition {
    /** Buys on the ask, sells on the bid. */
    DEFAULT,
    /** The other side than {@link #DEFAULT}. */
    INVERSE,
    BID,
    ASK,
    MID
}
