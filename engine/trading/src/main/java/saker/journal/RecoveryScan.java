package saker.journal;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import saker.model.RecordKind;

/**
 * Finds where the valid records end, before the journal is opened for appending. Damage behind the
 * durable index (torn by a kill, lost in a power cut) ends the valid prefix: the file is rebuilt
 * from it and the damaged one set aside. Damage at or before the durable index refuses to start.
 *
 * <p>It reads from the record of the newest snapshot on, which is also the first that the start
 * folds; without one, from some days before the durable index.
 */
final class RecoveryScan {
    private static final Logger LOG = LoggerFactory.getLogger(RecoveryScan.class);

    /** Kinds that the journal itself stamps with the time of the newest tick before them. */
    private static final Set<RecordKind> STAMPED =
            EnumSet.of(RecordKind.CLOCK_TICK, RecordKind.TIMER, RecordKind.BOOT);

    private final JournalFolder folder;
    private final JournalOptions options;
    private final long durableIndex;

    // What the records say.
    private long lastJournalTimeNs;
    private long lastMarketTimeNs;
    private boolean marketTimeKnown;
    private String quarantined = "";

    private RecoveryScan(JournalFolder folder, JournalOptions options, long durableIndex) {
        this.folder = folder;
        this.options = options;
        this.durableIndex = durableIndex;
    }

    /**
     * @param boots of earlier starts
     */
    static Recovery recover(
            JournalFolder folder,
            JournalOptions options,
            long journalId,
            BootTable boots,
            long durableIndex)
            throws IOException {
        if (QueueFile.list(folder.path()).isEmpty()) {
            if (durableIndex > 0) {
                throw new JournalDamagedException("no queue file", durableIndex, "none", 0);
            }
            return Recovery.EMPTY;
        }
        RecoveryScan scan = new RecoveryScan(folder, options, durableIndex);
        Snapshot snapshot;
        long lastIndex = -1;
        try (SingleChronicleQueue queue = scan.open()) {
            snapshot = scan.newestSnapshot(queue, journalId, boots);
            if (snapshot != null) {
                lastIndex = scan.scan(queue, JournalReader.fromIndex(queue, 0, snapshot.index()));
            }
        }
        for (int days = 1; !scan.marketTimeKnown; days *= 2) {
            lastIndex = scan.scanBack(days); // Further, while these days name no market time.
        }
        return new Recovery(
                lastIndex,
                scan.lastJournalTimeNs,
                scan.lastMarketTimeNs,
                snapshot,
                scan.quarantined);
    }

    private SingleChronicleQueue open() {
        long nowMs = options.clock().nanoTime() / 1_000_000;
        SingleChronicleQueue queue =
                JournalQueue.openForAppend(folder.path(), options.blockSize(), () -> nowMs);
        JournalQueue.forceUnlock(queue);
        queue.refreshDirectoryListing();
        return queue;
    }

    /** The newest that is whole and whose record the journal still has; null for none. */
    private Snapshot newestSnapshot(SingleChronicleQueue queue, long journalId, BootTable boots)
            throws IOException {
        return new SnapshotStore(folder.snapshots(), () -> durableIndex)
                .loadNewest(at -> at.journalId() == journalId && isKnown(queue, boots, at))
                .orElse(null);
    }

    private static boolean isKnown(
            SingleChronicleQueue queue, BootTable boots, ReaderPosition position) {
        try {
            JournalReader.after(queue, boots, position).close();
            return true;
        } catch (UnknownPositionException e) {
            return false;
        }
    }

    /** From some days before the durable index: what lies before was checked by earlier starts. */
    private long scanBack(int days) throws IOException {
        try (SingleChronicleQueue queue = open()) {
            int wanted = durableIndex > 0 ? JournalQueue.cycle(durableIndex) - days : 0;
            boolean fromStart = wanted <= queue.firstCycle();
            int cycle = fromStart ? queue.firstCycle() : wanted;
            long lastIndex = scan(queue, JournalReader.fromCycle(queue, 0, cycle));
            marketTimeKnown |= fromStart; // There never was a tick.
            return lastIndex;
        }
    }

    /** Returns the last index. */
    private long scan(SingleChronicleQueue queue, JournalReader reader) throws IOException {
        try (JournalScan scan =
                new JournalScan(folder.path(), reader, this::onRecord, JournalScan.NOBODY_WRITES)) {
            scan.run();
            long lastIndex = reader.lastIndex();
            JournalDamagedException damage = scan.damage();
            if (lastIndex < durableIndex) {
                throw damage != null
                        ? damage
                        : new JournalDamagedException(
                                "records lost after index " + lastIndex,
                                durableIndex,
                                reader.file(),
                                reader.lastEnd());
            }
            String reason = rebuildReason(scan, queue);
            if (!reason.isEmpty()) {
                LOG.warn("journal end set aside: lastIndex={}, reason={}", lastIndex, reason);
                CycleRebuild.rebuild(folder, options, queue, scan.lastFile(), lastIndex);
                quarantined = reason;
            }
            return lastIndex;
        }
    }

    /** Why the last file cannot be appended to as it is, "" if it can. */
    private static String rebuildReason(JournalScan scan, SingleChronicleQueue queue) {
        if (scan.damage() != null) {
            return scan.damage().getMessage();
        }
        if (scan.unfinished()) {
            return "unfinished record";
        }
        long lastIndex = scan.reader().lastIndex();
        if (lastIndex < 0) {
            return "";
        }
        SingleChronicleQueueStore store =
                queue.storeForCycle(JournalQueue.cycle(lastIndex), queue.epoch(), false, null);
        try {
            // Where Chronicle would go on: at any other place it would write into old bytes.
            return store.writePosition() == scan.reader().lastStart()
                    ? ""
                    : "write position %d instead of %d"
                            .formatted(store.writePosition(), scan.reader().lastStart());
        } finally {
            queue.closeStore(store);
        }
    }

    private void onRecord(RecordView entry) {
        lastJournalTimeNs = entry.journalTimeNs();
        boolean tick = entry.kind() == RecordKind.TICK;
        if (tick || !marketTimeKnown && STAMPED.contains(entry.kind())) {
            lastMarketTimeNs = entry.marketTimeNs();
            marketTimeKnown |= lastMarketTimeNs > 0;
        }
    }
}
