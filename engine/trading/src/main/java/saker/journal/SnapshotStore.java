package saker.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Snapshots on disk, {@code <index>.snap}: the newest three. A snapshot saves the replay of what
 * lies before it; losing one loses nothing. One thread at a time.
 *
 * <pre>
 *   magic i64 | index i64 | count i32, each: name text | length i32, bytes | crc32c u32 of all before
 * </pre>
 */
public final class SnapshotStore {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotStore.class);
    private static final long MAGIC = 0x3150414e53524b53L; // "SKRSNAP1"
    private static final String SUFFIX = ".snap";
    private static final int KEPT = 3;

    private final Path folder;
    private final LongSupplier durableIndex;

    SnapshotStore(Path folder, LongSupplier durableIndex) throws IOException {
        this.folder = folder;
        this.durableIndex = durableIndex;
        Files.createDirectories(folder);
    }

    /**
     * Saves a snapshot and drops the oldest.
     *
     * @return false, and nothing is written, while the index is not durable: a snapshot must not
     *     know what the journal may yet lose
     */
    public boolean save(Snapshot snapshot) throws IOException {
        if (snapshot.index() > durableIndex.getAsLong()) {
            return false;
        }
        JournalFolder.writeDurably(fileOf(snapshot.index()), encode(snapshot));
        List<Path> files = newestFirst();
        for (Path old : files.subList(Math.min(KEPT, files.size()), files.size())) {
            Files.delete(old);
        }
        return true;
    }

    /** The newest snapshot that is whole; damaged ones are passed over. */
    public Optional<Snapshot> loadNewest() throws IOException {
        for (Path file : newestFirst()) {
            try {
                Snapshot snapshot = decode(Files.readAllBytes(file));
                if (snapshot.index() <= durableIndex.getAsLong()) {
                    return Optional.of(snapshot);
                }
            } catch (PayloadDamagedException e) {
                LOG.warn("snapshot passed over: file={}, reason={}", file, e.getMessage());
            }
        }
        return Optional.empty();
    }

    private Path fileOf(long index) {
        return folder.resolve("%016x%s".formatted(index, SUFFIX));
    }

    private List<Path> newestFirst() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.toString().endsWith(SUFFIX))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
    }

    private static byte[] encode(Snapshot snapshot) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        PayloadWriter out = new PayloadWriter(buffer, 0);
        out.i64(MAGIC).i64(snapshot.index()).i32(snapshot.components().size());
        snapshot.components().forEach((name, bytes) -> out.text(name).bytes(bytes));
        out.i32(crc(buffer.byteArray(), out.length()));
        byte[] bytes = new byte[out.length()];
        buffer.getBytes(0, bytes);
        return bytes;
    }

    private static Snapshot decode(byte[] bytes) {
        PayloadReader in = new PayloadReader("snapshot", new UnsafeBuffer(bytes), 0, bytes.length);
        if (in.i64() != MAGIC) {
            throw new PayloadDamagedException("no snapshot: length=" + bytes.length);
        }
        long index = in.i64();
        int count = in.count(2 * Integer.BYTES);
        Map<String, byte[]> components = new HashMap<>();
        for (int i = 0; i < count; i++) {
            components.put(in.text(), in.bytes());
        }
        if (in.i32() != crc(bytes, bytes.length - Integer.BYTES)) {
            throw new PayloadDamagedException("snapshot with a wrong CRC: index=" + index);
        }
        in.end();
        return new Snapshot(index, components);
    }

    private static int crc(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
