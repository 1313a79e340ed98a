package saker.gateway;

import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import saker.config.StrategyConfig;
import saker.strategy.CallTimes;
import saker.strategy.InstanceStatus;

/**
 * {@code execution_time_seconds{strategy}}: how long the framework's calls take, on the engine's
 * thread and in its children. They count for themselves; a scrape only adds up. Any thread.
 */
public final class StrategyTimers implements Collector {
    private static final String NAME = "execution_time_seconds";
    private static final double NS_PER_S = 1e9;

    private final Map<Long, String> names = new HashMap<>();
    private final Supplier<List<InstanceStatus>> statuses;

    /** What the instances of one strategy counted. */
    private static final class Sum {
        private final long[] calls = new long[CallTimes.SPANS];
        private long sumNs;

        private void add(CallTimes times) {
            for (int span = 0; span < calls.length; span++) {
                calls[span] += times.calls(span);
            }
            sumNs += times.sumNs();
        }
    }

    public StrategyTimers(
            List<StrategyConfig> strategies, Supplier<List<InstanceStatus>> statuses) {
        strategies.forEach(strategy -> names.put(strategy.instanceId(), strategy.name()));
        this.statuses = statuses;
    }

    @Override
    public String getPrometheusName() {
        return NAME;
    }

    @Override
    public MetricSnapshot collect() {
        Map<String, Sum> sums = new TreeMap<>();
        for (InstanceStatus status : statuses.get()) {
            sums.computeIfAbsent(names.get(status.instanceId()), name -> new Sum())
                    .add(status.callTimes());
        }
        HistogramSnapshot.Builder histogram =
                HistogramSnapshot.builder().name(NAME).help("Duration of a strategy's call");
        sums.forEach((name, sum) -> histogram.dataPoint(point(name, sum)));
        return histogram.build();
    }

    private static HistogramDataPointSnapshot point(String strategy, Sum sum) {
        ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
        for (int span = 0; span < CallTimes.SPANS; span++) {
            long boundNs = CallTimes.boundNs(span);
            double boundS =
                    boundNs == Long.MAX_VALUE ? Double.POSITIVE_INFINITY : boundNs / NS_PER_S;
            buckets.bucket(boundS, sum.calls[span]);
        }
        return HistogramDataPointSnapshot.builder()
                .classicHistogramBuckets(buckets.build())
                .sum(sum.sumNs / NS_PER_S)
                .labels(Labels.of("strategy", strategy))
                .build();
    }
}
