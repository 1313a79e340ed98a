package saker.broker.simulated;

/** How long an order lives; the names are those of OANDA's JSON. */
public enum TimeInForce {
    /** Until cancelled. */
    GTC,
    /** Until a given time. */
    GTD,
    /** Until the next 17:00 New York. */
    GFD,
    /** Wholly at once, or not at all. */
    FOK,
    /** At once, the rest is cancelled. */
    IOC
}
