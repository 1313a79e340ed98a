package saker.live;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import saker.config.SakerConfig;
import saker.config.SakerConfig.FrameworkConfig;
import saker.market.Instruments;
import saker.strategy.StrategyHost;

/**
 * What this boot's workers run with; all of it is in the journal.
 *
 * @param data the engine's data folder
 * @param accounts as a strategy host needs them
 * @param libraries of each framework group, by its name
 * @param configIndex index of the Config record
 * @param configId SHA-256 of that configuration, in hex
 * @param usedCommands ids of the operators' commands that workers have obeyed, oldest first
 * @param held whether no library is loaded and no child started, after starts that failed
 */
record WorkerSetup(
        Path data,
        SakerConfig config,
        Instruments instruments,
        List<StrategyHost.Account> accounts,
        Map<String, GroupLibrary> libraries,
        long configIndex,
        String configId,
        List<String> usedCommands,
        boolean held) {

    /** A library as configured, and its SHA-256 in hex, under which the journal keeps a copy. */
    record GroupLibrary(Path path, String sha256) {}

    /** Folder of the children; nothing in it outlives the engine. */
    Path workers() {
        return data.resolve("worker");
    }

    /** Snapshots of instances, whichever worker runs them. */
    Path snapshots() {
        return workers().resolve("snapshots");
    }

    /** Folder of the framework's own files; the default group's is where it always was. */
    Path frameworkFolder(FrameworkConfig group) {
        Path folder = data.resolve("framework");
        return group.name().equals(FrameworkConfig.DEFAULT) ? folder : folder.resolve(group.name());
    }
}
