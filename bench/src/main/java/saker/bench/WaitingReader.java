package saker.bench;

import java.lang.management.ManagementFactory;
import java.util.EnumSet;
import java.util.Locale;
import org.agrona.concurrent.UnsafeBuffer;
import saker.journal.JournalReader;
import saker.journal.JournalWaiter;
import saker.journal.TickDescriptor;
import saker.journal.WaitMode;
import saker.model.RecordKind;

/** What a reader costs that waits: processor time over wall time, in a quiet journal and a busy. */
final class WaitingReader {
    private static final double GOAL_PCT = 2;

    private volatile boolean running;

    /**
     * @param seconds per case
     */
    String run(int seconds) throws Exception {
        StringBuilder report = new StringBuilder();
        for (WaitMode mode : new WaitMode[] {WaitMode.PARK, WaitMode.BACKOFF}) {
            for (int ticksPerS : new int[] {0, 100}) {
                double pct = measure(mode, ticksPerS, seconds);
                report.append(
                        String.format(
                                Locale.ROOT,
                                "%-8s ticksPerS=%-4d %.3f %% of a core%s%n",
                                mode,
                                ticksPerS,
                                pct,
                                ticksPerS > 0
                                        ? ""
                                        : pct < GOAL_PCT ? ", goal < 2 %: met" : ": MISSED"));
            }
        }
        return report.toString();
    }

    private double measure(WaitMode mode, int ticksPerS, int seconds) throws Exception {
        try (JournalFolderState state = new JournalFolderState();
                JournalReader reader = state.journal().newReaderAtEnd()) {
            JournalWaiter waiter = state.journal().newWaiter(mode, EnumSet.of(RecordKind.TICK));
            running = true;
            Thread thread = new Thread(() -> read(reader, waiter), "waiting-reader");
            thread.start();
            send(state, ticksPerS, 1);
            var threads = ManagementFactory.getThreadMXBean();
            long cpuBeforeNs = threads.getThreadCpuTime(thread.getId());
            long startNs = System.nanoTime();
            send(state, ticksPerS, seconds);
            long cpuNs = threads.getThreadCpuTime(thread.getId()) - cpuBeforeNs;
            double pct = 100.0 * cpuNs / (System.nanoTime() - startNs);
            running = false;
            waiter.wakeUp();
            thread.join(5_000);
            return pct;
        }
    }

    private static void send(JournalFolderState state, int ticksPerS, int seconds)
            throws InterruptedException {
        if (ticksPerS == 0) {
            Thread.sleep(seconds * 1_000L);
            return;
        }
        UnsafeBuffer payload = new UnsafeBuffer(new byte[TickDescriptor.LENGTH]);
        TickDescriptor.encode(payload, 0, 0, 110_000_000, 110_010_000, 1, 1);
        long startNs = System.nanoTime();
        for (int i = 0; i < ticksPerS * seconds; i++) {
            Pace.until(startNs + i * 1_000_000_000L / ticksPerS);
            state.journal()
                    .append(
                            RecordKind.TICK,
                            TickDescriptor.VERSION,
                            1,
                            0,
                            0,
                            true,
                            payload,
                            0,
                            TickDescriptor.LENGTH);
        }
    }

    private void read(JournalReader reader, JournalWaiter waiter) {
        while (running) {
            waiter.arm();
            waiter.idle(reader.poll(entry -> {}, 256));
        }
    }
}
