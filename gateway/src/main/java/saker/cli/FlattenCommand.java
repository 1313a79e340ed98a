package saker.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code saker flatten}: halt, cancel every order, close every trade. */
@Command(
        name = "flatten",
        description =
                "Halts the engine that runs on a data folder, cancels every order and closes every"
                        + " trade. Needs neither gateway nor database.",
        mixinStandardHelpOptions = true)
final class FlattenCommand implements Callable<Integer> {
    @Option(names = "--data", required = true, description = "The engine's data folder.")
    private Path data;

    @Option(names = "--reason", description = "Why; kept with the command.")
    private String reason = "";

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    @Override
    public Integer call() {
        return HaltCommand.send("FLATTEN", data, reason, json);
    }
}
