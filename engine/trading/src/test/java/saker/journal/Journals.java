package saker.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.UnsafeBuffer;
import saker.model.RecordKind;

/** What the journal's tests share: quiet options, ticks to append, records as read. */
final class Journals {
    /** 2026-03-02 12:00 UTC. */
    static final long NOON_NS = 1_772_452_800_000_000_000L;

    private static final long RECEIVE_TIME_NS = 0x1111_1111_1111_1111L;

    private Journals() {}

    /** Small files, no background records, wall clock. */
    static JournalOptions options() {
        return JournalOptions.defaults("test")
                .withBlockSize(1 << 20)
                .withIntervals(0, 0, 0)
                .withSpace(0, 0, null);
    }

    static JournalOptions options(ManualClock clock) {
        return options().withClock(clock);
    }

    /** Appends a tick whose bid says which it is. */
    static long appendTick(Journal journal, int number) {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[TickDescriptor.LENGTH]);
        // No zero at its end: a record that ends in zeros survives their loss.
        TickDescriptor.encode(buffer, 0, 7, 1 + number, 2 + number, RECEIVE_TIME_NS, 1);
        return journal.append(
                RecordKind.TICK,
                TickDescriptor.VERSION,
                NOON_NS + number,
                0,
                0,
                true,
                buffer,
                0,
                TickDescriptor.LENGTH);
    }

    /** Appends ticks numbered from, from + 1, … and returns their indexes. */
    static List<Long> appendTicks(Journal journal, int from, int count) {
        List<Long> indexes = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            indexes.add(appendTick(journal, i));
        }
        return indexes;
    }

    /** Numbers of the ticks a reader finds, in order. */
    static List<Integer> tickNumbers(JournalReader reader) {
        List<Integer> numbers = new ArrayList<>();
        RecordHandler handler =
                entry -> {
                    if (entry.kind() == RecordKind.TICK) {
                        numbers.add((int) TickDescriptor.bidE8(entry.buffer(), entry.offset()) - 1);
                    }
                };
        while (reader.poll(handler, 1000) > 0) {}
        return numbers;
    }

    static List<Integer> range(int from, int count) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            numbers.add(i);
        }
        return numbers;
    }

    /** Waits for a condition that another thread makes true. */
    static void await(String what, BooleanSupplier condition) {
        long deadlineNs = System.nanoTime() + 10_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadlineNs) {
                throw new AssertionError("not within 10 s: " + what);
            }
            Thread.onSpinWait();
        }
    }
}
