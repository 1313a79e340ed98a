package saker.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * The durable index for the next start and for other processes: two slots of 16 bytes written in
 * turn, so that a torn write leaves the older one.
 *
 * <pre>
 *   0          8         12        16
 *  +----------+---------+---------+
 *  | index i64| crc u32 | 0       |   little-endian; the CRC-32C covers the index
 *  +----------+---------+---------+
 * </pre>
 *
 * An older value is harmless: only records at or below it must be whole.
 */
final class DurableIndexFile implements AutoCloseable {
    private static final int SLOT_LENGTH = 16;

    private final FileChannel channel;
    private final ByteBuffer slot =
            ByteBuffer.allocateDirect(SLOT_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    private final CRC32C crc = new CRC32C();
    private int nextSlot;

    private DurableIndexFile(FileChannel channel) {
        this.channel = channel;
    }

    static DurableIndexFile open(Path file) throws IOException {
        return new DurableIndexFile(
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE));
    }

    static DurableIndexFile openReadOnly(Path file) throws IOException {
        return new DurableIndexFile(FileChannel.open(file, StandardOpenOption.READ));
    }

    /** The newest whole value, 0 if there is none. */
    long read() throws IOException {
        long index = 0;
        for (int i = 0; i < 2; i++) {
            slot.clear();
            if (channel.read(slot, (long) i * SLOT_LENGTH) == SLOT_LENGTH
                    && slot.getInt(8) == crcOf()) {
                index = Math.max(index, slot.getLong(0));
            }
        }
        return index;
    }

    void write(long index) throws IOException {
        slot.clear();
        slot.putLong(0, index).putInt(8, 0).putInt(12, 0);
        slot.putInt(8, crcOf());
        channel.write(slot, (long) nextSlot * SLOT_LENGTH);
        nextSlot = 1 - nextSlot;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private int crcOf() {
        crc.reset();
        slot.limit(8).position(0);
        crc.update(slot);
        slot.clear();
        return (int) crc.getValue();
    }
}
