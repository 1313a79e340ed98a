package saker.logs;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.event.KeyValuePair;

/**
 * One line of JSON per event. It begins with the time, so that lines are ordered by their text; it
 * is ASCII, with everything else escaped, so that nobody's message can start a line of its own or
 * drive a terminal. What the event's key-value pairs and the MDC know, such as {@code account},
 * {@code instance}, {@code correlation} and {@code worker}, are members beside the message.
 */
public final class LogEncoder extends EncoderBase<ILoggingEvent> {
    static final int MAX_MESSAGE_CHARS = 16_384;
    static final int MAX_ERROR_CHARS = 32_768;

    private static final Set<String> OWN =
            Set.of("time", "level", "process", "thread", "logger", "message", "error");
    private static final byte[] NOTHING = {};
    private static final DateTimeFormatter MICROSECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                    .build(); // Which leaves DEL as it is: see printable.

    private String process = "engine";

    /** What this process is called in its lines. */
    public void setProcess(String process) {
        this.process = process;
    }

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("time", timeOf(event.getInstant()));
            json.writeStringField("level", event.getLevel().toString());
            json.writeStringField("process", processOf(event));
            json.writeStringField("thread", printable(event.getThreadName()));
            json.writeStringField("logger", event.getLoggerName());
            for (Map.Entry<String, Object> member : context(event).entrySet()) {
                write(json, member.getKey(), member.getValue());
            }
            json.writeStringField("message", limit(event.getFormattedMessage(), MAX_MESSAGE_CHARS));
            if (event.getThrowableProxy() != null) {
                String stack = ThrowableProxyUtil.asString(event.getThrowableProxy());
                json.writeStringField("error", limit(stack, MAX_ERROR_CHARS));
            }
            json.writeEndObject();
        } catch (IOException e) {
            addError("cannot write a log line", e);
            return NOTHING;
        }
        bytes.write('\n');
        return bytes.toByteArray();
    }

    /** The form of all times in log lines: of one width, so that their text sorts like them. */
    static String timeOf(Instant instant) {
        return MICROSECONDS.format(instant);
    }

    /** What a worker's process said, we only wrote down. */
    private String processOf(ILoggingEvent event) {
        String worker = event.getMDCPropertyMap().get("worker");
        return worker == null ? process : printable(worker);
    }

    /** Key-value pairs of the event win over the thread's context. */
    private static Map<String, Object> context(ILoggingEvent event) {
        Map<String, Object> members = new LinkedHashMap<>(event.getMDCPropertyMap());
        if (event.getKeyValuePairs() != null) {
            for (KeyValuePair pair : event.getKeyValuePairs()) {
                members.put(pair.key, pair.value);
            }
        }
        return members;
    }

    private static void write(JsonGenerator json, String name, Object value) throws IOException {
        json.writeFieldName(OWN.contains(name) ? "_" + name : name);
        if (value instanceof Long || value instanceof Integer) {
            json.writeNumber(((Number) value).longValue());
        } else {
            json.writeString(limit(String.valueOf(value), MAX_MESSAGE_CHARS));
        }
    }

    private static String limit(String text, int chars) {
        return printable(text.length() <= chars ? text : text.substring(0, chars) + "...");
    }

    private static String printable(String text) {
        return text.replace('\u007f', '?');
    }
}
