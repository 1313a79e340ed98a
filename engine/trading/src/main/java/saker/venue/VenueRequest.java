package saker.venue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One request as the handlers see it: values of the path, checked parameters, the body as a tree.
 * What is malformed ends in a {@link Refusal}.
 */
final class VenueRequest {
    private static final ObjectMapper MAPPER =
            new ObjectMapper()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final HttpServerRequest http;
    private final Map<String, String> pathValues;
    private final MultiMap query;
    private final long requestId;
    private final Buffer body;

    VenueRequest(
            HttpServerRequest http, Map<String, String> pathValues, long requestId, Buffer body) {
        this.http = http;
        this.pathValues = pathValues;
        this.query = http.params();
        this.requestId = requestId;
        this.body = body;
    }

    HttpServerRequest http() {
        return http;
    }

    /** Also written as {@code requestID} of every transaction this request makes. */
    long requestId() {
        return requestId;
    }

    /** The caller's own id of this request, or null. */
    String clientRequestId() {
        return http.getHeader("ClientRequestID");
    }

    DatetimeFormat format() {
        return DatetimeFormat.of(http.getHeader("Accept-Datetime-Format"));
    }

    JsonLine json() {
        return new JsonLine(format());
    }

    /** Scheme and host as the client wrote them. */
    String origin() {
        return "http://" + http.authority();
    }

    /** A decoded value of the path. */
    String path(String name) {
        return pathValues.get(name);
    }

    /** A parameter of the query, or null. */
    String text(String name) {
        String value = query.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    /** A comma-separated list, in its order and without doubles; empty if absent. */
    Set<String> list(String name) {
        Set<String> values = new LinkedHashSet<>();
        for (String part : query.getAll(name)) {
            for (String value : part.split(",")) {
                if (!value.isBlank()) {
                    values.add(value.strip());
                }
            }
        }
        return values;
    }

    List<Long> ids(String name) {
        List<Long> ids = new ArrayList<>();
        for (String value : list(name)) {
            ids.add(parseId(name, value));
        }
        return ids;
    }

    /** A transaction id, or {@code absent}. */
    long id(String name, long absent) {
        String value = text(name);
        return value == null ? absent : parseId(name, value);
    }

    long requiredId(String name) {
        if (text(name) == null) {
            throw Refusal.missing();
        }
        return parseId(name, text(name));
    }

    boolean flag(String name, boolean absent) {
        String value = text(name);
        if (value == null) {
            return absent;
        }
        return switch (value.toLowerCase(java.util.Locale.ROOT)) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw Refusal.invalid(name);
        };
    }

    /** A count of at least 1; above {@code max} the vendor's text for it. */
    int count(int absent, int max) {
        String value = text("count");
        if (value == null) {
            return absent;
        }
        long count = parseWhole("count", value);
        if (count < 1) {
            throw Refusal.invalid("count");
        }
        if (count > max) {
            throw new Refusal(400, null, "Maximum value for 'count' exceeded");
        }
        return (int) count;
    }

    long whole(String name, long absent) {
        String value = text(name);
        return value == null ? absent : parseWhole(name, value);
    }

    /** A time in either format, or {@link JsonLine#NONE}. */
    long time(String name) {
        String value = text(name);
        if (value == null) {
            return JsonLine.NONE;
        }
        try {
            return DatetimeFormat.parse(value);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw Refusal.invalid(name);
        }
    }

    <T extends Enum<T>> T choice(String name, Class<T> type, T absent) {
        String value = text(name);
        if (value == null) {
            return absent;
        }
        try {
            return Enum.valueOf(type, value);
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid(name);
        }
    }

    /** The body as a JSON object; a refusal if it is none. */
    JsonNode body() {
        if (body.length() == 0) {
            throw Refusal.missing();
        }
        try {
            JsonNode tree = MAPPER.readTree(body.getBytes());
            if (tree == null || !tree.isObject()) {
                throw malformed();
            }
            return tree;
        } catch (JsonProcessingException e) {
            throw malformed();
        } catch (IOException e) {
            throw malformed();
        }
    }

    private static Refusal malformed() {
        return new Refusal(
                400, null, "Unable to parse JSON: the request's body is not a JSON object");
    }

    private static long parseId(String name, String value) {
        long id = parseWhole(name, value);
        if (id < 0) {
            throw Refusal.invalid(name);
        }
        return id;
    }

    private static long parseWhole(String name, String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw Refusal.invalid(name);
        }
    }
}
