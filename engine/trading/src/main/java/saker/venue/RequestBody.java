package saker.venue;

import com.fasterxml.jackson.databind.JsonNode;
import saker.broker.simulated.ClientExtensions;

/**
 * Reads members of a request's body. An absent member is null; one of the wrong form is refused by
 * name. Decimals may be strings or numbers and may end in {@code .0}.
 */
final class RequestBody {
    private final JsonNode tree;
    private final String prefix;

    /**
     * @param prefix of members in refusals, such as {@code order.}
     */
    RequestBody(JsonNode tree, String prefix) {
        this.tree = tree;
        this.prefix = prefix;
    }

    boolean has(String name) {
        return tree.has(name);
    }

    /** Whether the member is there and null: "cancel" for exits. */
    boolean isNull(String name) {
        return tree.has(name) && tree.get(name).isNull();
    }

    RequestBody object(String name) {
        JsonNode node = present(name);
        if (node == null) {
            return null;
        }
        if (!node.isObject()) {
            throw Refusal.invalid(prefix + name);
        }
        return new RequestBody(node, prefix + name + ".");
    }

    RequestBody requiredObject(String name) {
        RequestBody body = object(name);
        if (body == null) {
            throw Refusal.missing();
        }
        return body;
    }

    String text(String name) {
        JsonNode node = present(name);
        if (node == null) {
            return null;
        }
        if (!node.isValueNode()) {
            throw Refusal.invalid(prefix + name);
        }
        return node.isNumber() ? node.decimalValue().toPlainString() : node.asText();
    }

    Long decimalE8(String name) {
        return decimal(name, 8);
    }

    Long decimalE4(String name) {
        return decimal(name, 4);
    }

    Long decimalE14(String name) {
        return decimal(name, 14);
    }

    Long id(String name) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        if (!text.matches("\\d{1,18}")) {
            throw Refusal.invalid(prefix + name);
        }
        return Long.valueOf(text);
    }

    Long time(String name) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        try {
            return DatetimeFormat.parse(text);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw Refusal.invalid(prefix + name);
        }
    }

    <T extends Enum<T>> T choice(String name, Class<T> type) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        try {
            return Enum.valueOf(type, text);
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid(prefix + name);
        }
    }

    ClientExtensions extensions(String name) {
        RequestBody body = object(name);
        if (body == null) {
            return null;
        }
        return new ClientExtensions(body.text("id"), body.text("tag"), body.text("comment"));
    }

    /** Refuses what this venue does not offer, instead of doing something else. */
    void refuseIfGiven(String name) {
        JsonNode node = present(name);
        if (node != null && !(node.isBoolean() && !node.booleanValue())) {
            throw Refusal.invalid(prefix + name);
        }
    }

    private Long decimal(String name, int decimals) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        try {
            return parse(text, decimals);
        } catch (NumberFormatException e) {
            throw Refusal.invalid(prefix + name);
        }
    }

    /**
     * Digits beyond our scale are cut, but leave a trace in the last one, so that the account still
     * sees a number with more precision than it allows.
     */
    private static long parse(String text, int decimals) {
        if (!text.matches("-?\\d{1,18}(\\.\\d+)?")) {
            throw new NumberFormatException("not a plain decimal: text=" + text);
        }
        int point = text.indexOf('.');
        boolean fits = point < 0 || text.length() - point - 1 <= decimals;
        String kept = fits ? text : text.substring(0, point + 1 + decimals);
        long value = saker.model.FixedPoint.parse(kept, decimals);
        boolean cut = !fits && !text.substring(point + 1 + decimals).matches("0*");
        if (!cut) {
            return value;
        }
        return text.startsWith("-") ? value - 1 : value + 1;
    }

    private JsonNode present(String name) {
        JsonNode node = tree.get(name);
        return node == null || node.isNull() ? null : node;
    }
}
