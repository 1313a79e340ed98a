package saker.broker.simulated;

/** Why an order was created; the names are those of OANDA's JSON. */
public enum OrderReason {
    CLIENT_ORDER,
    REPLACEMENT,
    ON_FILL,
    TRADE_CLOSE,
    POSITION_CLOSEOUT,
    MARGIN_CLOSEOUT
}
