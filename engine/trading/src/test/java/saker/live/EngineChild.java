package saker.live;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import saker.api.StatusView;
import saker.config.AccountConfig.Durability;
import saker.strategy.RunObserver;

/** An engine in a process of its own: {@code <die|stay> <folder> <venue port>}. */
final class EngineChild {
    static final int DIED = 134; // As by SIGABRT.

    private EngineChild() {}

    public static void main(String[] arguments) throws Exception {
        boolean dies = arguments[0].equals("die");
        Path folder = Path.of(arguments[1]);
        int port = Integer.parseInt(arguments[2]);
        // What a library that aborts in its first call does to its process.
        RunObserver observer =
                dies ? (instance, ns, code) -> Runtime.getRuntime().halt(DIED) : RunObserver.NOBODY;
        EngineRuntime engine =
                EngineRuntime.start(
                        Vertx.vertx(),
                        DemoConfigs.of(folder, port, Durability.PROCESS),
                        "test",
                        folder.resolve("data"),
                        observer);
        StatusView status = engine.engine().view().status();
        while (status.engine() != saker.model.EngineState.State.HALTED) {
            Thread.sleep(20); // Until the views have read so far, or for ever.
            status = engine.engine().view().status();
        }
        System.out.println(
                "up %s positions=%d reason=%s"
                        .formatted(
                                status.engine(),
                                engine.engine().view().positions().size(),
                                status.reason()));
        Thread.currentThread().join();
    }
}
