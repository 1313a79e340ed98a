package saker.journal;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/**
 * Makes records durable on a thread of its own, never under the append lock, and publishes how far
 * it came. One sync covers all that wait.
 *
 * <p>A sync is: msync(MS_SYNC) of the bytes written since the last one, through a mapping of our
 * own; fdatasync of the data file, for its header and index pages; fdatasync of the queue's
 * metadata. After a roll also the finished file and the folder with the new entry. Only then is the
 * index published.
 */
public final class Syncer implements AutoCloseable {
    private static final long WINDOW_LENGTH = 64L << 20;
    private static final int PAGE = 4096;

    // Set once.
    private final Journal journal;
    private final JournalFolder folder;
    private final DurableIndexFile durableFile;
    private final long intervalNs;
    private final Thread thread;
    private final List<LongConsumer> listeners = new CopyOnWriteArrayList<>();

    /** Files begun since the last sync, oldest first. */
    private final Queue<Path> begun = new ConcurrentLinkedQueue<>();

    // Written by the appender.
    private volatile long endPosition;

    // Under this object's monitor: the syncer's own.
    private Path file;
    private FileChannel channel;
    private FileChannel metadata;
    private MappedByteBuffer window;
    private long windowStart;
    private long syncedPosition;
    private long syncCount;

    private volatile long requestedIndex;
    private volatile long durableIndex;
    private volatile boolean closed;

    Syncer(Journal journal, JournalFolder folder, DurableIndexFile durableFile, long intervalMs)
            throws IOException {
        this.journal = journal;
        this.folder = folder;
        this.durableFile = durableFile;
        this.intervalNs = TimeUnit.MILLISECONDS.toNanos(intervalMs);
        this.durableIndex = durableFile.read();
        this.thread = new Thread(this::run, "journal-syncer");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Everything up to this index survives a power cut. */
    public long durableIndex() {
        return durableIndex;
    }

    /** Asks that an index become durable soon; returns at once. Any thread. */
    public void requestSync(long index) {
        if (index > requestedIndex) {
            requestedIndex = index; // A lost race costs nothing: a sync takes all there is.
        }
        LockSupport.unpark(thread);
    }

    /** Called on the syncer's thread with each new durable index; must return soon. */
    public void addListener(LongConsumer listener) {
        listeners.add(listener);
    }

    public void removeListener(LongConsumer listener) {
        listeners.remove(listener);
    }

    /** Blocks until an index is durable: for start, stop and tools. False after the time-out. */
    public boolean awaitDurable(long index, long timeoutMs) {
        long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        while (durableIndex < index && System.nanoTime() < deadlineNs) {
            requestSync(index);
            LockSupport.parkNanos(this, 100_000);
        }
        return durableIndex >= index;
    }

    /** Syncs made so far; one may have covered many requests. */
    public synchronized long syncCount() {
        return syncCount;
    }

    /** A file was begun. Under the append lock, before its first index is published. */
    void onFile(Path file) {
        begun.add(file);
        endPosition = 0;
    }

    /** A record ends there. Under the append lock, before its index is published. */
    void onPosition(long position) {
        endPosition = position;
    }

    /** Syncs on the caller's thread. */
    void syncNow() {
        try {
            sync();
        } catch (IOException | RuntimeException | InternalError e) {
            journal.fail(e);
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        syncNow();
        synchronized (this) {
            closeChannels();
            durableFile.close();
        }
    }

    private void run() {
        long lastSyncNs = System.nanoTime();
        while (!closed) {
            boolean due = intervalNs > 0 && System.nanoTime() - lastSyncNs >= intervalNs;
            if (requestedIndex > durableIndex || due) {
                syncNow();
                lastSyncNs = System.nanoTime();
            } else {
                LockSupport.parkNanos(this, intervalNs > 0 ? intervalNs : 1_000_000_000L);
            }
            if (!journal.isOpen()) {
                return; // close() makes the rest durable, on its own thread.
            }
        }
    }

    private synchronized void sync() throws IOException {
        // The index first: what is read after it covers it.
        long index = journal.appendedIndex();
        if (index <= durableIndex) {
            return;
        }
        finishOldFiles();
        long position = endPosition;
        syncRange(position);
        channel.force(false);
        metadata.force(false);
        syncCount++;
        durableFile.write(index);
        durableIndex = index;
        for (LongConsumer listener : listeners) {
            listener.accept(index);
        }
    }

    private void finishOldFiles() throws IOException {
        Path next = begun.poll();
        if (next == null) {
            return;
        }
        for (; next != null; next = begun.poll()) {
            if (channel != null) {
                channel.force(true);
            }
            openFile(next);
        }
        JournalFolder.forceFolder(folder.path());
    }

    private void openFile(Path next) throws IOException {
        closeChannels();
        file = next;
        channel = FileChannel.open(next, StandardOpenOption.READ, StandardOpenOption.WRITE);
        metadata = FileChannel.open(folder.metadata(), StandardOpenOption.WRITE);
        window = null;
        syncedPosition = 0;
    }

    /** msync of what was written since the last time; the mapping is ours and kept. */
    private void syncRange(long position) throws IOException {
        long from = Math.min(syncedPosition, position);
        while (from < position) {
            long start = from - from % PAGE;
            if (window == null || start < windowStart || start >= windowStart + window.capacity()) {
                mapWindow(start);
            }
            long end = Math.min(position, windowStart + window.capacity());
            if (end <= from) {
                throw new IOException(
                        "queue file shorter than its records: file=%s, position=%d"
                                .formatted(file, position));
            }
            window.force((int) (start - windowStart), (int) (end - start));
            from = end;
        }
        syncedPosition = position;
    }

    private void mapWindow(long start) throws IOException {
        windowStart = start;
        long length = Math.min(WINDOW_LENGTH, channel.size() - start);
        window = channel.map(FileChannel.MapMode.READ_WRITE, start, Math.max(length, 0));
    }

    private void closeChannels() throws IOException {
        window = null;
        if (channel != null) {
            channel.close();
            metadata.close();
        }
    }
}
