package saker.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static saker.gateway.GatewayFixture.PASSWORD;
import static saker.gateway.GatewayFixture.json;
import static saker.gateway.LiveClient.op;
import static saker.gateway.RecordedEngine.fill;
import static saker.gateway.RecordedEngine.position;
import static saker.gateway.RecordedEngine.quote;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.WebSocketHandshakeException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import saker.api.CommandOutcome.State;
import saker.api.UserStore.Role;
import saker.model.EngineState;
import saker.model.RiskRule;

/** The socket's protocol over real connections. */
class SocketTest {
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
    void shouldGreetWithTheTopicsOfTheUser() {
        try (LiveClient client = connected(Role.VIEWER)) {
            JsonNode hello = client.first(frame -> op(frame, "hello"));

            assertThat(hello.get("user").asText()).isEqualTo("viewer");
            assertThat(hello.get("role").asText()).isEqualTo("viewer");
            assertThat(hello.get("hb_ms").asInt()).isEqualTo(1_000);
            assertThat(hello.get("max_topics").asInt()).isEqualTo(64);
            assertThat(hello.get("now").asLong())
                    .isCloseTo(gateway.clock.millis(), org.assertj.core.data.Offset.offset(5_000L));
            assertThat(hello.get("topics"))
                    .extracting(JsonNode::asText)
                    .contains(
                            "quotes",
                            "strategies",
                            "workers",
                            "account:0",
                            "positions:0",
                            "orders:0",
                            "fills:0",
                            "signals",
                            "commands",
                            "status",
                            "candles:{sym}:{tf}");
        }
    }

    @Test
    void shouldServeTheAliasToo() {
        try (LiveClient client =
                LiveClient.connect(gateway, gateway.origin(), "/ws/live")
                        .auth(gateway.token(Role.VIEWER))) {
            assertThat(client.epoch).isNotEmpty();
        }
    }

    @Test
    void shouldSendSnapshotsWithTheFieldsOfEarlierPayloads() {
        try (LiveClient client = connected(Role.VIEWER)) {
            for (String topic :
                    List.of(
                            "positions:0",
                            "account:0",
                            "strategies",
                            "quotes",
                            "candles:EURUSD:M1")) {
                client.subscribe(topic);
                client.await(() -> client.seq(topic) >= 0);
            }

            assertThat(client.rows.get("positions:0").get("6357").fieldNames())
                    .toIterable()
                    .contains("ticket", "symbol", "type", "volume", "profit", "price_current");
            assertThat(client.rows.get("account:0").get("0").fieldNames())
                    .toIterable()
                    .contains("balance", "equity", "profit");
            assertThat(client.column("strategies", "profit"))
                    .isEqualTo(Map.of("7001", "12.50", "7002", "-0.50"));
            assertThat(client.column("quotes", "bid")).containsEntry("EURUSD", "1.08450");
            assertThat(client.rows.get("candles:EURUSD:M1")).hasSize(10);
        }
    }

    @Test
    void shouldSendOnlyWhatChanged() {
        try (LiveClient client = connected(Role.VIEWER)) {
            client.subscribe("positions:0");
            client.await(() -> client.seq("positions:0") >= 0);

            gateway.engine.put(position(6357, 990_000_000));
            client.await(() -> client.count(frame -> op(frame, "delta")) > 0);

            JsonNode delta = client.first(frame -> op(frame, "delta"));
            assertThat(delta.get("up").toString())
                    .isEqualTo("[{\"id\":\"6357\",\"profit\":\"9.90\"}]");
            assertThat(delta.get("prev").asLong()).isEqualTo(delta.get("seq").asLong() - 1);
            assertThat(delta.has("cf")).isFalse();
        }
    }

    @Test
    void shouldRemoveClosedPositions() {
        try (LiveClient client = connected(Role.VIEWER)) {
            client.subscribe("positions:0");
            client.await(() -> client.seq("positions:0") >= 0);

            gateway.engine.closePosition(6357);
            client.await(() -> client.column("positions:0", "id").isEmpty());

            assertThat(client.gaps).isZero();
        }
    }

