package saker.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** A user of the REST interface. */
final class DemoApi {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final URI base;
    private final String token;

    private DemoApi(URI base, String token) {
        this.base = base;
        this.token = token;
    }

    /** Status and body. */
    record Answer(int status, JsonNode body) {}

    static DemoApi login(String url) {
        return login(url, "admin", SakerProcess.ADMIN_PASSWORD);
    }

    static DemoApi login(String url, String username, String password) {
        DemoApi nobody = new DemoApi(URI.create(url), "");
        String body = "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(username, password);
        Answer answer = nobody.send("POST", "/api/auth/login", body, Map.of());
        if (answer.status != 200) {
            throw new AssertionError("no login: " + answer);
        }
        return new DemoApi(nobody.base, answer.body.get("accessToken").asText());
    }

    DemoApi withToken(String other) {
        return new DemoApi(base, other);
    }

    String token() {
        return token;
    }

    URI socket() {
        return URI.create("ws://" + base.getAuthority() + "/ws");
    }

    URI base() {
        return base;
    }

    JsonNode get(String path) {
        Answer answer = send("GET", path, null, Map.of());
        if (answer.status != 200) {
            throw new AssertionError(path + ": " + answer);
        }
        return answer.body;
    }

    /** A command with a key of its own, waited for. */
    Answer command(String method, String path, String body) {
        return command(method, path, body, UUID.randomUUID().toString());
    }

    Answer command(String method, String path, String body, String key) {
        return send(method, path + "?wait=10000", body, Map.of("Idempotency-Key", key));
    }

    Answer send(String method, String path, String body, Map<String, String> headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve(path))
                        .timeout(Duration.ofSeconds(30))
                        .method(
                                method,
                                body == null
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        headers.forEach(request::header);
        try {
            HttpResponse<String> answer =
                    HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(
                    answer.statusCode(),
                    Json.parse(answer.body().isEmpty() ? "null" : answer.body()));
        } catch (IOException e) {
            throw new AssertionError("no answer: " + method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Units with sign by ticket. */
    Map<Long, String> positions() {
        Map<Long, String> units = new TreeMap<>();
        for (JsonNode position : get("/api/positions")) {
            String amount = Units.plain(position.get("units").asText());
            boolean sold = position.get("type").asText().equals("SELL");
            units.put(position.get("ticket").asLong(), sold ? "-" + amount : amount);
        }
        return units;
    }

    /** Waits until the account takes orders. */
    DemoApi awaitReady() {
        Await.noComplaint(
                Duration.ofSeconds(30),
                () -> {
                    String state = get("/api/account").path("state").asText();
                    return state.equals("RUNNING") ? "" : "account is " + state;
                });
        Await.until(
                "EURUSD has a price",
                Duration.ofSeconds(15),
                () -> quote("EURUSD").path("tradeable").asBoolean());
        return this;
    }

    JsonNode quote(String symbol) {
        for (JsonNode quote : get("/api/quotes")) {
            if (quote.get("symbol").asText().equals(symbol)) {
                return quote;
            }
        }
        return Json.parse("{}");
    }
}
