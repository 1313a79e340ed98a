package saker.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import saker.config.ConfigLoader;
import saker.config.SakerConfig.DatabaseConfig;
import saker.store.Store;

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
            DatabaseConfig database =
                    config == null
                            ? new DatabaseConfig(null, null)
                            : ConfigLoader.load(config).database();
            System.out.println("schema version " + Store.migrate(database, data));
            return 0;
        }
    }
}
