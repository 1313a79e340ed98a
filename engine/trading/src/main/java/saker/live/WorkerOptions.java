package saker.live;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a child is started with.
 *
 * @param data the engine's data folder, whose journal it reads
 * @param folder of this incarnation, for its status and its signals
 * @param snapshots where snapshots of instances lie
 * @param workerId such as {@code default-1}
 * @param framework name of its framework group
 * @param configIndex index of the Config record it must run with
 * @param configId SHA-256 of that configuration, in hex
 * @param library path of its library
 * @param libraryId SHA-256 of the library, in hex
 * @param frameworkConfig the framework's own configuration file
 * @param replay what it computes once and ends; null to follow the journal
 */
record WorkerOptions(
        Path data,
        Path folder,
        Path snapshots,
        String workerId,
        String framework,
        long configIndex,
        String configId,
        Path library,
        String libraryId,
        Path frameworkConfig,
        Replay replay) {

    /** Records that are computed again, from and up to, without the last. */
    record Replay(long from, long to) {}

    /** Its status file. */
    Path status() {
        return folder.resolve("status");
    }

    /** Its signals, {@link saker.journal.RecordFileWriter}. */
    Path signals() {
        return folder.resolve("signals");
    }

    List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("--data", data.toString(), "--folder", folder.toString()));
        arguments.addAll(List.of("--snapshots", snapshots.toString(), "--worker", workerId));
        arguments.addAll(List.of("--framework", framework));
        arguments.addAll(List.of("--config-index", Long.toString(configIndex)));
        arguments.addAll(List.of("--config-id", configId, "--library", library.toString()));
        arguments.addAll(List.of("--library-id", libraryId));
        arguments.addAll(List.of("--framework-config", frameworkConfig.toString()));
        if (replay != null) {
            arguments.addAll(List.of("--replay-from", Long.toString(replay.from)));
            arguments.addAll(List.of("--replay-to", Long.toString(replay.to)));
        }
        return arguments;
    }

    /**
     * @throws IllegalArgumentException naming what is missing
     */
    static WorkerOptions parse(String[] arguments) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            values.put(arguments[i], arguments[i + 1]);
        }
        return new WorkerOptions(
                Path.of(value(values, "--data")),
                Path.of(value(values, "--folder")),
                Path.of(value(values, "--snapshots")),
                value(values, "--worker"),
                value(values, "--framework"),
                Long.parseLong(value(values, "--config-index")),
                value(values, "--config-id"),
                Path.of(value(values, "--library")),
                value(values, "--library-id"),
                Path.of(value(values, "--framework-config")),
                values.containsKey("--replay-from") ? replay(values) : null);
    }

    private static Replay replay(Map<String, String> values) {
        return new Replay(
                Long.parseLong(value(values, "--replay-from")),
                Long.parseLong(value(values, "--replay-to")));
    }

    private static String value(Map<String, String> values, String key) {
        String value = values.get(key);
        if (value == null) {
            throw new IllegalArgumentException("missing option: " + key);
        }
        return value;
    }
}
