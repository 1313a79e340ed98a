package saker.rest;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** What a request gets: status, body and further headers. */
public record Answer(int status, String contentType, Buffer body, Map<String, String> headers) {
    private static final String JSON = "application/json";

    public static Answer ok(JsonObject json) {
        return of(200, json);
    }

    public static Answer ok(JsonArray json) {
        return new Answer(200, JSON, json.toBuffer(), Map.of());
    }

    public static Answer of(int status, JsonObject json) {
        return new Answer(status, JSON, json.toBuffer(), Map.of());
    }

    public static Answer none() {
        return new Answer(204, null, Buffer.buffer(), Map.of());
    }

    public static Answer csv(String text) {
        return new Answer(200, "text/csv; charset=utf-8", Buffer.buffer(text), Map.of());
    }

    public Answer with(String header, String value) {
        var more = new java.util.LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, contentType, body, Map.copyOf(more));
    }
}
