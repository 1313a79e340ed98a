package saker.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Snapshots on disk, {@code <index>.snap}: the newest three. A snapshot saves the fold of what lies
 * before it; losing one loses nothing. One thread at a time.
 *
 * <pre>
 *   magic i64 | journalId i64 | bootId i64 | index i64
 *   count i32, each: name text | length i32, bytes
 *   crc32c u32 of all before
 * </pre>
 */
public final class SnapshotStore {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotStore.class);
    private static final long MAGIC = 0x3250414e53524b53L; // "SKRSNAP2"
    private static final String SUFFIX = ".snap";
    private static final String UNFINISHED = ".tmp";
    private static final int KEPT = 3;

    private final Path folder;
    private final LongSupplier durableIndex;

    SnapshotStore(Path folder, LongSupplier durableIndex) throws IOException {
        this.folder = folder;
        this.durableIndex = durableIndex;
        Files.createDirectories(folder);
        for (Path left : list(folder, UNFINISHED)) {
            Files.delete(left); // Of a process that died while it wrote.
        }
    }

    /**
     * Saves a snapshot and drops the oldest.
     *
     * @param newestKnown index of the newest record the state depends on: an answer stands behind
     *     the record it answers
     * @return false, and nothing is written, while that record is not durable: a snapshot must not
     *     know what the journal may yet lose
     */
    public boolean save(Snapshot snapshot, long newestKnown) throws IOException {
        if (Math.max(newestKnown, snapshot.index()) > durableIndex.getAsLong()) {
            return false;
        }
        JournalFolder.writeDurably(fileOf(snapshot.index()), encode(snapshot));
        List<Path> files = newestFirst(folder);
        for (Path old : files.subList(Math.min(KEPT, files.size()), files.size())) {
            Files.delete(old);
        }
        return true;
    }

    /**
     * The newest snapshot that is whole and of this journal. Others are removed: they would take
     * the place of good ones.
     *
     * @param known whether the journal has the record a snapshot was taken after
     */
    Optional<Snapshot> loadNewest(Predicate<ReaderPosition> known) throws IOException {
        for (Path file : newestFirst(folder)) {
            Snapshot snapshot = read(file);
            if (snapshot != null) {
                ReaderPosition position = snapshot.position();
                if (position.index() <= durableIndex.getAsLong() && known.test(position)) {
                    return Optional.of(snapshot);
                }
                LOG.warn("snapshot passed over: unknown to the journal: {}", position);
            }
            Files.delete(file);
        }
        return Optional.empty();
    }

    /** All that are whole in a folder that may not exist, oldest first. */
    static List<Snapshot> readAll(Path folder) throws IOException {
        List<Snapshot> all = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            for (Path file : newestFirst(folder)) {
                Snapshot snapshot = read(file);
                if (snapshot != null) {
                    all.add(0, snapshot);
                }
            }
        }
        return all;
    }

    /** Null, with a word in the log, for a file that is none. */
    private static Snapshot read(Path file) throws IOException {
        try {
            return decode(Files.readAllBytes(file));
        } catch (PayloadDamagedException e) {
            LOG.warn("snapshot passed over: file={}, reason={}", file, e.getMessage());
            return null;
        } catch (NoSuchFileException e) {
            return null; // A newer one took its place meanwhile.
        }
    }

    private Path fileOf(long index) {
        return folder.resolve("%016x%s".formatted(index, SUFFIX));
    }

    private static List<Path> newestFirst(Path folder) throws IOException {
        return list(folder, SUFFIX).stream().sorted(Comparator.reverseOrder()).toList();
    }

    private static List<Path> list(Path folder, String suffix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.toString().endsWith(suffix)).toList();
        }
    }

    private static byte[] encode(Snapshot snapshot) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        PayloadWriter out = new PayloadWriter(buffer, 0);
        ReaderPosition position = snapshot.position();
        out.i64(MAGIC).i64(position.journalId()).i64(position.bootId()).i64(position.index());
        out.i32(snapshot.components().size());
        snapshot.components().forEach((name, bytes) -> out.text(name).bytes(bytes));
        out.i32(crc(buffer.byteArray(), out.length()));
        byte[] bytes = new byte[out.length()];
        buffer.getBytes(0, bytes);
        return bytes;
    }

    private static Snapshot decode(byte[] bytes) {
        PayloadReader in = new PayloadReader("snapshot", new UnsafeBuffer(bytes), 0, bytes.length);
        if (in.i64() != MAGIC) {
            throw new PayloadDamagedException("no snapshot of this layout: length=" + bytes.length);
        }
        ReaderPosition position = new ReaderPosition(in.i64(), in.i64(), in.i64());
        int count = in.count(2 * Integer.BYTES);
        Map<String, byte[]> components = new HashMap<>();
        for (int i = 0; i < count; i++) {
            components.put(in.text(), in.bytes());
        }
        if (in.i32() != crc(bytes, bytes.length - Integer.BYTES)) {
            throw new PayloadDamagedException("snapshot with a wrong CRC: position=" + position);
        }
        in.end();
        return new Snapshot(position, components);
    }

    private static int crc(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
