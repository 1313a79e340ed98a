package saker.broker.simulated;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Keeps a {@link SimulatedBroker} in a folder: an append-only log, forced to disk, of what changed
 * since the last save. A kill at any moment loses nothing that a returned {@link #save} wrote; a
 * torn last entry is dropped. Opening rewrites the log as one entry once it is long. One thread,
 * one process.
 *
 * <p>An entry is its length (int), CRC-32C (int) and JSON.
 */
public final class BrokerStateStore implements AutoCloseable {
    private static final String FILE = "broker.log";
    private static final int HEADER_BYTES = 8;
    private static final long COMPACT_BYTES = 4L << 20;

    private final Path folder;
    private final Path file;
    private FileChannel channel;
    private boolean empty;
    private boolean loaded;

    /** Opens or creates the folder. */
    public BrokerStateStore(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.file = folder.resolve(FILE);
        open();
    }

    private void open() throws IOException {
        boolean fresh = !Files.exists(file);
        channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        empty = channel.size() == 0;
        if (fresh) {
            forceFolder();
        }
    }

    private void forceFolder() throws IOException {
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    /**
     * The saved broker, or null if there is none. Drops a torn last entry. To be called once,
     * before the first save.
     *
     * @throws IOException if an entry that is not the last one is damaged
     */
    public SimulatedBroker load(List<InstrumentTerms> instruments) throws IOException {
        BrokerState state = new BrokerState();
        state.addInstruments(instruments);
        long size = channel.size();
        long position = 0;
        while (position < size) {
            byte[] entry = read(position, size);
            if (entry == null) {
                channel.truncate(position);
                break;
            }
            state.apply(StateCodec.decode(entry));
            position += HEADER_BYTES + entry.length;
        }
        channel.position(position);
        empty = position == 0;
        loaded = true;
        if (empty) {
            return null;
        }
        SimulatedBroker broker = new SimulatedBroker(state);
        if (position > COMPACT_BYTES) {
            compact(broker);
        }
        return broker;
    }

    /** Null if the entry is torn, which only the last one may be. */
    private byte[] read(long position, long size) throws IOException {
        if (size - position < HEADER_BYTES) {
            return null;
        }
        ByteBuffer header = readFully(position, HEADER_BYTES);
        int length = header.getInt();
        int crc = header.getInt();
        long end = position + HEADER_BYTES + length;
        if (length <= 0 || end > size) {
            return null;
        }
        byte[] entry = readFully(position + HEADER_BYTES, length).array();
        if (crcOf(entry) == crc) {
            return entry;
        }
        if (end < size) {
            throw new IOException("damaged entry: file=" + file + ", offset=" + position);
        }
        return null;
    }

    private ByteBuffer readFully(long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new EOFException("file=" + file + ", offset=" + position);
            }
        }
        return buffer.flip();
    }

    private static int crcOf(byte[] entry) {
        CRC32C crc = new CRC32C();
        crc.update(entry);
        return (int) crc.getValue();
    }

    /**
     * Writes what changed since the last save and forces it to disk; cheap if nothing did. After a
     * failure the changes are kept for the next call.
     */
    public void save(SimulatedBroker broker) throws IOException {
        if (!loaded) {
            throw new IllegalStateException("save before load: file=" + file);
        }
        BrokerState state = broker.state();
        if (!empty && !state.hasChanges()) {
            return;
        }
        long start = channel.position();
        try {
            write(channel, StateCodec.encode(empty ? state.whole() : state.changes()));
        } catch (IOException e) {
            channel.truncate(start);
            throw e;
        }
        state.changesSaved();
        empty = false;
    }

    private static void write(FileChannel target, byte[] entry) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(HEADER_BYTES + entry.length);
        buffer.putInt(entry.length).putInt(crcOf(entry)).put(entry).flip();
        while (buffer.hasRemaining()) {
            target.write(buffer);
        }
        target.force(true);
    }

    private void compact(SimulatedBroker broker) throws IOException {
        Path next = folder.resolve(FILE + ".next");
        try (FileChannel target =
                FileChannel.open(
                        next,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            write(target, StateCodec.encode(broker.state().whole()));
        }
        channel.close();
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        forceFolder();
        open();
        channel.position(channel.size());
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
