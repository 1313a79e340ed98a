package saker.live;

import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import saker.api.CommandOutcome;
import saker.api.CommandRequest;
import saker.api.Engine;
import saker.api.Workers;
import saker.model.Command;

/**
 * Answers the control socket: {@code HALT}, {@code FLATTEN}, {@code RESUME}, {@code STATUS}, and
 * those of {@link WorkerRequests}.
 */
final class ControlRequests {
    private static final String USER = "control";
    private static final long WAIT_MS = 10_000;

    private final Engine engine;
    private final WorkerRequests workers;

    ControlRequests(Engine engine, Workers workers) {
        this.engine = engine;
        this.workers = new WorkerRequests(workers, USER);
    }

    String answer(String line) {
        String[] words = line.split(" ", 2);
        String reason = words.length > 1 ? words[1] : "";
        return switch (words[0]) {
            case "HALT" -> command(Command.Type.HALT, reason);
            case "FLATTEN" -> command(Command.Type.FLATTEN, reason);
            case "RESUME" -> command(Command.Type.RESUME, reason);
            case "WORKERS" -> workers.list();
            case "WORKER" -> workers.control(reason);
            case "STATUS" -> "OK " + engine.view().status().engine();
            default -> "ERROR unknown request: " + words[0];
        };
    }

    private String command(Command.Type type, String reason) {
        String id = UUID.randomUUID().toString();
        CommandRequest request = new CommandRequest(type, id, USER, reason, null, 0, 0, 0, 0, 0);
        try {
            engine.submit(request).toCompletableFuture().get(WAIT_MS, TimeUnit.MILLISECONDS);
            CommandOutcome outcome =
                    engine.await(id, WAIT_MS)
                            .toCompletableFuture()
                            .get(2 * WAIT_MS, TimeUnit.MILLISECONDS);
            return describe(Optional.ofNullable(outcome));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "ERROR interrupted";
        } catch (ExecutionException e) {
            return "ERROR " + e.getCause().getMessage();
        } catch (TimeoutException e) {
            return "PENDING accepted, not finished: command=" + id;
        }
    }

    private static String describe(Optional<CommandOutcome> outcome) {
        if (outcome.isEmpty()) {
            return "PENDING accepted";
        }
        CommandOutcome o = outcome.get();
        String text = o.type() + " " + o.state() + " " + o.message();
        return switch (o.state()) {
            case DONE -> "OK " + text;
            case REJECTED -> "ERROR " + text;
            case ACCEPTED, SENT, UNKNOWN -> "PENDING " + text;
        };
    }
}
