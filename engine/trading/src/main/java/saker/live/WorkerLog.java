package saker.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;

/**
 * What a child prints becomes lines of the engine's log, with the worker's id in the MDC under
 * {@code worker} and {@code process}. The child's own log lines are JSON and keep their level,
 * logger, account and instance; a library may print what looks like one, so nothing else is taken
 * from it, a correlation least of all. What is no JSON is taken as it is. A child that floods loses
 * lines, never the engine's log.
 */
final class WorkerLog implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger("saker.worker");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> KEPT = Set.of("account", "instance");
    private static final int MAX_LINE = 8_192;
    private static final int MAX_NAME = 120;
    private static final int MAX_LINES_PER_SECOND = 200;
    private static final int MAX_CHARS_PER_SECOND = 20_000;

    private final String workerId;
    private final InputStream stream;
    private final Level level;
    private long windowNs = System.nanoTime();
    private int inWindow;
    private int charsInWindow;
    private long dropped;

    /**
     * @param level of lines that do not say their own
     */
    WorkerLog(String workerId, InputStream stream, Level level) {
        this.workerId = workerId;
        this.stream = stream;
        this.level = level;
    }

    /** Starts a thread that reads until the stream ends. */
    static void relay(String workerId, InputStream stream, Level level) {
        Thread thread = new Thread(new WorkerLog(workerId, stream, level), "log-" + workerId);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void run() {
        sayWho();
        StringBuilder line = new StringBuilder();
        try (Reader in = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
            char[] chars = new char[4_096];
            for (int count = in.read(chars); count >= 0; count = in.read(chars)) {
                for (int i = 0; i < count; i++) {
                    if (chars[i] == '\n') {
                        onLine(line.toString());
                        line.setLength(0);
                    } else if (line.length() < MAX_LINE) {
                        line.append(chars[i]);
                    }
                }
            }
            if (line.length() > 0) {
                onLine(line.toString());
            }
        } catch (IOException e) {
            LOG.debug("output ends: {}", e.getMessage()); // As it does with every process.
        }
    }

    private void onLine(String line) {
        long nowNs = System.nanoTime();
        if (nowNs - windowNs > 1_000_000_000L) {
            if (dropped > 0) {
                LOG.warn("lines dropped: count={}", dropped);
            }
            windowNs = nowNs;
            inWindow = 0;
            charsInWindow = 0;
            dropped = 0;
        }
        charsInWindow += line.length();
        if (++inWindow > MAX_LINES_PER_SECOND || charsInWindow > MAX_CHARS_PER_SECOND) {
            dropped++;
            return;
        }
        try {
            if (!line.startsWith("{") || !logJson(line)) {
                LOG.atLevel(level).log(line);
            }
        } catch (RuntimeException e) {
            dropped++; // One line, not all that follow.
        }
    }

    /** Returns false for a line that only looks like one of the child's log. */
    private boolean logJson(String line) {
        JsonNode node;
        try {
            node = JSON.readTree(line);
        } catch (JsonProcessingException e) {
            return false;
        }
        String message = node.path("formattedMessage").asText(node.path("message").asText(""));
        if (message.isEmpty()) {
            return false;
        }
        String thrown = node.path("throwable").path("message").asText("");
        Iterator<Map.Entry<String, JsonNode>> fields = node.path("mdc").fields();
        try {
            while (fields.hasNext()) {
                Map.Entry<String, JsonNode> field = fields.next();
                if (KEPT.contains(field.getKey())) {
                    MDC.put(field.getKey(), limit(field.getValue().asText()));
                }
            }
            LOG.atLevel(levelOf(node))
                    .addKeyValue("child_logger", limit(node.path("loggerName").asText("")))
                    .log(thrown.isEmpty() ? message : message + ": " + thrown);
        } finally {
            MDC.clear();
            sayWho();
        }
        return true;
    }

    private void sayWho() {
        MDC.put("worker", workerId);
        MDC.put("process", workerId);
    }

    private static String limit(String name) {
        return name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME);
    }

    private Level levelOf(JsonNode node) {
        try {
            return Level.valueOf(node.path("level").asText(level.name()));
        } catch (IllegalArgumentException e) {
            return level;
        }
    }
}
