package saker.logs;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times people give, in the form of the lines. */
public final class LogTimes {
    private static final Pattern AGO = Pattern.compile("(\\d{1,6})([smhd])");

    private LogTimes() {}

    /**
     * @param text an RFC 3339 time, or how long ago: 90s, 15m, 2h, 3d
     * @throws IllegalArgumentException if it is neither
     */
    public static String since(String text, Instant now) {
        Matcher ago = AGO.matcher(text);
        if (ago.matches()) {
            return LogEncoder.timeOf(now.minus(length(Long.parseLong(ago.group(1)), ago.group(2))));
        }
        try {
            return LogEncoder.timeOf(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "a time such as 2026-03-02T14:00:00Z, or 90s, 15m, 2h, 3d", e);
        }
    }

    /** A time in the form of the lines. */
    public static String of(Instant time) {
        return LogEncoder.timeOf(time);
    }

    private static Duration length(long count, String unit) {
        return switch (unit) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }
}
