package saker.journal;

/** A committed record is not what was written. Nothing after it may be applied. */
public final class JournalDamagedException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final long index;
    private final String file;
    private final long offset;

    JournalDamagedException(String why, long index, String file, long offset) {
        super(
                "journal damaged: %s: index=%d (0x%x), file=%s, offset=%d"
                        .formatted(why, index, index, file, offset));
        this.index = index;
        this.file = file;
        this.offset = offset;
    }

    /** Index of the first record that cannot be trusted. */
    public long index() {
        return index;
    }

    /** Queue file it lies in. */
    public String file() {
        return file;
    }

    /** Where it starts in that file, bytes. */
    public long offset() {
        return offset;
    }
}
