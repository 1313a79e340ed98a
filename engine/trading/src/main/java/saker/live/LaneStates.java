package saker.live;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import saker.journal.PayloadDamagedException;
import saker.journal.ReaderPosition;
import saker.strategy.BarsState;
import saker.strategy.HostState;

/**
 * What the lanes of a group's children folded of the journal, so that the next start of a child
 * reads what follows and not everything. Losing a file costs time, no more: nothing is synced. The
 * children of a data folder share the folder, and each writes files of its own.
 *
 * <pre>
 *   magic i64 | head: journalId bootId index instances i64 | HostState | BarsState of each instance
 * </pre>
 *
 * Big-endian; head and states are each a length i32, a CRC-32C i32 and the bytes. Bars are large:
 * they are read only of the file that is gone on from, one instance after the other.
 */
final class LaneStates {
    private static final Logger LOG = LoggerFactory.getLogger(LaneStates.class);
    private static final long MAGIC = 0x534b524c414e4532L; // "SKRLANE2"
    private static final String SUFFIX = ".lane";
    private static final String UNFINISHED = ".tmp";
    private static final int INDEX_DIGITS = 16;
    private static final int HEAD = 4 * Long.BYTES;
    private static final int INSTANCES = 3 * Long.BYTES; // In the head.
    private static final int KEPT = 2;
    private static final Duration FORGOTTEN = Duration.ofDays(30); // Of workers there are no more.

    private final Path folder;
    private final long bootIndex;

    /**
     * A lane after a record, to be saved.
     *
     * @param bars of use in the position's boot alone
     */
    record LaneState(ReaderPosition position, HostState host, List<BarsState> bars) {}

    /** One that was saved. */
    record SavedLane(ReaderPosition position, HostState host, Path file) {
        long index() {
            return position.index();
        }

        /**
         * @throws PayloadDamagedException if they are not whole
         */
        List<BarsState> bars() throws IOException {
            try (DataInputStream in = open(file)) {
                long instances = readHead(in, file).getLong(INSTANCES);
                readPart(in, file); // The host's, which we have.
                List<BarsState> bars = new ArrayList<>();
                for (long left = instances; left > 0; left--) {
                    bars.add(BarsState.decode(readPart(in, file)));
                }
                return bars;
            }
        }
    }

    /**
     * @param bootIndex of the engine's present boot
     */
    LaneStates(Path folder, long bootIndex) {
        this.folder = folder;
        this.bootIndex = bootIndex;
    }

    /**
     * Saves a state and drops the lane's older ones, but for two of this boot and two from before
     * it: an instance that begins with the boot cannot use a later one.
     *
     * @param lane its name, the same after a restart
     */
    void save(String lane, LaneState state) throws IOException {
        Files.createDirectories(folder);
        Path temporary = folder.resolve(lane + UNFINISHED);
        write(temporary, state);
        Path file = fileOf(lane, state.position().index());
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        int before = 0;
        int since = 0;
        for (Path other : newestFirst()) {
            boolean own = nameOf(other).substring(INDEX_DIGITS + 1).equals(lane + SUFFIX);
            if (own
                    ? (indexOf(other) < bootIndex ? before++ : since++) >= KEPT
                    : isForgotten(other)) {
                Files.deleteIfExists(other);
            }
        }
    }

    private static boolean isForgotten(Path file) {
        try {
            Instant saved = Files.getLastModifiedTime(file).toInstant();
            return saved.isBefore(Instant.now().minus(FORGOTTEN));
        } catch (IOException e) {
            return false; // Its own worker removed it.
        }
    }

    /** All that seem whole, newest first. */
    List<SavedLane> load() {
        List<SavedLane> lanes = new ArrayList<>();
        try {
            for (Path file : newestFirst()) {
                try {
                    lanes.add(read(file));
                } catch (NoSuchFileException e) {
                    continue; // A newer one took its place meanwhile.
                } catch (IOException | PayloadDamagedException e) {
                    LOG.warn("lane passed over: file={}, reason={}", file, e.toString());
                }
            }
        } catch (IOException e) {
            LOG.warn("no lanes, folding the whole journal: {}", e.getMessage());
        }
        return lanes;
    }

