package saker.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import saker.config.SakerConfig.GatewayConfig;

/** The dashboard's files, the headers of every answer, CORS, and the transport. */
class PageTest {
    private static GatewayFixture gateway;

    @BeforeAll
    static void start() {
        gateway = new GatewayFixture();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void shouldServeTheClientToABrowserAndJsonToAProgram() {
        var page = get("/", "Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        var any = get("/", "Accept", "*/*");
        var json = get("/", "Accept", "application/json");

        assertThat(page.body()).contains("<div id=\"root\">");
        assertThat(any.body()).isEqualTo(page.body());
        assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(GatewayFixture.json(json).get("name").asText()).isEqualTo("Saker");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/live", "/strategies/7001", "/ops/status"})
    void shouldServeTheClientForItsPages(String path) {
        assertThat(get(path, "Accept", "text/html").body()).contains("<div id=\"root\">");
    }

    @Test
    void shouldAnswerHeadWithTheHeadersOfGet() {
        for (String path : List.of("/", "/api/health", "/assets/app-1a2b3c.js")) {
            var head = gateway.send(gateway.request("HEAD", path, null));

            assertThat(head.statusCode()).as(path).isEqualTo(200);
            assertThat(head.body()).isEmpty();
            assertThat(head.headers().firstValue("Content-Security-Policy")).isPresent();
        }
    }

    @Test
    void shouldLetHashedFilesBeKeptForever() {
        var plain = get("/assets/app-1a2b3c.js", "Accept", "*/*");
        var zipped = get("/assets/app-1a2b3c.js", "Accept-Encoding", "gzip");

        assertThat(plain.body()).contains("saker");
        assertThat(plain.headers().firstValue("Cache-Control").orElseThrow()).contains("immutable");
        assertThat(plain.headers().firstValue("Content-Type").orElseThrow())
                .startsWith("text/javascript");
        assertThat(zipped.headers().firstValue("Content-Encoding")).contains("gzip");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/assets/none.js",
                "/../application.properties",
                "/assets/..%2f..%2flogback-test.xml",
                "/%2e%2e/logback-test.xml",
                "/.hidden/x.js",
                "/assets//../../logback-test.xml",
                "/saker/auth/common-passwords.txt",
                "/assets/app.class",
            })
    void shouldServeNothingElse(String path) {
        assertThat(get(path, "Accept", "*/*").statusCode()).isIn(404, 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api/health", "/api/status", "/assets/app-1a2b3c.js", "/x.js"})
    void shouldPutTheSafetyHeadersOnEveryAnswer(String path) {
        var headers = get(path, "Accept", "text/html").headers();

        assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
                .contains(
                        "default-src 'self'",
                        "script-src 'self';",
                        "style-src 'self' 'unsafe-inline'",
                        "connect-src 'self' ws://127.0.0.1:" + gateway.server.port(),
                        "frame-ancestors 'none'",
                        "object-src 'none'",
                        "base-uri 'none'")
                .doesNotContain("unsafe-eval", "*", "https:");
        assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(headers.firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(headers.firstValue("Strict-Transport-Security")).isEmpty();
    }

    @Test
    void shouldAllowExactlyTheConfiguredOrigin() {
        var known = get("/api/health", "Origin", "https://desk.example.com");
        var foreign = get("/api/health", "Origin", "https://evil.example");
        var preflight =
                gateway.send(
                        gateway.request("OPTIONS", "/api/trade", null)
                                .header("Origin", "https://desk.example.com")
                                .header("Access-Control-Request-Method", "POST"));
        var foreignPreflight =
                gateway.send(
                        gateway.request("OPTIONS", "/api/trade", null)
                                .header("Origin", "https://evil.example")
                                .header("Access-Control-Request-Method", "POST"));

        assertThat(known.headers().firstValue("Access-Control-Allow-Origin"))
                .contains("https://desk.example.com");
        assertThat(foreign.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers").orElseThrow())
                .contains("Idempotency-Key", "Authorization");
        assertThat(foreignPreflight.statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"*", "https://*.example.com", "example.com", "https://a.example/", "null"})
    void shouldRefuseToStartWithAnOriginThatIsNotExact(String origin) {
        assertThatThrownBy(() -> new GatewayFixture(GatewayFixture.config(List.of(origin)), true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("gateway.origins")
                .hasMessageContaining(origin);
    }

    @Test
    void shouldRefuseToListenBeyondLoopbackWithoutTls() {
        var open = new GatewayConfig("0.0.0.0", 0, "127.0.0.1", 0, List.of(), null, null, false);

        assertThatThrownBy(() -> new GatewayFixture(open, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("gateway.tls");
    }

    @Test
    void shouldSecureCookiesBehindAProxy() {
        var proxied =
                new GatewayConfig("127.0.0.1", 0, "127.0.0.1", 0, List.of(), null, null, true);
        try (var behind = new GatewayFixture(proxied, true)) {
            var login = behind.login("viewer", GatewayFixture.PASSWORD);

            assertThat(login.headers().firstValue("Set-Cookie").orElseThrow()).contains("; Secure");
            assertThat(login.headers().firstValue("Strict-Transport-Security")).isPresent();
        }
    }

    @Test
    void shouldSpeakTlsWithModernVersionsOnly(@TempDir Path folder) throws Exception {
        KeyStore store = selfSigned(folder);
        var config =
                new GatewayConfig(
                        "127.0.0.1",
                        0,
                        "127.0.0.1",
                        0,
                        List.of(),
                        folder.resolve("cert.pem").toString(),
                        folder.resolve("key.pem").toString(),
                        false);
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("saker", store.getCertificate("saker"));
        trust.init(trusted);
        try (var secure = new GatewayFixture(config, true)) {
            SSLContext context = SSLContext.getInstance("TLS");
            TrustManager[] managers = trust.getTrustManagers();
            context.init(null, managers, null);
            var client = java.net.http.HttpClient.newBuilder().sslContext(context).build();
            var answer =
                    client.send(
                            java.net.http.HttpRequest.newBuilder(
                                            java.net.URI.create(
                                                    "https://127.0.0.1:"
                                                            + secure.server.port()
                                                            + "/api/health"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Strict-Transport-Security")).isPresent();
            assertThat(answer.sslSession().orElseThrow().getProtocol()).isIn("TLSv1.2", "TLSv1.3");
            assertThatThrownBy(() -> secure.send(secure.request("GET", "/api/health", null)))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    private static HttpResponse<String> get(String path, String header, String value) {
        return gateway.send(gateway.request("GET", path, null).header(header, value));
    }

    private static KeyStore selfSigned(Path folder) throws Exception {
        Path file = folder.resolve("store.p12");
        int exit =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                "saker",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=127.0.0.1",
                                "-ext",
                                "san=ip:127.0.0.1",
                                "-storetype",
                                "PKCS12",
                                "-keystore",
                                file.toString(),
                                "-storepass",
                                "changeit")
                        .redirectErrorStream(true)
                        .start()
                        .waitFor();
        assertThat(exit).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(file)) {
            store.load(in, "changeit".toCharArray());
        }
        X509Certificate certificate = (X509Certificate) store.getCertificate("saker");
        pem(folder.resolve("cert.pem"), "CERTIFICATE", certificate.getEncoded());
        pem(
                folder.resolve("key.pem"),
                "PRIVATE KEY",
                store.getKey("saker", "changeit".toCharArray()).getEncoded());
        return store;
    }

    private static void pem(Path file, String type, byte[] bytes) throws IOException {
        String body =
                Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(bytes);
        Files.writeString(
                file, "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(type, body, type));
    }
}