    @Test
    void shouldMergeUpdatesToTheRateOfTheSubscription() {
        try (LiveClient fast = connected(Role.VIEWER);
                LiveClient slow = connected(Role.VIEWER)) {
            fast.subscribe("quotes", 20);
            slow.subscribe("quotes", 2);
            fast.await(() -> fast.seq("quotes") >= 0);
            slow.await(() -> slow.seq("quotes") >= 0);

            long bidE8 = publishFor(1_600);

            String last = price(bidE8);
            fast.await(() -> last.equals(fast.column("quotes", "bid").get("EURUSD")));
            slow.await(() -> last.equals(slow.column("quotes", "bid").get("EURUSD")));
            int slowDeltas = slow.count(frame -> op(frame, "delta"));
            int fastDeltas = fast.count(frame -> op(frame, "delta"));
            assertThat(slowDeltas).isBetween(2, 6);
            assertThat(fastDeltas).isGreaterThan(2 * slowDeltas).isLessThan(50);
            assertThat(slow.count(frame -> frame.path("cf").asInt() > 1)).isPositive();
            assertThat(slow.gaps + fast.gaps).isZero();
        }
    }

    @Test
    void shouldHonourARateForThewholeConnection() {
        try (LiveClient client = connected(Role.VIEWER)) {
            client.send("{\"op\":\"rate\",\"hz\":1}");
            client.subscribe("quotes", 20);
            client.await(() -> client.seq("quotes") >= 0);

            long bidE8 = publishFor(1_500);

            client.await(() -> price(bidE8).equals(client.column("quotes", "bid").get("EURUSD")));
            assertThat(client.count(frame -> op(frame, "delta"))).isBetween(1, 4);
        }
    }

    @Test
    void shouldSendOnlyTheKeysAskedFor() {
        try (LiveClient client = connected(Role.VIEWER)) {
            client.send(
                    "{\"op\":\"sub\",\"id\":1,\"topics\":[{\"t\":\"quotes\",\"keys\":[\"USDJPY\"],\"hz\":20}]}");
            client.await(() -> client.seq("quotes") >= 0);

            gateway.engine.put(quote("EURUSD", 108_000_000, 108_010_000));
            gateway.engine.put(
                    new saker.api.QuoteView(
                            "USDJPY",
                            3,
                            -2,
                            15_100_000_000L,
                            15_100_500_000L,
                            true,
                            RecordedEngine.T0_NS,
                            RecordedEngine.T0_NS,
                            100_000,
                            10_000,
                            10_000));
            client.await(() -> "151.000".equals(client.column("quotes", "bid").get("USDJPY")));

            assertThat(client.column("quotes", "bid")).containsOnlyKeys("USDJPY");
            assertThat(client.gaps).isZero();
        }
    }

    @Test
    void shouldDeliverEveryEventInOrder() {
        try (LiveClient client = connected(Role.VIEWER)) {
            client.subscribe("fills:0").subscribe("commands");
            client.await(() -> client.seq("fills:0") >= 0 && client.seq("commands") >= 0);

            IntStream.rangeClosed(1, 3_000).forEach(i -> putPaced(client, i));
            gateway.engine.answerWith(State.DONE, RiskRule.NONE);
            String id =
                    json(gateway.command(Role.TRADER, "POST", "/api/halt", null))
                            .get("command_id")
                            .asText();

            client.await(() -> client.itemIds("fills:0").size() == 3_000);
            client.await(() -> client.itemIds("commands").contains(id));
            assertThat(client.itemIds("fills:0"))
                    .isEqualTo(
                            IntStream.rangeClosed(1, 3_000).mapToObj(Integer::toString).toList());
            assertThat(client.gaps).isZero();
        }
    }

