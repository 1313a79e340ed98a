package saker.logs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is appended to the log files from the first look on. A file that is rolled is read to its
 * end first: an open file outlives its name.
 */
public final class LogTail implements AutoCloseable {
    private static final int CHUNK = 1 << 16;

    private final LogFiles files;
    private final Map<Path, Follower> followers = new HashMap<>();
    private boolean started;

    public LogTail(LogFiles files) {
        this.files = files;
    }

    /** New lines of all files since the last call, by time; the first call only takes the ends. */
    public List<LogLine> poll() throws IOException {
        List<LogLine> lines = new ArrayList<>();
        for (Path file : files.current()) {
            Follower follower = followers.get(file);
            if (follower == null) {
                followers.put(file, new Follower(file, started));
            } else {
                boolean rolled = !follower.isCurrent(); // Asked first: then nothing comes after.
                follower.read(lines);
                if (rolled) {
                    follower.close();
                    followers.put(file, new Follower(file, true));
                }
            }
            followers.get(file).read(lines);
        }
        started = true;
        lines.sort(Comparator.comparing(LogLine::time));
        return lines;
    }

    @Override
    public void close() throws IOException {
        for (Follower follower : followers.values()) {
            follower.close();
        }
    }

    /** One open file. */
    private static final class Follower {
        private final Path path;
        private final Object fileKey;
        private final FileChannel channel;
        private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        private final StringBuilder rest = new StringBuilder(); // A line without its end.

        private Follower(Path path, boolean fromStart) throws IOException {
            this.path = path;
            fileKey = keyOf(path);
            channel = FileChannel.open(path, StandardOpenOption.READ);
            if (!fromStart) {
                channel.position(channel.size());
            }
        }

        private void read(List<LogLine> lines) throws IOException {
            while (channel.read(chunk) > 0) {
                rest.append(StandardCharsets.US_ASCII.decode(chunk.flip()));
                chunk.clear();
                int from = 0;
                for (int end; (end = rest.indexOf("\n", from)) >= 0; from = end + 1) {
                    LogLine line = LogLine.of(rest.substring(from, end));
                    if (line != null) {
                        lines.add(line);
                    }
                }
                rest.delete(0, from);
            }
        }

        private boolean isCurrent() throws IOException {
            try {
                return fileKey.equals(keyOf(path));
            } catch (NoSuchFileException e) {
                return true; // Between two names; the next look sees the new file.
            }
        }

        private static Object keyOf(Path path) throws IOException {
            return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        }

        private void close() throws IOException {
            channel.close();
        }
    }
}
