package saker.broker.oanda;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What one account's connections counted since they were made. Thread-safe. */
public final class OandaCounters {

    /** One count each; the name in lower case is the metric's. */
    public enum Count {
        TICKS,
        HEARTBEATS,
        /** Price lines that are no readable JSON of a known type. */
        LINE_MALFORMED,
        LINE_TOO_LONG,
        /** Bytes of an unfinished line when its stream ended. */
        LINE_CUT,
        LINE_UNKNOWN_INSTRUMENT,
        /** A type we do not know; skipped. */
        LINE_OTHER,
        TICK_NO_DEPTH,
        TICK_DUPLICATE,
        TICK_LATE,
        QUARANTINED_NOT_A_NUMBER,
        QUARANTINED_NOT_POSITIVE,
        QUARANTINED_CROSSED,
        QUARANTINED_DEVIATION,
        QUARANTINED_TIME,
        /** A jump that three prices in a row agreed on. */
        GAPS_ACCEPTED,
        JOURNAL_CLOSED,
        STREAM_CONNECTS,
        STREAM_DISCONNECTS,
        STREAM_SILENT,
        STREAM_REFUSED,
        REQUESTS,
        REQUEST_TIMEOUTS,
        REQUESTS_THROTTLED,
        ORDERS_SENT,
        ORDERS_REFUSED,
        ORDERS_UNKNOWN,
        ORDERS_NOT_SENT,
        TRANSACTIONS,
        TRANSACTION_DUPLICATE,
        TRANSACTION_GAPS,
        /** Ids that the broker never gave, skipped after repeated complete scans. */
        TRANSACTION_HOLES,
        TRANSACTION_UNREADABLE,
        INEXACT_DECIMALS,
        ERRORS
    }

    private final Map<Count, LongAdder> counts = new EnumMap<>(Count.class);

    public OandaCounters() {
        for (Count count : Count.values()) {
            counts.put(count, new LongAdder());
        }
    }

    public void increment(Count count) {
        counts.get(count).increment();
    }

    public long get(Count count) {
        return counts.get(count).sum();
    }

    /** All counts now. */
    public Map<Count, Long> snapshot() {
        Map<Count, Long> snapshot = new EnumMap<>(Count.class);
        counts.forEach((count, adder) -> snapshot.put(count, adder.sum()));
        return snapshot;
    }
}
