package saker.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import saker.config.AccountConfig.Durability;
import saker.live.EngineRuntime;
import saker.strategy.RunObserver;
import saker.time.EpochNanoClock;

/** Every bench can be set up and does once what it measures. */
class BenchSmokeTest {
    @TempDir private Path folder;

    @BeforeEach
    void useFolder() {
        System.setProperty("saker.bench.folder", folder.toString());
    }

    @Test
    void shouldAppendATickForAChunk() throws Exception {
        PriceLineBench bench = new PriceLineBench();
        bench.open();
        long before = bench.appendedIndex();

        bench.chunkToRecord();

        assertThat(bench.appendedIndex()).isEqualTo(before + 1);
        bench.close();
    }

    @Test
    void shouldAppendBothWays() throws Exception {
        AppendBench.Ours ours = new AppendBench.Ours();
        AppendBench.Raw raw = new AppendBench.Raw();
        ours.open();
        raw.open();

        long first = new AppendBench().chronicle(raw);

        assertThat(new AppendBench().journal(ours)).isPositive();
        assertThat(new AppendBench().chronicle(raw)).isEqualTo(first + 1);
        ours.close();
        raw.close();
    }

    @Test
    void shouldReadWhatWasAppended() throws Exception {
        TailBench bench = new TailBench();
        bench.open();

        assertThat(bench.appendAndPoll()).isPositive();

        bench.close();
    }

    @Test
    void shouldTurnASignalIntoAnIntent() {
        RiskCheckBench bench = new RiskCheckBench();
        bench.open();

        long first = bench.signalToIntent();

        assertThat(bench.signalToIntent()).isGreaterThan(first);
    }

    /**
     * In a JVM of its own, since this one loads the library of the bench, and one is all it may.
     */
    @Test
    void shouldCountBarsPerSecond() throws Exception {
        Path out = folder.resolve("bars.txt");

        int code =
                BenchSeries.start(
                        "bars --bars 3000 --rounds 1 --folder " + folder + " --out " + out);

        assertThat(code).isZero();
        assertThat(out).content().contains("getFrameworkVersion", "ASI", "MACD cross", "bars/s");
    }

    /** The library of the bench, which is the only one this JVM loads. */
    @Test
    void shouldAnswerAPriceLineWithAnOrder() throws Exception {
        AtomicReference<String> order = new AtomicReference<>("");
        Vertx vertx = Vertx.vertx();
        Files.createDirectories(folder.resolve("engine"));
        try (LoopbackBroker broker = new LoopbackBroker((echo, readNs, body) -> order.set(body))) {
            EngineRuntime engine =
                    BenchEngine.start(
                            vertx,
                            folder.resolve("engine"),
                            broker.port(),
                            false,
                            Durability.PROCESS,
                            RunObserver.NOBODY,
                            UnaryOperator.identity());
            BenchEngine.await("the price stream", broker::isPriceStreamOpen);

            broker.sendPrice(PriceLines.answered(7, EpochNanoClock.system().nanoTime()));
            BenchEngine.await("the order", () -> !order.get().isEmpty());

            String bound = LoopbackBroker.member(order.get(), "priceBound");
            assertThat(PriceLines.numberOfBound(bound, 50)).isEqualTo(7);
            engine.close();
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
    }
}
