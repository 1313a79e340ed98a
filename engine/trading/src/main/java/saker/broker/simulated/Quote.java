package saker.broker.simulated;

/** The latest bid and ask of an instrument; {@code timeNs} market time. */
public record Quote(String instrument, long bidE8, long askE8, boolean tradeable, long timeNs) {
    public Quote {
        if (bidE8 <= 0 || askE8 < bidE8) {
            throw new IllegalArgumentException(
                    "bad quote: instrument=%s, bidE8=%d, askE8=%d"
                            .formatted(instrument, bidE8, askE8));
        }
    }
}
