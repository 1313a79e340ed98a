package saker.logs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** One line of a log file; read as JSON only when somebody asks for more than its time. */
public final class LogLine {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String START = "{\"time\":\"";
    private static final int TIME_LENGTH = "2026-03-02T14:02:07.123456Z".length();

    private final String text;
    private JsonNode json;

    private LogLine(String text) {
        this.text = text;
    }

    /** Null for a line that is none of ours, such as one that was cut off by a crash. */
    static LogLine of(String text) {
        boolean ours =
                text.startsWith(START)
                        && text.length() > START.length() + TIME_LENGTH
                        && text.endsWith("}");
        return ours ? new LogLine(text) : null;
    }

    /** As written; its order as text is the order in time. */
    public String time() {
        return text.substring(START.length(), START.length() + TIME_LENGTH);
    }

    /** As it is in the file, ASCII. */
    public String text() {
        return text;
    }

    /** Empty where the line has no such member. */
    public String member(String name) {
        return json().path(name).asText("");
    }

    /** Whether the text can hold that member with that value; a cheap look before the parsing. */
    boolean mayHold(String value) {
        return text.contains(value);
    }

    /** An object without members if the line is broken. */
    public JsonNode json() {
        if (json == null) {
            try {
                json = MAPPER.readTree(text);
            } catch (JsonProcessingException e) {
                json = MAPPER.createObjectNode();
            }
        }
        return json;
    }
}
