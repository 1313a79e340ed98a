package saker.bench;

import java.nio.file.Path;
import saker.journal.MemoryRecord;
import saker.strategy.StrategyHost;

/** N02: one strategy's tick, framework call included, on 3 timeframes of 500 bars. */
final class StrategyTick {
    private static final int TIMEFRAMES = 3;
    private static final int GOAL_MS = 100;

    private long successes;

    String run(Path folder, int ticks) {
        Latencies all = new Latencies("tick in the strategy host");
        MemoryRecord entry = new MemoryRecord(HostSetup.START_NS);
        StrategyHost host =
                HostSetup.host(
                        TIMEFRAMES,
                        folder,
                        new CountingSink(),
                        (instance, durationNs, code) -> successes += code == 0 ? 1 : 0);
        HostSetup.prepare(host, TIMEFRAMES, entry);
        for (int i = 0; i < ticks; i++) {
            MemoryRecord tick = HostSetup.tick(entry, i);
            long startNs = System.nanoTime();
            host.onRecord(tick);
            all.record(System.nanoTime() - startNs);
        }
        host.close();
        boolean met = all.us(99) < GOAL_MS * 1e3 && successes == ticks;
        return Latencies.HEAD
                + "\n"
                + all
                + "\ncalls answered with success=%d of %d, no warm-up%nN02 p99 < %d ms: %s%n"
                        .formatted(successes, ticks, GOAL_MS, met ? "met" : "MISSED");
    }
}
