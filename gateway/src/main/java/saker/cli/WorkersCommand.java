package saker.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import saker.api.WorkerView;
import saker.live.ControlSocket;

/** {@code saker workers}: the strategy workers of a running engine, with nothing else up. */
@Command(
        name = "workers",
        description =
                "Lists, starts, stops or restarts the strategy workers of the engine that runs on a"
                        + " data folder. Needs neither gateway nor database.",
        mixinStandardHelpOptions = true)
final class WorkersCommand implements Callable<Integer> {
    private static final String[] HEADERS = {
        "WORKER",
        "STATE",
        "RUNS AS",
        "LIBRARY",
        "INSTANCES",
        "PID",
        "RESTARTS",
        "HEARTBEAT",
        "MEMORY",
        "DETAIL"
    };
    private static final double BYTES_PER_MB = 1 << 20;

    /** What may be done. */
    enum Action {
        LIST,
        START,
        STOP,
        RESTART
    }

    @Spec private CommandSpec spec;

    @Option(names = "--data", required = true, description = "The engine's data folder.")
    private Path data;

    @Parameters(
            index = "0",
            arity = "0..1",
            defaultValue = "list",
            description = "list (default), start, stop or restart.")
    private Action action;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "ID",
            description = "The worker to start, stop or restart.")
    private String id;

    @Option(names = "--reason", description = "Why; kept in the journal.")
    private String reason = "";

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (action == Action.LIST) {
            return list();
        }
        if (id == null || !WorkerView.ID.matcher(id).matches()) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "which worker? ID as 'workers list' shows it");
        }
        return HaltCommand.send("WORKER " + action + " " + id, data, reason, json);
    }

    private int list() throws IOException {
        String answer;
        try {
            answer = ControlSocket.ask(data, "WORKERS");
        } catch (IOException e) {
            throw new IOException(
                    "no engine answers: data=" + data + " (" + e.getMessage() + ")", e);
        }
        if (!answer.startsWith("OK ")) {
            throw new IOException(answer);
        }
        String array = answer.substring("OK ".length());
        if (json) {
            System.out.println(array);
        } else {
            System.out.print(table(Json.parse(array), Instant.now()));
        }
        return 0;
    }

    /** Columns as wide as what is in them; the last one, for people, as it comes. */
    static String table(JsonNode workers, Instant now) {
        List<String[]> rows = new ArrayList<>(List.<String[]>of(HEADERS));
        workers.forEach(worker -> rows.add(row(worker, now)));
        int[] widths = new int[HEADERS.length];
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.length; i++) {
                line.append(row[i]).append(" ".repeat(widths[i] - row[i].length() + 2));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private static String[] row(JsonNode worker, Instant now) {
        List<String> instances = new ArrayList<>();
        worker.get("instance_ids").forEach(instance -> instances.add(instance.asText()));
        JsonNode bytes = worker.get("resident_bytes");
        return new String[] {
            worker.get("worker_id").asText(),
            worker.get("state").asText(),
            worker.get("isolation").asText(),
            library(worker),
            instances.isEmpty() ? "-" : String.join(",", instances),
            worker.get("pid").asText("-"),
            worker.get("restarts").asText(),
            age(worker.get("heartbeat"), now),
            bytes.isNull() ? "-" : "%.0f MB".formatted(bytes.asLong() / BYTES_PER_MB),
            printable(worker.get("detail").asText())
        };
    }

    private static String library(JsonNode worker) {
        String path = worker.get("library").asText();
        String name = path.substring(path.lastIndexOf('/') + 1);
        JsonNode version = worker.get("library_version");
        return printable(version.isNull() ? name : name + " " + version.asText());
    }

    private static String age(JsonNode heartbeat, Instant now) {
        return heartbeat.isNull()
                ? "-"
                : "%.1f s"
                        .formatted(
                                Math.max(
                                        0,
                                        Duration.between(Instant.parse(heartbeat.asText()), now)
                                                        .toMillis()
                                                / 1e3));
    }

    /** What others wrote must not drive the terminal. */
    private static String printable(String text) {
        return text.replaceAll("\\p{Cc}", "?");
    }
}
