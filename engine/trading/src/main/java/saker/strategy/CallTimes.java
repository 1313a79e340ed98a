package saker.strategy;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How long an instance's calls took since the start, as counts of a few spans of time. One writer,
 * any reader; a call is counted without allocation.
 */
public final class CallTimes {
    private static final long[] BOUNDS_NS = {
        1_000,
        10_000,
        100_000,
        1_000_000,
        10_000_000,
        50_000_000,
        100_000_000,
        250_000_000,
        500_000_000,
        1_000_000_000
    };

    /** Spans; the last one has no end. */
    public static final int SPANS = BOUNDS_NS.length + 1;

    private static final int SUM_NS = SPANS;

    private final AtomicLongArray counts = new AtomicLongArray(SPANS + 1);

    /** Where a span ends, itself included; {@link Long#MAX_VALUE} for the last. */
    public static long boundNs(int span) {
        return span < BOUNDS_NS.length ? BOUNDS_NS[span] : Long.MAX_VALUE;
    }

    void add(long durationNs) {
        int span = 0;
        while (span < BOUNDS_NS.length && durationNs > BOUNDS_NS[span]) {
            span++;
        }
        add(span, 1);
        add(SUM_NS, durationNs);
    }

    /** Counts what another process counted between two looks at it; what shrank is not believed. */
    public void addSince(Counts before, Counts now) {
        for (int span = 0; span < SPANS; span++) {
            add(span, Math.max(0, now.calls(span) - before.calls(span)));
        }
        add(SUM_NS, Math.max(0, now.sumNs() - before.sumNs()));
    }

    private void add(int at, long count) {
        counts.lazySet(at, counts.get(at) + count); // One writer.
    }

    public long calls(int span) {
        return counts.get(span);
    }

    public long sumNs() {
        return counts.get(SUM_NS);
    }

    /** Counts at some time, as another process shows them. */
    public record Counts(List<Long> spans, long sumNs) {
        /** Before the first call. */
        public static final Counts NONE = new Counts(Collections.nCopies(SPANS, 0L), 0);

        public Counts {
            spans = List.copyOf(spans);
        }

        long calls(int span) {
            return spans.get(span);
        }
    }
}
