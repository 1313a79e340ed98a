package saker.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * {@code java -jar saker.jar <command>}. The first thing it does is to re-execute itself, once,
 * with the flags its JVM needs: see {@link Relaunch}.
 */
@Command(
        name = "saker",
        description = "A low-latency FX trading engine.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.Provider.class,
        subcommands = {
            DemoCommand.class,
            ServeCommand.class,
            VenueCommand.class,
            WorkerCommand.class,
            HaltCommand.class,
            FlattenCommand.class,
            WorkersCommand.class,
            LogsCommand.class,
            JournalCommand.class,
            ReplayCommand.class,
            FrameworkCommand.class,
            UserCommand.class,
            ConfigCommand.class,
            DbCommand.class,
            VersionCommand.class
        })
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        Relaunch.ifNeeded(args);
        Logging.configure(args);
        System.exit(run(args));
    }

    /** Runs a command; returns its exit code: 0 good, 1 a finding or failure, 2 wrong usage. */
    static int run(String... args) {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(Main::report)
                .execute(args);
    }

    private static int report(
            Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        command.getErr().println(command.getCommandName() + ": " + message);
        if (System.getenv("SAKER_DEBUG") != null) {
            failure.printStackTrace(command.getErr());
        }
        return CommandLine.ExitCode.SOFTWARE;
    }
}
