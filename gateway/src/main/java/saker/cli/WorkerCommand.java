package saker.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;
import saker.live.StrategyWorker;

/** {@code saker worker}: an isolated strategy worker. */
@Command(
        name = "worker",
        description =
                "Runs strategies of one library in a process of its own. The engine starts it and"
                        + " says which; it ends with the engine.",
        mixinStandardHelpOptions = true)
final class WorkerCommand implements Callable<Integer> {
    @Unmatched private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() {
        return StrategyWorker.run(arguments.toArray(new String[0]));
    }
}
