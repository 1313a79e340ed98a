package saker.broker.oanda;

import org.agrona.ExpandableArrayBuffer;
import saker.broker.oanda.OandaCounters.Count;
import saker.journal.BrokerEventDescriptor;
import saker.journal.FeedStatusDescriptor;
import saker.journal.RecordSink;
import saker.model.BrokerEvent;
import saker.model.FeedStatus;
import saker.model.RecordKind;

/** Appends what is not a tick. One thread. */
final class JournalWriter {
    private final RecordSink journal;
    private final OandaCounters counters;
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(4096);

    JournalWriter(RecordSink journal, OandaCounters counters) {
        this.journal = journal;
        this.counters = counters;
    }

    /** Whether the journal took it. */
    boolean append(BrokerEvent event, long marketTimeNs) {
        int length = BrokerEventDescriptor.encode(event, buffer, 0);
        return append(RecordKind.BROKER_EVENT, BrokerEventDescriptor.VERSION, marketTimeNs, length);
    }

    /** Whether the journal took it. */
    boolean append(FeedStatus status, long marketTimeNs) {
        int length = FeedStatusDescriptor.encode(status, buffer, 0);
        return append(RecordKind.FEED_STATUS, FeedStatusDescriptor.VERSION, marketTimeNs, length);
    }

    private boolean append(RecordKind kind, int version, long marketTimeNs, int length) {
        long index = journal.append(kind, version, marketTimeNs, 0, 0, true, buffer, 0, length);
        if (index == RecordSink.CLOSED) {
            counters.increment(Count.JOURNAL_CLOSED);
            return false;
        }
        return true;
    }
}
