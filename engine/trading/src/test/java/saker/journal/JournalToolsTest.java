package saker.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import saker.model.RecordKind;

class JournalToolsTest {
    @TempDir Path data;

    @Test
    void shouldVerifyAndCountAJournalOfEveryKind() throws IOException {
        List<Long> indexes = writeEveryKind();

        JournalTools.VerifyResult verified = JournalTools.verify(data);
        JournalTools.Stats stats = JournalTools.stats(data);

        assertThat(verified.ok()).as(verified.damage()).isTrue();
        assertThat(verified.records()).isEqualTo(indexes.size() + 1);
        assertThat(verified.lastIndex()).isEqualTo(verified.durableIndex());
        assertThat(stats.kinds()).containsOnlyKeys(RecordKind.values());
        assertThat(stats.kinds().get(RecordKind.BOOT).count()).isEqualTo(2);
        assertThat(stats.kinds().get(RecordKind.TICK).firstIndex()).isEqualTo(indexes.get(0));
        assertThat(stats.lastSequence()).isEqualTo(indexes.get(indexes.size() - 1));
        assertThat(stats.firstTimeNs()).isEqualTo(Journals.NOON_NS);
        assertThat(stats.lastTimeNs()).isEqualTo(Journals.NOON_NS + indexes.size() - 1);
        assertThat(stats.unknown()).isZero();
    }

    @Test
    void shouldDumpEveryKindAsTextAndJson() throws IOException {
        List<Long> indexes = writeEveryKind();
        List<String> text = new ArrayList<>();
        List<String> json = new ArrayList<>();

        JournalTools.dump(data, JournalTools.Filter.all(), JournalTools.Format.TEXT, text::add);
        JournalTools.dump(data, JournalTools.Filter.all(), JournalTools.Format.JSON, json::add);

        assertThat(text).hasSize(indexes.size() + 1);
        for (RecordKind kind : RecordKind.values()) {
            assertThat(text).anyMatch(line -> line.contains(" " + kind.title() + " "));
        }
        JsonNode tick = new ObjectMapper().readTree(json.get(1));
        assertThat(tick.get("sequence").asText()).isEqualTo(Long.toString(indexes.get(0)));
        assertThat(tick.get("kind").asText()).isEqualTo("Tick");
        assertThat(tick.get("marketTime").asText()).isEqualTo("2026-03-02T12:00:00Z");
        assertThat(tick.get("payload").get("bidE8").asLong()).isEqualTo(108_501_000);
    }

    @Test
    void shouldFilterWhatItDumps() throws IOException {
        List<Long> indexes = writeEveryKind();
        List<String> lines = new ArrayList<>();

        long byKind =
                JournalTools.dump(
                        data,
                        JournalTools.Filter.ofKinds(Set.of(RecordKind.SIGNAL, RecordKind.BARS)),
                        JournalTools.Format.TEXT,
                        lines::add);
        long byRange =
                JournalTools.dump(
                        data,
                        new JournalTools.Filter(
                                Set.of(),
                                indexes.get(2),
                                indexes.get(8),
                                Journals.NOON_NS + 4,
                                Journals.NOON_NS + 8,
                                3),
                        JournalTools.Format.TEXT,
                        lines::add);

        assertThat(byKind).isEqualTo(2);
        assertThat(byRange).isEqualTo(3);
        assertThat(lines.get(2)).startsWith(Long.toString(indexes.get(4)));
    }

    @Test
    void shouldVerifyWhileTheJournalIsWritten() throws Exception {
        try (Journal journal = Journal.open(data, Journals.options().withIntervals(1, 0, 0))) {
            Thread writer =
                    new Thread(
                            () -> {
                                for (int i = 0; !Thread.currentThread().isInterrupted(); i++) {
                                    Journals.appendTick(journal, i);
                                    java.util.concurrent.locks.LockSupport.parkNanos(1);
                                }
                            });
            writer.start();
            try {
                for (int i = 0; i < 20; i++) {
                    JournalTools.VerifyResult result = JournalTools.verify(data);
                    assertThat(result.ok()).as(result.damage()).isTrue();
                }
            } finally {
                writer.interrupt();
                writer.join();
            }
        }
    }

    /** One record of each kind, a nanosecond of market time apart; the Boot comes before. */
    private List<Long> writeEveryKind() throws IOException {
        List<Long> indexes = new ArrayList<>();
        try (Journal journal = Journal.open(data, Journals.options())) {
            for (RecordKind kind : RecordKind.values()) {
                byte[] payload = Facts.encode(Facts.sample(kind));
                indexes.add(
                        journal.append(
                                kind,
                                RecordDecoder.newestVersion(kind),
                                Journals.NOON_NS + indexes.size(),
                                0,
                                0,
                                true,
                                new UnsafeBuffer(payload),
                                0,
                                payload.length));
            }
        }
        return indexes;
    }
}
