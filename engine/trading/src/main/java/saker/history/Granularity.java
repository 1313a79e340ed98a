package saker.history;

/** OANDA's candle periods; names are those of its JSON. Length in seconds; months vary. */
public enum Granularity {
    S5(5),
    S10(10),
    S15(15),
    S30(30),
    M1(60),
    M2(120),
    M4(240),
    M5(300),
    M10(600),
    M15(900),
    M30(1_800),
    H1(3_600),
    H2(7_200),
    H3(10_800),
    H4(14_400),
    H6(21_600),
    H8(28_800),
    H12(43_200),
    D(86_400),
    W(604_800),
    M(2_678_400);

    private final int seconds;

    Granularity(int seconds) {
        this.seconds = seconds;
    }

    public int seconds() {
        return seconds;
    }

    public long lengthNs() {
        return seconds * 1_000_000_000L;
    }

    /** Whether the daily alignment decides where its periods start: H2 and longer. */
    public boolean isDailyAligned() {
        return seconds >= 7_200;
    }
}
