package saker.model;

/** Length of a bar. Days and weeks end at 17:00 New York, see {@code saker.time.TradingDay}. */
public enum BarPeriod {
    M1(1),
    M5(5),
    M15(15),
    M30(30),
    H1(60),
    H4(240),
    D1(1440),
    W1(10_080),
    MN(43_200);

    private final int minutes;

    BarPeriod(int minutes) {
        this.minutes = minutes;
    }

    public int minutes() {
        return minutes;
    }

    public long lengthNs() {
        return minutes * 60_000_000_000L;
    }

    /** The period of so many minutes. */
    public static BarPeriod ofMinutes(int minutes) {
        for (BarPeriod period : values()) {
            if (period.minutes == minutes) {
                return period;
            }
        }
        throw new IllegalArgumentException("no bar period: minutes=" + minutes);
    }
}
