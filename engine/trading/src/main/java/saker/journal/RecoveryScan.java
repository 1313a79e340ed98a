package saker.journal;

import java.io.IOException;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import saker.model.RecordKind;

/**
 * Finds where the valid records end and which cause was decided last, before the journal is opened
 * for appending. Damage behind the durable index (torn by a kill, lost in a power cut) ends the
 * valid prefix: the file is rebuilt from it and the damaged one set aside. Damage at or before the
 * durable index refuses to start.
 */
final class RecoveryScan {
    private static final Logger LOG = LoggerFactory.getLogger(RecoveryScan.class);

    // What the records say.
    private long lastJournalTimeNs;
    private long lastMarketTimeNs;
    private long lastBootId;
    private long lastCompletedCause;
    private long openCause;
    private int openOutputs;

    private boolean fromStart;

    private RecoveryScan() {}

    static Recovery recover(JournalFolder folder, JournalOptions options, long durableIndex)
            throws IOException {
        if (QueueFile.list(folder.path()).isEmpty()) {
            if (durableIndex > 0) {
                throw new JournalDamagedException("no queue file", durableIndex, "none", 0);
            }
            return Recovery.EMPTY;
        }
        String quarantined = "";
        for (int days = 1; ; days *= 2) {
            RecoveryScan scan = new RecoveryScan();
            Recovery found = scan.scanBack(folder, options, durableIndex, days);
            quarantined = quarantined.isEmpty() ? found.quarantined() : quarantined;
            if (found.lastCompletedCause() != 0 || scan.fromStart) {
                return found.withQuarantined(quarantined);
            }
            // Nothing was decided in these days: look further back.
        }
    }

    /** From some days before the durable index: what lies before was checked by earlier starts. */
    private Recovery scanBack(
            JournalFolder folder, JournalOptions options, long durableIndex, int days)
            throws IOException {
        long nowMs = options.clock().nanoTime() / 1_000_000;
        try (SingleChronicleQueue queue =
                JournalQueue.openForAppend(folder.path(), options.blockSize(), () -> nowMs)) {
            JournalQueue.forceUnlock(queue);
            queue.refreshDirectoryListing();
            int wanted = durableIndex > 0 ? JournalQueue.cycle(durableIndex) - days : 0;
            fromStart = wanted <= queue.firstCycle();
            int cycle = fromStart ? queue.firstCycle() : wanted;
            return scan(folder, options, queue, cycle, durableIndex);
        }
    }

    private Recovery scan(
            JournalFolder folder,
            JournalOptions options,
            SingleChronicleQueue queue,
            int cycle,
            long durableIndex)
            throws IOException {
        try (JournalScan scan =
                new JournalScan(
                        folder.path(),
                        JournalReader.fromCycle(queue, 0, cycle),
                        this::onRecord,
                        JournalScan.NOBODY_WRITES)) {
            scan.run();
            long lastIndex = scan.reader().lastIndex();
            JournalDamagedException damage = scan.damage();
            if (lastIndex < durableIndex) {
                throw damage != null
                        ? damage
                        : new JournalDamagedException(
                                "records lost after index " + lastIndex,
                                durableIndex,
                                scan.reader().file(),
                                scan.reader().lastEnd());
            }
            String reason = rebuildReason(scan, queue);
            if (!reason.isEmpty()) {
                LOG.warn("journal end set aside: lastIndex={}, reason={}", lastIndex, reason);
                CycleRebuild.rebuild(folder, options, queue, scan.lastFile(), lastIndex);
            }
            return recovery(lastIndex).withQuarantined(reason);
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
        if (entry.kind() == RecordKind.TICK) {
            lastMarketTimeNs = entry.marketTimeNs();
        } else if (entry.kind() == RecordKind.BOOT) {
            lastBootId = BootDescriptor.bootId(entry.buffer(), entry.offset());
        } else if (isDecision(entry.kind()) && entry.cause() != 0) {
            onDecision(entry);
        }
    }

    private void onDecision(RecordView entry) {
        if (entry.last()) {
            lastCompletedCause = Math.max(lastCompletedCause, entry.cause());
            openCause = 0;
            openOutputs = 0;
        } else {
            openOutputs = entry.cause() == openCause ? openOutputs + 1 : 1;
            openCause = entry.cause();
        }
    }

    private static boolean isDecision(RecordKind kind) {
        return kind == RecordKind.ORDER_INTENT
                || kind == RecordKind.RISK_DECISION
                || kind == RecordKind.ENGINE_STATE;
    }

    private Recovery recovery(long lastIndex) {
        return new Recovery(
                lastIndex,
                lastJournalTimeNs,
                lastMarketTimeNs,
                lastBootId,
                lastCompletedCause,
                openCause,
                openOutputs,
                "");
    }
}
