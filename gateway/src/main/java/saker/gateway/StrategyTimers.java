package saker.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.collections.Long2ObjectHashMap;
import saker.config.StrategyConfig;

/**
 * {@code execution_time_seconds{strategy}}: how long the framework's calls take. Called for every
 * tick on the strategy worker's thread, so each timer is made once and a reading allocates nothing.
 */
public final class StrategyTimers {
    private static final Duration[] BUCKETS = {
        Duration.ofNanos(1_000),
        Duration.ofNanos(10_000),
        Duration.ofNanos(100_000),
        Duration.ofMillis(1),
        Duration.ofMillis(10),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1)
    };

    private final Long2ObjectHashMap<Timer> timers = new Long2ObjectHashMap<>();

    public StrategyTimers(MeterRegistry meters, List<StrategyConfig> strategies) {
        for (StrategyConfig strategy : strategies) {
            timers.put(
                    strategy.instanceId(),
                    Timer.builder("execution_time")
                            .description("Duration of a strategy's call")
                            .tags("strategy", strategy.name())
                            .serviceLevelObjectives(BUCKETS)
                            .register(meters));
        }
    }

    /** One call. Worker's thread. */
    public void record(long instanceId, long durationNs, int returnCode) {
        Timer timer = timers.get(instanceId);
        if (timer != null) {
            timer.record(durationNs, TimeUnit.NANOSECONDS);
        }
    }
}
