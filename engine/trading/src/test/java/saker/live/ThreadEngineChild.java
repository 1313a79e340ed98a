package saker.live;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import saker.config.AccountConfig.Durability;
import saker.config.SakerConfig;
import saker.config.SakerConfig.FrameworkConfig;
import saker.config.SakerConfig.FrameworkConfig.Isolation;
import saker.model.WorkerEvent.Policy;
import saker.strategy.RunObserver;

/** An engine in a process of its own, whose library runs in its strategy thread. */
final class ThreadEngineChild {
    private ThreadEngineChild() {}

    /** Folder, port of the venue, library. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        SakerConfig demo =
                DemoConfigs.of(folder, Integer.parseInt(arguments[1]), Durability.PROCESS);
        FrameworkConfig thread =
                new FrameworkConfig(
                        FrameworkConfig.DEFAULT,
                        arguments[2],
                        true,
                        false,
                        -1,
                        Isolation.THREAD,
                        1,
                        400,
                        60_000,
                        0,
                        Policy.HOLD,
                        512);
        SakerConfig config =
                new SakerConfig(
                        demo.gateway(),
                        demo.database(),
                        thread,
                        demo.journal(),
                        demo.risk(),
                        demo.accounts(),
                        demo.strategies());
        EngineRuntime.start(
                Vertx.vertx(), config, "test", folder.resolve("data"), RunObserver.NOBODY);
        System.out.println("started");
        Thread.currentThread().join();
    }
}
