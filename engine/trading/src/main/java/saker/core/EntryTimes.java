package saker.core;

import java.util.ArrayDeque;
import java.util.List;

/** When entries were decided, for the limit per minute; journal time, never decreasing. */
final class EntryTimes {
    private static final long MINUTE_NS = 60_000_000_000L;

    private final ArrayDeque<Long> timesNs = new ArrayDeque<>();

    void add(long nowNs) {
        timesNs.add(nowNs);
    }

    void removeLast() {
        timesNs.removeLast();
    }

    /** Entries later than a minute before. Forgets the older ones only as {@code forget} says. */
    int inLastMinute(long nowNs) {
        int count = 0;
        for (long timeNs : timesNs) {
            if (timeNs > nowNs - MINUTE_NS) {
                count++;
            }
        }
        return count;
    }

    /** For a snapshot: without those nobody asks for any more. */
    List<Long> since(long nowNs) {
        return timesNs.stream().filter(timeNs -> timeNs > nowNs - MINUTE_NS).toList();
    }

    void restore(List<Long> times) {
        timesNs.addAll(times);
    }

    void forget(long nowNs) {
        while (!timesNs.isEmpty() && timesNs.peek() <= nowNs - MINUTE_NS) {
            timesNs.remove();
        }
    }
}
