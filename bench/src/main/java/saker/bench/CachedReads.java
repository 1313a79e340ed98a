package saker.bench;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import saker.api.Engine;
import saker.config.AccountConfig.Durability;
import saker.live.EngineRuntime;
import saker.strategy.RunObserver;
import saker.time.EpochNanoClock;

/** N01: a million reads of the cached price from 8 threads while the feed writes. */
final class CachedReads {
    private static final int THREADS = 8;
    private static final int GOAL_MS = 10;
    private static final long LINE_NS = 2_000_000L;

    private final Latencies latencies = new Latencies("cached price read");
    private volatile boolean feeding = true;
    private volatile long seen;

    String run(Path folder, int reads) throws Exception {
        Vertx vertx = Vertx.vertx();
        try (LoopbackBroker broker = new LoopbackBroker((echo, readNs, body) -> {})) {
            EngineRuntime engine =
                    BenchEngine.start(
                            vertx,
                            folder,
                            broker.port(),
                            false,
                            Durability.PROCESS,
                            RunObserver.NOBODY,
                            UnaryOperator.identity());
            BenchEngine.await("the price stream", broker::isPriceStreamOpen);
            Thread feed = new Thread(() -> feed(broker), "bench-feed");
            feed.start();
            BenchEngine.await(
                    "a quote",
                    () -> engine.engine().view().quotes().stream().anyMatch(q -> q.bidE8() > 0));
            long ticksBefore = engine.engine().view().status().ticks();
            long startNs = System.nanoTime();
            readAll(engine.engine(), reads);
            double seconds = (System.nanoTime() - startNs) / 1e9;
            long ticks = engine.engine().view().status().ticks() - ticksBefore;
            feeding = false;
            feed.join(5_000);
            engine.close();
            return Latencies.HEAD
                    + "\n"
                    + latencies
                    + String.format(
                            Locale.ROOT,
                            "%n%d reads by %d threads in %.2f s, %d ticks meanwhile%n"
                                    + "N01 p99 < %d ms: %s%n",
                            latencies.count(),
                            THREADS,
                            seconds,
                            ticks,
                            GOAL_MS,
                            latencies.us(99) < GOAL_MS * 1e3 ? "met" : "MISSED");
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
    }

    private void feed(LoopbackBroker broker) {
        EpochNanoClock clock = EpochNanoClock.system();
        long dueNs = System.nanoTime();
        try {
            for (long i = 0; feeding; i++) {
                dueNs += LINE_NS;
                Pace.until(dueNs);
                broker.sendPrice(PriceLines.ignored(i, clock.nanoTime()));
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void readAll(Engine engine, int reads) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(() -> read(engine, reads / THREADS), "bench-read-" + i);
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void read(Engine engine, int count) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            long startNs = System.nanoTime();
            sum += engine.view().quotes().get(0).bidE8();
            latencies.record(System.nanoTime() - startNs);
        }
        seen = sum;
    }
}
