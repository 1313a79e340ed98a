package saker.position;

import saker.model.Side;

/**
 * One open trade of an account, changed by its {@link TradeLedger} alone. Prices E8, units E4,
 * money E8 in account currency. Readers keep no reference beyond the event they were given it in.
 */
public final class Trade {
    private final long tradeId;
    private final int instrumentId;
    private final long instanceId;
    private final long initialUnitsE4;
    private final long priceE8;
    private final long openTimeNs;
    private final String clientId;
    private final String tag;

    long unitsE4;
    long stopLossE8;
    long takeProfitE8;
    long stopLossOrderId;
    long takeProfitOrderId;
    long realizedPlE8;
    long financingE8;

    Trade(
            long tradeId,
            int instrumentId,
            long unitsE4,
            long priceE8,
            long openTimeNs,
            String clientId,
            String tag) {
        this.tradeId = tradeId;
        this.instrumentId = instrumentId;
        this.instanceId = instanceOf(tag);
        this.initialUnitsE4 = unitsE4;
        this.unitsE4 = unitsE4;
        this.priceE8 = priceE8;
        this.openTimeNs = openTimeNs;
        this.clientId = clientId;
        this.tag = tag;
    }

    /** The broker's trade, unique per account; what a strategy calls ticket. */
    public long tradeId() {
        return tradeId;
    }

    public int instrumentId() {
        return instrumentId;
    }

    /** Magic number in the tag; 0 for manual trades and those of somebody else. */
    public long instanceId() {
        return instanceId;
    }

    public Side side() {
        return Side.ofUnits(initialUnitsE4);
    }

    /** Signed; what is still open. */
    public long unitsE4() {
        return unitsE4;
    }

    /** Signed; at opening, or at the snapshot that showed it first. */
    public long initialUnitsE4() {
        return initialUnitsE4;
    }

    /** Entry price. */
    public long priceE8() {
        return priceE8;
    }

    /** 0 for none. */
    public long stopLossE8() {
        return stopLossE8;
    }

    /** 0 for none. */
    public long takeProfitE8() {
        return takeProfitE8;
    }

    /** Broker's order of the stop, 0 for none. */
    public long stopLossOrderId() {
        return stopLossOrderId;
    }

    /** Broker's order of the target, 0 for none. */
    public long takeProfitOrderId() {
        return takeProfitOrderId;
    }

    /** Profit of the parts closed so far, without financing. */
    public long realizedPlE8() {
        return realizedPlE8;
    }

    /** Financing charged so far. */
    public long financingE8() {
        return financingE8;
    }

    public long openTimeNs() {
        return openTimeNs;
    }

    /** Client id the broker gave, "" for none. */
    public String clientId() {
        return clientId;
    }

    public String tag() {
        return tag;
    }

    /** Magic number of a tag: its decimal value, 0 for anything else. */
    public static long instanceOf(String tag) {
        int length = tag.length();
        if (length == 0 || length > 10) {
            return 0;
        }
        long value = 0;
        for (int i = 0; i < length; i++) {
            char c = tag.charAt(i);
            if (c < '0' || c > '9') {
                return 0;
            }
            value = value * 10 + (c - '0');
        }
        return value;
    }
}
