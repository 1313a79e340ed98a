package saker.broker.oanda;

/** One line of the price stream as read, not judged. Reused: the parser fills it line by line. */
public final class PriceLine {

    /** Type of a line. */
    public enum Type {
        PRICE,
        HEARTBEAT
    }

    Type type;
    int instrumentId;
    long timeNs;
    boolean tradeable;
    boolean hasBid;
    boolean hasAsk;
    long bidE8;
    long askE8;

    void clear() {
        type = null;
        instrumentId = -1;
        timeNs = 0;
        tradeable = false;
        hasBid = false;
        hasAsk = false;
        bidE8 = 0;
        askE8 = 0;
    }

    public Type type() {
        return type;
    }

    /** −1 for an instrument we did not ask for. */
    public int instrumentId() {
        return instrumentId;
    }

    /** The broker's stamp, ns since the Unix epoch. */
    public long timeNs() {
        return timeNs;
    }

    public boolean tradeable() {
        return tradeable;
    }

    /** False where the broker's list of bids is empty. */
    public boolean hasBid() {
        return hasBid;
    }

    public boolean hasAsk() {
        return hasAsk;
    }

    /** Best bid × 10^8 as the text said: may be zero or negative. */
    public long bidE8() {
        return bidE8;
    }

    public long askE8() {
        return askE8;
    }
}
