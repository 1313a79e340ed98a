package saker.venue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Compares an answer with the vendor's Swagger description: every member's name and type must be in
 * it, or on the list of members that are on the wire but not in that version. Violations name the
 * place, such as {@code $.orders[0].price}.
 */
final class VendorSchema {
    /** Members per definition (or {@code *}) that the wire has and version 3.0.25 has not. */
    private static final Map<String, Set<String>> ON_THE_WIRE =
            Map.of(
                    "*", Set.of("partialFill", "requestedUnits", "unixTime"),
                    "Instrument",
                            Set.of(
                                    "financing",
                                    "tags",
                                    "minimumGuaranteedStopLossDistance",
                                    "guaranteedStopLossOrderExecutionPremium",
                                    "guaranteedStopLossOrderLevelRestriction"),
                    "ClientPrice", Set.of("timestamp"));

    private final JsonNode root;

    private VendorSchema(JsonNode root) {
        this.root = root;
    }

    static VendorSchema load(Path file) {
        try {
            return new VendorSchema(new ObjectMapper().readTree(file.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Violations of a body as answer of this operation; empty if it conforms. */
    List<String> violations(String method, String template, int status, JsonNode body) {
        JsonNode operation =
                root.path("paths").path(template).path(method.toLowerCase(Locale.ROOT));
        if (operation.isMissingNode()) {
            return List.of("no such operation: " + method + " " + template);
        }
        JsonNode response = operation.path("responses").path(Integer.toString(status));
        if (response.has("$ref")) {
            response = root.path("responses").path(nameOf(response));
        }
        if (response.isMissingNode()) {
            return List.of("no such status: " + method + " " + template + " " + status);
        }
        List<String> violations = new ArrayList<>();
        JsonNode schema = response.path("schema");
        if (!schema.isMissingNode()) {
            check(schema, body, "$", "", violations);
        }
        return violations;
    }

    /** Violations of one document of a stream against a definition. */
    List<String> violations(String definition, JsonNode line) {
        List<String> violations = new ArrayList<>();
        check(definition(definition, line), line, "$", definition, violations);
        return violations;
    }

    private void check(
            JsonNode schema, JsonNode value, String place, String owner, List<String> violations) {
        if (schema.has("$ref")) {
            String name = nameOf(schema);
            check(definition(name, value), value, place, name, violations);
            return;
        }
        String type = schema.path("type").asText("object");
        if (!matches(type, value, place)) {
            violations.add(place + ": " + value + " is no " + type);
            return;
        }
        if (schema.has("enum") && !contains(schema.get("enum"), value)) {
            violations.add(place + ": " + value + " is none of " + schema.get("enum"));
        }
        if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                check(schema.path("items"), value.get(i), place + "[" + i + "]", owner, violations);
            }
        }
        if (value.isObject()) {
            checkMembers(schema.path("properties"), value, place, owner, violations);
        }
    }

    private void checkMembers(
            JsonNode properties, JsonNode value, String place, String owner, List<String> found) {
        value.fields()
                .forEachRemaining(
                        member -> {
                            String name = member.getKey();
                            JsonNode schema = properties.path(name);
                            if (!schema.isMissingNode()) {
                                check(schema, member.getValue(), place + "." + name, "", found);
                            } else if (!isOnTheWire(owner, name)) {
                                found.add(place + "." + name + ": not in the description");
                            }
                        });
    }

    private static boolean isOnTheWire(String owner, String name) {
        return ON_THE_WIRE.get("*").contains(name)
                || ON_THE_WIRE.getOrDefault(owner, Set.of()).contains(name);
    }

    /** A definition, or the one its {@code type} member selects. */
    private JsonNode definition(String name, JsonNode value) {
        String type = value.path("type").asText("");
        String selected =
                switch (name) {
                    case "Transaction" -> camel(type) + "Transaction";
                    case "Order" -> camel(type) + "Order";
                    default -> name;
                };
        JsonNode definition = root.path("definitions").path(selected);
        return definition.isMissingNode() ? root.path("definitions").path(name) : definition;
    }

    private static boolean matches(String type, JsonNode value, String place) {
        return switch (type) {
            case "string" -> value.isTextual();
            // A number in the stream, a string in ORDER_FILL.fullPrice.
            case "integer" ->
                    value.isIntegralNumber()
                            || place.contains("fullPrice")
                                    && place.endsWith("liquidity")
                                    && value.isTextual();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "array" -> value.isArray();
            default -> value.isObject();
        };
    }

    private static boolean contains(JsonNode values, JsonNode value) {
        for (JsonNode allowed : values) {
            if (allowed.equals(value)) {
                return true;
            }
        }
        return false;
    }

    private static String nameOf(JsonNode reference) {
        String path = reference.get("$ref").asText();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static String camel(String type) {
        StringBuilder name = new StringBuilder();
        for (String word : type.split("_")) {
            if (!word.isEmpty()) {
                name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
            }
        }
        return name.toString();
    }
}
