package saker.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import saker.model.FixedPoint;

/**
 * A JSON object that somebody sent us. Members are read one by one; a member that is missing, of
 * another type or out of range is a {@link BadRequest}, and so is one that nobody asked for.
 */
public final class RequestBody {
    private static final JsonMapper STRICT =
            JsonMapper.builder(
                            com.fasterxml.jackson.core.JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(16)
                                                    .maxNumberLength(40)
                                                    .build())
                                    .build())
                    .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS.mappedFeature())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .build();
    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,12}(\\.[0-9]{1,12})?");

    private final ObjectNode members;

    private RequestBody(ObjectNode members) {
        this.members = members;
    }

    /** Reads an object; no bytes are an empty one. */
    public static RequestBody parse(byte[] bytes) {
        if (bytes.length == 0) {
            return new RequestBody(STRICT.createObjectNode());
        }
        try {
            JsonNode node = STRICT.readTree(bytes);
            if (node instanceof ObjectNode object) {
                return new RequestBody(object);
            }
        } catch (IOException e) {
            throw new BadRequest("body", "not JSON", "one JSON object, no member twice");
        }
        throw new BadRequest("body", "not an object", "one JSON object");
    }

    /** Refuses members beyond these. */
    public RequestBody allowOnly(String... names) {
        Set<String> allowed = Set.of(names);
        for (Iterator<String> sent = members.fieldNames(); sent.hasNext(); ) {
            String name = sent.next();
            if (!allowed.contains(name)) {
                throw new BadRequest(
                        name, members.get(name), "no member but " + String.join(", ", names));
            }
        }
        return this;
    }

    public boolean has(String name) {
        return members.has(name);
    }

    public boolean isNull(String name) {
        return members.path(name).isNull();
    }

    public JsonNode node(String name) {
        return members.path(name);
    }

    /** Text of {@code min} to {@code max} characters. */
    public String text(String name, int min, int max) {
        JsonNode node = members.path(name);
        String text = node.textValue();
        if (text == null || text.length() < min || text.length() > max) {
            // The value is left out: it may be a password.
            throw new BadRequest(
                    name,
                    node.isMissingNode()
                            ? "missing"
                            : text == null ? "no text" : "length " + text.length(),
                    "text of %d to %d characters".formatted(min, max));
        }
        return text;
    }

    /** Text that matches the pattern. */
    public String text(String name, Pattern pattern, String allowed) {
        JsonNode node = members.path(name);
        String text = node.textValue();
        if (text == null || !pattern.matcher(text).matches()) {
            throw new BadRequest(name, shown(node), allowed);
        }
        return text;
    }

    public String textOr(String name, String fallback, int max) {
        return has(name) ? text(name, 0, max) : fallback;
    }

    public <E extends Enum<E>> E choice(String name, Map<String, E> choices) {
        JsonNode node = members.path(name);
        E choice = node.isTextual() ? choices.get(node.textValue()) : null;
        if (choice == null) {
            throw new BadRequest(
                    name, shown(node), String.join(", ", new TreeMap<>(choices).keySet()));
        }
        return choice;
    }

    public boolean bool(String name) {
        JsonNode node = members.path(name);
        if (!node.isBoolean()) {
            throw new BadRequest(name, shown(node), "true or false");
        }
        return node.booleanValue();
    }

    public long whole(String name, long min, long max) {
        JsonNode node = members.path(name);
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
            throw new BadRequest(name, shown(node), "a whole number");
        }
        long value = node.longValue();
        if (value < min || value > max) {
            throw new BadRequest(name, value, "%d to %d".formatted(min, max));
        }
        return value;
    }

    /** A plain decimal above 0, as text or number, with at most so many decimals; E8. */
    public long decimalE8(String name, int decimals, String allowed) {
        JsonNode node = members.path(name);
        String text = node.isNumber() ? node.decimalValue().toPlainString() : node.textValue();
        if (text == null || !DECIMAL.matcher(text).matches()) {
            throw new BadRequest(name, shown(node), allowed);
        }
        try {
            long value = FixedPoint.parse(text, decimals);
            long scaled =
                    FixedPoint.mulDiv(
                            value,
                            FixedPoint.powerOfTen(8 - decimals),
                            1,
                            FixedPoint.Rounding.DOWN);
            if (scaled > 0) {
                return scaled;
            }
        } catch (NumberFormatException e) {
            throw new BadRequest(name, text, allowed);
        }
        throw new BadRequest(name, text, allowed);
    }

    /** Like {@link #decimalE8}, empty if the member is not there. */
    public OptionalLong optionalDecimalE8(String name, int decimals, String allowed) {
        return has(name)
                ? OptionalLong.of(decimalE8(name, decimals, allowed))
                : OptionalLong.empty();
    }

    /** The same text for the same members in any order. */
    public String canonical() {
        TreeMap<String, JsonNode> sorted = new TreeMap<>();
        members.fields().forEachRemaining(e -> sorted.put(e.getKey(), e.getValue()));
        return sorted.toString();
    }

    private static Object shown(JsonNode node) {
        return node.isMissingNode() ? "missing" : node.isTextual() ? node.textValue() : node;
    }
}
