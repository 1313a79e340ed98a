package saker.cli;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code saker db migrate}. */
@Command(
        name = "db",
        description = "Works on the database.",
        mixinStandardHelpOptions = true,
        subcommands = DbCommand.Migrate.class)
final class DbCommand {

    @Command(
            name = "migrate",
            description = "Brings the schema up to this version.",
            mixinStandardHelpOptions = true)
    static final class Migrate implements Callable<Integer> {
        @Option(names = "--data", required = true, description = "Data folder.")
        private Path data;

        @Option(names = "--config", description = "Folder with saker.yaml; none: embedded store.")
        private Path config;

        @Override
        public Integer call() throws Exception {
            Vertx vertx = Vertx.vertx();
            try (StoreAccess access = StoreAccess.open(vertx, config, data)) {
                System.out.println("up to date: " + access.store().address());
            } finally {
                Service.await(vertx.close());
            }
            return 0;
        }
    }
}
