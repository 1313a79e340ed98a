package saker.api;

/** The logs could not be searched now, or not in time. */
public final class LogsBusyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LogsBusyException(String message) {
        super(message, null, false, false);
    }
}