    @Test
    void shouldShowAChangedStateAtOnce() {
        try (LiveClient client = connected(Role.VIEWER)) {
            client.subscribe("status");
            client.await(() -> client.seq("status") >= 0);

            gateway.engine.put(
                    RecordedEngine.status(EngineState.State.HALTED, "operator", "LIVE", "UP"));

            client.await(
                    () ->
                            client.items.get("status").stream()
                                    .anyMatch(s -> s.get("engine").asText().equals("HALTED")));
        }
    }

    @Test
    void shouldBeatWhenThereIsNothingToSay() {
        try (LiveClient client = connected(Role.VIEWER)) {
            client.await(() -> client.count(frame -> op(frame, "hb")) >= 2);

            JsonNode beat = client.first(frame -> op(frame, "hb"));
            assertThat(beat.get("n").asLong()).isEqualTo(2); // hello was the first frame.
        }
    }

    @Test
    void shouldResumeFromTheRingWithoutASnapshot() {
        try (LiveClient client = connected(Role.VIEWER)) {
            client.subscribe("positions:0").subscribe("fills:0");
            client.await(() -> client.seq("positions:0") >= 0 && client.seq("fills:0") >= 0);
            client.kill();
            gateway.engine.put(position(7000, 1));
            gateway.engine.closePosition(6357);
            IntStream.rangeClosed(1, 300).forEach(i -> gateway.engine.put(fill(i)));

            client.reconnect(gateway, gateway.token(Role.VIEWER));
            client.resume("positions:0").resume("fills:0");
            client.await(() -> client.itemIds("fills:0").size() == 300);
            client.await(() -> client.column("positions:0", "id").containsKey("7000"));

            assertThat(client.column("positions:0", "id")).containsOnlyKeys("7000");
            assertThat(client.snapshots).isEqualTo(2);
            assertThat(client.gaps).isZero();
        }
    }

    @Test
    void shouldAnswerAResumeThatMissedNothing() {
        try (LiveClient client = connected(Role.VIEWER)) {
            client.subscribe("positions:0");
            client.await(() -> client.seq("positions:0") >= 0);
            long seq = client.seq("positions:0");

            client.resume("positions:0");
            client.await(() -> client.count(frame -> op(frame, "delta")) == 1);

            JsonNode delta = client.first(frame -> op(frame, "delta"));
            assertThat(delta.get("prev").asLong()).isEqualTo(seq);
            assertThat(delta.get("seq").asLong()).isEqualTo(seq);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"epoch\":\"other\",\"seq\":1}",
                "{\"epoch\":\"EPOCH\",\"seq\":999999}",
                "{\"epoch\":\"EPOCH\",\"seq\":-5}"
            })
    void shouldResetWhatItCannotResume(String since) {
        try (LiveClient client = connected(Role.VIEWER)) {
            client.send(
                    "{\"op\":\"sub\",\"id\":3,\"topics\":[{\"t\":\"fills:0\",\"since\":%s}]}"
                            .formatted(since.replace("EPOCH", client.epoch)));

            client.await(() -> client.count(frame -> op(frame, "snap")) == 1);
            JsonNode reset = client.first(frame -> op(frame, "reset"));
            assertThat(reset.get("reason").asText())
                    .isEqualTo(since.contains("other") ? "epoch" : "ring");
        }
    }

    @Test
    void shouldResetAResumeThatIsOlderThanTheRing() {
        try (LiveClient client = connected(Role.VIEWER)) {
            client.subscribe("fills:0");
            client.await(() -> client.seq("fills:0") >= 0);
            client.kill();
            client.await(() -> gateway.meters.get("saker_ws_clients").gauge().value() == 0);
            IntStream.rangeClosed(1, 2_000).forEach(i -> gateway.engine.put(fill(i)));

            client.reconnect(gateway, gateway.token(Role.VIEWER));
            client.resume("fills:0");
            client.await(() -> client.itemIds("fills:0").size() == 512);

            assertThat(client.first(frame -> op(frame, "reset")).get("reason").asText())
                    .isEqualTo("ring");
            assertThat(client.itemIds("fills:0")).startsWith("1489").endsWith("2000");
            assertThat(client.count(frame -> op(frame, "snap"))).isEqualTo(3); // In two parts.
        }
    }

