package saker.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Looks at the bytes of a queue file behind its last valid record. Each document has a four-byte
 * header: two flag bits and a length; zero means that nothing was written there yet.
 */
final class QueueFile {
    private static final int NOT_COMPLETE = 0x8000_0000;
    private static final int META = 0x4000_0000;
    private static final int END_OF_FILE = NOT_COMPLETE | META;
    private static final int LENGTH_MASK = 0x3FFF_FFFF;
    private static final int BUFFER_LENGTH = 1 << 20;

    /** What follows the last valid record. */
    enum Rest {
        /** Nothing, in a file that may grow. */
        NOTHING,
        /** The mark that the queue went on to the next file. */
        END_MARK,
        /** A record whose writer died: no reader sees it. */
        UNFINISHED,
        /** A committed record. */
        RECORD,
        /** Zeros, and bytes behind them: pages were lost. */
        HOLE
    }

    /** What follows, and where in the file. */
    record Found(Rest rest, long offset) {}

    private QueueFile() {}

    /** Files of a queue, oldest first. */
    static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.getFileName().toString().endsWith(JournalQueue.SUFFIX))
                    .sorted()
                    .toList();
        }
    }

    /** What lies in the file from an offset on, where a document header is expected. */
    static Found inspect(Path file, long from) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            long offset = next(from);
            while (offset + Integer.BYTES <= size) {
                int header = readHeader(channel, offset);
                if (header == 0) {
                    return findBytes(channel, offset, size);
                }
                if (header == END_OF_FILE) {
                    return new Found(Rest.END_MARK, offset);
                }
                if ((header & NOT_COMPLETE) != 0) {
                    return new Found(Rest.UNFINISHED, offset);
                }
                if ((header & META) == 0) {
                    return new Found(Rest.RECORD, offset);
                }
                offset = next(offset + Integer.BYTES + (header & LENGTH_MASK));
            }
            return new Found(Rest.NOTHING, offset);
        }
    }

    /** Documents start at multiples of four. */
    private static long next(long offset) {
        return (offset + 3) & ~3L;
    }

    private static int readHeader(FileChannel channel, long offset) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        channel.read(header, offset);
        return header.getInt(0);
    }

    private static Found findBytes(FileChannel channel, long from, long size) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocateDirect(BUFFER_LENGTH);
        for (long at = from; at < size; at += BUFFER_LENGTH) {
            bytes.clear();
            int length = channel.read(bytes, at);
            for (int i = 0; i < length; i++) {
                if (bytes.get(i) != 0) {
                    return new Found(Rest.HOLE, from);
                }
            }
        }
        return new Found(Rest.NOTHING, from);
    }
}
