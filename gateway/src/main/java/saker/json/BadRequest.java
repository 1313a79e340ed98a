package saker.json;

/** A member or parameter that is refused: which, what it was, and what is allowed. */
public final class BadRequest extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int MAX_VALUE_CHARS = 100;

    private final String field;
    private final String value;
    private final String allowed;

    public BadRequest(String field, Object value, String allowed) {
        super(
                "bad %s: value=%s, allowed=%s".formatted(field, shorten(value), allowed),
                null,
                false,
                false);
        this.field = field;
        this.value = shorten(value);
        this.allowed = allowed;
    }

    public String field() {
        return field;
    }

    public String value() {
        return value;
    }

    public String allowed() {
        return allowed;
    }

    private static String shorten(Object value) {
        String text = String.valueOf(value);
        return text.length() <= MAX_VALUE_CHARS ? text : text.substring(0, MAX_VALUE_CHARS) + "…";
    }
}
