package saker.order;

/**
 * Where one of our requests stands. An opening or closing order walks {@code NEW → SENT → ACCEPTED
 * → PARTIALLY_FILLED → FILLED}, or ends otherwise. For a MODIFY or CANCEL, FILLED means the broker
 * did it.
 */
public enum OrderState {
    /** In the journal, not sent yet. */
    NEW,
    /** On its way; from here on only the broker's evidence ends it. */
    SENT,
    /** The broker has it. */
    ACCEPTED,
    PARTIALLY_FILLED,
    FILLED,
    CANCELLED,
    REJECTED,
    /** Ended by its time in force. */
    EXPIRED,
    /**
     * Sent without an answer, or found in the journal at a restart; evidence is being looked for.
     */
    UNKNOWN,
    /** Proven not to have reached the broker, or dropped before it was written. */
    NOT_SENT;

    /** Whether nothing can happen to it any more. */
    public boolean isFinal() {
        return switch (this) {
            case FILLED, CANCELLED, REJECTED, EXPIRED, NOT_SENT -> true;
            case NEW, SENT, ACCEPTED, PARTIALLY_FILLED, UNKNOWN -> false;
        };
    }
}
