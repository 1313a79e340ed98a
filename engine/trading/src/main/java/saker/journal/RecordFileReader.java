package saker.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import saker.model.RecordKind;

/**
 * Follows a file of {@link RecordFileWriter} while another process writes it. Nothing is mapped:
 * whatever that process does to the file, the reader sees bytes or their end, and checks them.
 * Allocates nothing per record. One thread at a time.
 */
public final class RecordFileReader implements AutoCloseable {
    /** Far above any signal; what claims to be longer is damage. */
    private static final int MAX_LENGTH = 256 << 10;

    private final Path file;
    private final FileChannel channel;
    private final CRC32C crc = new CRC32C();
    private final ByteBuffer chunk = ByteBuffer.allocateDirect(2 * MAX_LENGTH);
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(MAX_LENGTH);
    private final UnsafeBuffer record = new UnsafeBuffer(bytes);
    private final Entry entry = new Entry();
    private long position; // Of the first record that was not handed on.
    private long lastIndex;

    /** The file must exist. */
    public RecordFileReader(Path file) throws IOException {
        this.file = file;
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
    }

    /**
     * Hands on the records that are whole, and returns how many.
     *
     * @throws JournalDamagedException at bytes that are no record; nothing is read after it
     */
    public int poll(RecordHandler handler) throws IOException {
        chunk.clear();
        int length = channel.read(chunk, position);
        int at = 0;
        int count = 0;
        while (length - at >= RecordDescriptor.HEADER_LENGTH) {
            int total = RecordDescriptor.HEADER_LENGTH + payloadLength(at);
            if (total < RecordDescriptor.HEADER_LENGTH || total > MAX_LENGTH) {
                throw damaged("length of " + total + " bytes");
            }
            if (length - at < total) {
                break;
            }
            record.putBytes(0, chunk, at, total);
            check(total);
            lastIndex++;
            position += total;
            at += total;
            count++;
            handler.onRecord(entry);
        }
        return count;
    }

    private int payloadLength(int at) {
        return Integer.reverseBytes(chunk.getInt(at + RecordDescriptor.PAYLOAD_LENGTH_OFFSET));
    }

    private void check(int total) {
        if (RecordDescriptor.computeCrc(crc, bytes, total) != RecordDescriptor.crc(record)) {
            throw damaged("wrong CRC");
        }
        if (RecordDescriptor.index(record) != lastIndex + 1) {
            throw damaged("written as index " + RecordDescriptor.index(record));
        }
    }

    private JournalDamagedException damaged(String why) {
        return new JournalDamagedException(
                why, lastIndex + 1, file.getFileName().toString(), position);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** The record in hand. */
    private final class Entry implements RecordView {
        @Override
        public long index() {
            return RecordDescriptor.index(record);
        }

        @Override
        public RecordKind kind() {
            return RecordKind.ofCode(RecordDescriptor.kindCode(record));
        }

        @Override
        public int version() {
            return RecordDescriptor.version(record);
        }

        @Override
        public long marketTimeNs() {
            return RecordDescriptor.marketTimeNs(record);
        }

        @Override
        public long journalTimeNs() {
            return RecordDescriptor.journalTimeNs(record);
        }

        @Override
        public long cause() {
            return RecordDescriptor.cause(record);
        }

        @Override
        public int ordinal() {
            return RecordDescriptor.ordinal(record);
        }

        @Override
        public boolean last() {
            return RecordDescriptor.last(record);
        }

        @Override
        public DirectBuffer buffer() {
            return record;
        }

        @Override
        public int offset() {
            return RecordDescriptor.HEADER_LENGTH;
        }

        @Override
        public int length() {
            return RecordDescriptor.payloadLength(record);
        }
    }
}
