package saker.journal;

import java.io.IOException;
import java.nio.file.Path;

/** Somebody else appends to the journal; there is only ever one. */
public final class JournalInUseException extends IOException {
    private static final long serialVersionUID = 1;

    JournalInUseException(Path lockFile) {
        super("journal in use by another engine: lock=" + lockFile);
    }
}
