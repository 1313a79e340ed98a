package saker.broker.oanda;

/**
 * Walks over one JSON text in a byte array, strictly and without an allocation. A false or negative
 * answer means that the text is not what it must be; the walk then ends.
 *
 * <p>Bytes above 0x7F are let through inside strings, which we only skip or compare.
 */
final class JsonCursor {
    private static final int DEPTH_MAX = 16;

    byte[] bytes;
    int at;
    int to;

    /** Content of the string read last; {@code −1} while none. */
    int stringFrom;

    int stringTo;
    boolean stringEscaped;

    void start(byte[] text, int from, int stop) {
        bytes = text;
        at = from;
        to = stop;
    }

    /** The next byte that is no white space, not consumed; −1 at the end. */
    int peek() {
        while (at < to) {
            byte b = bytes[at];
            if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
                return b;
            }
            at++;
        }
        return -1;
    }

    /** Consumes {@code expected} if it comes next. */
    boolean take(char expected) {
        if (peek() != expected) {
            return false;
        }
        at++;
        return true;
    }

    /** Reads a string and sets its bounds. */
    boolean string() {
        if (!take('"')) {
            return false;
        }
        stringFrom = at;
        stringEscaped = false;
        while (at < to) {
            byte b = bytes[at];
            if (b == '"') {
                stringTo = at++;
                return true;
            }
            if (b == '\\') {
                stringEscaped = true;
                if (!escape()) {
                    return false;
                }
            } else if (b >= 0 && b < 0x20) {
                return false;
            } else {
                at++;
            }
        }
        return false;
    }

    /** Whether the string read last is exactly {@code text}; an escaped one never is. */
    boolean stringIs(byte[] text) {
        if (stringEscaped || stringTo - stringFrom != text.length) {
            return false;
        }
        for (int i = 0; i < text.length; i++) {
            if (bytes[stringFrom + i] != text[i]) {
                return false;
            }
        }
        return true;
    }

    /** Skips any value. */
    boolean skipValue() {
        return skipValue(0);
    }

    /** Consumes the literal if it comes next. */
    boolean literal(byte[] text) {
        peek();
        if (to - at < text.length) {
            return false;
        }
        for (int i = 0; i < text.length; i++) {
            if (bytes[at + i] != text[i]) {
                return false;
            }
        }
        at += text.length;
        return true;
    }

    private boolean skipValue(int depth) {
        if (depth > DEPTH_MAX) {
            return false;
        }
        return switch (peek()) {
            case '"' -> string();
            case '{' -> skipObject(depth);
            case '[' -> skipArray(depth);
            case 't' -> literal(PriceLineParser.TRUE);
            case 'f' -> literal(PriceLineParser.FALSE);
            case 'n' -> literal(PriceLineParser.NULL);
            default -> skipNumber();
        };
    }

    private boolean skipObject(int depth) {
        at++;
        if (take('}')) {
            return true;
        }
        do {
            if (!string() || !take(':') || !skipValue(depth + 1)) {
                return false;
            }
        } while (take(','));
        return take('}');
    }

    private boolean skipArray(int depth) {
        at++;
        if (take(']')) {
            return true;
        }
        do {
            if (!skipValue(depth + 1)) {
                return false;
            }
        } while (take(','));
        return take(']');
    }

    private boolean skipNumber() {
        if (at < to && bytes[at] == '-') {
            at++;
        }
        boolean leadingZero = at < to && bytes[at] == '0';
        int digits = digits();
        if (digits == 0 || (leadingZero && digits > 1)) {
            return false;
        }
        if (at < to && bytes[at] == '.') {
            at++;
            if (digits() == 0) {
                return false;
            }
        }
        if (at < to && (bytes[at] | 0x20) == 'e') {
            at++;
            if (at < to && (bytes[at] == '+' || bytes[at] == '-')) {
                at++;
            }
            return digits() > 0;
        }
        return true;
    }

    private int digits() {
        int from = at;
        while (at < to && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        return at - from;
    }

    private boolean escape() {
        at++;
        if (at >= to) {
            return false;
        }
        byte b = bytes[at++];
        if (b == 'u') {
            for (int i = 0; i < 4; i++, at++) {
                if (at >= to || Character.digit((char) (bytes[at] & 0xFF), 16) < 0) {
                    return false;
                }
            }
            return true;
        }
        return b == '"' || b == '\\' || b == '/' || b == 'b' || b == 'f' || b == 'n' || b == 'r'
                || b == 't';
    }
}
