package saker.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import saker.model.FixedPoint;

/**
 * One mapping of a configuration file. Reading a key marks it as known; {@link #finish} reports
 * those that nobody read. Violations are collected, not thrown, so that all are reported together.
 */
final class Section {
    private final String file;
    private final String path;
    private final JsonNode node;
    private final List<String> violations;
    private final Set<String> known = new HashSet<>();

    Section(String file, String path, JsonNode node, List<String> violations) {
        this.file = file;
        this.path = path;
        this.violations = violations;
        if (node.isMissingNode() || node.isNull() || node.isObject()) {
            this.node = node;
        } else {
            violations.add(file + ": " + path + ": value=" + node + ", allowed: a mapping");
            this.node = MissingNode.getInstance();
        }
    }

    Section section(String key) {
        known.add(key);
        return new Section(file, child(key), node.path(key), violations);
    }

    List<Section> sections(String key) {
        known.add(key);
        List<Section> sections = new ArrayList<>();
        JsonNode list = node.path(key);
        if (!list.isMissingNode() && !list.isArray()) {
            violate(key, list, "a list of mappings");
            return sections;
        }
        for (int i = 0; i < list.size(); i++) {
            sections.add(new Section(file, child(key) + "[" + i + "]", list.get(i), violations));
        }
        return sections;
    }

    /** A text; a null default makes the key mandatory. */
    String text(String key, String byDefault, String pattern) {
        JsonNode value = read(key);
        if (value == null) {
            return missing(key, byDefault, "text matching " + pattern);
        }
        if (!value.isValueNode() || !value.asText().matches(pattern)) {
            violate(key, value, "text matching " + pattern);
            return byDefault == null ? "" : byDefault;
        }
        return value.asText();
    }

    /** A text, or null where the key is absent. */
    String optionalText(String key, String pattern) {
        return read(key) == null ? null : text(key, "", pattern);
    }

    long integer(String key, Long byDefault, long min, long max) {
        JsonNode value = read(key);
        String allowed = "a whole number from " + min + " to " + max;
        if (value == null) {
            Long missing = missing(key, byDefault, allowed);
            return missing == null ? min : missing;
        }
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() < min
                || value.longValue() > max) {
            violate(key, value, allowed);
            return byDefault == null ? min : byDefault;
        }
        return value.longValue();
    }

    double decimal(String key, Double byDefault, double min, double max) {
        JsonNode value = read(key);
        String allowed = "a number from " + min + " to " + max;
        if (value == null) {
            Double missing = missing(key, byDefault, allowed);
            return missing == null ? min : missing;
        }
        if (!value.isNumber() || !(value.doubleValue() >= min && value.doubleValue() <= max)) {
            violate(key, value, allowed);
            return byDefault == null ? min : byDefault;
        }
        return value.doubleValue();
    }

    /** A number, or null where the key is absent: the limit is off. */
    Double optionalDecimal(String key, double min, double max) {
        return read(key) == null ? null : decimal(key, min, min, max);
    }

    /** An exact decimal in E4. */
    long unitsE4(String key, long byDefaultE4, long maxUnits) {
        JsonNode value = read(key);
        if (value == null) {
            return byDefaultE4;
        }
        try {
            long unitsE4 = FixedPoint.parse(value.asText(), 4);
            if (unitsE4 > 0 && unitsE4 <= maxUnits * FixedPoint.E4) {
                return unitsE4;
            }
        } catch (NumberFormatException e) {
            // Reported below, with the value and what is allowed.
        }
        violate(key, value, "units above 0, up to " + maxUnits);
        return byDefaultE4;
    }

    boolean bool(String key, boolean byDefault) {
        JsonNode value = read(key);
        if (value == null) {
            return byDefault;
        }
        if (!value.isBoolean()) {
            violate(key, value, "true or false");
            return byDefault;
        }
        return value.booleanValue();
    }

    <E extends Enum<E>> E choice(String key, Class<E> type, E byDefault) {
        JsonNode value = read(key);
        String allowed =
                "one of " + Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT);
        if (value == null) {
            return missing(key, byDefault, allowed);
        }
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equalsIgnoreCase(value.asText())) {
                return constant;
            }
        }
        violate(key, value, allowed);
        return byDefault == null ? type.getEnumConstants()[0] : byDefault;
    }

    List<String> texts(String key, String pattern) {
        JsonNode list = read(key);
        List<String> texts = new ArrayList<>();
        if (list == null) {
            return texts;
        }
        if (!list.isArray()) {
            violate(key, list, "a list of texts matching " + pattern);
            return texts;
        }
        for (JsonNode value : list) {
            if (value.isValueNode() && value.asText().matches(pattern)) {
                texts.add(value.asText());
            } else {
                violate(key, value, "texts matching " + pattern);
            }
        }
        return texts;
    }

    /** Keys of this mapping, each marked as known. */
    List<String> keys() {
        List<String> keys = new ArrayList<>();
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            keys.add(names.next());
        }
        known.addAll(keys);
        return keys;
    }

    /** Reports the keys that nobody read. */
    void finish() {
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                violations.add(
                        file
                                + ": "
                                + child(name)
                                + ": unknown key, allowed: "
                                + known.stream().sorted().toList());
            }
        }
    }

    void violate(String key, Object value, String allowed) {
        violations.add(file + ": " + child(key) + ": value=" + value + ", allowed: " + allowed);
    }

    private JsonNode read(String key) {
        known.add(key);
        JsonNode value = node.path(key);
        return value.isMissingNode() || value.isNull() ? null : value;
    }

    private <T> T missing(String key, T byDefault, String allowed) {
        if (byDefault == null) {
            violations.add(file + ": " + child(key) + ": missing, allowed: " + allowed);
        }
        return byDefault;
    }

    private String child(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
