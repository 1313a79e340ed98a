package saker.logs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;

/** A log line for people: one line of text, whatever is in it. */
public final class LogText {
    private static final Set<String> NAMED =
            Set.of("time", "level", "process", "thread", "logger", "message", "error");
    private static final int SHOWN_ERROR_LINES = 1;

    private LogText() {}

    /** Such as {@code 2026-03-02T14:02:07.123456Z WARN engine LiveViews: text key=value}. */
    public static String of(LogLine line) {
        String logger = line.member("logger");
        StringBuilder text =
                new StringBuilder(line.time())
                        .append(" %-5s ".formatted(line.member("level")))
                        .append(line.member("process"))
                        .append(' ')
                        .append(logger.substring(logger.lastIndexOf('.') + 1))
                        .append(": ")
                        .append(line.member("message"));
        for (Map.Entry<String, JsonNode> member : line.json().properties()) {
            if (!NAMED.contains(member.getKey())) {
                text.append(' ').append(member.getKey()).append('=');
                text.append(member.getValue().asText());
            }
        }
        line.member("error")
                .lines()
                .limit(SHOWN_ERROR_LINES)
                .forEach(first -> text.append(" error=").append(first));
        return escape(text);
    }

    /** What others wrote must neither drive the terminal nor look like another line. */
    private static String escape(CharSequence text) {
        StringBuilder escaped = new StringBuilder(text.length());
        text.codePoints()
                .forEach(
                        c -> {
                            int type = Character.getType(c);
                            boolean plain =
                                    type != Character.CONTROL
                                            && type != Character.FORMAT
                                            && type != Character.LINE_SEPARATOR
                                            && type != Character.PARAGRAPH_SEPARATOR
                                            && type != Character.SURROGATE;
                            if (plain) {
                                escaped.appendCodePoint(c);
                            } else {
                                escaped.append("\\u%04x".formatted(c));
                            }
                        });
        return escaped.toString();
    }
}
