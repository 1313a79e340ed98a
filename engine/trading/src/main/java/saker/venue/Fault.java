package saker.venue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A failure to be played to the client, as scripted through {@code POST /saker/faults}.
 *
 * @param kind what goes wrong
 * @param method HTTP method it strikes, or null for any; not for a stream
 * @param path searched in the raw request path; null for a stream
 * @param stream the live stream it strikes instead of a request, or null
 * @param count how many requests or connections it strikes, ≥ 1
 * @param bytes of the body that still leave before a cut, ≥ 0
 * @param ms length of a delay or stall; 0 is a stall without end
 * @param status of a {@link Kind#STATUS}: 400 to 599
 */
record Fault(
        Kind kind,
        String method,
        Pattern path,
        Stream stream,
        int count,
        long bytes,
        long ms,
        int status) {

    enum Kind {
        /** The connection stays open and silent. */
        STALL,
        /** The connection closes after {@link Fault#bytes} bytes of the body. */
        CUT,
        /** The request is executed; the connection closes without an answer. */
        DROP_ANSWER,
        /** The connection closes; nothing is executed. */
        DROP_BEFORE,
        /** The request waits, is executed even if its client has gone, and is answered. */
        DELAY,
        /** Nothing is executed; the answer is {@link Fault#status}. */
        STATUS
    }

    enum Stream {
        PRICES("/pricing/stream"),
        TRANSACTIONS("/transactions/stream");

        private final String pathEnd;

        Stream(String pathEnd) {
            this.pathEnd = pathEnd;
        }

        /** The stream at a path, or null. */
        static Stream ofPath(String path) {
            for (Stream stream : values()) {
                if (path.endsWith(stream.pathEnd)) {
                    return stream;
                }
            }
            return null;
        }
    }

    private static final List<String> MEMBERS =
            List.of("kind", "method", "path", "count", "bytes", "ms", "status", "stream");

    /** Reads one; every violation is a {@link Refusal} that says what is allowed. */
    static Fault parse(JsonNode tree) {
        tree.fieldNames()
                .forEachRemaining(
                        name ->
                                check(
                                        MEMBERS.contains(name),
                                        name,
                                        "unknown",
                                        "one of " + MEMBERS));
        Kind kind = choice(Kind.class, tree, "kind");
        Stream stream = tree.has("stream") ? choice(Stream.class, tree, "stream") : null;
        String method = tree.has("method") ? tree.get("method").asText() : null;
        String path = tree.path("path").asText("");
        long count = whole(tree, "count", 1);
        long bytes = whole(tree, "bytes", 0);
        long ms = whole(tree, "ms", 0);
        long status = whole(tree, "status", 503);
        check(count >= 1 && count <= 1_000_000, "count", count, "1 to 1000000");
        check(bytes >= 0, "bytes", bytes, "0 or more");
        check(ms >= 0 && ms <= 3_600_000, "ms", ms, "0 to 3600000");
        check(kind != Kind.DELAY || ms > 0, "ms", ms, "1 or more for a delay");
        check(status >= 400 && status <= 599, "status", status, "400 to 599");
        Fault fault =
                new Fault(
                        kind,
                        method,
                        stream == null ? pattern(path) : null,
                        stream,
                        (int) count,
                        bytes,
                        ms,
                        (int) status);
        check(
                stream == null || fault.canStrikeStreams(),
                "kind",
                kind,
                "stall or cut for a stream");
        return fault;
    }

    boolean canStrikeStreams() {
        return kind == Kind.STALL || kind == Kind.CUT;
    }

    /** This fault once, on a stream. */
    Fault on(Stream target) {
        return new Fault(kind, null, null, target, 1, bytes, ms, status);
    }

    boolean strikes(String requestMethod, String requestPath) {
        return stream == null
                && (method == null || method.equalsIgnoreCase(requestMethod))
                && path.matcher(requestPath).find();
    }

    private static Pattern pattern(String path) {
        try {
            return Pattern.compile(path);
        } catch (PatternSyntaxException e) {
            throw refusal("path", path, "a regular expression");
        }
    }

    private static long whole(JsonNode tree, String name, long absent) {
        JsonNode node = tree.get(name);
        if (node == null) {
            return absent;
        }
        check(node.isIntegralNumber(), name, node, "a whole number");
        return node.asLong();
    }

    private static <T extends Enum<T>> T choice(Class<T> type, JsonNode tree, String name) {
        String text = tree.path(name).asText("");
        for (T value : type.getEnumConstants()) {
            if (value.name().replace('_', '-').equalsIgnoreCase(text)) {
                return value;
            }
        }
        throw refusal(name, text, "one of " + Arrays.toString(type.getEnumConstants()));
    }

    private static void check(boolean ok, String name, Object value, String allowed) {
        if (!ok) {
            throw refusal(name, value, allowed);
        }
    }

    private static Refusal refusal(String name, Object value, String allowed) {
        return new Refusal(400, null, "bad fault: " + name + "=" + value + ", allowed: " + allowed);
    }
}
