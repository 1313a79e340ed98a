package saker.model;

import java.util.List;

/**
 * All result rows of one strategy call. Stop and target distances apply to the bid and ask in this
 * record, which are those the strategy saw.
 *
 * @param instanceId magic number of the strategy instance, &gt; 0
 * @param returnCode the framework's, 0 is success; with any other code {@code rows} is empty
 * @param discarded true where a restarted worker only caught up: the core ignores the rows
 */
public record Signal(
        long instanceId,
        int instrumentId,
        long bidE8,
        long askE8,
        int returnCode,
        boolean discarded,
        List<Row> rows) {

    /** {@link Row#ticket} of a row that means every open order of the instance on that side. */
    public static final long ALL_TICKETS = -1;

    /**
     * {@link #returnCode} of a call whose rows no framework should return: not finite, negative.
     */
    public static final int INVALID_RESULT = -1;

    public Signal {
        if (instanceId <= 0) {
            throw new IllegalArgumentException("bad signal: instanceId=" + instanceId);
        }
        rows = List.copyOf(rows);
    }

    /**
     * One wish.
     *
     * @param ticket trade or order it is about, or {@link #ALL_TICKETS}
     * @param bits signal bits of {@link SignalBits}; several may be set
     * @param lotsE8 lots × 10^8, ≥ 0
     * @param entryPriceE8 price of a pending order, 0 for market orders
     * @param stopDistanceE8 distance in price, 0 for none
     * @param targetDistanceE8 distance in price, 0 for none
     * @param expirySeconds broker wall clock, 0 for none
     */
    public record Row(
            long ticket,
            int bits,
            long lotsE8,
            long entryPriceE8,
            long stopDistanceE8,
            long targetDistanceE8,
            long expirySeconds) {

        public Row {
            if (lotsE8 < 0 || entryPriceE8 < 0 || stopDistanceE8 < 0 || targetDistanceE8 < 0) {
                throw new IllegalArgumentException(
                        "bad signal row: lotsE8=%d, entryPriceE8=%d, stop=%d, target=%d"
                                .formatted(lotsE8, entryPriceE8, stopDistanceE8, targetDistanceE8));
            }
        }
    }
}
