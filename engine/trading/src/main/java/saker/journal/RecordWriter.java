package saker.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Stamps a record and writes it with one copy into the mapped file. Under the append lock only.
 *
 * <p>A fault in the mapped memory (full disk) leaves the document open: closing it would commit
 * half a record. The process must not append after it.
 */
final class RecordWriter implements AutoCloseable {
    private static final int INITIAL_LENGTH = 64 << 10;

    private final ExcerptAppender appender;
    private final CRC32C crc = new CRC32C();
    private final UnsafeBuffer mapped = new UnsafeBuffer(0, 0);
    private Bytes<ByteBuffer> scratch;
    private ByteBuffer bytes;
    private UnsafeBuffer buffer;

    RecordWriter(SingleChronicleQueue queue) {
        appender = queue.createAppender();
        appender.singleThreadedCheckDisabled(true);
        reserve(INITIAL_LENGTH);
    }

    /** Returns the index. */
    long write(
            int kindCode,
            int version,
            int flags,
            int ordinal,
            long marketTimeNs,
            long journalTimeNs,
            long cause,
            DirectBuffer payload,
            int offset,
            int length) {
        int total = RecordDescriptor.HEADER_LENGTH + length;
        reserve(total);
        buffer.putBytes(RecordDescriptor.HEADER_LENGTH, payload, offset, length);

        DocumentContext document = appender.writingDocument(false);
        long index = document.index();
        RecordDescriptor.encodeHeader(
                buffer,
                kindCode,
                version,
                flags,
                ordinal,
                length,
                index,
                marketTimeNs,
                journalTimeNs,
                cause);
        RecordDescriptor.encodeCrc(buffer, RecordDescriptor.computeCrc(crc, bytes, total));
        scratch.readPositionRemaining(0, total);
        Bytes<?> target = document.wire().bytes();
        long start = target.writePosition();
        target.write(scratch);
        checkWritten(target.addressForWrite(start), total, index);
        document.close();
        return index;
    }

    /**
     * In compiled code the JVM reports a fault of the mapped memory some time later: the copy seems
     * to succeed, and a torn record would be committed and acknowledged. So look at it first.
     */
    private void checkWritten(long address, int length, long index) {
        mapped.wrap(address, length);
        boolean same = true;
        int i = 0;
        for (; i + Long.BYTES <= length; i += Long.BYTES) {
            same &= mapped.getLong(i) == buffer.getLong(i);
        }
        for (; i < length; i++) {
            same &= mapped.getByte(i) == buffer.getByte(i);
        }
        if (!same) {
            throw new InternalError("mapped memory did not take the record: index=" + index);
        }
    }

    /** The file that the last record went to. */
    java.io.File currentFile() {
        return appender.currentFile();
    }

    /** Where the last record ends in its file, bytes. */
    long endPosition() {
        return appender.wire().bytes().writePosition();
    }

    @Override
    public void close() {
        appender.close();
        scratch.releaseLast();
    }

    private void reserve(int length) {
        if (bytes != null && bytes.capacity() >= length) {
            return;
        }
        if (scratch != null) {
            scratch.releaseLast();
        }
        scratch = Bytes.elasticByteBuffer(Integer.highestOneBit(length - 1) << 1);
        scratch.singleThreadedCheckDisabled(true);
        bytes = scratch.underlyingObject();
        buffer = new UnsafeBuffer(bytes);
        scratch.writeLimit(bytes.capacity()).writePosition(bytes.capacity());
    }
}
