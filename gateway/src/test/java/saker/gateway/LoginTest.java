package saker.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static saker.gateway.GatewayFixture.PASSWORD;
import static saker.gateway.GatewayFixture.cookie;
import static saker.gateway.GatewayFixture.json;

import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import saker.api.UserStore.Role;

/** Logins, sessions and what ends them. */
class LoginTest {
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
    void shouldGiveAnAccessTokenAndACookieThatScriptsCannotRead() {
        var answer = gateway.login("trader", PASSWORD);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).get("role").asText()).isEqualTo("trader");
        assertThat(me(json(answer).get("accessToken").asText())).isEqualTo(200);
        assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
                .contains("HttpOnly", "SameSite=Strict", "Path=/api/auth")
                .doesNotContain("Secure");
        assertThat(json(answer).toString()).doesNotContain(cookie(answer).split("=")[1]);
    }

    @Test
    void shouldSayTheSameForAWrongNameAndAWrongPassword() {
        var wrongName = gateway.login("nobody", PASSWORD);
        var wrongPassword = gateway.login("trader", "wrong");

        assertThat(wrongName.statusCode()).isEqualTo(401);
        assertThat(wrongPassword.statusCode()).isEqualTo(401);
        assertThat(json(wrongName).get("message")).isEqualTo(json(wrongPassword).get("message"));
    }

    @Test
    void shouldTakeAsLongForAnUnknownUserAsForAKnownOne() {
        gateway.login("viewer", "wrong"); // Warms up.
        double known = medianMs("trader");
        double unknown = medianMs("nobody");

        // A look-up alone takes under 2 ms, a hash some 30: a missing dummy would show at once.
        assertThat(unknown).isBetween(known * 0.4, known * 2.5);
    }

    @Test
    void shouldThrottleAThousandGuessesAndStillLetTheOwnerIn() {
        int before = auditOf("refused");

        List<Integer> statuses =
                IntStream.range(0, 40)
                        .boxed()
                        .flatMap(wave -> wave(wave * 25).map(CompletableFuture::join))
                        .toList();

        assertThat(statuses).hasSize(1_000).isSubsetOf(401, 429, 503);
        assertThat(statuses.stream().filter(s -> s == 401).count()).isLessThan(50);
        assertThat(auditOf("refused") - before).isLessThan(200);
        assertThat(loginWaitingAsTold()).isBetween(1L, 31L);
    }

    /** Logs in, waiting as long as each refusal says; returns the seconds waited in all. */
    private long loginWaitingAsTold() {
        long waitedS = 0;
        var answer = gateway.login("trader", PASSWORD);
        // The address' request rate may be the first to refuse, and the throttle the second.
        while (answer.statusCode() == 429 && waitedS <= 60) {
            long retryS = Long.parseLong(answer.headers().firstValue("Retry-After").orElseThrow());
            assertThat(retryS).isBetween(1L, 30L);
            gateway.clock.advance(retryS * 1_000);
            waitedS += retryS;
            answer = gateway.login("trader", PASSWORD);
        }
        assertThat(answer.statusCode()).isEqualTo(200);
        return waitedS;
    }

    @Test
    void shouldRefreshOnceAndEndTheFamilyWhenATokenComesTwice() {
        var login = gateway.login("trader", PASSWORD);
        var first = gateway.refresh(cookie(login));
        assertThat(first.statusCode()).isEqualTo(200);
        String access = json(first).get("accessToken").asText();

        var replay = gateway.refresh(cookie(login));

        assertThat(replay.statusCode()).isEqualTo(401);
        assertThat(gateway.refresh(cookie(first)).statusCode()).isEqualTo(401);
        assertThat(me(access)).isEqualTo(401);
        assertThat(gateway.users.auditEntries())
                .anyMatch(entry -> entry.detail().equals("token used twice"));
    }

    @Test
    void shouldLetAtMostOneOfTwoRefreshesThroughThatRace() {
        String token = cookie(gateway.login("trader", PASSWORD));

        List<Integer> statuses =
                Stream.of(1, 2)
                        .map(i -> CompletableFuture.supplyAsync(() -> gateway.refresh(token)))
                        .toList()
                        .stream()
                        .map(CompletableFuture::join)
                        .map(HttpResponse::statusCode)
                        .toList();

        assertThat(statuses.stream().filter(s -> s == 200).count()).isLessThanOrEqualTo(1);
        assertThat(statuses).contains(401);
        assertThat(gateway.refresh(token).statusCode()).isEqualTo(401);
    }

    @Test
    void shouldRefuseARefreshWithoutTheHeaderOrFromAForeignPage() {
        String token = cookie(gateway.login("trader", PASSWORD));

        var bare =
                gateway.send(
                        gateway.request("POST", "/api/auth/refresh", null).header("Cookie", token));
        var foreign =
                gateway.send(
                        gateway.request("POST", "/api/auth/refresh", null)
                                .header("Cookie", token)
                                .header("X-Saker-Request", "1")
                                .header("Origin", "https://evil.example"));

        assertThat(List.of(bare.statusCode(), foreign.statusCode())).containsExactly(403, 403);
        assertThat(gateway.refresh(token).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldEndIdleSessions() {
        String token = cookie(gateway.login("trader", PASSWORD));

        gateway.clock.advance(12 * 3_600_000L + 1);

        assertThat(gateway.refresh(token).statusCode()).isEqualTo(401);
    }

    @Test
    void shouldRefuseTokensAfterLogout() {
        var login = gateway.login("trader", PASSWORD);
        String access = json(login).get("accessToken").asText();

        var logout =
                gateway.send(
                        gateway.request("POST", "/api/auth/logout", null)
                                .header("Cookie", cookie(login))
                                .header("X-Saker-Request", "1"));

        assertThat(logout.statusCode()).isEqualTo(204);
        assertThat(me(access)).isEqualTo(401);
        assertThat(gateway.refresh(cookie(login)).statusCode()).isEqualTo(401);
    }

    @Test
    void shouldRefuseOlderTokensAfterAPasswordChange() {
        var login = gateway.login("trader", PASSWORD);
        String access = json(login).get("accessToken").asText();

        var changed = changePassword(access, PASSWORD, "purple engine harbour");

        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(me(access)).isEqualTo(401);
        assertThat(gateway.refresh(cookie(login)).statusCode()).isEqualTo(401);
        assertThat(me(json(changed).get("accessToken").asText())).isEqualTo(200);
        assertThat(gateway.login("trader", PASSWORD).statusCode()).isEqualTo(401);
        assertThat(gateway.login("trader", "purple engine harbour").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldRefuseWeakPasswordsAndNameTheRule() {
        String access = json(gateway.login("trader", PASSWORD)).get("accessToken").asText();

        for (String weak :
                List.of("short", "password123", "trader2026", "aaaaaaaaaa", "saker2026!")) {
            var answer = changePassword(access, PASSWORD, weak);
            assertThat(answer.statusCode()).as(weak).isEqualTo(400);
            assertThat(json(answer).get("field").asText()).isEqualTo("newPassword");
            assertThat(answer.body()).doesNotContain(weak);
        }
    }

    @Test
    void shouldRefuseTokensAfterADowngrade() {
        String access = json(gateway.login("trader", PASSWORD)).get("accessToken").asText();

        var downgrade =
                gateway.command(
                        Role.ADMIN, "PUT", "/api/admin/users/trader/role", "{\"role\":\"viewer\"}");

        assertThat(downgrade.statusCode()).isEqualTo(204);
        assertThat(me(access)).isEqualTo(401);
    }

    @Test
    void shouldNoticeARemovedUserFromOutside() throws Exception {
        String access = json(gateway.login("trader", PASSWORD)).get("accessToken").asText();
        gateway.users.removeUser("trader");

        long deadline = System.nanoTime() + 8_000_000_000L;
        while (me(access) != 401 && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }

        assertThat(me(access)).isEqualTo(401);
    }

    @Test
    void shouldKeepHaltAndCloseWhileTheUserStoreIsDown() {
        String access = json(gateway.login("trader", PASSWORD)).get("accessToken").asText();
        gateway.users.takeDown(true);

        var halt =
                gateway.send(
                        gateway.request("POST", "/api/halt", "{}")
                                .header("Authorization", "Bearer " + access)
                                .header("Idempotency-Key", "halt-0001"));
        var close =
                gateway.send(
                        gateway.request("POST", "/api/close/6357", "{}")
                                .header("Authorization", "Bearer " + access)
                                .header("Idempotency-Key", "close-0001"));

        assertThat(List.of(halt.statusCode(), close.statusCode())).containsExactly(202, 202);
        assertThat(gateway.login("trader", PASSWORD).statusCode()).isEqualTo(503);
    }

    @Test
    void shouldMakeAnAdminOnceWhoMustChangeTheRandomPassword() {
        try (var fresh = new GatewayFixture(GatewayFixture.config(List.of()), false)) {
            Optional<String> oneTime = GatewayFixture.await(fresh.server.ensureAdmin(null));
            Optional<String> again = GatewayFixture.await(fresh.server.ensureAdmin(null));
            var login = fresh.login("admin", oneTime.orElseThrow());
            String access = json(login).get("accessToken").asText();

            assertThat(again).isEmpty();
            assertThat(json(login).get("mustChangePassword").asBoolean()).isTrue();
            var status =
                    fresh.send(
                            fresh.request("GET", "/api/status", null)
                                    .header("Authorization", "Bearer " + access));
            assertThat(status.statusCode()).isEqualTo(403);
            var changed =
                    fresh.send(
                            fresh.request(
                                            "POST",
                                            "/api/auth/password",
                                            passwords(oneTime.get(), PASSWORD))
                                    .header("Authorization", "Bearer " + access));
            assertThat(changed.statusCode()).isEqualTo(200);
            assertThat(json(changed).get("mustChangePassword").asBoolean()).isFalse();
        }
    }

    @Test
    void shouldTakeTheFirstPasswordFromTheEnvironment() {
        try (var fresh = new GatewayFixture(GatewayFixture.config(List.of()), false)) {
            Optional<String> random =
                    GatewayFixture.await(fresh.server.ensureAdmin("a given password"));

            assertThat(random).isEmpty();
            assertThat(
                            json(fresh.login("admin", "a given password"))
                                    .get("mustChangePassword")
                                    .asBoolean())
                    .isFalse();
        }
    }

    @Test
    void shouldAddUsersAndResetPasswords() {
        var made =
                gateway.command(
                        Role.ADMIN,
                        "POST",
                        "/api/admin/users",
                        "{\"username\":\"ann\",\"password\":\"%s\",\"role\":\"trader\"}"
                                .formatted(PASSWORD));
        var twice =
                gateway.command(
                        Role.ADMIN,
                        "POST",
                        "/api/admin/users",
                        "{\"username\":\"ann\",\"password\":\"%s\",\"role\":\"trader\"}"
                                .formatted(PASSWORD));
        var reset =
                gateway.command(
                        Role.ADMIN,
                        "PUT",
                        "/api/admin/users/ann/password",
                        "{\"newPassword\":\"purple engine harbour\"}");

        assertThat(Arrays.asList(made.statusCode(), twice.statusCode(), reset.statusCode()))
                .containsExactly(201, 409, 204);
        var login = gateway.login("ann", "purple engine harbour");
        assertThat(json(login).get("mustChangePassword").asBoolean()).isTrue();
    }

    private double medianMs(String username) {
        double[] ms = new double[5];
        for (int i = 0; i < ms.length; i++) {
            gateway.clock.advance(60_000); // Past any pause.
            long startNs = System.nanoTime();
            assertThat(gateway.login(username, "wrong" + i).statusCode()).isEqualTo(401);
            ms[i] = (System.nanoTime() - startNs) / 1e6;
        }
        Arrays.sort(ms);
        return ms[ms.length / 2];
    }

    /** 25 guesses at once. */
    private Stream<CompletableFuture<Integer>> wave(int first) {
        return IntStream.range(first, first + 25)
                .mapToObj(i -> guess("trader", "guess" + i))
                .toList()
                .stream();
    }

    private CompletableFuture<Integer> guess(String username, String password) {
        var request =
                gateway.request(
                        "POST",
                        "/api/auth/login",
                        "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(username, password));
        return gateway.http
                .sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
                .thenApply(HttpResponse::statusCode);
    }

    private int auditOf(String outcome) {
        return (int)
                gateway.users.auditEntries().stream()
                        .filter(entry -> entry.outcome().equals(outcome))
                        .count();
    }

    private int me(String access) {
        return gateway.send(
                        gateway.request("GET", "/api/auth/me", null)
                                .header("Authorization", "Bearer " + access))
                .statusCode();
    }

    private HttpResponse<String> changePassword(String access, String from, String to) {
        return gateway.send(
                gateway.request("POST", "/api/auth/password", passwords(from, to))
                        .header("Authorization", "Bearer " + access));
    }

    private static String passwords(String from, String to) {
        return "{\"currentPassword\":\"%s\",\"newPassword\":\"%s\"}".formatted(from, to);
    }
}
