package saker.bench;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** What each call of a durable sync adds: the syncer's three, and one alone. In turn. */
final class SyncCalls {
    private static final int FILE_LENGTH = 64 << 20;
    private static final int PAGE = 4_096;
    private static final int RECORD_LENGTH = 1_024;
    private static final long GAP_NS = 5_000_000L;

    String run(Path folder, int rounds) throws IOException {
        Latencies one = new Latencies("fdatasync");
        Latencies two = new Latencies("msync, fdatasync");
        Latencies three = new Latencies("msync, fdatasync, other file's too");
        try (RandomAccessFile file = new RandomAccessFile(folder.resolve("data").toFile(), "rw");
                RandomAccessFile other =
                        new RandomAccessFile(folder.resolve("other").toFile(), "rw")) {
            file.setLength(FILE_LENGTH);
            other.setLength(PAGE);
            other.getChannel().force(true);
            FileChannel channel = file.getChannel();
            MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, FILE_LENGTH);
            byte[] record = new byte[RECORD_LENGTH];
            int at = 0;
            for (int i = 0; i < 3 * rounds; i++) {
                Pace.until(System.nanoTime() + GAP_NS);
                record[0]++;
                mapped.put(at, record);
                int kind = i % 3;
                long startNs = System.nanoTime();
                if (kind > 0) {
                    mapped.force(at - at % PAGE, at % PAGE + RECORD_LENGTH);
                }
                channel.force(false);
                if (kind == 2) {
                    other.getChannel().force(false);
                }
                long tookNs = System.nanoTime() - startNs;
                (kind == 0 ? one : kind == 1 ? two : three).record(tookNs);
                at = (at + RECORD_LENGTH) % FILE_LENGTH;
            }
        }
        return Latencies.HEAD + "\n" + one + "\n" + two + "\n" + three + "\n";
    }
}
