package saker.rest;

import io.vertx.core.MultiMap;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import saker.json.BadRequest;

/** Query parameters; each is read by name, and the ones nobody knows are refused. */
public final class RequestQuery {
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");
    private static final long NS_PER_S = 1_000_000_000L;

    private final MultiMap parameters;

    RequestQuery(MultiMap parameters) {
        this.parameters = parameters;
    }

    public RequestQuery allowOnly(String... names) {
        Set<String> allowed = Set.of(names);
        for (String name : parameters.names()) {
            if (!allowed.contains(name)) {
                String known = names.length == 0 ? "no parameter" : String.join(", ", names);
                throw new BadRequest(name, parameters.get(name), known);
            }
            if (parameters.getAll(name).size() > 1) {
                throw new BadRequest(name, "given twice", "one value");
            }
        }
        return this;
    }

    /** The value, or null. */
    public String text(String name, Pattern pattern, String allowed) {
        String value = parameters.get(name);
        if (value != null && !pattern.matcher(value).matches()) {
            throw new BadRequest(name, value, allowed);
        }
        return value;
    }

    /** One of the choices; the first if it is absent. */
    public String choice(String name, List<String> choices) {
        String value = parameters.get(name);
        if (value == null) {
            return choices.get(0);
        }
        if (!choices.contains(value)) {
            throw new BadRequest(name, value, String.join(", ", choices));
        }
        return value;
    }

    public long whole(String name, long min, long max, long fallback) {
        Long value = wholeOrNull(name, min, max);
        return value == null ? fallback : value;
    }

    public Long wholeOrNull(String name, long min, long max) {
        String text = text(name, WHOLE, "a whole number");
        if (text == null) {
            return null;
        }
        long value = Long.parseLong(text);
        if (value < min || value > max) {
            throw new BadRequest(name, value, "%d to %d".formatted(min, max));
        }
        return value;
    }

    public Boolean boolOrNull(String name) {
        String value = parameters.get(name);
        if (value != null && !value.equals("true") && !value.equals("false")) {
            throw new BadRequest(name, value, "true or false");
        }
        return value == null ? null : Boolean.valueOf(value);
    }

    /** An RFC 3339 time in ns since the Unix epoch, or null. */
    public Long timeNsOrNull(String name) {
        String value = parameters.get(name);
        if (value == null) {
            return null;
        }
        try {
            Instant time = OffsetDateTime.parse(value).toInstant();
            return Math.addExact(
                    Math.multiplyExact(time.getEpochSecond(), NS_PER_S), time.getNano());
        } catch (DateTimeException | ArithmeticException e) {
            throw new BadRequest(name, value, "RFC 3339 time such as 2026-03-02T14:02:07.123Z");
        }
    }
}
