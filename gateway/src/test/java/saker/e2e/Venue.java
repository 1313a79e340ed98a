package saker.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The demo's broker, asked directly: what it says is what happened. */
record Venue(long pid, int port, String token) {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String ACCOUNT = "/v3/accounts/101-001-1000001-001";
    private static final int PAGE = 1_000;

    /** Its own status; empty while it does not answer. */
    Optional<JsonNode> status() {
        return ask("GET", "/saker/status", "");
    }

    /** Units with sign by trade id. */
    Map<Long, String> openTrades() {
        Map<Long, String> units = new TreeMap<>();
        for (JsonNode trade : get("/openTrades").path("trades")) {
            units.put(trade.get("id").asLong(), Units.plain(trade.get("currentUnits").asText()));
        }
        return units;
    }

    String balance() {
        return get("/summary").path("account").path("balance").asText();
    }

    /** Every transaction so far, in order. */
    List<JsonNode> transactions() {
        long last = get("/summary").path("lastTransactionID").asLong();
        List<JsonNode> all = new ArrayList<>();
        for (long from = 1; from <= last; from += PAGE) {
            long to = Math.min(last, from + PAGE - 1);
            get("/transactions/idrange?from=" + from + "&to=" + to)
                    .path("transactions")
                    .forEach(all::add);
        }
        return all;
    }

    List<JsonNode> fills() {
        return transactions().stream()
                .filter(t -> t.path("type").asText().equals("ORDER_FILL"))
                .toList();
    }

    /** Lets something go wrong. */
    void fault(String json) {
        ask("POST", "/saker/faults", json)
                .orElseThrow(() -> new AssertionError("fault refused: " + json));
    }

    private JsonNode get(String path) {
        return Await.value(
                "venue answers " + path,
                Duration.ofSeconds(15),
                () -> ask("GET", ACCOUNT + path, ""));
    }

    private Optional<JsonNode> ask(String method, String path, String body) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(Duration.ofSeconds(5))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build();
        try {
            HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() / 100 == 2
                    ? Optional.of(Json.parse(answer.body()))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // It was killed, or is being started.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
