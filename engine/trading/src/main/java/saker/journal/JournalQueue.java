package saker.journal;

import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneOffset;
import net.openhft.chronicle.bytes.SyncMode;
import net.openhft.chronicle.core.time.TimeProvider;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.impl.table.AbstractTSQueueLock;

/** The one way the Chronicle queue of a journal is opened. */
final class JournalQueue {
    static final RollCycles ROLL_CYCLE = RollCycles.FAST_DAILY;
    static final String SUFFIX = ".cq4";

    /** A file starts at 22:00 UTC all year; zone-aware rolls are an enterprise feature. */
    static final LocalTime ROLL_TIME = LocalTime.of(22, 0);

    /** Chronicle waits 3/2 of its time-out for its write lock: 0.9 s. */
    private static final long TIMEOUT_MS = 600;

    static {
        // Read when Chronicle's classes load: no banner, no disk monitor of its own.
        for (String off :
                new String[] {"chronicle.announcer.disable", "chronicle.disk.monitor.disable"}) {
            if (System.getProperty(off) == null) {
                System.setProperty(off, "true");
            }
        }
    }

    private JournalQueue() {}

    static SingleChronicleQueue openForAppend(Path folder, long blockSize, TimeProvider time) {
        return builder(folder, blockSize, time).build();
    }

    static SingleChronicleQueue openReadOnly(Path folder) {
        return builder(folder, JournalOptions.DEFAULT_BLOCK_SIZE, System::currentTimeMillis)
                .readOnly(true)
                .build();
    }

    private static SingleChronicleQueueBuilder builder(
            Path folder, long blockSize, TimeProvider time) {
        return SingleChronicleQueueBuilder.binary(folder)
                .rollCycle(ROLL_CYCLE)
                .rollTime(ROLL_TIME, ZoneOffset.UTC)
                .timeProvider(time)
                .timeoutMS(TIMEOUT_MS)
                .blockSize(blockSize)
                .syncMode(SyncMode.SYNC);
    }

    /**
     * Frees Chronicle's own lock, which a killed writer may have held. Only under our file lock:
     * that nobody else appends is sure, where the process id in Chronicle's lock may be our own by
     * now.
     */
    static void forceUnlock(SingleChronicleQueue queue) {
        queue.tableStorePut("chronicle.write.lock", AbstractTSQueueLock.UNLOCKED);
    }

    static int cycle(long index) {
        return ROLL_CYCLE.toCycle(index);
    }

    static long sequence(long index) {
        return ROLL_CYCLE.toSequenceNumber(index);
    }
}
