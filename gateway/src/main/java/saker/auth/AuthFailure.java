package saker.auth;

/** Why somebody was not let in. The message says no more than the kind. */
public final class AuthFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public enum Kind {
        /** Wrong name, password or token; deliberately one kind. */
        REFUSED,
        /** Too many failed attempts. */
        THROTTLED,
        /** Too many hashes are waiting. */
        BUSY,
        WEAK_PASSWORD,
        NAME_TAKEN,
        UNKNOWN_USER
    }

    private final Kind kind;
    private final long retryAfterS;

    public AuthFailure(Kind kind) {
        this(kind, 0);
    }

    public AuthFailure(Kind kind, long retryAfterS) {
        this(kind, retryAfterS, kind.name().toLowerCase(java.util.Locale.ROOT));
    }

    public AuthFailure(Kind kind, String message) {
        this(kind, 0, message);
    }

    private AuthFailure(Kind kind, long retryAfterS, String message) {
        super(message, null, false, false);
        this.kind = kind;
        this.retryAfterS = retryAfterS;
    }

    public Kind kind() {
        return kind;
    }

    /** Seconds until another attempt is worthwhile. */
    public long retryAfterS() {
        return retryAfterS;
    }
}
