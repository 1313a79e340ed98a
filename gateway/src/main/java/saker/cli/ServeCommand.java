package saker.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import saker.config.ConfigLoader;

/** {@code saker serve}: the service. */
@Command(
        name = "serve",
        description = "Runs the service until it is told to end.",
        mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
    @Option(names = "--config", required = true, description = "Folder with saker.yaml.")
    private Path config;

    @Option(names = "--data", required = true, description = "Journal, database and state.")
    private Path data;

    @Override
    public Integer call() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        Shutdown.onSignal(end::countDown); // Before the start, which may take a while.
        try (Service service = Service.start(ConfigLoader.load(config), data)) {
            service.keepAttaching();
            awaitEnd(service, end);
        } finally {
            Shutdown.done();
        }
        return 0;
    }

    /** An engine that has failed decides nothing any more: whoever started it has to know. */
    private static void awaitEnd(Service service, CountDownLatch end) throws InterruptedException {
        while (!end.await(1, TimeUnit.SECONDS)) {
            Throwable failure = service.engine().failure();
            if (failure != null) {
                throw new IllegalStateException(
                        "the engine failed and ends; open positions keep their stops at the"
                                + " broker: cause="
                                + failure,
                        failure);
            }
        }
    }
}
