package saker.strategy;

/** A library that cannot be used; the message names it and what is wrong. */
public final class FrameworkException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public FrameworkException(String message) {
        super(message);
    }

    public FrameworkException(String message, Throwable cause) {
        super(message, cause);
    }
}
