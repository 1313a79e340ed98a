package saker.model;

/** Direction of an order or a trade. */
public enum Side {
    BUY(1),
    SELL(-1);

    private final int sign;

    Side(int sign) {
        this.sign = sign;
    }

    /** +1 for a buy, −1 for a sell. */
    public int sign() {
        return sign;
    }

    public Side opposite() {
        return this == BUY ? SELL : BUY;
    }

    /** The side of signed units, which are not 0. */
    public static Side ofUnits(long unitsE4) {
        if (unitsE4 == 0) {
            throw new IllegalArgumentException("unitsE4=0 has no side");
        }
        return unitsE4 > 0 ? BUY : SELL;
    }
}
