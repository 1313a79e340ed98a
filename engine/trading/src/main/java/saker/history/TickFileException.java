package saker.history;

import java.io.IOException;
import java.nio.file.Path;

/** A row of a file is bad; the message names file, line, value and what is allowed. */
public final class TickFileException extends IOException {
    private static final long serialVersionUID = 1;

    public TickFileException(Path file, int line, String value, String allowed) {
        super("%s:%d: bad value \"%s\"; allowed: %s".formatted(file, line, value, allowed));
    }
}
