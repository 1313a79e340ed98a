package saker.order;

/** What can happen to one of our requests; see {@link OrderTransitions}. */
public enum OrderEvent {
    /** Its bytes are about to leave. */
    SENT,
    /** Answered with success. */
    ANSWERED,
    /** Refused without any effect. */
    REFUSED,
    /** Time-out, reset or server error. */
    OUTCOME_LOST,
    /** Proven not executed, or dropped unwritten. */
    NOT_SENT,
    CREATED,
    PARTLY_FILLED,
    FILLED,
    CANCELLED,
    EXPIRED,
    REJECTED,
    /** The engine started again after the intent was written. */
    RESTARTED
}
