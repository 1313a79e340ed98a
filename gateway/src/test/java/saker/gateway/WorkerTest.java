package saker.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static saker.gateway.GatewayFixture.json;
import static saker.gateway.LiveClient.op;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import saker.api.CommandRequest;
import saker.api.UserStore.Role;
import saker.api.WorkerView.Isolation;
import saker.api.WorkerView.State;
import saker.model.Command;

/** Strategy workers over REST and on the socket. */
class WorkerTest {
    private GatewayFixture gateway;

    @BeforeEach
    void start() {
        gateway = new GatewayFixture();
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void shouldShowWorkersAndWhatTheyRun() {
        JsonNode workers = json(gateway.get(Role.VIEWER, "/api/workers"));

        assertThat(workers)
                .extracting(w -> w.get("worker_id").asText())
                .containsExactly("strategy-0", "other-1", "other-2");
        JsonNode stopped = workers.get(2);
        assertThat(stopped.get("state").asText()).isEqualTo("STOPPED");
        assertThat(stopped.get("pid").isNull()).isTrue();
        assertThat(stopped.get("library_version").isNull()).isTrue();
        assertThat(stopped.get("resident_bytes").isNull()).isTrue();
        assertThat(stopped.get("detail").asText()).isEqualTo("stopped by admin");
        assertThat(workers.get(1).get("heartbeat").asText()).isEqualTo("2026-03-02T14:02:07.123Z");
    }

    @Test
    void shouldNameTheWorkerOfEachStrategy() {
        gateway.workers.put(
                MemoryWorkers.worker(
                        "other-1", Isolation.PROCESS, State.RESTARTING, "exit code 139", 7002L));
        gateway.workers.remove("strategy-0");

        JsonNode strategies = json(gateway.get(Role.VIEWER, "/api/strategies"));

        assertThat(strategies.get(0).get("worker").isNull()).isTrue();
        assertThat(strategies.get(0).get("worker_detail").asText()).isEmpty();
        assertThat(strategies.get(1).get("worker").asText()).isEqualTo("other-1");
        assertThat(strategies.get(1).get("isolation").asText()).isEqualTo("PROCESS");
        assertThat(strategies.get(1).get("worker_state").asText()).isEqualTo("RESTARTING");
        assertThat(strategies.get(1).get("worker_detail").asText()).isEqualTo("exit code 139");
    }

    @ParameterizedTest
    @CsvSource({"start, other-2, STARTING", "stop, other-1, STOPPED", "restart, other-1, STARTING"})
    void shouldTellTheEngineWhoWantsWhatAndWhy(String action, String id, String state) {
        var answer = control(id, action, "{\"reason\":\"a new library\"}");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(json(answer).get("worker_id").asText()).isEqualTo(id);
        assertThat(json(answer).get("state").asText()).isEqualTo("ACCEPTED");
        assertThat(gateway.workers.asked())
                .containsExactly(
                        json(answer).get("action").asText() + " " + id + " risk a new library");
        assertThat(gateway.workers.workers())
                .filteredOn(worker -> worker.id().equals(id))
                .allMatch(worker -> worker.state() == State.valueOf(state));
    }

    @ParameterizedTest
    @CsvSource({
        "nothing, stop, 404, no such worker: worker_id=nothing",
        "strategy-0, restart, 409, a thread of the engine: worker=strategy-0",
        "other-1, start, 409, 'not now: worker=other-1, state=RUNNING'",
        "..%2Fetc, stop, 400, 'bad worker_id: value=../etc, allowed=the worker_id of a worker, such as native-1'"
    })
    void shouldSayWhyItIsNotDone(String id, String action, int status, String message) {
        var answer = control(id, action, null);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(json(answer).get("message").asText()).isEqualTo(message);
        assertThat(gateway.workers.asked()).isEmpty();
    }

    @Test
    void shouldAskTheEngineOnceForManyEqualRequests() {
        String key = UUID.randomUUID().toString();

        var first = gateway.command(Role.RISK, "POST", "/api/workers/other-1/stop", null, key);
        var again = gateway.command(Role.RISK, "POST", "/api/workers/other-1/stop", null, key);
        var other = gateway.command(Role.RISK, "POST", "/api/workers/other-1/restart", null, key);
        var halt = gateway.command(Role.RISK, "POST", "/api/halt", null, key);

        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(halt.statusCode()).isEqualTo(409);
        assertThat(gateway.workers.asked()).hasSize(1);
        assertThat(gateway.engine.commands()).isEmpty();
    }

    @Test
    void shouldAnswerInTimeThoughTheWorkerDoesNot() {
        gateway.workers.hang();
        String key = UUID.randomUUID().toString();

        var first =
                gateway.command(Role.RISK, "POST", "/api/workers/other-1/stop?wait=20", null, key);
        var again =
                gateway.command(Role.RISK, "POST", "/api/workers/other-1/stop?wait=0", null, key);
        var wrong =
                gateway.command(
                        Role.RISK, "POST", "/api/workers/other-1/stop?wait=30001", null, key);

        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(json(first).get("state").asText()).isEqualTo("PENDING");
        assertThat(json(first).get("message").asText()).isEqualTo("asked, no answer yet");
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(gateway.workers.commandIds()).hasSize(1);
    }

    @Test
    void shouldGiveARepeatedRequestTheSameIdAfterARestart() {
        String key = UUID.randomUUID().toString();
        gateway.command(Role.RISK, "POST", "/api/workers/other-1/restart", null, key);

        gateway.restart();
        gateway.command(Role.RISK, "POST", "/api/workers/other-1/restart", null, key);
        gateway.command(Role.ADMIN, "POST", "/api/workers/other-1/restart", null, key);
        gateway.restart();
        gateway.command(Role.RISK, "POST", "/api/workers/other-1/stop", null, key);

        List<String> ids = gateway.workers.commandIds();
        assertThat(ids).hasSize(4);
        assertThat(ids.get(1)).isEqualTo(ids.get(0));
        assertThat(ids.subList(1, 4)).doesNotHaveDuplicates();
    }

    @Test
    void shouldNotEnableAnInstanceThatNoWorkerWouldRun() {
        gateway.workers.strand(7002, "start a worker first: none can run it: other-1 is LOST");
        String enable = "{\"instance_id\":7002,\"enabled\":%s}";

        var refused =
                gateway.command(
                        Role.TRADER, "POST", "/api/strategy/enable", enable.formatted(true));
        var disabled =
                gateway.command(
                        Role.TRADER, "POST", "/api/strategy/enable", enable.formatted(false));

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(json(refused).get("message").asText()).contains("other-1 is LOST");
        assertThat(disabled.statusCode()).isEqualTo(202);
        assertThat(gateway.engine.commands())
                .extracting(CommandRequest::type)
                .containsExactly(Command.Type.DISABLE_INSTANCE);
    }

    @Test
    void shouldSayThatTheEngineDoesNotTakeIt() {
        gateway.workers.close();

        var answer = control("other-1", "stop", null);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(json(answer).get("error").asText()).isEqualTo("engine_unavailable");
    }

    @Test
    void shouldFollowWorkersOnTheSocket() {
        try (LiveClient client =
                LiveClient.connect(gateway, gateway.origin(), "/ws")
                        .auth(gateway.token(Role.VIEWER))) {
            client.subscribe("workers");
            client.subscribe("strategies");
            client.await(() -> client.column("workers", "state").size() == 3);
            client.await(() -> client.column("strategies", "worker").size() == 2);
            assertThat(client.rows.get("workers").get("other-1").get("heartbeat").asLong())
                    .isEqualTo(1_772_460_127_123L);

            gateway.workers.put(
                    MemoryWorkers.worker(
                            "other-1", Isolation.PROCESS, State.LOST, "5 restarts", 7002L));
            gateway.workers.remove("other-2");
            Map<String, String> states = Map.of("strategy-0", "RUNNING", "other-1", "LOST");
            client.await(() -> client.column("workers", "state").equals(states));
            client.await(
                    () -> "LOST".equals(client.column("strategies", "worker_state").get("7002")));

            JsonNode delta = client.first(frame -> op(frame, "delta"));
            assertThat(delta.toString()).doesNotContain("strategy-0");
            assertThat(client.gaps).isZero();
        }
    }

    private java.net.http.HttpResponse<String> control(String id, String action, String body) {
        return gateway.command(Role.RISK, "POST", "/api/workers/" + id + "/" + action, body);
    }
}
