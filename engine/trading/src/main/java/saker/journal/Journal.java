package saker.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import saker.model.Boot;
import saker.model.EngineState;
import saker.model.RecordKind;
import saker.model.RiskRule;

/**
 * The journal on disk: the one total order of everything the engine saw and decided.
 *
 * <p>One process appends, from any of its threads; {@link #append} takes the lock, stamps index and
 * journal time, and copies the record into the mapped file. A fault of the mapped memory or of the
 * lock is final: every later append returns {@link #CLOSED}, the listener is told once, and the
 * engine is HALTED. Readers are made by {@link #newReader}; other processes use {@link
 * #openReadOnly}.
 */
public final class Journal implements RecordSink, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final DirectBuffer EMPTY = new UnsafeBuffer(new byte[0]);

    private enum State {
        OPEN,
        FAILED,
        CLOSED
    }

    // Set once.
    private final JournalFolder folder;
    private final JournalOptions options;
    private final FileChannel lockChannel;
    private final FileLock fileLock;
    private final long journalId;
    private final Boot boot;
    private final Recovery recovery;
    private final BootTable boots;
    private final JournalTime time;
    private final SingleChronicleQueue queue;
    private final RecordWriter writer;
    private final Syncer syncer;
    private final JournalClock clock;
    private final FreeSpaceGuard spaceGuard;
    private final SnapshotStore snapshots;
    private final AppendLock lock = new AppendLock();
    private final long lockTimeoutNs;
    private final int maxPayloadLength;
    private final Wakers wakers = new Wakers();
    private final AtomicBoolean failureTold = new AtomicBoolean();

    // Under the append lock.
    private int cycle = -1;

    private volatile State state = State.OPEN;
    private volatile long appendedIndex;
    private volatile long marketTimeNs;

    /**
     * Opens the journal of a data folder for appending, recovers its end and writes a Boot record.
     *
     * @throws JournalInUseException if another process, or this one, has it open
     * @throws JournalDamagedException if a record that was durable cannot be read any more
     */
    public static Journal open(Path dataDir, JournalOptions options) throws IOException {
        JournalFolder folder = JournalFolder.of(dataDir);
        folder.create();
        FileChannel channel =
                FileChannel.open(
                        folder.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            return new Journal(folder, options, channel, lockFile(folder, channel));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Opens a journal that another process writes, or that nobody does. */
    public static ReadOnlyJournal openReadOnly(Path dataDir) throws IOException {
        return new ReadOnlyJournal(JournalFolder.of(dataDir));
    }

    private Journal(
            JournalFolder folder, JournalOptions options, FileChannel channel, FileLock fileLock)
            throws IOException {
        this.folder = folder;
        this.options = options;
        this.lockChannel = channel;
        this.fileLock = fileLock;
        lockTimeoutNs = TimeUnit.MILLISECONDS.toNanos(options.lockTimeoutMs());
        maxPayloadLength = options.maxRecordLength() - RecordDescriptor.HEADER_LENGTH;
        journalId = folder.readOrCreateId();
        DurableIndexFile durable = DurableIndexFile.open(folder.durableIndex());
        BootTable before;
        try {
            before = BootTable.read(folder.boots());
            recovery = RecoveryScan.recover(folder, options, journalId, before, durable.read());
            marketTimeNs = recovery.lastMarketTimeNs();
            time = new JournalTime(options.clock(), recovery.lastJournalTimeNs());
            queue = JournalQueue.openForAppend(folder.path(), options.blockSize(), time);
        } catch (IOException | RuntimeException e) {
            durable.close();
            throw e;
        }
        try {
            writer = new RecordWriter(queue);
            syncer = new Syncer(this, folder, durable, options.syncIntervalMs());
            snapshots = new SnapshotStore(folder.snapshots(), syncer::durableIndex);
            boot = writeBoot();
            boots = before.add(boot.bootId(), appendedIndex);
            boots.write(folder.boots());
            clock = new JournalClock(this, time, options.clockTickMs());
            spaceGuard = new FreeSpaceGuard(this, folder.path(), options);
        } catch (IOException | RuntimeException e) {
            queue.close();
            durable.close();
            throw e;
        }
        syncer.start();
        clock.start();
        spaceGuard.start();
    }

    private static FileLock lockFile(JournalFolder folder, FileChannel channel) throws IOException {
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null; // Held by this very process.
        }
        if (lock == null) {
            throw new JournalInUseException(folder.lock());
        }
        return lock;
    }

    /**
     * Its cause is the record the snapshot was taken after: whatever comes up to there is decided.
     */
    private Boot writeBoot() {
        Boot made =
                new Boot(
                        new SecureRandom().nextLong() | 1,
                        journalId,
                        options.version(),
                        options.clock().nanoTime());
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        int length = BootDescriptor.encode(made, buffer, 0);
        long index =
                append(
                        RecordKind.BOOT,
                        BootDescriptor.VERSION,
                        marketTimeNs,
                        snapshot() == null ? 0 : snapshot().index(),
                        0,
                        true,
                        buffer,
                        0,
                        length);
        if (index == CLOSED) {
            throw new IllegalStateException("no Boot record: folder=" + folder.path());
        }
        return made;
    }

    @Override
    public long append(
            RecordKind kind,
            int version,
            long marketTimeNs,
            long cause,
            int ordinal,
            boolean last,
            DirectBuffer payload,
            int offset,
            int length) {
        if (length < 0 || length > maxPayloadLength) {
            throw new IllegalArgumentException(
                    "record too long: kind=%s, length=%d, allowed=%d"
                            .formatted(kind, length, maxPayloadLength));
        }
        // An interrupt would close the queue's files under everybody's feet.
        boolean interrupted = Thread.interrupted();
        long index = CLOSED;
        try {
            index =
                    appendLocked(
                            kind,
                            version,
                            marketTimeNs,
                            cause,
                            ordinal,
                            last,
                            payload,
                            offset,
                            length);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        if (index != CLOSED) {
            wakers.onAppended(kind);
        }
        return index;
    }

    private long appendLocked(
            RecordKind kind,
            int version,
            long recordTimeNs,
            long cause,
            int ordinal,
            boolean last,
            DirectBuffer payload,
            int offset,
            int length) {
        if (!lock.acquire(lockTimeoutNs)) {
            fail(new IllegalStateException("append lock not got: timeoutNs=" + lockTimeoutNs));
            return CLOSED;
        }
        Throwable failure;
        try {
            if (state != State.OPEN) {
                return CLOSED;
            }
            long index =
                    writer.write(
                            kind.code(),
                            version,
                            last ? RecordDescriptor.LAST : 0,
                            ordinal,
                            recordTimeNs,
                            time.stamp(),
                            cause,
                            payload,
                            offset,
                            length);
            publish(kind, recordTimeNs, index);
            return index;
        } catch (InternalError | RuntimeException e) {
            state = State.FAILED; // Before the lock is free: nobody may append after a torn record.
            failure = e;
        } finally {
            lock.release();
        }
        tellFailed(failure);
        return CLOSED;
    }

    private void publish(RecordKind kind, long recordTimeNs, long index) {
        if (kind == RecordKind.TICK) {
            marketTimeNs = recordTimeNs;
        }
        if (JournalQueue.cycle(index) != cycle) {
            cycle = JournalQueue.cycle(index);
            syncer.onFile(writer.currentFile().toPath());
        }
        syncer.onPosition(writer.endPosition());
        appendedIndex = index;
    }

    /** Gives up: nothing is appended any more. Told to the listener once. */
    void fail(Throwable cause) {
        if (state == State.OPEN) {
            state = State.FAILED;
            tellFailed(cause);
        }
    }

    private void tellFailed(Throwable cause) {
        if (!failureTold.compareAndSet(false, true)) {
            return;
        }
        LOG.error("journal failed: folder={}, index={}", folder.path(), appendedIndex, cause);
        options.listener().onFailed(cause);
        wakers.wakeAll();
    }

    /** Whether records are appended. */
    public boolean isOpen() {
        return state == State.OPEN;
    }

    /** Index of the newest record. */
    public long appendedIndex() {
        return appendedIndex;
    }

    /** Every record up to this index is on disk and survives a power cut. */
    public long durableIndex() {
        return syncer.durableIndex();
    }

    public Syncer syncer() {
        return syncer;
    }

    /** Timers and clock ticks. */
    public JournalClock clock() {
        return clock;
    }

    public SnapshotStore snapshots() {
        return snapshots;
    }

    /**
     * The snapshot this boot may go on from, null for none; its index is the Boot record's cause.
     */
    public Snapshot snapshot() {
        return recovery.snapshot();
    }

    /** What the end of the journal was like before this boot. */
    public Recovery recovery() {
        return recovery;
    }

    /** The boot this process wrote. */
    public Boot boot() {
        return boot;
    }

    public long journalId() {
        return journalId;
    }

    /** Event time of the newest tick, ns since the Unix epoch; 0 before the first. */
    public long marketTimeNs() {
        return marketTimeNs;
    }

    /** A journal time no earlier than that of the newest record. */
    public long journalTimeNs() {
        return time.now();
    }

    /** Reads from the first record. */
    public JournalReader newReader() {
        return JournalReader.fromStart(queue, journalId);
    }

    /** Reads what is appended from now on. */
    public JournalReader newReaderAtEnd() {
        return JournalReader.fromEnd(queue, journalId, boots);
    }

    /** Reads what follows a position. */
    public JournalReader newReaderAfter(ReaderPosition position) throws UnknownPositionException {
        if (position.journalId() != journalId) {
            throw new UnknownPositionException("position of another journal", position);
        }
        return JournalReader.after(queue, boots, position);
    }

    /** Reads what follows an index of this journal. */
    public JournalReader newReaderAfter(long index) throws UnknownPositionException {
        return newReaderAfter(positionOf(index));
    }

    /** The position of a reader that applied everything up to an index. */
    public ReaderPosition positionOf(long index) {
        return new ReaderPosition(journalId, boots.bootIdAt(index), index);
    }

    /**
     * Makes a waiter for one reading thread.
     *
     * @param kinds which wake it; a reader sees all records, but a session need not wake per tick
     */
    public JournalWaiter newWaiter(WaitMode mode, Set<RecordKind> kinds) {
        JournalWaiter waiter = new JournalWaiter(mode, Wakers.bits(kinds));
        if (mode == WaitMode.PARK) {
            wakers.add(waiter);
        }
        return waiter;
    }

    /** No record wakes it any more. */
    public void removeWaiter(JournalWaiter waiter) {
        wakers.remove(waiter);
    }

    /** Runs on the appending thread after each record of these kinds: must be short. */
    public void addWaker(Set<RecordKind> kinds, Runnable waker) {
        wakers.add(kinds, waker);
    }

    /** Unparks the thread after each record of these kinds. */
    public void wake(Thread thread, Set<RecordKind> kinds) {
        wakers.add(kinds, thread);
    }

    /**
     * Keeps a copy of a strategy library under its hash, so that a replay finds it.
     *
     * @return SHA-256, hex
     */
    public String copyLibrary(Path library) throws IOException {
        return LibraryFolder.copy(library, folder.libraries());
    }

    /** Where the library of a hash lies; it may not exist. */
    public Path library(String sha256) {
        return LibraryFolder.path(folder.libraries(), sha256);
    }

    /** The floor is reached: a last HALTED record, then a clean close. */
    void closeAtFloor(long freeBytes) {
        EngineState halt =
                new EngineState(
                        EngineState.Scope.ENGINE,
                        0,
                        EngineState.State.HALTED,
                        RiskRule.DISK_LOW,
                        "disk floor reached: freeBytes=" + freeBytes);
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        int length = EngineStateDescriptor.encode(halt, buffer, 0);
        append(
                RecordKind.ENGINE_STATE,
                EngineStateDescriptor.VERSION,
                marketTimeNs,
                0,
                0,
                true,
                buffer,
                0,
                length);
        stopAppending();
        syncer.syncNow();
        LOG.error("journal closed at the disk floor: freeBytes={}", freeBytes);
        options.listener().onFloor(freeBytes);
        wakers.wakeAll();
    }

    /** Appends a record without payload. */
    long appendEmpty(RecordKind kind, int version) {
        return append(kind, version, marketTimeNs, 0, 0, true, EMPTY, 0, 0);
    }

    /** Stops appending, makes everything durable and lets go of the files. Readers end first. */
    @Override
    public void close() throws IOException {
        stopAppending();
        spaceGuard.close();
        clock.close();
        syncer.close();
        writer.close();
        queue.close();
        fileLock.release();
        lockChannel.close();
    }

    private void stopAppending() {
        boolean got = lock.acquire(lockTimeoutNs);
        if (state == State.OPEN) {
            state = State.CLOSED;
        }
        if (got) {
            lock.release();
        }
    }

    /** The kinds that wake the core and in-process strategies. */
    public static Set<RecordKind> allKinds() {
        return EnumSet.allOf(RecordKind.class);
    }
}
