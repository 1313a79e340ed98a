package saker.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import saker.api.WorkerCounters;
import saker.api.WorkerView;
import saker.api.WorkerView.Isolation;
import saker.api.WorkerView.State;
import saker.api.Workers;

/** Strategy workers through a real control socket. */
class WorkerRequestsTest {
    private final Listed workers = new Listed();
    private final WorkerRequests requests = new WorkerRequests(workers, "control");

    @TempDir private Path data;
    private ControlSocket socket;

    @BeforeEach
    void start() throws IOException {
        socket = ControlSocket.open(data, this::answer);
    }

    @AfterEach
    void stop() throws IOException {
        socket.close();
    }

    @Test
    void shouldListMoreWorkersThanFitIntoOneRead() throws IOException {
        IntStream.range(0, 200).forEach(i -> workers.all.add(worker("other-" + i)));

        String answer = ask("WORKERS");

        JsonNode json = new ObjectMapper().readTree(answer.substring("OK ".length()));
        assertThat(json).hasSize(200);
        assertThat(json.get(199).get("worker_id").asText()).isEqualTo("other-199");
        assertThat(json.get(0).get("instance_ids").toString()).isEqualTo("[7001,7002]");
        assertThat(json.get(0).get("heartbeat").asText()).isEqualTo("2026-03-02T14:02:07.123Z");
        assertThat(json.get(0).get("resident_bytes").isNull()).isTrue();
    }

    @Test
    void shouldPassOnWhoAsksForWhatAndWhy() throws IOException {
        workers.all.add(worker("other-1"));

        String answer = ask("WORKER restart other-1 hung since noon");

        assertThat(answer).isEqualTo("OK RESTART other-1 under way");
        assertThat(workers.asked).containsExactly("RESTART other-1 control hung since noon");
    }

    @Test
    void shouldSayWhyItWasRefused() throws IOException {
        assertThat(ask("WORKER STOP nothing")).isEqualTo("ERROR no such worker: nothing");
        assertThat(ask("WORKER KILL other-1")).isEqualTo("ERROR unknown action: KILL");
        assertThat(ask("WORKER STOP")).startsWith("ERROR bad request");
        assertThat(workers.asked).isEmpty();
    }

    @Test
    void shouldSayThatTheEngineDoesNotTakeIt() throws IOException {
        workers.all.add(worker("other-1"));
        workers.closed = true;

        assertThat(ask("WORKER STOP other-1")).isEqualTo("ERROR the journal is closed");
    }

    private String ask(String line) throws IOException {
        return ControlSocket.ask(data, line);
    }

    private String answer(String line) {
        return line.equals("WORKERS")
                ? requests.list()
                : requests.control(line.substring("WORKER ".length()));
    }

    private static WorkerView worker(String id) {
        return new WorkerView(
                id,
                "other",
                "/opt/framework/libfwk.so",
                "4.5.10",
                false,
                Isolation.PROCESS,
                State.RUNNING,
                4_711,
                2,
                "ab".repeat(32),
                1_772_460_127_123_000_000L,
                99,
                0,
                List.of(7001L, 7002L),
                "");
    }

    /** Workers that do what they are told and remember it. */
    private static final class Listed implements Workers {
        private final List<WorkerView> all = new ArrayList<>();
        private final List<String> asked = new ArrayList<>();
        private boolean closed;

        @Override
        public List<WorkerView> workers() {
            return List.copyOf(all);
        }

        @Override
        public WorkerCounters counters() {
            return WorkerCounters.NONE;
        }

        @Override
        public String whyNotEnabled(long instanceId) {
            return "";
        }

        @Override
        public CompletionStage<String> control(
                String workerId, Action action, String user, String reason, String commandId) {
            if (closed) {
                return CompletableFuture.failedFuture(
                        new IllegalStateException("the journal is closed"));
            }
            if (all.stream().noneMatch(worker -> worker.id().equals(workerId))) {
                return CompletableFuture.completedFuture("no such worker: " + workerId);
            }
            asked.add("%s %s %s %s".formatted(action, workerId, user, reason));
            return CompletableFuture.completedFuture("");
        }
    }
}
