package saker.bench;

import java.util.Locale;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** A histogram of nanoseconds, and how it is written down. Any thread records. */
final class Latencies {
    static final String HEAD =
            "%-34s %8s %9s %9s %9s %9s %9s"
                    .formatted("us", "count", "p50", "p90", "p99", "p99.9", "max");

    private static final long HIGHEST_NS = 60_000_000_000L;

    private final String name;
    private final Histogram histogram = new ConcurrentHistogram(HIGHEST_NS, 3);

    Latencies(String name) {
        this.name = name;
    }

    void record(long ns) {
        histogram.recordValue(Math.max(0, Math.min(ns, HIGHEST_NS)));
    }

    void addAll(Latencies other) {
        histogram.add(other.histogram);
    }

    long count() {
        return histogram.getTotalCount();
    }

    double us(double percentile) {
        return histogram.getValueAtPercentile(percentile) / 1e3;
    }

    /** This one's percentile over another's. */
    double ratio(Latencies other, double percentile) {
        return us(percentile) / other.us(percentile);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%-34s %8d %9.1f %9.1f %9.1f %9.1f %9.1f",
                name,
                count(),
                us(50),
                us(90),
                us(99),
                us(99.9),
                us(100));
    }
}
