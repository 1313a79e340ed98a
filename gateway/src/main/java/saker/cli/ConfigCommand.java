package saker.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import saker.config.ConfigException;
import saker.config.ConfigLoader;
import saker.config.SakerConfig;

/** {@code saker config validate|show}. */
@Command(
        name = "config",
        description = "Checks and shows a configuration.",
        mixinStandardHelpOptions = true,
        subcommands = {ConfigCommand.Validate.class, ConfigCommand.Show.class})
final class ConfigCommand {

    @Command(
            name = "validate",
            description = "Reports every violation with file, key, value and what is allowed.",
            mixinStandardHelpOptions = true)
    static final class Validate implements Callable<Integer> {
        @Option(names = "--config", required = true, description = "Folder with saker.yaml.")
        private Path config;

        @Option(names = "--json", description = "As JSON.")
        private boolean json;

        @Override
        public Integer call() {
            List<String> violations = List.of();
            try {
                ConfigLoader.load(config);
            } catch (ConfigException e) {
                violations = e.violations();
            }
            if (json) {
                Json.print(Map.of("valid", violations.isEmpty(), "violations", violations));
            } else if (violations.isEmpty()) {
                System.out.println("valid: " + config);
            } else {
                violations.forEach(System.err::println);
            }
            return violations.isEmpty() ? 0 : 1;
        }
    }

    @Command(
            name = "show",
            description = "Prints the configuration with every default; it holds no secrets.",
            mixinStandardHelpOptions = true)
    static final class Show implements Callable<Integer> {
        @Option(names = "--config", required = true, description = "Folder with saker.yaml.")
        private Path config;

        @Option(names = "--json", description = "As one line of JSON.")
        private boolean json;

        @Override
        public Integer call() throws Exception {
            SakerConfig loaded = ConfigLoader.load(config);
            if (json) {
                Json.print(loaded);
            } else {
                System.out.print(
                        new com.fasterxml.jackson.dataformat.yaml.YAMLMapper()
                                .writeValueAsString(loaded));
            }
            return 0;
        }
    }
}
