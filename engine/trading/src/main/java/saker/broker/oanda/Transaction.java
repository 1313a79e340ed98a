package saker.broker.oanda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/**
 * One transaction as the broker wrote it.
 *
 * @param id consecutive per account, &gt; 0
 * @param batchId first transaction of the same request or event, 0 if not given
 * @param raw its bytes, as they came
 */
record Transaction(long id, long batchId, String type, JsonNode json, byte[] raw) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /**
     * @throws IOException if the bytes are no JSON object with an id and a type
     */
    static Transaction read(byte[] raw) throws IOException {
        return of(MAPPER.readTree(raw), raw);
    }

    static Transaction of(JsonNode json, byte[] raw) throws IOException {
        long id = idOf(json, "id");
        String type = json.path("type").asText();
        if (id <= 0 || type.isEmpty()) {
            throw new IOException("no transaction: id=" + json.path("id") + ", type=" + type);
        }
        return new Transaction(id, idOf(json, "batchID"), type, json, raw);
    }

    /** A member as text; empty if missing. */
    String text(String member) {
        return json.path(member).asText();
    }

    /** A member that is an id; 0 if missing or no number. */
    long idOf(String member) {
        return idOf(json, member);
    }

    /** An id, written as a string or a number; 0 if missing or anything else. */
    static long idOf(JsonNode json, String member) {
        return toId(json.path(member).asText());
    }

    static long toId(String text) {
        try {
            return text.isEmpty() ? 0 : Long.parseLong(text);
        } catch (NumberFormatException e) {
            return 0; // An id that is no number is none.
        }
    }
}
