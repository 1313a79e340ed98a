package saker.venue;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * An answer ready to be written.
 *
 * @param status HTTP status
 * @param contentType of the body
 * @param body whole, not compressed
 * @param headers beside {@code RequestID} and those of the body
 */
record Answer(int status, String contentType, byte[] body, Map<String, String> headers) {
    private static final String JSON = "application/json; charset=UTF-8";

    static Answer json(int status, JsonLine json) {
        return new Answer(status, JSON, json.toBytes(), Map.of());
    }

    static Answer ok(JsonLine json) {
        return json(200, json);
    }

    static Answer html(int status, String text) {
        byte[] body =
                ("<html><body><h1>" + text + "</h1></body></html>")
                        .getBytes(StandardCharsets.UTF_8);
        return new Answer(status, "text/html", body, Map.of());
    }

    static Answer of(Refusal refusal) {
        JsonLine json =
                new JsonLine(DatetimeFormat.RFC3339)
                        .begin()
                        .text("errorMessage", refusal.getMessage())
                        .text("errorCode", refusal.code())
                        .end();
        return json(refusal.status(), json);
    }

    Answer with(String name, String value) {
        var more = new java.util.LinkedHashMap<>(headers);
        more.put(name, value);
        return new Answer(status, contentType, body, more);
    }
}
