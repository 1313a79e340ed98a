package saker.venue;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;

/**
 * How times are written: what the client asked for with {@code Accept-Datetime-Format}. Both forms
 * are read, whatever was asked for. Times are ns since the Unix epoch, UTC.
 */
enum DatetimeFormat {
    /** {@code 2016-06-22T18:41:35.034041665Z}: nine digits, always Z. */
    RFC3339 {
        @Override
        String write(long timeNs) {
            long second = Math.floorDiv(timeNs, NANOS);
            String text = Instant.ofEpochSecond(second).toString();
            return text.substring(0, text.length() - 1) + fraction(timeNs) + "Z";
        }
    },
    /** {@code 1466620895.034041665}. */
    UNIX {
        @Override
        String write(long timeNs) {
            return Math.floorDiv(timeNs, NANOS) + fraction(timeNs);
        }
    };

    private static final long NANOS = 1_000_000_000L;
    private static final Pattern UNIX_SECONDS = Pattern.compile("\\d{1,10}(\\.\\d{1,9})?");

    abstract String write(long timeNs);

    /** The format of a header's value; RFC3339 if there is none or it is unknown. */
    static DatetimeFormat of(String header) {
        return "UNIX".equalsIgnoreCase(header) ? UNIX : RFC3339;
    }

    /**
     * Reads either form, with 0 to 9 fraction digits.
     *
     * @throws IllegalArgumentException if it is neither; the message carries the text
     */
    static long parse(String text) {
        if (UNIX_SECONDS.matcher(text).matches()) {
            return parseUnix(text);
        }
        try {
            Instant time = OffsetDateTime.parse(text).toInstant();
            return Math.addExact(
                    Math.multiplyExact(time.getEpochSecond(), NANOS), (long) time.getNano());
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException("not a time: text=" + text, e);
        }
    }

    private static long parseUnix(String text) {
        int point = text.indexOf('.');
        if (point < 0) {
            return Math.multiplyExact(Long.parseLong(text), NANOS);
        }
        String digits = text.substring(point + 1);
        long nanos = Long.parseLong(digits + "0".repeat(9 - digits.length()));
        return Math.addExact(
                Math.multiplyExact(Long.parseLong(text.substring(0, point)), NANOS), nanos);
    }

    private static String fraction(long timeNs) {
        String digits = Long.toString(NANOS + Math.floorMod(timeNs, NANOS));
        return "." + digits.substring(1);
    }
}
