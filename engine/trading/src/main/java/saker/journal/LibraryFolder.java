package saker.journal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import saker.model.Sha256;

/** Strategy libraries by hash: a replay calls the very bytes that traded. */
final class LibraryFolder {

    private LibraryFolder() {}

    static Path path(Path folder, String sha256) {
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("bad library hash: sha256=" + sha256);
        }
        return folder.resolve(sha256 + ".so");
    }

    /** Returns the hash. The copy is hashed, not the original, which may change meanwhile. */
    static String copy(Path library, Path folder) throws IOException {
        Files.createDirectories(folder);
        Path temporary = Files.createTempFile(folder, "copy", ".tmp");
        try {
            MessageDigest digest = Sha256.digest();
            try (InputStream in = new DigestInputStream(Files.newInputStream(library), digest)) {
                Files.copy(in, temporary, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            }
            String hash = HexFormat.of().formatHex(digest.digest());
            if (!Files.exists(path(folder, hash))) {
                JournalFolder.moveDurably(temporary, path(folder, hash));
            }
            return hash;
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
