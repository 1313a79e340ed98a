package saker.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static saker.gateway.GatewayFixture.json;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import saker.api.CommandOutcome.State;
import saker.api.CommandRequest;
import saker.api.UserStore.Role;
import saker.model.Command;
import saker.model.OrderIntent;
import saker.model.RiskRule;

/** Commands: what reaches the engine, once, and how its outcome is answered. */
class CommandTest {
    private static final String BUY =
            "{\"symbol\":\"EURUSD\",\"action\":\"BUY\",\"volume\":\"0.10\"}";

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
    void shouldTurnLotsIntoUnitsAndPricesIntoFixedPoint() {
        var answer =
                trade(
                        "{\"symbol\":\"EURUSD\",\"action\":\"SELL\",\"volume\":0.1,"
                                + "\"stop_loss\":\"1.09000\",\"take_profit\":1.08,\"reason\":\"test\"}");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(gateway.engine.commands())
                .containsExactly(
                        new CommandRequest(
                                Command.Type.TRADE,
                                json(answer).get("command_id").asText(),
                                "trader",
                                "test",
                                "EURUSD",
                                0,
                                -10_000 * 10_000L,
                                0,
                                109_000_000,
                                108_000_000));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "EURUSD | BUY  | 0.000001 | | volume",
                "EURUSD | BUY  | 0 | | volume",
                "EURUSD | BUY  | -1 | | volume",
                "EURUSD | BUY  | 1e-400000 | | volume",
                "EURUSD | BUY  | 99999999999999 | | volume",
                "EURUSD | BUY  | \"0,1\" | | volume",
                "EURUSD | BUY  | true | | volume",
                "XAUUSD | BUY  | 0.015 | | volume",
                "EURUSD | HOLD | 0.1 | | action",
                "EURUSD | buy  | 0.1 | | action",
                "EURXXX | BUY  | 0.1 | | symbol",
                "eurusd | BUY  | 0.1 | | symbol",
                "EURUSD | BUY  | 0.1 | \"stop_loss\":\"1.080001\" | stop_loss",
                "EURUSD | BUY  | 0.1 | \"stop_loss\":\"0\" | stop_loss",
                "EURUSD | BUY  | 0.1 | \"stop_loss\":null | stop_loss",
                "EURUSD | BUY  | 0.1 | \"leverage\":500 | leverage",
            })
    void shouldRefuseBadValuesWithFieldValueAndWhatIsAllowed(
            String symbol, String action, String volume, String more, String field) {
        var answer =
                trade(
                        "{\"symbol\":\"%s\",\"action\":\"%s\",\"volume\":%s%s}"
                                .formatted(symbol, action, volume, more == null ? "" : "," + more));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).get("field").asText()).isEqualTo(field);
        assertThat(json(answer).get("value").asText()).isNotEmpty();
        assertThat(json(answer).get("allowed").asText()).isNotEmpty();
        assertThat(gateway.engine.commands()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]",
                "not json",
                "{\"symbol\":\"EURUSD\",\"symbol\":\"USDJPY\",\"action\":\"BUY\",\"volume\":1}",
                "{\"symbol\":\"EURUSD\",\"action\":\"BUY\",\"volume\":NaN}",
                "{\"symbol\":\"EURUSD\",\"action\":\"BUY\",\"volume\":1} {}",
            })
    void shouldRefuseBodiesThatAreNoSingleObject(String body) {
        assertThat(trade(body).statusCode()).isEqualTo(400);
        assertThat(gateway.engine.commands()).isEmpty();
    }

    @Test
    void shouldRefuseLargeBodiesAndOtherTypes() {
        var large = trade("{\"reason\":\"" + "x".repeat(70_000) + "\"}");
        var form =
                gateway.send(
                        gateway.request("POST", "/api/trade", null)
                                .method(
                                        "POST",
                                        java.net.http.HttpRequest.BodyPublishers.ofString(BUY))
                                .header("Content-Type", "text/plain")
                                .header("Idempotency-Key", "form-0001")
                                .header("Authorization", "Bearer " + gateway.token(Role.TRADER)));

        assertThat(List.of(large.statusCode(), form.statusCode())).containsExactly(413, 415);
        assertThat(gateway.engine.commands()).isEmpty();
    }

    @Test
    void shouldRefuseACommandWithoutAKey() {
        var answer =
                gateway.send(
                        gateway.request("POST", "/api/trade", BUY)
                                .header("Authorization", "Bearer " + gateway.token(Role.TRADER)));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).get("field").asText()).isEqualTo("Idempotency-Key");
    }

    @Test
    void shouldMakeOneCommandOfManyEqualRequests() {
        List<String> ids =
                IntStream.range(0, 20)
                        .mapToObj(
                                i ->
                                        CompletableFuture.supplyAsync(
                                                () ->
                                                        gateway.command(
                                                                Role.TRADER,
                                                                "POST",
                                                                "/api/trade",
                                                                BUY,
                                                                "same-key-1")))
                        .toList()
                        .stream()
                        .map(CompletableFuture::join)
                        .map(answer -> json(answer).get("command_id").asText())
                        .distinct()
                        .toList();

        assertThat(ids).hasSize(1);
        assertThat(gateway.engine.commands()).hasSize(1);
    }

    @Test
    void shouldTreatMembersInAnotherOrderAsTheSameBody() {
        String turned = "{ \"volume\":\"0.10\", \"action\":\"BUY\", \"symbol\":\"EURUSD\" }";

        gateway.command(Role.TRADER, "POST", "/api/trade", BUY, "same-key-1");
        var again = gateway.command(Role.TRADER, "POST", "/api/trade", turned, "same-key-1");

        assertThat(again.statusCode()).isEqualTo(202);
        assertThat(gateway.engine.commands()).hasSize(1);
    }

    @Test
    void shouldRefuseTheSameKeyForAnotherBodyOrPath() {
        gateway.command(Role.TRADER, "POST", "/api/trade", BUY, "same-key-1");

        var body =
                gateway.command(
                        Role.TRADER,
                        "POST",
                        "/api/trade",
                        BUY.replace("BUY", "SELL"),
                        "same-key-1");
        var path = gateway.command(Role.TRADER, "POST", "/api/halt", BUY, "same-key-1");

        assertThat(body.statusCode()).isEqualTo(409);
        assertThat(path.statusCode()).isIn(400, 409);
        assertThat(gateway.engine.commands()).hasSize(1);
    }

    @Test
    void shouldKeepKeysOfUsersApart() {
        gateway.command(Role.TRADER, "POST", "/api/trade", BUY, "same-key-1");
        gateway.command(Role.ADMIN, "POST", "/api/trade", BUY, "same-key-1");

        assertThat(gateway.engine.commands()).hasSize(2);
        assertThat(gateway.engine.commands().get(0).commandId())
                .isNotEqualTo(gateway.engine.commands().get(1).commandId());
    }

    @Test
    void shouldRepeatTheAnswerOfACloseAfterTheTradeIsGone() {
        gateway.engine.answerWith(State.DONE, RiskRule.NONE);
        var first =
                gateway.command(
                        Role.TRADER, "POST", "/api/close/6357?wait=1000", null, "close-key-1");
        gateway.engine.closePosition(6357);

        var again =
                gateway.command(
                        Role.TRADER, "POST", "/api/close/6357?wait=1000", null, "close-key-1");

        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(gateway.engine.commands()).hasSize(1);
    }

    @Test
    void shouldFindACommandOfBeforeARestart() {
        gateway.command(Role.TRADER, "POST", "/api/trade", BUY, "same-key-1");
        GatewayServer second =
                new GatewayServer(
                        gateway.vertx,
                        GatewayFixture.config(List.of()),
                        gateway.engine,
                        gateway.workers,
                        gateway.logs.search(),
                        new MemoryHistory(),
                        gateway.users,
                        saker.auth.JwtKeys.ofSecret("test", GatewayFixture.SECRET),
                        gateway.meters,
                        gateway.clock);
        GatewayFixture.await(second.start());

        var again =
                gateway.send(
                        java.net.http.HttpRequest.newBuilder(
                                        java.net.URI.create(
                                                "http://127.0.0.1:" + second.port() + "/api/trade"))
                                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(BUY))
                                .header("Content-Type", "application/json")
                                .header("Authorization", "Bearer " + gateway.token(Role.TRADER))
                                .header("Idempotency-Key", "same-key-1"));
        GatewayFixture.await(second.stop());

        assertThat(again.statusCode()).isEqualTo(202);
        assertThat(json(again).get("command_id").asText())
                .isEqualTo(gateway.engine.commands().get(0).commandId());
        assertThat(gateway.engine.commands()).hasSize(1);
    }

    @Test
    void shouldLetAKeyBeUsedAgainIfTheCommandNeverReachedTheJournal() {
        gateway.engine.closeJournal(true);
        var failed = gateway.command(Role.TRADER, "POST", "/api/trade", BUY, "same-key-1");
        gateway.engine.closeJournal(false);

        var again = gateway.command(Role.TRADER, "POST", "/api/trade", BUY, "same-key-1");

        assertThat(failed.statusCode()).isEqualTo(503);
        assertThat(again.statusCode()).isEqualTo(202);
        assertThat(gateway.engine.commands()).hasSize(1);
    }

    @Test
    void shouldAnswerWithTheOutcomeWhenAskedToWait() {
        gateway.engine.answerWith(State.DONE, RiskRule.NONE);

        var answer = gateway.command(Role.TRADER, "POST", "/api/close/6357?wait=2000", null);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).get("success").asBoolean()).isTrue();
        assertThat(json(answer).get("realized_profit").asText()).isEqualTo("-1.50");
        assertThat(json(answer).get("price").asText()).isEqualTo("1.08458");
        assertThat(json(answer).get("ticket").asLong()).isEqualTo(6400);
    }

    @Test
    void shouldAnswerAsSoonAsTheOutcomeIsThere() {
        var answer =
                CompletableFuture.supplyAsync(
                        () -> gateway.command(Role.TRADER, "POST", "/api/trade?wait=30000", BUY));
        long deadline = System.nanoTime() + 5_000_000_000L;
        while (gateway.engine.commands().isEmpty() && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        gateway.engine.finish(
                gateway.engine.commands().get(0).commandId(), State.DONE, RiskRule.NONE);

        assertThat(answer.join().statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "REJECTED, MARGIN, 422",
        "REJECTED, STOP_ON_WRONG_SIDE, 422",
        "REJECTED, ENGINE_HALTED, 409",
        "REJECTED, REQUEST_PENDING, 409",
        "REJECTED, UNKNOWN_TICKET, 404",
        "UNKNOWN, OUTCOME_UNKNOWN, 202",
        "SENT, NONE, 202",
    })
    void shouldTellRefusalsApart(State state, RiskRule rule, int status) {
        gateway.engine.answerWith(state, rule);

        var answer = gateway.command(Role.TRADER, "POST", "/api/trade?wait=50", BUY);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(json(answer).get("reason_code").asInt()).isEqualTo(rule.code());
        assertThat(json(answer).get("reason").asText()).isEqualTo(rule.name());
        if (state == State.REJECTED) {
            assertThat(json(answer).get("success").asBoolean()).isFalse();
        } else {
            assertThat(json(answer).get("success").isNull()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"-1", "30001", "x"})
    void shouldRefuseAWaitOutOfRange(String wait) {
        assertThat(
                        gateway.command(Role.TRADER, "POST", "/api/trade?wait=" + wait, BUY)
                                .statusCode())
                .isEqualTo(400);
    }

    @Test
    void shouldCloseInPart() {
        var part = gateway.command(Role.TRADER, "POST", "/api/close/6357", "{\"volume\":\"0.04\"}");
        var all = gateway.command(Role.TRADER, "POST", "/api/close/6357", "{\"volume\":\"0.1\"}");
        var more = gateway.command(Role.TRADER, "POST", "/api/close/6357", "{\"volume\":\"0.11\"}");

        assertThat(List.of(part.statusCode(), all.statusCode(), more.statusCode()))
                .containsExactly(202, 202, 400);
        assertThat(gateway.engine.commands())
                .extracting(CommandRequest::unitsE4)
                .containsExactly(4_000 * 10_000L, 0L);
        assertThat(gateway.engine.commands()).allMatch(c -> c.ticket() == 6357);
    }

    @Test
    void shouldKnowNoTicketThatIsNotOpen() {
        assertThat(gateway.command(Role.TRADER, "POST", "/api/close/1", null).statusCode())
                .isEqualTo(404);
        assertThat(gateway.engine.commands()).isEmpty();
    }

    @Test
    void shouldSetRemoveAndKeepStops() {
        gateway.command(
                Role.TRADER,
                "PATCH",
                "/api/positions/6357",
                "{\"stop_loss\":null,\"take_profit\":\"1.09\"}");
        gateway.command(Role.TRADER, "PATCH", "/api/positions/6357", "{\"stop_loss\":\"1.07\"}");
        var empty = gateway.command(Role.TRADER, "PATCH", "/api/positions/6357", "{}");

        assertThat(empty.statusCode()).isEqualTo(400);
        assertThat(gateway.engine.commands())
                .extracting(CommandRequest::stopLossE8, CommandRequest::takeProfitE8)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(0L, 109_000_000L),
                        org.assertj.core.groups.Tuple.tuple(107_000_000L, OrderIntent.UNCHANGED));
    }

    @Test
    void shouldEnableDisableCancelHaltFlattenAndResume() {
        gateway.command(
                Role.TRADER,
                "POST",
                "/api/strategy/enable",
                "{\"instance_id\":7002,\"enabled\":true}");
        gateway.command(
                Role.TRADER,
                "POST",
                "/api/strategy/enable",
                "{\"instance_id\":7001,\"enabled\":false}");
        gateway.command(Role.TRADER, "DELETE", "/api/orders/900", null);
        gateway.command(Role.TRADER, "POST", "/api/halt", "{\"reason\":\"news\"}");
        gateway.command(Role.RISK, "POST", "/api/flatten", "{\"reason\":\"news\"}");
        gateway.command(Role.RISK, "POST", "/api/resume", null);
        var unknown =
                gateway.command(
                        Role.TRADER,
                        "POST",
                        "/api/strategy/enable",
                        "{\"instance_id\":1,\"enabled\":true}");

        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(gateway.engine.commands())
                .extracting(CommandRequest::type)
                .containsExactly(
                        Command.Type.ENABLE_INSTANCE,
                        Command.Type.DISABLE_INSTANCE,
                        Command.Type.CANCEL,
                        Command.Type.HALT,
                        Command.Type.FLATTEN,
                        Command.Type.RESUME);
        assertThat(gateway.engine.commands().get(0).instanceId()).isEqualTo(7002);
        assertThat(gateway.engine.commands().get(2).ticket()).isEqualTo(900);
        assertThat(gateway.engine.commands().get(3).reason()).isEqualTo("news");
    }

    @Test
    void shouldShowACommandByItsId() {
        gateway.engine.answerWith(State.REJECTED, RiskRule.MARGIN);
        String id = json(trade(BUY)).get("command_id").asText();

        var shown = gateway.get(Role.VIEWER, "/api/commands/" + id);

        assertThat(shown.statusCode()).isEqualTo(200);
        assertThat(json(shown).get("reason").asText()).isEqualTo("MARGIN");
        assertThat(gateway.get(Role.VIEWER, "/api/commands/none").statusCode()).isEqualTo(404);
    }

    @Test
    void shouldLimitTheRateOfTradesButStillHalt() {
        var answers = IntStream.range(0, 80).mapToObj(i -> trade(BUY)).toList();
        var refused = answers.stream().filter(answer -> answer.statusCode() == 429).toList();

        assertThat(answers.get(0).statusCode()).isEqualTo(202);
        assertThat(refused).isNotEmpty();
        assertThat(refused.get(0).headers().firstValue("Retry-After")).isPresent();
        assertThat(gateway.command(Role.TRADER, "POST", "/api/halt", null).statusCode())
                .isEqualTo(202);
    }

    private java.net.http.HttpResponse<String> trade(String body) {
        return gateway.command(Role.TRADER, "POST", "/api/trade", body);
    }
}