    /**
     * Which state each instance goes on from: one that serves all if there is such, else as few as
     * can be; the key null for those that none serves.
     *
     * @param lastIndexOf the newest record each may go on behind
     */
    static Map<SavedLane, List<Long>> share(
            List<SavedLane> newestFirst, Map<Long, Long> lastIndexOf) {
        Map<SavedLane, List<Long>> shares = new HashMap<>();
        for (SavedLane state : newestFirst) {
            if (served(state, lastIndexOf).size() == lastIndexOf.size()) {
                shares.put(state, List.copyOf(lastIndexOf.keySet()));
                return shares;
            }
        }
        Map<Long, Long> left = new HashMap<>(lastIndexOf);
        for (SavedLane state : newestFirst) {
            List<Long> served = served(state, left);
            if (!served.isEmpty()) {
                shares.put(state, served);
                left.keySet().removeAll(served);
            }
        }
        if (!left.isEmpty()) {
            shares.put(null, List.copyOf(left.keySet()));
        }
        return shares;
    }

    private static List<Long> served(SavedLane state, Map<Long, Long> lastIndexOf) {
        Set<Long> held = state.host().instanceIds();
        return lastIndexOf.keySet().stream()
                .filter(id -> held.contains(id) && state.index() <= lastIndexOf.get(id))
                .toList();
    }

    private Path fileOf(String lane, long index) {
        return folder.resolve("%016x-%s%s".formatted(index, lane, SUFFIX));
    }

    private static String nameOf(Path file) {
        return file.getFileName().toString();
    }

    private static long indexOf(Path file) {
        return Long.parseUnsignedLong(nameOf(file), 0, INDEX_DIGITS, 16);
    }

    private List<Path> newestFirst() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> nameOf(file).matches("[0-9a-f]{16}-.*\\" + SUFFIX))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
    }

    private static void write(Path file, LaneState state) throws IOException {
        try (DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            ReaderPosition position = state.position();
            out.writeLong(MAGIC);
            writePart(
                    out,
                    ByteBuffer.allocate(HEAD)
                            .putLong(position.journalId())
                            .putLong(position.bootId())
                            .putLong(position.index())
                            .putLong(state.bars().size())
                            .array());
            writePart(out, state.host().encode());
            for (BarsState bars : state.bars()) {
                writePart(out, bars.encode());
            }
        }
    }

    private static void writePart(DataOutputStream out, byte[] part) throws IOException {
        out.writeInt(part.length);
        out.writeInt(crc(part));
        out.write(part);
    }

    private static SavedLane read(Path file) throws IOException {
        try (DataInputStream in = open(file)) {
            ByteBuffer head = readHead(in, file);
            ReaderPosition position =
                    new ReaderPosition(head.getLong(), head.getLong(), head.getLong());
            return new SavedLane(position, HostState.decode(readPart(in, file)), file);
        }
    }

    private static ByteBuffer readHead(DataInputStream in, Path file) throws IOException {
        if (in.readLong() != MAGIC) {
            throw new PayloadDamagedException("no lane of this layout");
        }
        byte[] head = readPart(in, file);
        if (head.length != HEAD) {
            throw new PayloadDamagedException("bad head: length=" + head.length);
        }
        return ByteBuffer.wrap(head);
    }

    private static DataInputStream open(Path file) throws IOException {
        return new DataInputStream(new BufferedInputStream(Files.newInputStream(file)));
    }

    private static byte[] readPart(DataInputStream in, Path file) throws IOException {
        int length = in.readInt();
        int crc = in.readInt();
        if (length < 0 || length > Files.size(file)) {
            throw new PayloadDamagedException("bad length: value=" + length);
        }
        byte[] part = in.readNBytes(length);
        if (part.length < length || crc(part) != crc) {
            throw new PayloadDamagedException("wrong CRC: length=" + length);
        }
        return part;
    }

    private static int crc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length);
        return (int) crc.getValue();
    }
}
