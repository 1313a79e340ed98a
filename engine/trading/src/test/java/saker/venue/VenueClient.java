package saker.venue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * An OANDA client that knows nothing of the venue's code: the JDK's HTTP client and a JSON tree.
 */
final class VenueClient {
    static final String TOKEN = "test-token";
    static final String ACCOUNT = "101-001-1000001-001";
    static final String BASE = "/v3/accounts/" + ACCOUNT;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String origin;
    private final List<String[]> headers = new ArrayList<>();

    VenueClient(int port) {
        origin = "http://127.0.0.1:" + port;
    }

    /** An answer; {@code body} is a missing node where it was no JSON. */
    record Reply(int status, JsonNode body, HttpResponse<String> raw) {
        JsonNode at(String pointer) {
            return body.at(pointer);
        }

        String text(String pointer) {
            return body.at(pointer).asText();
        }
    }

    VenueClient with(String name, String value) {
        headers.add(new String[] {name, value});
        return this;
    }

    Reply get(String path) {
        return send(request(path).GET());
    }

    /** A path below the account. */
    Reply account(String path) {
        return get(BASE + path);
    }

    Reply post(String path, String body) {
        return send(request(path).POST(BodyPublishers.ofString(body)));
    }

    Reply put(String path, String body) {
        return send(request(path).PUT(BodyPublishers.ofString(body)));
    }

    Reply send(String method, String path, String body) {
        return send(request(path).method(method, BodyPublishers.ofString(body)));
    }

    /** Posts an order; the text is the inside of the {@code order} object, in single quotes. */
    Reply order(String members) {
        return post(BASE + "/orders", "{\"order\":{" + members.replace('\'', '"') + "}}");
    }

    Lines stream(String path) {
        return new Lines(request(path).GET().timeout(Duration.ofSeconds(20)).build());
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(origin + path))
                        .timeout(Duration.ofSeconds(10))
                        .header("Content-Type", "application/json");
        if (headers.stream().noneMatch(h -> h[0].equals("Authorization"))) {
            request.header("Authorization", "Bearer " + TOKEN);
        }
        headers.forEach(h -> request.header(h[0], h[1]));
        return request;
    }

    private Reply send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> raw = http.send(request.build(), BodyHandlers.ofString());
            return new Reply(raw.statusCode(), parse(raw.body()), raw);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static JsonNode parse(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (IOException e) {
            return MAPPER.missingNode();
        }
    }

    /** A stream's lines as they come; {@link #END} once it is over. */
    final class Lines implements AutoCloseable {
        static final String END = "(end)";

        final HttpResponse<java.io.InputStream> response;
        private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

        private Lines(HttpRequest request) {
            try {
                response = http.send(request, BodyHandlers.ofInputStream());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            Thread reader = new Thread(this::read, "stream reader");
            reader.setDaemon(true);
            reader.start();
        }

        /** The next line, or null after the wait. */
        String next(long waitMs) {
            try {
                return lines.poll(waitMs, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        JsonNode json(long waitMs) {
            String line = next(waitMs);
            if (line == null || line.equals(END)) {
                throw new AssertionError("no line within " + waitMs + " ms: " + line);
            }
            return parse(line);
        }

        /** The next line of that type; others are passed over. */
        JsonNode json(String type, long waitMs) {
            long endNs = System.nanoTime() + waitMs * 1_000_000;
            while (System.nanoTime() < endNs) {
                JsonNode line = json(Math.max(1, (endNs - System.nanoTime()) / 1_000_000));
                if (line.path("type").asText().equals(type)) {
                    return line;
                }
            }
            throw new AssertionError("no " + type + " within " + waitMs + " ms");
        }

        @Override
        public void close() {
            try {
                response.body().close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void read() {
            try (var in =
                    new BufferedReader(
                            new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    lines.add(line);
                }
            } catch (IOException e) {
                lines.add(END);
                return;
            }
            lines.add(END);
        }
    }
}
