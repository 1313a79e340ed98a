package saker.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import saker.journal.Journal;
import saker.journal.JournalOptions;

/** A journal in a folder of its own, as a service opens it, deleted afterwards. */
final class JournalFolderState implements AutoCloseable {
    private final Path folder;
    private final Journal journal;

    JournalFolderState() throws IOException {
        this(JournalOptions.defaults("bench"));
    }

    JournalFolderState(JournalOptions options) throws IOException {
        Path parent = Path.of(System.getProperty("saker.bench.folder", "target"));
        Files.createDirectories(parent);
        folder = Files.createTempDirectory(parent.toAbsolutePath(), "bench-journal");
        journal = Journal.open(folder, options.withSpace(1 << 20, 1 << 20, null));
    }

    Path folder() {
        return folder;
    }

    Journal journal() {
        return journal;
    }

    @Override
    public void close() throws IOException {
        journal.close();
        Benches.delete(folder);
    }
}
