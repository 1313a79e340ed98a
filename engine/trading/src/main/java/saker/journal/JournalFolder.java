package saker.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;

/** Where things lie in {@code <data>/journal}. */
record JournalFolder(Path path) {

    static JournalFolder of(Path dataDir) {
        return new JournalFolder(dataDir.resolve("journal"));
    }

    void create() throws IOException {
        Files.createDirectories(path);
    }

    Path lock() {
        return path.resolve("journal.lock");
    }

    Path id() {
        return path.resolve("journal.id");
    }

    Path boots() {
        return path.resolve("boots");
    }

    Path durableIndex() {
        return path.resolve("durable.index");
    }

    Path metadata() {
        return path.resolve("metadata.cq4t");
    }

    Path snapshots() {
        return path.resolve("snapshots");
    }

    Path libraries() {
        return path.resolve("libraries");
    }

    Path quarantine() {
        return path.resolve("quarantine");
    }

    /** Random, made once with the journal. */
    long readOrCreateId() throws IOException {
        if (Files.exists(id())) {
            return readId();
        }
        long id = new SecureRandom().nextLong() | 1;
        writeDurably(
                id(), "%016x%n".formatted(id).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        return id;
    }

    long readId() throws IOException {
        String text = Files.readString(id()).trim();
        try {
            return Long.parseUnsignedLong(text, 16);
        } catch (NumberFormatException e) {
            throw new IOException("bad journal id: file=" + id() + ", text=\"" + text + "\"", e);
        }
    }

    /** Replaces a file such that after a power cut it is either the old or the new one. */
    static void writeDurably(Path file, byte[] bytes) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        Files.write(temporary, bytes);
        moveDurably(temporary, file);
    }

    static void moveDurably(Path from, Path to) throws IOException {
        force(from);
        try {
            Files.move(
                    from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
        forceFolder(to.getParent());
    }

    static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Makes the entries of a folder durable, where the system can. */
    static void forceFolder(Path folder) throws IOException {
        if (System.getProperty("os.name").startsWith("Windows")) {
            return; // A folder cannot be opened there; NTFS journals its entries.
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
