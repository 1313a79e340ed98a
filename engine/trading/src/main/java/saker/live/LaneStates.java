package saker.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import saker.journal.PayloadDamagedException;
import saker.journal.PayloadReader;
import saker.journal.PayloadWriter;
import saker.journal.ReaderPosition;
import saker.strategy.BarsState;
import saker.strategy.HostState;

/**
 * What the lanes of a group's children folded of the journal, so that the next start of a child
 * reads what follows and not everything. Losing a file costs time, no more: nothing is synced. The
 * children of a data folder share the folder, and each writes files of its own.
 *
 * <pre>
 *   magic i64 | journalId i64 | bootId i64 | index i64
 *   length i32, HostState | length i32, BarsState | crc32c u32 of all before
 * </pre>
 *
 * Little-endian, as the journal.
 */
final class LaneStates {
    private static final Logger LOG = LoggerFactory.getLogger(LaneStates.class);
    private static final long MAGIC = 0x31454e414c524b53L; // "SKRLANE1"
    private static final String SUFFIX = ".lane";
    private static final String UNFINISHED = ".tmp";
    private static final int INDEX_DIGITS = 16;
    private static final int KEPT = 2;

    private final Path folder;
    private final long bootIndex;

    /**
     * A lane after a record.
     *
     * @param bars of use in the position's boot alone
     */
    record LaneState(ReaderPosition position, HostState host, BarsState bars) {
        long index() {
            return position.index();
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
        Files.write(temporary, encode(state));
        Files.move(temporary, fileOf(lane, state.index()), StandardCopyOption.ATOMIC_MOVE);
        int before = 0;
        int since = 0;
        for (Path file : newestFirst()) {
            if (nameOf(file).substring(INDEX_DIGITS + 1).equals(lane + SUFFIX)
                    && (indexOf(file) < bootIndex ? before++ : since++) >= KEPT) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** All that are whole, newest first. */
    List<LaneState> load() {
        List<LaneState> states = new ArrayList<>();
        try {
            for (Path file : newestFirst()) {
                try {
                    states.add(decode(Files.readAllBytes(file)));
                } catch (IOException | PayloadDamagedException e) {
                    LOG.warn("lane passed over: file={}, reason={}", file, e.getMessage());
                }
            }
        } catch (IOException e) {
            LOG.warn("no lanes, folding the whole journal: {}", e.getMessage());
        }
        return states;
    }

    /**
     * Which state each instance goes on from: one that serves all if there is such, else as few as
     * can be; the key null for those that none serves.
     *
     * @param lastIndexOf the newest record each may go on behind
     */
    static Map<LaneState, List<Long>> share(
            List<LaneState> newestFirst, Map<Long, Long> lastIndexOf) {
        Map<LaneState, List<Long>> shares = new HashMap<>();
        for (LaneState state : newestFirst) {
            if (served(state, lastIndexOf).size() == lastIndexOf.size()) {
                shares.put(state, List.copyOf(lastIndexOf.keySet()));
                return shares;
            }
        }
        Map<Long, Long> left = new HashMap<>(lastIndexOf);
        for (LaneState state : newestFirst) {
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

    private static List<Long> served(LaneState state, Map<Long, Long> lastIndexOf) {
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

    private static byte[] encode(LaneState state) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(64 << 10);
        PayloadWriter out = new PayloadWriter(buffer, 0);
        ReaderPosition position = state.position;
        out.i64(MAGIC).i64(position.journalId()).i64(position.bootId()).i64(position.index());
        out.bytes(state.host.encode()).bytes(state.bars.encode());
        out.i32(crc(buffer.byteArray(), out.length()));
        byte[] bytes = new byte[out.length()];
        buffer.getBytes(0, bytes);
        return bytes;
    }

    private static LaneState decode(byte[] bytes) {
        PayloadReader in = new PayloadReader("lane", new UnsafeBuffer(bytes), 0, bytes.length);
        if (in.i64() != MAGIC) {
            throw new PayloadDamagedException("no lane of this layout: length=" + bytes.length);
        }
        ReaderPosition position = new ReaderPosition(in.i64(), in.i64(), in.i64());
        byte[] host = in.bytes();
        byte[] bars = in.bytes();
        if (in.i32() != crc(bytes, bytes.length - Integer.BYTES)) {
            throw new PayloadDamagedException("lane with a wrong CRC: position=" + position);
        }
        in.end();
        return new LaneState(position, HostState.decode(host), BarsState.decode(bars));
    }

    private static int crc(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
