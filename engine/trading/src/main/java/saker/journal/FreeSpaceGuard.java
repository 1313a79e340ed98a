package saker.journal;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the free space of the journal's disk. Queue files are sparse and mapped: a full disk
 * shows as a memory fault in the middle of a record, so the journal closes before it comes to that.
 */
final class FreeSpaceGuard implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FreeSpaceGuard.class);
    private static final long LOW_WATER_BYTES_MAX = 2L << 30;
    private static final long FLOOR_BYTES_MAX = 512L << 20;

    private final Journal journal;
    private final JournalListener listener;
    private final FileStore store;
    private final long lowWaterBytes;
    private final long floorBytes;
    private final long pollNs;
    private final Thread thread;
    private volatile boolean closed;
    private boolean low;

    FreeSpaceGuard(Journal journal, Path folder, JournalOptions options) throws IOException {
        this.journal = journal;
        listener = options.listener();
        store = options.fileStore() == null ? Files.getFileStore(folder) : options.fileStore();
        long totalBytes = store.getTotalSpace();
        lowWaterBytes = limit(options.lowWaterBytes(), totalBytes / 10, LOW_WATER_BYTES_MAX);
        floorBytes = limit(options.floorBytes(), totalBytes / 20, FLOOR_BYTES_MAX);
        pollNs = TimeUnit.MILLISECONDS.toNanos(options.spacePollMs());
        thread = new Thread(this::run, "journal-space");
        thread.setDaemon(true);
    }

    void start() {
        if (pollNs > 0) {
            thread.start();
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            thread.join(1_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed && journal.isOpen()) {
            try {
                onFree(store.getUsableSpace());
            } catch (IOException e) {
                LOG.warn("free space unknown: store={}", store, e);
            } catch (RuntimeException e) {
                LOG.error("free space not acted upon, watching on: store={}", store, e);
            }
            LockSupport.parkNanos(this, pollNs);
        }
    }

    private void onFree(long freeBytes) {
        if (freeBytes < floorBytes) {
            journal.closeAtFloor(freeBytes);
        } else if (freeBytes < lowWaterBytes && !low) {
            low = true;
            LOG.warn("disk space low: freeBytes={}, lowWaterBytes={}", freeBytes, lowWaterBytes);
            listener.onLowSpace(freeBytes);
        } else if (freeBytes >= lowWaterBytes && low) {
            low = false;
            listener.onSpaceRecovered(freeBytes);
        }
    }

    private static long limit(long configured, long share, long max) {
        return configured >= 0 ? configured : Math.min(share, max);
    }
}