    @Test
    void shouldHoldBackStatesFromAClientThatDoesNotAcknowledge() {
        try (LiveClient client = connected(Role.VIEWER)) {
            client.acknowledge(false);
            client.subscribe("quotes");
            client.await(() -> client.seq("quotes") >= 0);

            long bidE8 = publishFor(4_000);
            int stale = client.count(frame -> op(frame, "delta"));
            client.acknowledge(true);
            client.await(() -> price(bidE8).equals(client.column("quotes", "bid").get("EURUSD")));

            assertThat(stale).isLessThanOrEqualTo(40);
            assertThat(client.count(frame -> frame.path("cf").asInt() > 20)).isPositive();
            assertThat(client.gaps).isZero();
            assertThat(client.isClosed()).isFalse();
        }
    }

    @Test
    void shouldCloseAClientThatFallsBehindOnEventsAndLetItResume() {
        try (LiveClient client = connected(Role.VIEWER)) {
            client.subscribe("fills:0");
            client.await(() -> client.seq("fills:0") >= 0);
            client.acknowledge(false);
            int put = 0;
            while (client.closeCode() < 0 && put < 1_400) {
                gateway.engine.put(fill(++put));
                if (put <= 60) {
                    int wanted = Math.min(put, 38);
                    client.await(() -> client.itemIds("fills:0").size() >= wanted);
                }
            }
            client.await(client::isClosed);
            assertThat(client.closeCode()).isEqualTo(4008);
            assertThat(client.first(frame -> op(frame, "bye")).get("code").asInt()).isEqualTo(4008);
            int all = put;

            client.acknowledge(true);
            client.reconnect(gateway, gateway.token(Role.VIEWER));
            client.resume("fills:0");
            client.await(() -> client.itemIds("fills:0").size() == all);

            assertThat(client.itemIds("fills:0"))
                    .isEqualTo(IntStream.rangeClosed(1, all).mapToObj(Integer::toString).toList());
        }
    }

    @Test
    void shouldEndWithTheServersStateAfterRandomDisconnects() {
        Random random = new Random(20260302);
        Map<String, String> expected = new TreeMap<>();
        expected.put("6357", "12.40");
        int fills = 0;
        try (LiveClient client = connected(Role.VIEWER)) {
            client.subscribe("positions:0").subscribe("fills:0");
            client.await(() -> client.seq("positions:0") >= 0 && client.seq("fills:0") >= 0);

            for (int round = 0; round < 15; round++) {
                for (int i = 0; i < 60; i++) {
                    long ticket = 8_000 + random.nextInt(200);
                    if (random.nextInt(4) == 0) {
                        gateway.engine.closePosition(ticket);
                        expected.remove(Long.toString(ticket));
                    } else {
                        long cents = random.nextInt(100_000);
                        gateway.engine.put(position(ticket, cents * 1_000_000));
                        expected.put(
                                Long.toString(ticket),
                                "%d.%02d".formatted(cents / 100, cents % 100));
                    }
                    if (random.nextInt(3) == 0) {
                        gateway.engine.put(fill(++fills));
                    }
                    if (random.nextInt(40) == 0) {
                        client.kill();
                        client.reconnect(gateway, gateway.token(Role.VIEWER));
                        client.resume("positions:0").resume("fills:0");
                    }
                }
                int last = fills;
                client.await(() -> client.itemIds("fills:0").size() == last);
            }

            client.await(() -> client.column("positions:0", "profit").equals(expected));
            assertThat(client.itemIds("fills:0"))
                    .isEqualTo(
                            IntStream.rangeClosed(1, fills).mapToObj(Integer::toString).toList());
            assertThat(client.gaps).isZero();
            assertThat(client.snapshots).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "https://evil.example",
                "http://localhost:1",
                "null",
                "https://desk.example.com.evil"
            })
    void shouldRefuseTheHandshakeOfAForeignPage(String origin) {
        assertThatThrownBy(() -> LiveClient.connect(gateway, origin, "/ws"))
                .hasCauseInstanceOf(WebSocketHandshakeException.class)
                .satisfies(
                        e ->
                                assertThat(
                                                ((WebSocketHandshakeException) e.getCause())
                                                        .getResponse()
                                                        .statusCode())
                                        .isEqualTo(403));
    }

