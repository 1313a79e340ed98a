package saker.live;

import static org.assertj.core.api.Assertions.assertThat;
import static saker.live.WorkerDesk.breakouts;
import static saker.live.WorkerDesk.group;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import saker.api.WorkerView.State;
import saker.journal.RecordSink;
import saker.model.RecordKind;
import saker.model.WorkerEvent.Event;
import saker.model.WorkerEvent.Policy;
import saker.strategy.TestLibrary;

/**
 * Children killed and stopped at any point, while ticks go on. An append that waited for its lock
 * longer than the journal's {@code lockTimeoutMs} would get no index and end the journal: so each
 * got one, and it stands there.
 */
@Tag("nightly")
class WorkerKillTest {
    private static final int KILLS = 30;
    private static final long PAUSE_NS = 500_000;

    @TempDir private Path folder;

    private volatile boolean feeding = true;
    private final AtomicLong longestAppendNs = new AtomicLong();
    private final List<Long> appended = new ArrayList<>(); // The feeder's, until it has ended.
    private long lastIndex;

    @Test
    void shouldMissNothingAndNeverHoldUpTheEngine() throws Exception {
        Random random = new Random(11);
        var group = group("g", TestLibrary.path(), 2, 1_000, Policy.HOLD);
        try (WorkerDesk desk = WorkerDesk.start(folder, List.of(group), breakouts("g", 1, 8))) {
            Thread feeder = new Thread(() -> feed(desk));
            feeder.start();

            desk.awaitRunning("g-1");
            desk.awaitRunning("g-2");
            Thread.sleep(5_000);
            long medianUs = medianUs(desk, desk.journal.appendedIndex());
            for (int i = 0; i < KILLS; i++) {
                String id = "g-" + (1 + random.nextInt(2));
                Thread.sleep(random.nextInt(1_500));
                if (i % 7 == 3) {
                    desk.nextDay();
                }
                long pid = desk.worker(id).pid();
                if (pid != 0) {
                    signal(i % 10 == 5 ? "-STOP" : "-KILL", pid);
                }
            }
            WorkerDesk.await("both run", () -> runs(desk, "g-1") && runs(desk, "g-2"));
            feeding = false;
            feeder.join();
            desk.awaitHandled(lastIndex);

            var computed = desk.computed();
            assertThat(computed).hasSize(8);
            WorkerDesk.await("the last signal", () -> desk.signals().equals(computed));
            assertThat(desk.journal.isOpen()).isTrue();
            assertThat(appended).doesNotContain(RecordSink.CLOSED);
            assertThat(desk.tickIndices()).isEqualTo(appended);
            assertThat(desk.events(Event.INSTANCE_FAILED)).isEmpty();
            System.out.printf("tick to imported signal: medianUs=%d%n", medianUs);
            System.out.printf(
                    "kills: restarts=%d, signals=%d, repeated=%d, longestAppendUs=%d%n",
                    desk.workers.counters().restarts(),
                    desk.workers.counters().imported(),
                    desk.workers.counters().repeated(),
                    longestAppendNs.get() / 1_000);
        }
    }

    /** From a tick's journal time to that of the signal it caused. */
    private static long medianUs(WorkerDesk desk, long upTo) {
        Map<Long, Long> ticks = new HashMap<>();
        List<Long> delays = new ArrayList<>();
        desk.read(
                entry -> {
                    if (entry.kind() == RecordKind.TICK) {
                        ticks.put(entry.index(), entry.journalTimeNs());
                    } else if (entry.kind() == RecordKind.SIGNAL && entry.index() <= upTo) {
                        delays.add(entry.journalTimeNs() - ticks.get(entry.cause()));
                    }
                });
        return delays.stream().sorted().skip(delays.size() / 2).findFirst().orElse(0L) / 1_000;
    }

    private static boolean runs(WorkerDesk desk, String id) {
        return desk.worker(id).state() == State.RUNNING;
    }

    private void feed(WorkerDesk desk) {
        while (feeding) {
            long before = System.nanoTime();
            lastIndex = desk.ticks(1);
            appended.add(lastIndex);
            longestAppendNs.accumulateAndGet(System.nanoTime() - before, Math::max);
            java.util.concurrent.locks.LockSupport.parkNanos(PAUSE_NS);
        }
    }

    private static void signal(String name, long pid) throws Exception {
        Process kill = new ProcessBuilder("kill", name, Long.toString(pid)).start();
        kill.waitFor(10, TimeUnit.SECONDS); // One that is gone already is no failure.
    }
}
