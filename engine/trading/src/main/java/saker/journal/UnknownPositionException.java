package saker.journal;

/** The journal does not hold what was read up to a position: the projection must be rebuilt. */
public final class UnknownPositionException extends Exception {
    private static final long serialVersionUID = 1;
    private final transient ReaderPosition position;

    UnknownPositionException(String why, ReaderPosition position) {
        super(
                "%s: journalId=%016x, bootId=%016x, index=%d"
                        .formatted(why, position.journalId(), position.bootId(), position.index()));
        this.position = position;
    }

    public ReaderPosition position() {
        return position;
    }
}