    @Test
    void shouldAdmitAConfiguredOrigin() {
        try (LiveClient client =
                LiveClient.connect(gateway, "https://desk.example.com", "/ws")
                        .auth(gateway.token(Role.VIEWER))) {
            assertThat(client.epoch).isNotEmpty();
        }
    }

    @Test
    void shouldRefuseATokenInTheAddress() {
        String path = "/ws?token=" + gateway.token(Role.ADMIN);

        assertThatThrownBy(() -> LiveClient.connect(gateway, gateway.origin(), path))
                .hasCauseInstanceOf(WebSocketHandshakeException.class);
    }

    @Test
    void shouldCloseAConnectionThatDoesNotAuthenticate() {
        try (LiveClient silent = LiveClient.connect(gateway);
                LiveClient forged = LiveClient.connect(gateway);
                LiveClient rude = LiveClient.connect(gateway)) {
            forged.auth(gateway.token(Role.ADMIN) + "x");
            rude.subscribe("quotes");
            forged.await(forged::isClosed);
            rude.await(rude::isClosed);
            gateway.clock.advance(5_000);
            silent.await(silent::isClosed);

            assertThat(List.of(silent.closeCode(), forged.closeCode(), rude.closeCode()))
                    .containsOnly(4001);
            assertThat(forged.count(frame -> op(frame, "hello"))).isZero();
        }
    }

    @Test
    void shouldCloseAtExpiryAndStayOpenWhenRenewed() {
        try (LiveClient renewed = connected(Role.VIEWER);
                LiveClient expired = connected(Role.VIEWER)) {
            gateway.clock.advance(14 * 60_000L);
            renewed.acknowledge(true);
            expired.acknowledge(true);
            renewed.auth(gateway.token(Role.VIEWER));
            gateway.clock.advance(91_000);
            expired.await(expired::isClosed);

            assertThat(expired.closeCode()).isEqualTo(4001);
            assertThat(renewed.isClosed()).isFalse();
            assertThat(renewed.count(frame -> op(frame, "hello"))).isEqualTo(2);
        }
    }

    @Test
    void shouldSayGoodbyeWhenTheRoleChanges() {
        String access = json(gateway.login("trader", PASSWORD)).get("accessToken").asText();
        try (LiveClient client = LiveClient.connect(gateway).auth(access)) {
            gateway.command(
                    Role.ADMIN, "PUT", "/api/admin/users/trader/role", "{\"role\":\"viewer\"}");
            client.await(client::isClosed);

            assertThat(client.closeCode()).isEqualTo(4003);
            assertThat(client.first(frame -> op(frame, "bye")).get("code").asInt()).isEqualTo(4003);
        }
    }

    @Test
    void shouldSayGoodbyeAtLogout() {
        var login = gateway.login("trader", PASSWORD);
        try (LiveClient client =
                LiveClient.connect(gateway).auth(json(login).get("accessToken").asText())) {
            gateway.send(
                    gateway.request("POST", "/api/auth/logout", null)
                            .header("Cookie", GatewayFixture.cookie(login))
                            .header("X-Saker-Request", "1"));
            client.await(client::isClosed);

            assertThat(client.closeCode()).isEqualTo(4003);
        }
    }

    @Test
    void shouldTakeNoCommandsOnTheSocket() {
        try (LiveClient client = connected(Role.VIEWER)) {
            for (String op : List.of("trade", "close", "halt", "command", "flatten")) {
                client.send(
                        "{\"op\":\"%s\",\"symbol\":\"EURUSD\",\"action\":\"BUY\",\"volume\":\"1\"}"
                                .formatted(op));
            }
            client.subscribe("positions:0");
            client.await(() -> client.seq("positions:0") >= 0);

            assertThat(gateway.engine.commands()).isEmpty();
        }
    }

