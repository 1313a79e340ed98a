package saker.core;

import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import saker.journal.BootDescriptor;
import saker.journal.BrokerEventDescriptor;
import saker.journal.CommandDescriptor;
import saker.journal.EngineStateDescriptor;
import saker.journal.FeedStatusDescriptor;
import saker.journal.RecordDecoder;
import saker.journal.RecordSink;
import saker.journal.RecordView;
import saker.journal.SignalDescriptor;
import saker.journal.TickDescriptor;
import saker.journal.WorkerEventDescriptor;
import saker.model.Boot;
import saker.model.BrokerEvent;
import saker.model.Command;
import saker.model.EngineState;
import saker.model.FeedStatus;
import saker.model.RecordKind;
import saker.model.Signal;
import saker.model.TickFlags;
import saker.model.WorkerEvent;

/** A journal in a list. Its clock moves with every record; it can die before any of them. */
final class JournalHarness implements RecordSink {
    static final long START_NS = 1_773_700_000_000_000_000L; // 2026-03-16, a Monday.
    static final long STEP_NS = 10_000_000L;

    /** The process died before a record was written. */
    static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** One record, with a copy of its payload. */
    record Entry(
            long index,
            RecordKind kind,
            int version,
            long marketTimeNs,
            long journalTimeNs,
            long cause,
            int ordinal,
            boolean last,
            List<Byte> payload)
            implements RecordView {

        @Override
        public DirectBuffer buffer() {
            byte[] bytes = new byte[payload.size()];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = payload.get(i);
            }
            return new UnsafeBuffer(bytes);
        }

        @Override
        public int offset() {
            return 0;
        }

        @Override
        public int length() {
            return payload.size();
        }

        Entry with(List<Byte> otherPayload) {
            return new Entry(
                    index,
                    kind,
                    version,
                    marketTimeNs,
                    journalTimeNs,
                    cause,
                    ordinal,
                    last,
                    otherPayload);
        }

        Object fact() {
            return RecordDecoder.decode(this);
        }
    }

    private final List<Entry> entries = new ArrayList<>();
    private final MutableDirectBuffer buffer = new ExpandableArrayBuffer(4096);
    private long nowNs = START_NS;
    private long marketNs = START_NS;
    private int crashAt = Integer.MAX_VALUE;

    /** Dies instead of writing record number {@code count + 1}. */
    JournalHarness crashAfter(int count) {
        crashAt = count;
        return this;
    }

    void advanceMs(long ms) {
        nowNs += ms * 1_000_000L;
        marketNs += ms * 1_000_000L;
    }

    /** From now on it is that time in the market. */
    void marketAt(long timeNs) {
        marketNs = timeNs;
    }

    long nowNs() {
        return nowNs;
    }

    List<Entry> entries() {
        return entries;
    }

    int size() {
        return entries.size();
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
        if (entries.size() >= crashAt) {
            throw new Crash();
        }
        List<Byte> bytes = new ArrayList<>(length);
        for (int i = 0; i < length; i++) {
            bytes.add(payload.getByte(offset + i));
        }
        nowNs += STEP_NS;
        long index = entries.size() + 1L;
        entries.add(
                new Entry(
                        index,
                        kind,
                        version,
                        marketTimeNs,
                        nowNs,
                        cause,
                        ordinal,
                        last,
                        List.copyOf(bytes)));
        return index;
    }

    /** Writes a record of another journal as it stands there. */
    void copy(Entry entry) {
        entries.add(entry);
        nowNs = entry.journalTimeNs();
    }

    /**
     * @param snapshot index of the record its snapshot was taken after, 0 for none
     */
    long boot(long bootId, long snapshot) {
        int length = BootDescriptor.encode(new Boot(bootId, 1, "test", nowNs), buffer, 0);
        return append(RecordKind.BOOT, 1, marketNs, snapshot, 0, false, buffer, 0, length);
    }

    long tick(int instrumentId, double bid, double ask, int flags) {
        marketNs += STEP_NS;
        return input(
                RecordKind.TICK,
                TickDescriptor.encode(
                        buffer, 0, instrumentId, Fixtures.e8(bid), Fixtures.e8(ask), 0, flags));
    }

    long feed(FeedStatus status) {
        return input(RecordKind.FEED_STATUS, FeedStatusDescriptor.encode(status, buffer, 0));
    }

    long signal(Signal signal) {
        return signal(signal, 0);
    }

    /**
     * @param cause index of the tick it was made of, 0 for none
     */
    long signal(Signal signal, long cause) {
        int length = SignalDescriptor.encode(signal, buffer, 0);
        return append(RecordKind.SIGNAL, 1, marketNs, cause, 0, false, buffer, 0, length);
    }

    /** A signal that was made of a tick some time before it is written; a newer tick is between. */
    long lateSignal(Signal signal, long lateMs) {
        long madeNs = marketNs;
        advanceMs(lateMs);
        tick(
                signal.instrumentId(),
                signal.bidE8() / 1e8,
                signal.askE8() / 1e8,
                TickFlags.TRADEABLE);
        return append(
                RecordKind.SIGNAL,
                1,
                madeNs,
                0,
                0,
                false,
                buffer,
                0,
                SignalDescriptor.encode(signal, buffer, 0));
    }

    long command(Command command) {
        return input(RecordKind.COMMAND, CommandDescriptor.encode(command, buffer, 0));
    }

    long broker(BrokerEvent event) {
        return input(RecordKind.BROKER_EVENT, BrokerEventDescriptor.encode(event, buffer, 0));
    }

    long state(EngineState state) {
        return input(RecordKind.ENGINE_STATE, EngineStateDescriptor.encode(state, buffer, 0));
    }

    long workerEvent(WorkerEvent event) {
        return input(RecordKind.WORKER_EVENT, WorkerEventDescriptor.encode(event, buffer, 0));
    }

    long clockTick() {
        return input(RecordKind.CLOCK_TICK, 0);
    }

    private long input(RecordKind kind, int length) {
        return append(
                kind, RecordDecoder.newestVersion(kind), marketNs, 0, 0, false, buffer, 0, length);
    }
}
