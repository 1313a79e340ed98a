package saker.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import saker.model.RecordKind;
import saker.model.Timer;

class JournalClockTest {
    private static final long MS = 1_000_000;

    @TempDir Path data;

    @Test
    void shouldAppendTimersWhenTheyAreDueInTheirOrder() throws Exception {
        ManualClock clock = new ManualClock(Journals.NOON_NS);
        try (Journal journal = Journal.open(data, Journals.options(clock));
                JournalReader reader = journal.newReaderAtEnd()) {
            journal.clock().schedule(2, Journals.NOON_NS + 20 * MS);
            journal.clock().schedule(1, Journals.NOON_NS + 10 * MS);
            journal.clock().schedule(3, Journals.NOON_NS + 15 * MS);
            journal.clock().cancel(3);

            journal.clock().poll(Journals.NOON_NS + 9 * MS);
            List<Object> early = facts(reader);
            journal.clock().poll(Journals.NOON_NS + 20 * MS);

            assertThat(early).isEmpty();
            assertThat(facts(reader))
                    .containsExactly(
                            new Timer(1, Journals.NOON_NS + 10 * MS),
                            new Timer(2, Journals.NOON_NS + 20 * MS));
        }
    }

    @Test
    void shouldAppendTimersByItself() throws Exception {
        try (Journal journal = Journal.open(data, Journals.options().withIntervals(0, 100, 0));
                JournalReader reader = journal.newReaderAtEnd()) {
            long dueNs = journal.journalTimeNs() + 3 * MS;
            List<Long> times = new ArrayList<>();
            journal.clock().schedule(9, dueNs);

            Journals.await(
                    "timer",
                    () -> {
                        reader.poll(
                                entry -> {
                                    if (entry.kind() == RecordKind.TIMER) {
                                        times.add(entry.journalTimeNs());
                                    }
                                },
                                10);
                        return !times.isEmpty();
                    });

            assertThat(times.get(0)).isGreaterThanOrEqualTo(dueNs);
        }
    }

    @Test
    void shouldTickOnlyWhenNothingElseWasAppended() throws Exception {
        ManualClock clock = new ManualClock(Journals.NOON_NS);
        // The clock's own thread sees the manual clock as well, and then finds nothing to do.
        try (Journal journal =
                        Journal.open(data, Journals.options(clock).withIntervals(0, 100, 0));
                JournalReader reader = journal.newReaderAtEnd()) {
            Journals.appendTick(journal, 5);
            clock.advance(99 * MS);
            Journals.appendTick(journal, 6);
            clock.advance(99 * MS);
            journal.clock().poll(clock.nanoTime());
            List<RecordKind> busy = kinds(reader, new ArrayList<>());

            clock.advance(MS);
            List<Long> marketTimes = new ArrayList<>();
            Journals.await(
                    "clock tick", () -> kinds(reader, marketTimes).contains(RecordKind.CLOCK_TICK));

            assertThat(busy).doesNotContain(RecordKind.CLOCK_TICK);
            assertThat(marketTimes).containsOnly(Journals.NOON_NS + 6);
        }
    }

    private static List<RecordKind> kinds(JournalReader reader, List<Long> marketTimes) {
        List<RecordKind> kinds = new ArrayList<>();
        reader.poll(
                entry -> {
                    kinds.add(entry.kind());
                    marketTimes.add(entry.marketTimeNs());
                },
                10);
        return kinds;
    }

    private static List<Object> facts(JournalReader reader) {
        List<Object> facts = new ArrayList<>();
        reader.poll(entry -> facts.add(RecordDecoder.decode(entry)), 100);
        return facts;
    }
}
