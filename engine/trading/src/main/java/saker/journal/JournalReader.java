package saker.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import saker.model.RecordKind;

/**
 * Reads records in order and checks every one: index, length and CRC. One thread at a time;
 * allocates nothing per record.
 *
 * <p>A record is copied out of the mapped file before it is checked and handed on: what was checked
 * is what is applied, and a fault in the mapped memory can only happen here.
 */
public final class JournalReader implements AutoCloseable {
    private static final long NONE = -1;

    /** Chronicle may fill a document up to a multiple of four bytes. */
    private static final int PADDING_MAX = 7;

    private final SingleChronicleQueue queue;
    private final ExcerptTailer tailer;
    private final long journalId;
    private final CRC32C crc = new CRC32C();
    private final UnsafeBuffer mapped = new UnsafeBuffer(0, 0);
    private final Entry entry = new Entry();
    private ByteBuffer bytes;
    private long bootId;
    private long lastIndex = NONE;
    private long lastStart;
    private long lastEnd;

    private JournalReader(SingleChronicleQueue queue, long journalId) {
        this.queue = queue;
        this.journalId = journalId;
        tailer = queue.createTailer();
        tailer.singleThreadedCheckDisabled(true);
        reserve(64 << 10);
    }

    static JournalReader fromStart(SingleChronicleQueue queue, long journalId) {
        JournalReader reader = new JournalReader(queue, journalId);
        reader.tailer.toStart();
        return reader;
    }

    static JournalReader fromEnd(SingleChronicleQueue queue, long journalId, BootTable boots) {
        JournalReader reader = new JournalReader(queue, journalId);
        reader.tailer.toEnd();
        reader.bootId = boots.bootIdAt(Long.MAX_VALUE);
        return reader;
    }

    static JournalReader fromCycle(SingleChronicleQueue queue, long journalId, int cycle) {
        JournalReader reader = new JournalReader(queue, journalId);
        if (!reader.tailer.moveToIndex(queue.rollCycle().toIndex(cycle, 0))) {
            reader.tailer.toStart(); // A day without records has no file.
        }
        return reader;
    }

    /** The record of that index, which there is, is the first it hands on. */
    static JournalReader fromIndex(SingleChronicleQueue queue, long journalId, long index) {
        JournalReader reader = new JournalReader(queue, journalId);
        if (!reader.tailer.moveToIndex(index)) {
            reader.close();
            throw new IllegalArgumentException("no such record: index=" + index);
        }
        return reader;
    }

    static JournalReader after(SingleChronicleQueue queue, BootTable boots, ReaderPosition position)
            throws UnknownPositionException {
        long bootId = boots.bootIdAt(position.index());
        if (bootId != position.bootId()) {
            throw new UnknownPositionException("position of another boot", position);
        }
        JournalReader reader = new JournalReader(queue, position.journalId());
        reader.bootId = bootId;
        boolean known =
                reader.tailer.moveToIndex(position.index())
                        && reader.poll(skipped -> {}, 1) == 1
                        && reader.lastIndex == position.index();
        if (!known) {
            reader.close();
            throw new UnknownPositionException("no record at the position", position);
        }
        return reader;
    }

    /**
     * Hands up to {@code limit} records to the handler and returns how many. An unfinished record
     * at the end is no record.
     *
     * @throws JournalDamagedException at a record that cannot be trusted; the reader stays there
     */
    public int poll(RecordHandler handler, int limit) {
        return poll(handler, limit, Long.MAX_VALUE);
    }

    /** Like {@link #poll(RecordHandler, int)}, but not beyond an index: the durable one. */
    public int poll(RecordHandler handler, int limit, long maxIndex) {
        int count = 0;
        while (count < limit && lastIndex < maxIndex && nextUninterrupted(maxIndex)) {
            count++;
            handler.onRecord(entry);
        }
        return count;
    }

    /**
     * Hands on the record of one index, wherever the reader was, and goes on behind it.
     *
     * @return false if there is no such record
     */
    public boolean readAt(long index, RecordHandler handler) {
        lastIndex = NONE;
        return tailer.moveToIndex(index) && poll(handler, 1) == 1 && lastIndex == index;
    }

    /** The last record handed on; its index is −1 before the first. */
    public ReaderPosition position() {
        return new ReaderPosition(journalId, bootId, lastIndex);
    }

    /** Index of the last record handed on, −1 before the first. */
    public long lastIndex() {
        return lastIndex;
    }

    /** Queue file the reader is in, for messages. */
    String file() {
        java.io.File file = tailer.currentFile();
        return file == null ? "none" : file.getName();
    }

