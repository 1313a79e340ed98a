package saker.journal;

import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import saker.model.RecordKind;

/** A record of a journal that is only in memory; reused, as the journal's reader does it. */
public final class MemoryRecord implements RecordView {
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(64 * 1024);
    private RecordKind kind;
    private long index;
    private long timeNs;
    private int length;

    public MemoryRecord(long startNs) {
        timeNs = startNs;
    }

    /** Where the payload of the next record is encoded. */
    public ExpandableArrayBuffer payload() {
        return buffer;
    }

    /** The next record: its payload is in {@link #payload}. */
    public MemoryRecord next(RecordKind kind, int length, long stepNs) {
        this.kind = kind;
        this.length = length;
        timeNs += stepNs;
        index++;
        return this;
    }

    /** Records that somebody else appended take indices too. */
    public long takeIndex() {
        return ++index;
    }

    @Override
    public long index() {
        return index;
    }

    @Override
    public RecordKind kind() {
        return kind;
    }

    @Override
    public int version() {
        return RecordDecoder.newestVersion(kind);
    }

    @Override
    public long marketTimeNs() {
        return timeNs;
    }

    @Override
    public long journalTimeNs() {
        return timeNs;
    }

    @Override
    public long cause() {
        return 0;
    }

    @Override
    public int ordinal() {
        return 0;
    }

    @Override
    public boolean last() {
        return true;
    }

    @Override
    public DirectBuffer buffer() {
        return buffer;
    }

    @Override
    public int offset() {
        return 0;
    }

    @Override
    public int length() {
        return length;
    }
}
