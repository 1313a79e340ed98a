package saker.journal;

/** A payload does not have the layout of its kind and version. The message says where. */
public final class PayloadDamagedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public PayloadDamagedException(String message) {
        super(message);
    }

    public PayloadDamagedException(String message, Throwable cause) {
        super(message, cause);
    }
}
