package saker.broker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.agrona.DirectBuffer;
import saker.journal.BrokerEventDescriptor;
import saker.journal.FeedStatusDescriptor;
import saker.journal.RecordSink;
import saker.journal.TickDescriptor;
import saker.model.BrokerEvent;
import saker.model.FeedStatus;
import saker.model.RecordKind;

/** A journal in memory that a test can wait on. Thread-safe. */
public final class RecordingJournal implements RecordSink {

    /** A tick as it was appended. */
    public record Tick(int instrumentId, long bidE8, long askE8, int flags, long marketTimeNs) {}

    private final List<Tick> ticks = new ArrayList<>();
    private final List<FeedStatus> statuses = new ArrayList<>();
    private final List<BrokerEvent> events = new ArrayList<>();
    private long index;
    private boolean closed;

    @Override
    public synchronized long append(
            RecordKind kind,
            int version,
            long marketTimeNs,
            long cause,
            int ordinal,
            boolean last,
            DirectBuffer payload,
            int offset,
            int length) {
        if (closed) {
            return CLOSED;
        }
        switch (kind) {
            case TICK ->
                    ticks.add(
                            new Tick(
                                    TickDescriptor.instrumentId(payload, offset),
                                    TickDescriptor.bidE8(payload, offset),
                                    TickDescriptor.askE8(payload, offset),
                                    TickDescriptor.flags(payload, offset),
                                    marketTimeNs));
            case FEED_STATUS -> statuses.add(FeedStatusDescriptor.decode(payload, offset, length));
            case BROKER_EVENT -> events.add(BrokerEventDescriptor.decode(payload, offset, length));
            default -> throw new AssertionError("unexpected record: kind=" + kind);
        }
        notifyAll();
        return ++index;
    }

    public synchronized void close() {
        closed = true;
    }

    public synchronized List<Tick> ticks() {
        return List.copyOf(ticks);
    }

    public synchronized List<FeedStatus> statuses() {
        return List.copyOf(statuses);
    }

    public synchronized List<BrokerEvent> events() {
        return List.copyOf(events);
    }

    /** Waits until {@code condition} holds; it is looked at again after each append. */
    public synchronized void await(String what, Duration patience, BooleanSupplier condition) {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            long leftMs = (end - System.nanoTime()) / 1_000_000;
            if (leftMs <= 0) {
                throw new AssertionError(
                        "waited in vain: for=%s, statuses=%s, events=%s, ticks=%d"
                                .formatted(what, statuses, events, ticks.size()));
            }
            try {
                wait(Math.min(leftMs, 20)); // The condition may also look at other things.
            } catch (InterruptedException e) {
                throw new AssertionError("interrupted while waiting for " + what, e);
            }
        }
    }
}