    @Test
    void shouldNameWhatIsWrongWithASubscription() {
        try (LiveClient client = connected(Role.VIEWER)) {
            client.send(
                    "{\"op\":\"sub\",\"id\":9,\"topics\":[{\"t\":\"secrets\"},{\"t\":\"fills:9\"},"
                            + "{\"t\":\"candles:NOPE:M1\"},{\"t\":\"quotes\",\"hz\":500},{\"t\":\"signals\"}]}");
            client.await(() -> client.seq("signals") >= 0);

            assertThat(client.frames.stream().filter(f -> op(f, "err")))
                    .extracting(f -> f.get("id").asInt() + " " + f.get("code").asText())
                    .containsExactly(
                            "9 unknown_topic",
                            "9 unknown_topic",
                            "9 unknown_topic",
                            "9 bad_request");
        }
    }

    @Test
    void shouldEndConnectionsThatBreakTheProtocol() {
        try (LiveClient garbage = connected(Role.VIEWER);
                LiveClient large = connected(Role.VIEWER);
                LiveClient ahead = connected(Role.VIEWER);
                LiveClient flood = connected(Role.VIEWER)) {
            garbage.send("[1,2");
            large.send("{\"op\":\"sub\",\"x\":\"" + "y".repeat(20_000) + "\"}");
            ahead.send("{\"op\":\"ack\",\"n\":1000}");
            for (int i = 0; i < 400 && !flood.isClosed(); i++) {
                try {
                    flood.send("{\"op\":\"noop\"}");
                } catch (java.util.concurrent.CompletionException e) {
                    break; // Closed while we were at it.
                }
            }
            for (LiveClient client : List.of(garbage, large, ahead, flood)) {
                client.await(client::isClosed);
            }

            assertThat(List.of(garbage.closeCode(), large.closeCode(), ahead.closeCode()))
                    .containsOnly(4010);
            assertThat(flood.closeCode()).isIn(4010, 1006);
        }
    }

    @Test
    void shouldLimitTheConnectionsOfAUser() {
        List<LiveClient> clients =
                IntStream.range(0, 17).mapToObj(i -> connected(Role.VIEWER)).toList();
        LiveClient last = clients.get(16);
        last.await(last::isClosed);

        assertThat(last.closeCode()).isEqualTo(4029);
        assertThat(clients.get(0).isClosed()).isFalse();
        clients.forEach(LiveClient::close);
    }

    @Test
    void shouldTellClientsToComeBackAfterARestart() {
        try (LiveClient client = connected(Role.VIEWER)) {
            GatewayFixture.await(gateway.server.stop());
            client.await(client::isClosed);

            JsonNode bye = client.first(frame -> op(frame, "bye"));
            assertThat(bye.get("code").asInt()).isEqualTo(4012);
            assertThat(bye.get("retry_ms").asInt()).isPositive();
        }
    }

    private LiveClient connected(Role role) {
        return LiveClient.connect(gateway).auth(gateway.token(role));
    }

    /** Quotes as fast as they go for a while; the last bid. */
    private long publishFor(long ms) {
        long bidE8 = 108_000_000;
        long endNs = System.nanoTime() + ms * 1_000_000;
        while (System.nanoTime() < endNs) {
            bidE8 += 1_000;
            gateway.engine.put(quote("EURUSD", bidE8, bidE8 + 8_000));
            java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
        }
        return bidE8;
    }

    /** Not more than the client could be behind. */
    private void putPaced(LiveClient client, int number) {
        gateway.engine.put(fill(number));
        if (number % 100 == 0) {
            client.await(() -> client.itemIds("fills:0").size() >= number - 200);
        }
    }

    private static String price(long priceE8) {
        return saker.model.FixedPoint.format(priceE8, 8, 5);
    }
}
