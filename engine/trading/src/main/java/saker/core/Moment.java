package saker.core;

/** The record in hand: what a decision may know of time and identity. Reused. */
final class Moment {
    long index;
    long cause; // The record it was made of, 0 where it does not say.
    long recordNs; // Journal time of the record.
    long nowNs; // Journal time of the decision: later, if a later boot answers it.
    long marketNs;
    long bootId;
}
