package saker.store;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** The server's programs, unpacked below the data folder once. */
final class PostgresBinaries {
    private static final String ARCHIVE = "/postgres-linux-x86_64.txz";
    private static final String READY = ".ready";
    private static final int OWNER_EXECUTES = 0100;

    private PostgresBinaries() {}

    /**
     * Unpacks the archive of the class path.
     *
     * @return the folder with {@code bin}, {@code lib} and {@code share}
     */
    static Path unpack(Path folder) throws IOException {
        String version = Integer.toString(archiveLength());
        Path ready = folder.resolve(READY);
        if (Files.exists(ready) && Files.readString(ready).equals(version)) {
            return folder;
        }
        Path temporary = folder.resolveSibling(folder.getFileName() + ".new");
        delete(temporary);
        delete(folder);
        try (InputStream archive = PostgresBinaries.class.getResourceAsStream(ARCHIVE)) {
            if (archive == null) {
                throw new IOException(
                        "no embedded PostgreSQL for this platform: os=%s, arch=%s; configure database.url"
                                .formatted(
                                        System.getProperty("os.name"),
                                        System.getProperty("os.arch")));
            }
            extract(archive, temporary);
        }
        Files.writeString(temporary.resolve(READY), version);
        Files.move(temporary, folder, StandardCopyOption.ATOMIC_MOVE);
        return folder;
    }

    /** Tells one release of the programs from another. */
    private static int archiveLength() throws IOException {
        URL archive = PostgresBinaries.class.getResource(ARCHIVE);
        return archive == null ? 0 : archive.openConnection().getContentLength();
    }

    private static void extract(InputStream archive, Path folder) throws IOException {
        Files.createDirectories(folder);
        try (var tar =
                new TarArchiveInputStream(
                        new XZCompressorInputStream(new BufferedInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry();
                    entry != null;
                    entry = tar.getNextEntry()) {
                extract(tar, entry, folder);
            }
        }
    }

    private static void extract(TarArchiveInputStream tar, TarArchiveEntry entry, Path folder)
            throws IOException {
        Path target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder)) {
            throw new IOException("archive entry outside its folder: name=" + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else if (entry.isLink()) {
            Files.createLink(target, folder.resolve(entry.getLinkName()));
        } else {
            Files.copy(tar, target);
            if ((entry.getMode() & OWNER_EXECUTES) != 0 && !target.toFile().setExecutable(true)) {
                throw new IOException("cannot make executable: file=" + target);
            }
        }
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> paths = Files.walk(folder)) {
            deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }
}
