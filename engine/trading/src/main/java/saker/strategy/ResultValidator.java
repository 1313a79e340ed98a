package saker.strategy;

import java.util.ArrayList;
import java.util.List;
import saker.model.FixedPoint;
import saker.model.Signal;
import saker.model.SignalBits;

/**
 * Reads the result rows of a call. A value that no framework should return (not a number, negative,
 * out of range, unknown bits) is never passed on: the whole call is invalid and the instance is
 * disabled with the reason.
 */
public final class ResultValidator {
    private static final double MAX_LOTS = 100_000;
    private static final double MAX_PRICE = 10_000_000;
    private static final double MAX_TICKET = 9e15; // Whole numbers a double holds exactly.

    private String problem;

    ResultValidator() {}

    /** Whether a row asks for anything; nothing is allocated to find out. */
    static boolean hasWish(ResultRows frame) {
        for (int row = 0; row < frame.resultRows(); row++) {
            double bits = frame.result(row, 1);
            if (bits != 0) { // Also true of NaN, which the reading then refuses.
                return true;
            }
        }
        return false;
    }

    /** The rows with a wish, or null if one is invalid: see {@link #problem()}. */
    List<Signal.Row> read(ResultRows frame) {
        problem = null;
        List<Signal.Row> rows = new ArrayList<>(2);
        for (int row = 0; row < frame.resultRows(); row++) {
            double bits = frame.result(row, 1);
            if (bits == 0) {
                continue;
            }
            check(row, "tradingSignals", bits, 1, SignalBits.ALL);
            check(row, "ticketNumber", frame.result(row, 0), Signal.ALL_TICKETS, MAX_TICKET);
            check(row, "lots", frame.result(row, 2), 0, MAX_LOTS);
            check(row, "entryPrice", frame.result(row, 3), 0, MAX_PRICE);
            check(row, "brokerSL", frame.result(row, 4), 0, MAX_PRICE);
            check(row, "brokerTP", frame.result(row, 5), 0, MAX_PRICE);
            check(row, "expirationTime", frame.result(row, 9), 0, Integer.MAX_VALUE);
            if (problem == null && bits != Math.rint(bits)) {
                problem = "row=" + row + ", tradingSignals=" + bits + ", allowed=whole numbers";
            }
            if (problem == null && ((int) bits & ~SignalBits.ALL) != 0) {
                problem = "row=" + row + ", tradingSignals=0x" + Integer.toHexString((int) bits);
            }
            if (problem != null) {
                return null;
            }
            rows.add(
                    new Signal.Row(
                            (long) frame.result(row, 0),
                            (int) bits,
                            toE8(frame.result(row, 2)),
                            toE8(frame.result(row, 3)),
                            toE8(frame.result(row, 4)),
                            toE8(frame.result(row, 5)),
                            (long) frame.result(row, 9)));
        }
        return rows;
    }

    /**
     * Looks at a signal that came from another process as {@link #read} does at a call's rows.
     *
     * @param maxRows the instance's MAX_OPEN_ORDERS
     * @return what is wrong with it, or null
     */
    public static String problemOf(Signal signal, int maxRows) {
        int count = signal.rows().size();
        if (count > maxRows || signal.returnCode() != 0 && count > 0) {
            return "rows=%d, returnCode=%d, allowed=%d"
                    .formatted(count, signal.returnCode(), maxRows);
        }
        for (Signal.Row row : signal.rows()) {
            boolean sound =
                    row.bits() != 0
                            && (row.bits() & ~SignalBits.ALL) == 0
                            && row.ticket() >= Signal.ALL_TICKETS
                            && row.ticket() <= (long) MAX_TICKET
                            && row.lotsE8() <= toE8(MAX_LOTS)
                            && row.entryPriceE8() <= toE8(MAX_PRICE)
                            && row.stopDistanceE8() <= toE8(MAX_PRICE)
                            && row.targetDistanceE8() <= toE8(MAX_PRICE)
                            && row.expirySeconds() >= 0
                            && row.expirySeconds() <= Integer.MAX_VALUE;
            if (!sound) {
                return "row out of range: " + row;
            }
        }
        return null;
    }

    /** Why the last {@link #read} returned null. */
    String problem() {
        return problem;
    }

    private void check(int row, String field, double value, double low, double high) {
        if (problem == null && !(value >= low && value <= high)) {
            problem = "row=%d, %s=%s, allowed=%s to %s".formatted(row, field, value, low, high);
        }
    }

    private static long toE8(double value) {
        return FixedPoint.fromDouble(value, FixedPoint.E8);
    }
}
