package saker.journal;

import org.agrona.DirectBuffer;
import saker.model.RecordKind;

/**
 * Takes records in one total order. The journal on disk is one; a backtest passes records on
 * directly.
 */
public interface RecordSink {

    /** Returned by {@link #append} once the journal failed or closed: the engine is HALTED. */
    long CLOSED = -1;

    /**
     * Appends one record. Thread-safe; takes the write lock, reads the journal clock under it, and
     * allocates nothing.
     *
     * @param version schema version of the payload
     * @param marketTimeNs event time of the feed, ns since the Unix epoch
     * @param cause index of the record that led to this one, 0 for an input
     * @param ordinal place among the outputs of that cause, from 0
     * @param last whether it is the last output of that cause
     * @return the record's index, &gt; 0, or {@link #CLOSED}
     */
    long append(
            RecordKind kind,
            int version,
            long marketTimeNs,
            long cause,
            int ordinal,
            boolean last,
            DirectBuffer payload,
            int offset,
            int length);
}
