package saker.live;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import saker.strategy.InstanceSnapshot;

/**
 * Snapshots of the instances of a replayable library, one file each, replaced by a rename. A
 * snapshot is good for the boot and the configuration it was made in and saves calls, no more: lost
 * or damaged, the instance is computed from the boot again. So nothing is synced.
 *
 * <pre>
 *   magic i64 | crc32c i32 of all behind it | bootId i64 | configId text | instanceId i64 | index i64
 *   refused u8 | lastCode i32 | runs i64 | signals i64 | lastRunNs i64 | detail text
 *   | length i32, bytes of fxs_snapshot
 * </pre>
 *
 * Big-endian; a text as {@link DataOutputStream#writeUTF} writes it.
 */
final class InstanceSnapshots {
    private static final Logger LOG = LoggerFactory.getLogger(InstanceSnapshots.class);
    private static final long MAGIC = 0x534b494e53543031L; // "SKINST01"
    private static final int HEADER = Long.BYTES + Integer.BYTES;

    private final Path folder;
    private final long bootId;
    private final String configId;

    InstanceSnapshots(Path folder, long bootId, String configId) {
        this.folder = folder;
        this.bootId = bootId;
        this.configId = configId;
    }

    void save(InstanceSnapshot snapshot) throws IOException {
        Files.createDirectories(folder);
        Path temporary = folder.resolve(snapshot.instanceId() + ".tmp");
        Files.write(temporary, encode(snapshot));
        Files.move(temporary, fileOf(snapshot.instanceId()), StandardCopyOption.ATOMIC_MOVE);
    }

    /** The snapshot of an instance, or null where there is none that can be used. */
    InstanceSnapshot load(long instanceId) {
        Path file = fileOf(instanceId);
        if (!Files.exists(file)) {
            return null;
        }
        try {
            return decode(Files.readAllBytes(file), instanceId);
        } catch (IOException e) {
            LOG.warn("snapshot passed over: file={}, reason={}", file, e.getMessage());
            return null;
        }
    }

    /** The instance begins anew. */
    void forget(long instanceId) {
        try {
            Files.deleteIfExists(fileOf(instanceId));
        } catch (IOException e) {
            LOG.warn("snapshot not removed: instanceId={}: {}", instanceId, e.getMessage());
        }
    }

    private Path fileOf(long instanceId) {
        return folder.resolve(instanceId + ".snap");
    }

    private byte[] encode(InstanceSnapshot s) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream(s.library().length + 256);
        try (DataOutputStream out = new DataOutputStream(body)) {
            out.writeLong(bootId);
            out.writeUTF(configId);
            out.writeLong(s.instanceId());
            out.writeLong(s.index());
            out.writeBoolean(s.refused());
            out.writeInt(s.lastCode());
            out.writeLong(s.runs());
            out.writeLong(s.signals());
            out.writeLong(s.lastRunNs());
            out.writeUTF(s.detail());
            out.writeInt(s.library().length);
            out.write(s.library());
        }
        byte[] bytes = body.toByteArray();
        ByteArrayOutputStream whole = new ByteArrayOutputStream(bytes.length + HEADER);
        try (DataOutputStream out = new DataOutputStream(whole)) {
            out.writeLong(MAGIC);
            out.writeInt(crc(bytes, 0));
            out.write(bytes);
        }
        return whole.toByteArray();
    }

    private InstanceSnapshot decode(byte[] bytes, long instanceId) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (bytes.length < HEADER
                    || in.readLong() != MAGIC
                    || in.readInt() != crc(bytes, HEADER)) {
                throw new IOException("not a whole snapshot: length=" + bytes.length);
            }
            if (in.readLong() != bootId
                    || !in.readUTF().equals(configId)
                    || in.readLong() != instanceId) {
                return null; // Of an earlier boot: good for nothing now.
            }
            return new InstanceSnapshot(
                    instanceId,
                    in.readLong(),
                    in.readBoolean(),
                    in.readInt(),
                    in.readLong(),
                    in.readLong(),
                    in.readLong(),
                    in.readUTF(),
                    in.readNBytes(in.readInt()));
        }
    }

    private static int crc(byte[] bytes, int from) {
        CRC32C crc = new CRC32C();
        crc.update(Arrays.copyOfRange(bytes, from, bytes.length));
        return (int) crc.getValue();
    }
}
