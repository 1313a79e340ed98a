package saker.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;

/**
 * Writes the valid records of the last file into a new one and puts it in the place of the damaged
 * file, which goes to {@code quarantine/}. Indexes stay: a file's sequence starts at 0.
 */
final class CycleRebuild {

    private CycleRebuild() {}

    /**
     * @param file of the last valid record, null if there is none
     * @param lastIndex of the last valid record
     */
    static void rebuild(
            JournalFolder folder,
            JournalOptions options,
            SingleChronicleQueue queue,
            Path file,
            long lastIndex)
            throws IOException {
        Path work = folder.path().resolve("rebuild");
        delete(work);
        if (file != null) {
            checkSpace(folder, options, file);
        }
        Path rebuilt = file == null ? null : copyValid(work, options, queue, lastIndex);
        setAside(folder, file);
        if (rebuilt != null) {
            JournalFolder.moveDurably(rebuilt, file);
        }
        delete(work);
        JournalFolder.forceFolder(folder.path());
    }

    /** A full disk is what may have brought us here; in a mapped file it would be a fault. */
    private static void checkSpace(JournalFolder folder, JournalOptions options, Path file)
            throws IOException {
        long neededBytes = Files.size(file) + 2 * options.blockSize();
        long freeBytes = Files.getFileStore(folder.path()).getUsableSpace();
        if (freeBytes < neededBytes) {
            throw new IOException(
                    "no space to rebuild the journal's last file: file=%s, freeBytes=%d, neededBytes=%d"
                            .formatted(file, freeBytes, neededBytes));
        }
    }

    private static Path copyValid(
            Path work, JournalOptions options, SingleChronicleQueue queue, long lastIndex)
            throws IOException {
        int cycle = JournalQueue.cycle(lastIndex);
        long cycleMs = queue.epoch() + cycle * (long) queue.rollCycle().lengthInMillis();
        try (SingleChronicleQueue copy =
                        JournalQueue.openForAppend(work, options.blockSize(), () -> cycleMs);
                RecordWriter writer = new RecordWriter(copy);
                JournalReader reader = JournalReader.fromCycle(queue, 0, cycle)) {
            while (reader.poll(entry -> copy(entry, writer), 1000, lastIndex) > 0) {}
        }
        return QueueFile.list(work).get(0);
    }

    private static void copy(RecordView entry, RecordWriter writer) {
        long index =
                writer.write(
                        RecordDescriptor.kindCode(entry.buffer()),
                        entry.version(),
                        entry.last() ? RecordDescriptor.LAST : 0,
                        entry.ordinal(),
                        entry.marketTimeNs(),
                        entry.journalTimeNs(),
                        entry.cause(),
                        entry.buffer(),
                        entry.offset(),
                        entry.length());
        if (index != entry.index()) {
            throw new IllegalStateException(
                    "rebuilt record moved: index=%d, was=%d".formatted(index, entry.index()));
        }
    }

    /** The damaged file and all that follow it: a record behind a gap is worth nothing. */
    private static void setAside(JournalFolder folder, Path file) throws IOException {
        Files.createDirectories(folder.quarantine());
        for (Path each : QueueFile.list(folder.path())) {
            if (file == null || each.compareTo(file) >= 0) {
                String name = each.getFileName() + "." + Long.toHexString(System.nanoTime());
                Files.move(each, folder.quarantine().resolve(name));
            }
        }
    }

    private static void delete(Path work) throws IOException {
        if (!Files.exists(work)) {
            return;
        }
        List<Path> files;
        try (Stream<Path> walk = Files.walk(work)) {
            files = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : files) {
            Files.delete(each);
        }
    }
}
