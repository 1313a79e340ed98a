package saker.live;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** What a child prints, in the engine's log. */
class WorkerLogTest {
    private final Logger root = (Logger) LoggerFactory.getLogger("saker");
    private final ListAppender<ILoggingEvent> lines =
            new ListAppender<>() {
                @Override
                protected void append(ILoggingEvent line) {
                    line.prepareForDeferredProcessing(); // With the MDC as it is now.
                    super.append(line);
                }
            };

    @BeforeEach
    void listen() {
        lines.start();
        root.addAppender(lines);
        root.setAdditive(false);
    }

    @AfterEach
    void stop() {
        root.detachAppender(lines);
        root.setAdditive(true);
        MDC.clear();
    }

    @Test
    void shouldKeepLevelLoggerAndInstanceOfTheChildsOwnLines() {
        relay(
                "{\"level\":\"ERROR\",\"loggerName\":\"saker.live.StrategyWorker\","
                        + "\"mdc\":{\"worker\":\"liar\",\"instance\":\"7\","
                        + "\"correlation\":\"forged\"},"
                        + "\"formattedMessage\":\"no\",\"throwable\":{\"message\":\"why\"}}\n");

        ILoggingEvent line = lines.list.get(0);
        assertThat(line.getLevel()).isEqualTo(Level.ERROR);
        assertThat(line.getLoggerName()).isEqualTo("saker.worker");
        assertThat(line.getKeyValuePairs().get(0).value).isEqualTo("saker.live.StrategyWorker");
        assertThat(line.getFormattedMessage()).isEqualTo("no: why");
        assertThat(line.getMDCPropertyMap())
                .containsEntry("worker", "g-1")
                .containsEntry("process", "g-1")
                .containsEntry("instance", "7")
                .doesNotContainKey("correlation");
    }

    @Test
    void shouldTakeWhateverElseIsPrintedAsItIs() {
        relay("1\n{not json\n" + "x".repeat(20_000) + "\nlast");

        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("1", "{not json", "x".repeat(8_192), "last");
        assertThat(lines.list)
                .allSatisfy(
                        line -> {
                            assertThat(line.getLevel()).isEqualTo(Level.WARN);
                            assertThat(line.getMDCPropertyMap()).containsEntry("worker", "g-1");
                        });
    }

    @Test
    void shouldDropWhatIsMoreThanALogShouldBear() {
        relay("noise\n".repeat(100_000));

        assertThat(lines.list.size()).isBetween(200, 20_000);
    }

    @Test
    void shouldDropLongLinesSoonerThanShortOnes() {
        relay(("x".repeat(8_000) + "\n").repeat(1_000));

        assertThat(lines.list.size()).isBetween(2, 200); // Two a second, if it took that long.
    }

    private static void relay(String text) {
        new WorkerLog(
                        "g-1",
                        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                        org.slf4j.event.Level.WARN)
                .run();
    }
}
