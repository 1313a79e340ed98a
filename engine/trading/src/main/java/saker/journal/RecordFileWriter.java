package saker.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import saker.model.RecordKind;
import saker.time.EpochNanoClock;

/**
 * Records one behind the other in a plain file: how a process hands records to the one that owns
 * the journal. The layout is that of {@link RecordDescriptor}; the index counts from 1. Each record
 * is written by one call, without a lock or a mapping, so a writer that is killed in the middle
 * leaves an unfinished end and nothing else. One thread; read by {@link RecordFileReader}.
 */
public final class RecordFileWriter implements RecordSink, AutoCloseable {
    private final FileChannel channel;
    private final EpochNanoClock clock;
    private final CRC32C crc = new CRC32C();
    private ByteBuffer bytes;
    private UnsafeBuffer buffer;
    private long index;

    /** Begins a new file. */
    public RecordFileWriter(Path file, EpochNanoClock clock) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        this.clock = clock;
        reserve(16 << 10);
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
        int total = RecordDescriptor.HEADER_LENGTH + length;
        reserve(total);
        index++;
        RecordDescriptor.encodeHeader(
                buffer,
                kind.code(),
                version,
                last ? RecordDescriptor.LAST : 0,
                ordinal,
                length,
                index,
                marketTimeNs,
                clock.nanoTime(),
                cause);
        buffer.putBytes(RecordDescriptor.HEADER_LENGTH, payload, offset, length);
        RecordDescriptor.encodeCrc(buffer, RecordDescriptor.computeCrc(crc, bytes, total));
        bytes.limit(total).position(0);
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("record not written: index=" + index, e);
        } finally {
            bytes.clear();
        }
        return index;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void reserve(int length) {
        if (bytes == null || bytes.capacity() < length) {
            bytes = ByteBuffer.allocateDirect(Integer.highestOneBit(length - 1) << 1);
            buffer = new UnsafeBuffer(bytes);
        }
    }
}
