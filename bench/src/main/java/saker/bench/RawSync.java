package saker.bench;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/**
 * The least a durable write can be on this disk: a kilobyte into a mapped sparse file, then
 * fdatasync. On a thread of its own, when asked.
 */
final class RawSync implements AutoCloseable {
    private static final int FILE_LENGTH = 64 << 20;
    private static final int RECORD_LENGTH = 1024;

    private final RandomAccessFile file;
    private final FileChannel channel;
    private final MappedByteBuffer mapped;
    private final Latencies latencies = new Latencies("raw durable sync");
    private final Thread thread;
    private int position;
    private volatile boolean requested;
    private volatile boolean closed;

    RawSync(Path folder) throws IOException {
        file = new RandomAccessFile(folder.resolve("raw-sync").toFile(), "rw");
        file.setLength(FILE_LENGTH);
        channel = file.getChannel();
        mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, FILE_LENGTH);
        thread = new Thread(this::run, "raw-sync");
        thread.setDaemon(true);
        thread.start();
    }

    void request() {
        requested = true;
        LockSupport.unpark(thread);
    }

    /** Adds all that was measured so far to another histogram. */
    void into(Latencies other) {
        other.addAll(latencies);
    }

    private void run() {
        ByteBuffer bytes = ByteBuffer.allocate(RECORD_LENGTH);
        while (!closed) {
            if (!requested) {
                LockSupport.parkNanos(this, 10_000_000L);
                continue;
            }
            requested = false;
            long startNs = System.nanoTime();
            try {
                bytes.clear();
                bytes.putLong(0, startNs);
                mapped.put(position, bytes.array());
                position = (position + RECORD_LENGTH) % FILE_LENGTH;
                channel.force(false);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            latencies.record(System.nanoTime() - startNs);
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
        file.close();
    }
}
