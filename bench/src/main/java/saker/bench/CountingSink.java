package saker.bench;

import org.agrona.DirectBuffer;
import saker.journal.MemoryRecord;
import saker.journal.RecordSink;
import saker.model.RecordKind;

/** Takes records and keeps their number and the index of the last intent. */
final class CountingSink implements RecordSink {
    private final MemoryRecord indices;
    private long count;
    private long lastIntent;

    CountingSink() {
        this(new MemoryRecord(0));
    }

    /**
     * @param indices whose indices are given to what is appended
     */
    CountingSink(MemoryRecord indices) {
        this.indices = indices;
    }

    @Override
    public long append(
            RecordKind kind,
            int version,
            long marketTimeNs,
            long cause,
            int ordinal,
            boolean last,
            DirectBuffer payload,
            int offset,
            int length) {
        count++;
        long index = indices.takeIndex();
        if (kind == RecordKind.ORDER_INTENT) {
            lastIntent = index;
        }
        return index;
    }

    long count() {
        return count;
    }

    /** 0 if there was none since the last call. */
    long takeIntent() {
        long index = lastIntent;
        lastIntent = 0;
        return index;
    }
}
