package saker.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import saker.api.UserStore.Role;
import saker.auth.Operation;

/** Walks the table of roles and operations against the running gateway. */
class RoleMatrixTest {
    /** What the table must say, written out a second time: V, T, R, A. */
    private static final Map<Operation, String> COMMANDS =
            Map.ofEntries(
                    Map.entry(Operation.TRADE, "TA"),
                    Map.entry(Operation.CLOSE_TRADE, "TA"),
                    Map.entry(Operation.MODIFY_POSITION, "TA"),
                    Map.entry(Operation.CANCEL_ORDER, "TA"),
                    Map.entry(Operation.ENABLE_STRATEGY, "TA"),
                    Map.entry(Operation.HALT, "TRA"),
                    Map.entry(Operation.FLATTEN, "RA"),
                    Map.entry(Operation.RESUME, "RA"),
                    Map.entry(Operation.START_WORKER, "RA"),
                    Map.entry(Operation.STOP_WORKER, "RA"),
                    Map.entry(Operation.RESTART_WORKER, "RA"),
                    Map.entry(Operation.LIST_LOGS, "RA"),
                    Map.entry(Operation.LIST_USERS, "A"),
                    Map.entry(Operation.CREATE_USER, "A"),
                    Map.entry(Operation.SET_ROLE, "A"),
                    Map.entry(Operation.RESET_PASSWORD, "A"),
                    Map.entry(Operation.CHANGE_PASSWORD, "VTRA"));

    private static GatewayFixture gateway;

    @BeforeAll
    static void start() {
        gateway = new GatewayFixture();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    static Stream<Arguments> cells() {
        return closedRoutes()
                .flatMap(op -> Stream.of(Role.values()).map(role -> Arguments.of(op, role)));
    }

    static Stream<Operation> closedRoutes() {
        return Arrays.stream(Operation.values())
                .filter(op -> !op.isOpen() && op.kind() != Operation.Kind.TOPIC);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("cells")
    void shouldLetInExactlyTheRolesOfTheTable(Operation operation, Role role) {
        boolean allowed =
                COMMANDS.getOrDefault(operation, "VTRA").contains(role.name().substring(0, 1));
        int commandsBefore = gateway.engine.commands().size();
        int workersAskedBefore = gateway.workers.asked().size();
        long refusalsBefore = refusals();

        var answer = gateway.command(role, operation.method(), path(operation), body(operation));

        if (allowed) {
            assertThat(answer.statusCode()).isNotIn(401, 403, 405);
        } else {
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(gateway.engine.commands()).hasSize(commandsBefore);
            assertThat(gateway.workers.asked()).hasSize(workersAskedBefore);
            assertThat(answer.body()).doesNotContain("saker.", "Exception");
            assertThat(refusals()).isEqualTo(refusalsBefore + 1);
        }
    }

    @ParameterizedTest
    @MethodSource("closedRoutes")
    void shouldRefuseEverythingWithoutAToken(Operation operation) {
        int commandsBefore = gateway.engine.commands().size();

        var answer =
                gateway.send(
                        gateway.request(operation.method(), path(operation), body(operation))
                                .header("Idempotency-Key", "0123456789"));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(gateway.engine.commands()).hasSize(commandsBefore);
    }

    @ParameterizedTest
    @MethodSource("closedRoutes")
    void shouldAllowOnlyPasswordAndSelfWhenThePasswordMustChange(Operation operation) {
        var mustChange = new saker.auth.Principal("x", Role.ADMIN, 1, "f", true, Long.MAX_VALUE);

        boolean allowed = operation.allows(mustChange);

        assertThat(allowed)
                .isEqualTo(operation == Operation.CHANGE_PASSWORD || operation == Operation.GET_ME);
    }

    @Test
    void shouldAnswerUnknownPathsWithoutATokenLikeAllOthers() {
        var stranger = gateway.send(gateway.request("GET", "/api/nothing", null));
        var viewer = gateway.get(Role.VIEWER, "/api/nothing");

        assertThat(List.of(stranger.statusCode(), viewer.statusCode())).containsExactly(401, 404);
    }

    private static long refusals() {
        return gateway.users.auditEntries().stream()
                .filter(entry -> entry.outcome().equals("refused"))
                .count();
    }

    private static String path(Operation operation) {
        return operation
                .path()
                .replace("{ticket}", "6357")
                .replace("{order_id}", "900")
                .replace("{id}", "nothing")
                .replace("{worker_id}", "other-1")
                .replace("{username}", "nobody");
    }

    /** A body that is refused as late as possible, so that nothing in the fixture changes. */
    private static String body(Operation operation) {
        return switch (operation) {
            case TRADE -> "{\"symbol\":\"EURUSD\",\"action\":\"BUY\",\"volume\":\"0.1\"}";
            case MODIFY_POSITION -> "{\"stop_loss\":\"1.08\"}";
            case ENABLE_STRATEGY -> "{\"instance_id\":7002,\"enabled\":true}";
            case SET_ROLE -> "{\"role\":\"risk\"}";
            case RESET_PASSWORD -> "{\"newPassword\":\"purple engine harbour\"}";
            case CREATE_USER ->
                    "{\"username\":\"viewer\",\"password\":\"purple engine harbour\",\"role\":\"risk\"}";
            case CHANGE_PASSWORD -> "{\"currentPassword\":\"x\",\"newPassword\":\"short\"}";
            default -> operation.method().equals("GET") ? null : "{}";
        };
    }
}
