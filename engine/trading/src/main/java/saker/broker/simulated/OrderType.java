package saker.broker.simulated;

/** Kinds of orders the simulated broker takes; the names are those of OANDA's JSON. */
public enum OrderType {
    MARKET,
    LIMIT,
    STOP,
    MARKET_IF_TOUCHED,
    TAKE_PROFIT,
    STOP_LOSS,
    TRAILING_STOP_LOSS;

    /** Whether the order closes one given trade instead of trading an instrument. */
    public boolean isExit() {
        return this == TAKE_PROFIT || this == STOP_LOSS || this == TRAILING_STOP_LOSS;
    }
}
