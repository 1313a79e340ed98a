package saker.logs;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.MDC;

/** Lines as logback writes them through the encoder. */
class LogEncoderTest {
    private final LoggerContext context = new LoggerContext();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private Logger log;

    @BeforeEach
    void start() {
        LogEncoder encoder = new LogEncoder();
        encoder.setContext(context);
        encoder.setProcess("venue");
        encoder.start();
        OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.setOutputStream(written);
        appender.start();
        // The context of a test has none, that of a program has: see slf4j's MDC adapter.
        context.setMDCAdapter(MDC.getMDCAdapter());
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
        log = context.getLogger("saker.live.DecisionLog");
    }

    @AfterEach
    void stop() {
        MDC.clear();
        context.stop();
    }

    @Test
    void shouldWriteWhatTheContextKnowsAsMembers() throws IOException {
        MDC.put("worker", "other-1");
        log.atWarn()
                .addKeyValue("instance", 7001L)
                .addKeyValue("correlation", "4e2500000012")
                .addKeyValue("level", "made up")
                .log("signal: {}", "BUY");

        JsonNode line = only();
        assertThat(line.get("level").asText()).isEqualTo("WARN");
        assertThat(line.get("process").asText()).isEqualTo("other-1");
        assertThat(line.get("worker").asText()).isEqualTo("other-1");
        assertThat(line.get("instance").isIntegralNumber()).isTrue();
        assertThat(line.get("correlation").asText()).isEqualTo("4e2500000012");
        assertThat(line.get("_level").asText()).isEqualTo("made up");
        assertThat(line.get("message").asText()).isEqualTo("signal: BUY");
        assertThat(line.get("thread").asText()).isEqualTo(Thread.currentThread().getName());
        assertThat(line.get("time").asText())
                .matches("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{6}Z");
    }

    @Test
    void shouldKeepAForgedLineInsideItsMessage() throws IOException {
        String forged =
                "x\n{\"time\":\"2026-03-02T14:02:07.123456Z\",\"level\":\"INFO\"}\r\u2028\u0085"
                        + "\u001b[2J\u007f\u202e\"\\ \uD83D\uDE00";
        MDC.put("account", forged);

        log.info(forged);
        String text = written.toString(StandardCharsets.US_ASCII);
        assertThat(text.chars().filter(c -> c == '\n')).hasSize(1);
        assertThat(text.strip().chars()).allMatch(c -> c >= ' ' && c < 0x7f);
        JsonNode line = only();
        assertThat(line.get("message").asText()).isEqualTo(forged.replace('\u007f', '?'));
        assertThat(line.get("account").asText()).isEqualTo(forged.replace('\u007f', '?'));
    }

    @Test
    void shouldWriteFailuresAndShortenWhatHasNoEnd() throws IOException {
        log.error("x".repeat(LogEncoder.MAX_MESSAGE_CHARS + 1), new IllegalStateException("full"));

        JsonNode line = only();
        assertThat(line.get("process").asText()).isEqualTo("venue");
        assertThat(line.get("message").asText()).hasSize(LogEncoder.MAX_MESSAGE_CHARS + 3);
        assertThat(line.get("error").asText())
                .startsWith("java.lang.IllegalStateException: full")
                .contains("LogEncoderTest");
    }

    private JsonNode only() throws IOException {
        String text = written.toString(StandardCharsets.US_ASCII);
        LogLine line = LogLine.of(text.strip());
        assertThat(line.time()).isEqualTo(line.member("time"));
        return new ObjectMapper().readTree(text);
    }
}
