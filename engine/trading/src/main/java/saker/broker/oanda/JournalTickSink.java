package saker.broker.oanda;

import org.agrona.concurrent.UnsafeBuffer;
import saker.broker.oanda.OandaCounters.Count;
import saker.journal.RecordSink;
import saker.journal.TickDescriptor;
import saker.model.RecordKind;

/** Appends ticks to the journal. Allocates nothing. One thread. */
public final class JournalTickSink implements TickSink {
    private final RecordSink journal;
    private final OandaCounters counters;
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[TickDescriptor.LENGTH]);

    public JournalTickSink(RecordSink journal, OandaCounters counters) {
        this.journal = journal;
        this.counters = counters;
    }

    @Override
    public void onTick(
            int instrumentId,
            long bidE8,
            long askE8,
            long eventTimeNs,
            long receiveTimeNs,
            int flags) {
        int length =
                TickDescriptor.encode(buffer, 0, instrumentId, bidE8, askE8, receiveTimeNs, flags);
        long index =
                journal.append(
                        RecordKind.TICK,
                        TickDescriptor.VERSION,
                        eventTimeNs,
                        0,
                        0,
                        true,
                        buffer,
                        0,
                        length);
        if (index == RecordSink.CLOSED) {
            counters.increment(Count.JOURNAL_CLOSED);
        }
    }
}
