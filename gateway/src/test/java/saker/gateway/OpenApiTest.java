package saker.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static saker.gateway.GatewayFixture.PASSWORD;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import saker.api.CommandOutcome.State;
import saker.api.UserStore.Role;
import saker.auth.Operation;
import saker.model.EngineState;
import saker.model.RiskRule;

/** openapi.yaml and the gateway say the same. */
class OpenApiTest {
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
    private static JsonNode contract;
    private static GatewayFixture gateway;

    @BeforeAll
    static void start() throws IOException {
        contract = new ObjectMapper(new YAMLFactory()).readTree(Path.of("openapi.yaml").toFile());
        gateway = new GatewayFixture();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void shouldNameEveryRouteOfTheTableAndNoOther() {
        Map<String, String> written = new TreeMap<>();
        contract.get("paths")
                .fields()
                .forEachRemaining(
                        path ->
                                path.getValue()
                                        .fields()
                                        .forEachRemaining(
                                                method -> put(written, path.getKey(), method)));

        Map<String, String> built =
                routes().collect(
                                Collectors.toMap(
                                        op -> op.method() + " " + op.path(), Operation::id));

        assertThat(written).isEqualTo(new TreeMap<>(built));
    }

    @ParameterizedTest
    @MethodSource("routes")
    void shouldAskForTheSameIdentity(Operation operation) {
        JsonNode written = operation(operation);

        String expected =
                switch (operation.kind()) {
                    case PUBLIC -> "[]";
                    case COOKIE -> "[{\"refreshCookie\":[]}]";
                    default -> contract.get("security").toString();
                };

        assertThat(
                        written.path("security").isMissingNode()
                                ? contract.get("security")
                                : written.get("security"))
                .hasToString(expected);
        boolean key = written.path("parameters").toString().contains("IdempotencyKey");
        assertThat(key).isEqualTo(operation.kind() == Operation.Kind.COMMAND);
    }

    @Test
    void shouldListTheReasonCodesThereAre() {
        Set<String> types = new TreeSet<>();
        contract.at("/components/schemas/CommandAnswer/properties/type/enum")
                .forEach(type -> types.add(type.asText()));

        assertThat(types)
                .isEqualTo(
                        Arrays.stream(saker.model.Command.Type.values())
                                .map(Enum::name)
                                .collect(Collectors.toCollection(TreeSet::new)));
    }

    @ParameterizedTest
    @CsvSource({
        "GET_STATUS, /api/status",
        "GET_ME, /api/auth/me",
        "GET_ACCOUNT, /api/account",
        "GET_ACCOUNT, /api/account?account=0",
        "LIST_ACCOUNTS, /api/accounts",
        "LIST_QUOTES, /api/quotes",
        "LIST_BARS, /api/bars?symbol=EURUSD&period=M1&count=5",
        "LIST_BARS, /api/bars?symbol=USDJPY&period=H1",
        "LIST_STRATEGIES, /api/strategies",
        "LIST_WORKERS, /api/workers",
        "LIST_POSITIONS, /api/positions",
        "LIST_ORDERS, /api/orders",
        "LIST_SIGNALS, /api/signals",
        "LIST_TRADES, /api/trades",
        "LIST_TRADES, /api/trades?instance_id=7001&symbol=USDJPY&is_open=false&limit=3&offset=1",
        "GET_HISTORY, /api/history",
        "GET_HISTORY, /api/history?from=2026-03-02T00:00:00Z",
        "GET_PERFORMANCE, /api/performance",
        "GET_PERFORMANCE, /api/performance?instance_id=1",
        "GET_PORTFOLIO_PERFORMANCE, /api/portfolio/performance?period=24h",
        "LIST_LOGS, /api/logs",
        "LIST_LOGS, /api/logs?level=WARN&limit=5",
        "LIST_USERS, /api/admin/users",
        "GET_HEALTH, /api/health",
    })
    void shouldAnswerQuestionsAsWritten(Operation operation, String path) {
        var answer = gateway.get(Role.ADMIN, path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(violations(operation, answer)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "LIST_BARS, /api/bars",
        "LIST_BARS, /api/bars?symbol=NOPE",
        "LIST_BARS, /api/bars?symbol=EURUSD&count=0",
        "LIST_BARS, /api/bars?symbol=EURUSD&period=M2",
        "LIST_TRADES, /api/trades?limit=1001",
        "LIST_TRADES, /api/trades?is_open=maybe",
        "LIST_TRADES, /api/trades?page=2",
        "GET_HISTORY, /api/history?from=yesterday",
        "GET_HISTORY, /api/history?symbol=EURUSD%27--",
        "GET_PORTFOLIO_PERFORMANCE, /api/portfolio/performance?period=0h",
        "LIST_QUOTES, /api/quotes?x=1",
    })
    void shouldRefuseBadParametersAsWritten(Operation operation, String path) {
        var answer = gateway.get(Role.ADMIN, path);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(GatewayFixture.json(answer).get("field").asText()).isNotEmpty();
        assertThat(violations(operation, answer)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ACCEPTED, NONE, 202",
        "SENT, NONE, 202",
        "DONE, NONE, 200",
        "REJECTED, MARGIN, 422",
        "REJECTED, ENGINE_HALTED, 409",
        "REJECTED, UNKNOWN_TICKET, 404",
        "UNKNOWN, OUTCOME_UNKNOWN, 202"
    })
    void shouldAnswerCommandsAsWritten(State state, RiskRule rule, int status) {
        gateway.engine.answerWith(state, rule);

        var answer = gateway.command(Role.ADMIN, "POST", "/api/close/6357?wait=20", null);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(violations(Operation.CLOSE_TRADE, answer)).isEmpty();
        String id = GatewayFixture.json(answer).get("command_id").asText();
        var shown = gateway.get(Role.VIEWER, "/api/commands/" + id);
        assertThat(violations(Operation.GET_COMMAND, shown)).isEmpty();
    }

    @Test
    void shouldAnswerWorkerCommandsAsWritten() {
        var accepted = gateway.command(Role.ADMIN, "POST", "/api/workers/other-1/restart", null);
        var conflict = gateway.command(Role.ADMIN, "POST", "/api/workers/strategy-0/stop", null);
        var unknown = gateway.command(Role.ADMIN, "POST", "/api/workers/nothing/stop", null);

        assertThat(accepted.statusCode()).isEqualTo(202);
        assertThat(violations(Operation.RESTART_WORKER, accepted)).isEmpty();
        assertThat(conflict.statusCode()).isEqualTo(409);
        assertThat(violations(Operation.STOP_WORKER, conflict)).isEmpty();
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(violations(Operation.STOP_WORKER, unknown)).isEmpty();
    }

    @Test
    void shouldAnswerLoginsAndRefusalsAsWritten() {
        var login = gateway.login("viewer", PASSWORD);
        var wrong = gateway.login("viewer", "wrong");
        var more =
                gateway.send(
                        gateway.request(
                                "POST", "/api/auth/login", "{\"username\":\"viewer\",\"pin\":1}"));
        var refresh = gateway.refresh(GatewayFixture.cookie(login));
        var forbidden = gateway.command(Role.VIEWER, "POST", "/api/halt", null);
        var unknown = gateway.command(Role.ADMIN, "POST", "/api/close/1", null);
        var root =
                gateway.send(
                        gateway.request("GET", "/", null).header("Accept", "application/json"));

        assertThat(login.statusCode()).isEqualTo(200);
        assertThat(violations(Operation.LOGIN, login)).isEmpty();
        assertThat(violations(Operation.LOGIN, wrong)).isEmpty();
        assertThat(more.statusCode()).isEqualTo(400);
        assertThat(violations(Operation.LOGIN, more)).isEmpty();
        assertThat(violations(Operation.REFRESH, refresh)).isEmpty();
        assertThat(violations(Operation.HALT, forbidden)).isEmpty();
        assertThat(violations(Operation.CLOSE_TRADE, unknown)).isEmpty();
        assertThat(violations(Operation.GET_ROOT, root)).isEmpty();
    }

    @Test
    void shouldSayUnhealthyWithReasons() {
        try (var sick = new GatewayFixture()) {
            sick.engine.put(
                    RecordedEngine.status(EngineState.State.RUNNING, "", "DISCONNECTED", "DOWN"));

            var answer = sick.send(sick.request("GET", "/api/health", null));

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(violations(Operation.GET_HEALTH, answer)).isEmpty();
            assertThat(GatewayFixture.json(answer).get("reasons"))
                    .extracting(JsonNode::asText)
                    .containsExactly("prices=DISCONNECTED", "database=DOWN");
        }
    }

    @Test
    void shouldCombineFiltersAndPage() {
        var all = gateway.get(Role.VIEWER, "/api/trades?instance_id=7001&symbol=EURUSD");
        var page = gateway.get(Role.VIEWER, "/api/trades?limit=5&offset=10");

        assertThat(GatewayFixture.json(all))
                .isNotEmpty()
                .allMatch(t -> t.get("symbol").asText().equals("EURUSD"))
                .allMatch(t -> t.get("instance_id").asLong() == 7001);
        assertThat(GatewayFixture.json(page)).hasSize(2);
        assertThat(page.headers().firstValue("X-Total-Count")).contains("12");
    }

    @Test
    void shouldGiveFourArraysOfOneLengthOldestFirst() {
        JsonNode json = GatewayFixture.json(gateway.get(Role.VIEWER, "/api/performance"));
        JsonNode day =
                GatewayFixture.json(
                        gateway.get(Role.VIEWER, "/api/portfolio/performance?period=24h"));

        for (String array : Set.of("equity", "profit", "drawdown", "balance", "timestamps")) {
            assertThat(json.get(array)).as(array).hasSize(12);
            assertThat(day.get(array)).as(array).hasSize(2);
        }
        assertThat(json.get("timestamps").get(0).asText())
                .isLessThan(json.get("timestamps").get(11).asText())
                .endsWith(".123Z");
    }

    @Test
    void shouldExportTradesThatASpreadsheetWillNotRun() {
        var csv = gateway.get(Role.VIEWER, "/api/history?format=csv");

        assertThat(csv.headers().firstValue("Content-Type")).contains("text/csv; charset=utf-8");
        assertThat(csv.body().split("\r\n")).hasSize(13);
        assertThat(csv.body()).startsWith("ticket,instance_id,").contains(",'=trend,");
    }

    static Stream<Operation> routes() {
        return Arrays.stream(Operation.values()).filter(op -> op.kind() != Operation.Kind.TOPIC);
    }

    private static void put(
            Map<String, String> written, String path, Map.Entry<String, JsonNode> method) {
        if (METHODS.contains(method.getKey())) {
            written.put(
                    method.getKey().toUpperCase(java.util.Locale.ROOT) + " " + path,
                    method.getValue().get("operationId").asText());
        }
    }

    private static JsonNode operation(Operation operation) {
        return contract.get("paths")
                .get(operation.path())
                .get(operation.method().toLowerCase(java.util.Locale.ROOT));
    }

    /** What in the answer is not as the contract says. */
    private static Set<String> violations(Operation operation, HttpResponse<String> answer) {
        JsonNode responses = operation(operation).get("responses");
        JsonNode response = responses.get(Integer.toString(answer.statusCode()));
        if (response == null) {
            response = responses.get("default");
        }
        if (response == null) {
            return Set.of("status " + answer.statusCode() + " is not in the contract");
        }
        if (response.has("$ref")) {
            response = contract.at(response.get("$ref").asText().substring(1));
        }
        JsonNode schema = response.at("/content/application~1json/schema");
        return schema(schema).validate(GatewayFixture.json(answer)).stream()
                .map(Object::toString)
                .collect(Collectors.toSet());
    }

    private static final Map<String, JsonSchema> SCHEMAS = new HashMap<>();

    private static JsonSchema schema(JsonNode schema) {
        return SCHEMAS.computeIfAbsent(
                schema.toString(),
                key -> {
                    ObjectNode root = schema.deepCopy();
                    root.set("components", contract.get("components"));
                    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                            .getSchema(
                                    root,
                                    SchemaValidatorsConfig.builder()
                                            .formatAssertionsEnabled(true)
                                            .build());
                });
    }
}
