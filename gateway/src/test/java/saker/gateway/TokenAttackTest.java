package saker.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import saker.api.UserStore.Role;

/** Forged, altered and outdated access tokens. */
class TokenAttackTest {
    private static GatewayFixture gateway;

    record Forgery(String name, String token) {
        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    static void start() {
        gateway = new GatewayFixture();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void shouldAcceptOurOwnFormat() throws Exception {
        String token = sign(header(), claims(), GatewayFixture.SECRET);

        assertThat(status(token)).isEqualTo(200);
    }

    @Test
    void shouldAcceptASkewWithinAMinute() throws Exception {
        long now = nowS();
        String early = claims().replace("\"nbf\":" + now, "\"nbf\":" + (now + 50));

        assertThat(status(sign(header(), early, GatewayFixture.SECRET))).isEqualTo(200);
    }

    static Stream<Forgery> forgeries() throws Exception {
        List<Forgery> all = new ArrayList<>();
        for (String none : List.of("none", "None", "NONE", "nOnE", "noNe", "NonE")) {
            String header = header().replace("HS256", none);
            all.add(new Forgery("alg " + none, unsigned(header, claims()) + "."));
            all.add(
                    new Forgery(
                            "alg " + none + " signed",
                            sign(header, claims(), GatewayFixture.SECRET)));
        }
        byte[] publicKey =
                KeyPairGenerator.getInstance("RSA").generateKeyPair().getPublic().getEncoded();
        all.add(new Forgery("HS256 with a public key", sign(header(), claims(), publicKey)));
        all.add(
                new Forgery(
                        "RS256",
                        sign(header().replace("HS256", "RS256"), claims(), GatewayFixture.SECRET)));
        all.add(
                new Forgery(
                        "HS512",
                        sign(header().replace("HS256", "HS512"), claims(), GatewayFixture.SECRET)));
        all.add(new Forgery("signature stripped", unsigned(header(), claims()) + "."));
        all.add(new Forgery("two parts", unsigned(header(), claims())));
        all.add(new Forgery("wrong key", sign(header(), claims(), new byte[32])));
        String good = sign(header(), claims(), GatewayFixture.SECRET);
        all.add(new Forgery("padding added", good + "="));
        all.add(
                new Forgery(
                        "role raised after signing",
                        good.replace(
                                base64(claims()), base64(claims().replace("TRADER", "ADMIN")))));
        for (String kid :
                List.of(
                        "../../dev/null",
                        "/proc/self/environ",
                        "' OR '1'='1",
                        "x' UNION SELECT 1--",
                        "")) {
            all.add(
                    new Forgery(
                            "kid " + kid,
                            sign(header().replace(kid(), kid), claims(), GatewayFixture.SECRET)));
        }
        for (String member :
                List.of(
                        "\"jwk\":{\"kty\":\"oct\",\"k\":\"AAAA\"}",
                        "\"jku\":\"http://127.0.0.1/keys\"",
                        "\"x5u\":\"http://127.0.0.1/cert\"",
                        "\"crit\":[\"exp\"]")) {
            String header = header().replace("{", "{" + member + ",");
            all.add(new Forgery(member, sign(header, claims(), GatewayFixture.SECRET)));
        }
        all.add(
                new Forgery(
                        "oversized",
                        sign(
                                header(),
                                claims().replace("{", "{\"x\":\"" + "a".repeat(3_000) + "\","),
                                GatewayFixture.SECRET)));
        all.add(claim("duplicate claim", "{", "{\"role\":\"ADMIN\","));
        all.add(claim("expired", "\"exp\":" + (nowS() + 900), "\"exp\":" + (nowS() - 61)));
        all.add(claim("no expiry", ",\"exp\":" + (nowS() + 900), ""));
        all.add(claim("text expiry", "\"exp\":" + (nowS() + 900), "\"exp\":\"9999999999\""));
        all.add(claim("not before", "\"nbf\":" + nowS(), "\"nbf\":" + (nowS() + 70)));
        all.add(claim("audience", "saker-gateway", "other"));
        all.add(claim("issuer", "\"iss\":\"saker\"", "\"iss\":\"evil\""));
        all.add(claim("unknown role", "TRADER", "ROOT"));
        all.add(claim("lower case role", "TRADER", "trader"));
        all.add(claim("no version", "\"ver\":1,", ""));
        all.add(claim("older version", "\"ver\":1,", "\"ver\":0,"));
        all.add(
                new Forgery(
                        "another type",
                        sign(header().replace("at+jwt", "JWT"), claims(), GatewayFixture.SECRET)));
        all.add(new Forgery("a refresh token", "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA"));
        all.add(new Forgery("not base64", "!!.??.##"));
        all.add(new Forgery("empty", ""));
        return all.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forgeries")
    void shouldRefuseForgeries(Forgery forgery) {
        var answer =
                gateway.send(
                        gateway.request("POST", "/api/halt", "{}")
                                .header("Authorization", "Bearer " + forgery.token())
                                .header("Idempotency-Key", "0123456789"));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(GatewayFixture.json(answer).get("message").asText()).isEqualTo("log in");
        assertThat(gateway.engine.commands()).isEmpty();
        assertThat(gateway.users.auditEntries())
                .last()
                .satisfies(entry -> assertThat(entry.outcome()).isEqualTo("refused"));
    }

    @Test
    void shouldRefuseATokenInTheQueryOrTheCookie() {
        String token = gateway.token(Role.ADMIN);

        int query =
                gateway.send(gateway.request("GET", "/api/status?token=" + token, null))
                        .statusCode();
        int cookie =
                gateway.send(
                                gateway.request("GET", "/api/status", null)
                                        .header("Cookie", "saker_refresh=" + token))
                        .statusCode();

        assertThat(List.of(query, cookie)).containsExactly(401, 401);
    }

    @Test
    void shouldRefuseAnAccessTokenAsRefreshToken() {
        assertThat(gateway.refresh("saker_refresh=" + gateway.token(Role.ADMIN)).statusCode())
                .isEqualTo(401);
    }

    private int status(String token) {
        return gateway.send(
                        gateway.request("GET", "/api/status", null)
                                .header("Authorization", "Bearer " + token))
                .statusCode();
    }

    private static Forgery claim(String name, String from, String to) throws Exception {
        String claims = claims();
        assertThat(claims).contains(from);
        return new Forgery(
                name,
                sign(
                        header(),
                        claims.substring(0, claims.indexOf(from))
                                + to
                                + claims.substring(claims.indexOf(from) + from.length()),
                        GatewayFixture.SECRET));
    }

    private static String header() throws Exception {
        return "{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"kid\":\"" + kid() + "\"}";
    }

    private static String kid() throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(GatewayFixture.SECRET);
        return HexFormat.of().formatHex(hash, 0, 8);
    }

    private static String claims() {
        long now = nowS();
        return ("{\"iss\":\"saker\",\"aud\":\"saker-gateway\",\"sub\":\"trader\",\"role\":\"TRADER\","
                        + "\"ver\":1,\"sid\":\"f\",\"mcp\":false,\"iat\":%d,\"nbf\":%d,\"exp\":%d}")
                .formatted(now, now, now + 900);
    }

    private static long nowS() {
        return START_S;
    }

    private static final long START_S = System.currentTimeMillis() / 1_000;

    private static String sign(String header, String claims, byte[] key) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        String content = unsigned(header, claims);
        byte[] signature = mac.doFinal(content.getBytes(StandardCharsets.US_ASCII));
        return content + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    }

    private static String unsigned(String header, String claims) {
        return base64(header) + "." + base64(claims);
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
