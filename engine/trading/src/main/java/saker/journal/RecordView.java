package saker.journal;

import org.agrona.DirectBuffer;
import saker.model.RecordKind;

/** Read access to one record: header fields and payload. */
public interface RecordView {
    /** Chronicle index; the record's sequence. */
    long index();

    /** Null for a kind this version does not know. */
    RecordKind kind();

    int version();

    long marketTimeNs();

    long journalTimeNs();

    /** Index of the record that led to this one, 0 for an input. */
    long cause();

    int ordinal();

    /** Whether it is the last output of its cause. */
    boolean last();

    DirectBuffer buffer();

    /** Where the payload starts in {@link #buffer()}. */
    int offset();

    int length();
}
