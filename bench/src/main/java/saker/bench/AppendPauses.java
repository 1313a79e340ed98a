package saker.bench;

import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.UnsafeBuffer;
import saker.journal.Journal;
import saker.journal.JournalOptions;
import saker.journal.TickDescriptor;
import saker.model.RecordKind;
import saker.time.EpochNanoClock;

/** What a single append takes when it is the first of a day's file or of a mapped block. */
final class AppendPauses {
    private static final long DAY_NS = 86_400_000_000_000L;
    private static final long GAP_NS = 20_000L;

    private final UnsafeBuffer payload = new UnsafeBuffer(new byte[TickDescriptor.LENGTH]);

    /**
     * @param rolls days
     * @param records appended for each block size, 50,000 a second
     */
    String run(int rolls, int records) throws Exception {
        TickDescriptor.encode(payload, 0, 0, 110_000_000, 110_010_000, 1, 1);
        StringBuilder report = new StringBuilder(Latencies.HEAD).append('\n');
        for (long block : new long[] {64L << 20, 1L << 20, 256L << 10}) {
            Latencies all = new Latencies("append, block of " + (block >> 10) + " KiB");
            JournalOptions options = JournalOptions.defaults("bench").withBlockSize(block);
            try (JournalFolderState state = new JournalFolderState(options)) {
                append(state.journal(), 200_000, 0, new Latencies("warm-up"));
                append(state.journal(), records, GAP_NS, all);
            }
            report.append(all).append('\n');
        }
        rolls(rolls, report);
        return report.toString();
    }

    private void rolls(int rolls, StringBuilder report) throws Exception {
        AtomicLong offsetNs = new AtomicLong();
        EpochNanoClock clock = EpochNanoClock.system();
        Latencies first = new Latencies("first append after a roll");
        Latencies second = new Latencies("second append after a roll");
        JournalOptions options =
                JournalOptions.defaults("bench")
                        .withClock(() -> clock.nanoTime() + offsetNs.get())
                        .withIntervals(1_000, 0, 500); // No ClockTick may be the first.
        try (JournalFolderState state = new JournalFolderState(options)) {
            append(state.journal(), 200_000, 0, new Latencies("warm-up"));
            for (int i = 0; i < rolls; i++) {
                offsetNs.addAndGet(DAY_NS);
                append(state.journal(), 1, 0, first);
                append(state.journal(), 1, 0, second);
                append(state.journal(), 100, GAP_NS, new Latencies("between"));
            }
        }
        report.append(first).append('\n').append(second).append('\n');
    }

    private void append(Journal journal, int count, long gapNs, Latencies into) {
        long dueNs = System.nanoTime();
        for (int i = 0; i < count; i++) {
            dueNs += gapNs;
            if (gapNs > 0) {
                Pace.until(dueNs);
            }
            long startNs = gapNs > 0 ? dueNs : System.nanoTime();
            journal.append(
                    RecordKind.TICK,
                    TickDescriptor.VERSION,
                    1,
                    0,
                    0,
                    true,
                    payload,
                    0,
                    TickDescriptor.LENGTH);
            into.record(System.nanoTime() - startNs);
        }
    }
}
