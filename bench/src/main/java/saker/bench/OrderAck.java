package saker.bench;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import saker.api.CommandRequest;
import saker.api.Engine;
import saker.config.AccountConfig.Durability;
import saker.live.EngineRuntime;
import saker.model.Command;
import saker.strategy.RunObserver;
import saker.time.EpochNanoClock;

/** N03: a manual order, from the engine's port to the broker's answer, 50 ms away. */
final class OrderAck {
    private static final int ROUND_TRIP_MS = 50;
    private static final int GOAL_MS = 500;
    private static final int OVERHEAD_MS = 20;
    private static final long GAP_NS = 120_000_000L;
    private static final long WAIT_MS = 5_000;

    private volatile boolean feeding = true;

    String run(Path folder, int orders) throws Exception {
        Vertx vertx = Vertx.vertx();
        Latencies total = new Latencies("request to broker's answer");
        Latencies overhead = new Latencies("of that without the 50 ms");
        try (LoopbackBroker broker = new LoopbackBroker((echo, readNs, body) -> {})) {
            broker.answerDelayMs(ROUND_TRIP_MS);
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
            long dueNs = System.nanoTime();
            for (int i = 0; i < orders; i++) {
                dueNs += GAP_NS;
                Pace.until(dueNs);
                order(engine.engine());
                long tookNs = System.nanoTime() - dueNs;
                total.record(tookNs);
                overhead.record(tookNs - ROUND_TRIP_MS * 1_000_000L);
            }
            feeding = false;
            feed.join(5_000);
            engine.close();
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
        return Latencies.HEAD
                + "\n"
                + total
                + "\n"
                + overhead
                + "\nN03 p95 < %d ms: %s; overhead p99 < %d ms: %s%n"
                        .formatted(
                                GOAL_MS,
                                total.us(95) < GOAL_MS * 1e3 ? "met" : "MISSED",
                                OVERHEAD_MS,
                                overhead.us(99) < OVERHEAD_MS * 1e3 ? "met" : "MISSED");
    }

    private static void order(Engine engine) throws Exception {
        String id = UUID.randomUUID().toString();
        CommandRequest request =
                new CommandRequest(
                        Command.Type.TRADE, id, "bench", "", "EURUSD", 0, 10_000_000L, 0, 0, 0);
        engine.submit(request).toCompletableFuture().get(WAIT_MS, TimeUnit.MILLISECONDS);
        var outcome =
                engine.await(id, WAIT_MS)
                        .toCompletableFuture()
                        .get(2 * WAIT_MS, TimeUnit.MILLISECONDS);
        // The broker cancels by its bound: an answer of the broker, not of our risk rules.
        if (!outcome.state().isFinal() || !outcome.message().contains("BOUNDS_VIOLATION")) {
            throw new IllegalStateException("not answered by the broker: " + outcome);
        }
    }

    private void feed(LoopbackBroker broker) {
        EpochNanoClock clock = EpochNanoClock.system();
        long dueNs = System.nanoTime();
        try {
            for (long i = 0; feeding; i++) {
                dueNs += 10_000_000L;
                Pace.until(dueNs);
                broker.sendPrice(PriceLines.ignored(i, clock.nanoTime()));
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
