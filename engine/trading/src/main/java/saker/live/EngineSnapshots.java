package saker.live;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import saker.journal.Journal;
import saker.journal.PartState;
import saker.journal.RecordHandler;
import saker.journal.Snapshot;
import saker.journal.SnapshotSchedule;

/**
 * Takes the engine's snapshots. Each part copies what it knows on its own thread when it comes to a
 * record that the {@link SnapshotSchedule} names; a thread of this class waits for the last of
 * them, and for the disk to hold all that they know, encodes and saves. Whatever goes wrong here
 * costs a snapshot and no more.
 */
final class EngineSnapshots implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EngineSnapshots.class);
    private static final long LOOK_MS = 100;
    private static final int ROUNDS_KEPT = 3;

    private final Journal journal;
    private final SnapshotSchedule schedule;
    private final Set<String> parts = new HashSet<>();
    private final Queue<Copy> copies = new ConcurrentLinkedQueue<>();
    private final AtomicLong failedCopies = new AtomicLong();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "journal-snapshots");

    // Its own thread.
    private final TreeMap<Long, Round> rounds = new TreeMap<>();

    /** What one part knows after a record, and the newest record there was by then. */
    private record Copy(long index, String part, PartState state, long newestKnown, long pauseNs) {}

    /** The copies of one index. */
    private static final class Round {
        private final Map<String, PartState> states = new HashMap<>();
        private long newestKnown;
        private long pauseNsMax;
    }

    EngineSnapshots(Journal journal, int everyRecords) {
        this.journal = journal;
        this.schedule = new SnapshotSchedule(everyRecords);
        thread.setDaemon(true);
    }

    /**
     * Lets a part take its copies; before {@link #start}.
     *
     * @param handler the part, which sees every record
     * @param state called on the part's thread after a record; null if there is none to take
     */
    RecordHandler taking(String part, RecordHandler handler, Supplier<? extends PartState> state) {
        parts.add(part);
        return entry -> {
            handler.onRecord(entry);
            if (schedule.isDue(entry.index())) {
                copy(part, entry.index(), state);
            }
        };
    }

    private void copy(String part, long index, Supplier<? extends PartState> state) {
        try {
            long beganNs = System.nanoTime();
            PartState copy = state.get();
            if (copy != null) {
                // Answers to records up to here are in the state, and stand behind them.
                long newest = journal.appendedIndex();
                copies.add(new Copy(index, part, copy, newest, System.nanoTime() - beganNs));
            }
        } catch (RuntimeException e) {
            if (failedCopies.getAndIncrement() == 0) {
                LOG.error("no copy, so no snapshot: part={}, index={}", part, index, e);
            }
        }
    }

    /** Copies that a part could not give, of which the first is in the log. */
    long failedCopies() {
        return failedCopies.get();
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!closing.await(LOOK_MS, TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        for (Copy copy = copies.poll(); copy != null; copy = copies.poll()) {
            Round round = rounds.computeIfAbsent(copy.index, index -> new Round());
            round.states.put(copy.part, copy.state);
            round.newestKnown = Math.max(round.newestKnown, copy.newestKnown);
            round.pauseNsMax = Math.max(round.pauseNsMax, copy.pauseNs);
        }
        while (rounds.size() > ROUNDS_KEPT) {
            rounds.pollFirstEntry(); // A part fell behind, or had nothing to give.
        }
        Long newest = null;
        for (Map.Entry<Long, Round> each : rounds.entrySet()) {
            Round round = each.getValue();
            boolean durable = round.newestKnown <= journal.durableIndex();
            newest = durable && round.states.keySet().equals(parts) ? each.getKey() : newest;
        }
        if (newest != null) {
            save(newest, rounds.get(newest));
            rounds.headMap(newest, true).clear();
        }
    }

    private void save(long index, Round round) {
        try {
            Map<String, byte[]> components = new HashMap<>();
            long bytes = 0;
            for (Map.Entry<String, PartState> each : round.states.entrySet()) {
                byte[] encoded = each.getValue().encode();
                components.put(each.getKey(), encoded);
                bytes += encoded.length;
            }
            Snapshot snapshot = new Snapshot(journal.positionOf(index), components);
            if (!journal.snapshots().save(snapshot, round.newestKnown)) {
                LOG.warn("no snapshot, it knows what the disk does not: index={}", index);
                return;
            }
            LOG.info(
                    "snapshot saved: index={}, bytes={}, longestCopyUs={}",
                    index,
                    bytes,
                    round.pauseNsMax / 1_000);
        } catch (IOException | RuntimeException e) {
            LOG.warn("no snapshot; the next start folds more: index={}", index, e);
        }
    }

    @Override
    public void close() {
        closing.countDown();
        if (failedCopies() > 0) {
            LOG.warn("copies for snapshots failed: count={}", failedCopies());
        }
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
