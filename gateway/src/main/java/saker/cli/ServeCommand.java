package saker.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
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
        try (Service service = Service.start(ConfigLoader.load(config), data)) {
            CountDownLatch end = new CountDownLatch(1);
            Shutdown.onSignal(end::countDown);
            service.firstPassword().ifPresent(ServeCommand::printPassword);
            System.out.println("ready " + service.url());
            end.await();
        } finally {
            Shutdown.done();
        }
        return 0;
    }

    /** Printed once; it has to be changed at the first login. */
    static void printPassword(String password) {
        System.out.println("user admin, one-time password " + password);
    }
}
