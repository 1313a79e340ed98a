package saker.model;

/** The framework's signal bits. */
public final class SignalBits {
    public static final int OPEN_BUY = 0x1;
    public static final int CLOSE_BUY = 0x2;
    public static final int UPDATE_BUY = 0x4;
    public static final int OPEN_BUY_LIMIT = 0x8;
    public static final int CLOSE_BUY_LIMIT = 0x10;
    public static final int UPDATE_BUY_LIMIT = 0x20;
    public static final int OPEN_BUY_STOP = 0x40;
    public static final int CLOSE_BUY_STOP = 0x80;
    public static final int UPDATE_BUY_STOP = 0x100;
    public static final int OPEN_SELL = 0x10000;
    public static final int CLOSE_SELL = 0x20000;
    public static final int UPDATE_SELL = 0x40000;
    public static final int OPEN_SELL_LIMIT = 0x80000;
    public static final int CLOSE_SELL_LIMIT = 0x100000;
    public static final int UPDATE_SELL_LIMIT = 0x200000;
    public static final int OPEN_SELL_STOP = 0x400000;
    public static final int CLOSE_SELL_STOP = 0x800000;
    public static final int UPDATE_SELL_STOP = 0x1000000;

    /** Every bit the framework defines; any other makes a row invalid. */
    public static final int ALL = 0x1FF | 0x1FF0000;

    private SignalBits() {}
}