    /** Where the header of the last record lies in its file. */
    long lastStart() {
        return lastStart;
    }

    /** Where the last record ends in its file. */
    long lastEnd() {
        return lastEnd;
    }

    @Override
    public void close() {
        tailer.close();
    }

    /**
     * An interrupt would close the queue's files under everybody's feet, the appender's as well.
     */
    private boolean nextUninterrupted(long maxIndex) {
        boolean interrupted = Thread.interrupted();
        try {
            return next(maxIndex);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean next(long maxIndex) {
        DocumentContext document = tailer.readingDocument(false);
        boolean taken = false;
        try {
            if (!document.isPresent() || document.index() > maxIndex) {
                return false;
            }
            take(document.index(), document.wire().bytes());
            taken = true;
            return true;
        } finally {
            if (!taken) {
                document.rollbackOnClose();
            }
            document.close();
        }
    }

    private void take(long index, Bytes<?> source) {
        long start = source.readPosition();
        long available = source.readRemaining();
        checkSequence(index, start);
        if (available < RecordDescriptor.HEADER_LENGTH
                || available > RecordDescriptor.MAX_LENGTH + PADDING_MAX) {
            throw damaged("length of " + available + " bytes", index, start);
        }
        int length = (int) available;
        reserve(length);
        mapped.wrap(source.addressForRead(start), length);
        mapped.getBytes(0, entry.buffer, 0, length);
        mapped.wrap(0, 0);
        check(index, start, length);
        entry.index = index;
        lastIndex = index;
        lastStart = start - Integer.BYTES;
        lastEnd = start + length;
        if (RecordDescriptor.kindCode(entry.buffer) == RecordKind.BOOT.code()) {
            bootId = BootDescriptor.bootId(entry.buffer, RecordDescriptor.HEADER_LENGTH);
        }
    }

    private void checkSequence(long index, long start) {
        if (lastIndex == NONE) {
            return;
        }
        boolean follows =
                JournalQueue.cycle(index) == JournalQueue.cycle(lastIndex)
                        ? index == lastIndex + 1
                        : index > lastIndex && JournalQueue.sequence(index) == 0;
        if (!follows) {
            throw damaged("gap after index " + lastIndex, index, start);
        }
    }

    private void check(long index, long start, int length) {
        int payloadLength = RecordDescriptor.payloadLength(entry.buffer);
        int padding = length - RecordDescriptor.HEADER_LENGTH - payloadLength;
        if (payloadLength < 0 || padding < 0 || padding > PADDING_MAX) {
            throw damaged("payload length " + payloadLength + " of " + length, index, start);
        }
        int computed = RecordDescriptor.computeCrc(crc, bytes, length - padding);
        if (computed != RecordDescriptor.crc(entry.buffer)) {
            throw damaged("wrong CRC", index, start);
        }
        if (RecordDescriptor.index(entry.buffer) != index) {
            throw damaged("written as index " + RecordDescriptor.index(entry.buffer), index, start);
        }
    }

    private JournalDamagedException damaged(String why, long index, long start) {
        return new JournalDamagedException(why, index, file(), start - Integer.BYTES);
    }

    private void reserve(int length) {
        if (bytes == null || bytes.capacity() < length) {
            bytes = ByteBuffer.allocateDirect(Integer.highestOneBit(length - 1) << 1);
            entry.buffer.wrap(bytes);
        }
    }

    /** The record in hand. */
    private static final class Entry implements RecordView {
        private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
        private long index;

        @Override
        public long index() {
            return index;
        }

        @Override
        public RecordKind kind() {
            return RecordKind.ofCode(RecordDescriptor.kindCode(buffer));
        }

        @Override
        public int version() {
            return RecordDescriptor.version(buffer);
        }

        @Override
        public long marketTimeNs() {
            return RecordDescriptor.marketTimeNs(buffer);
        }

        @Override
        public long journalTimeNs() {
            return RecordDescriptor.journalTimeNs(buffer);
        }

        @Override
        public long cause() {
            return RecordDescriptor.cause(buffer);
        }

        @Override
        public int ordinal() {
            return RecordDescriptor.ordinal(buffer);
        }

        @Override
        public boolean last() {
            return RecordDescriptor.last(buffer);
        }

        @Override
        public DirectBuffer buffer() {
            return buffer;
        }

        @Override
        public int offset() {
            return RecordDescriptor.HEADER_LENGTH;
        }

        @Override
        public int length() {
            return RecordDescriptor.payloadLength(buffer);
        }
    }
}
