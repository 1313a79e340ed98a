package saker.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import saker.live.ControlSocket;

/** {@code saker halt}: no new risk, with neither gateway nor database. */
@Command(
        name = "halt",
        description =
                "Stops new orders of the engine that runs on a data folder; positions stay open."
                        + " Needs neither gateway nor database.",
        mixinStandardHelpOptions = true)
final class HaltCommand implements Callable<Integer> {
    @Option(names = "--data", required = true, description = "The engine's data folder.")
    private Path data;

    @Option(names = "--reason", description = "Why; kept with the command.")
    private String reason = "";

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    @Override
    public Integer call() {
        return send("HALT", data, reason, json);
    }

    private static final int PENDING = 3;

    /** Sends a control request; 0 if it is done, 3 if it is under way, 1 if it was refused. */
    static int send(String verb, Path data, String reason, boolean json) {
        String answer;
        try {
            answer = ControlSocket.ask(data, (verb + " " + reason).strip());
        } catch (IOException e) {
            answer = "ERROR no engine answers: data=" + data + " (" + e.getMessage() + ")";
        }
        boolean good = answer.startsWith("OK");
        if (json) {
            Json.print(java.util.Map.of("success", good, "message", answer));
        } else {
            (good ? System.out : System.err).println(answer);
        }
        return good ? 0 : answer.startsWith("PENDING") ? PENDING : 1;
    }
}
