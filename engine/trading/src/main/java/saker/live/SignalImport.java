package saker.live;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import saker.config.StrategyConfig;
import saker.journal.Journal;
import saker.journal.JournalReader;
import saker.journal.RecordFileReader;
import saker.journal.RecordSink;
import saker.journal.RecordView;
import saker.journal.SignalDescriptor;
import saker.journal.TickDescriptor;
import saker.market.Instruments;
import saker.model.RecordKind;
import saker.model.Signal;
import saker.strategy.ResultValidator;

/**
 * Takes the signals of child workers into the journal, each once. A child's record is believed in
 * nothing: its instance must be one of that child, its cause a tick of that instrument in the
 * journal and later than the instance's last one, its quote that tick's, its rows in range. A
 * record that is not so ends the trust in that child, and nothing else.
 *
 * <p>A thread of its own looks at the children's files every 0.1 to 1.5 ms.
 */
final class SignalImport implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SignalImport.class);
    private static final long BACKOFF_MIN_NS = 100_000;
    private static final long BACKOFF_MAX_NS = 1_500_000; // An idle loop takes under 2 % of a core.

    /** An instance and what its signals must fit. */
    private record Known(int instrumentId, int maxRows) {}

    /** The signals of one incarnation of a child. */
    final class Source {
        private final String workerId;
        private final RecordFileReader reader;
        private volatile Set<Long> instances;
        private volatile String problem;
        private boolean closed; // Under the lock.

        private Source(String workerId, RecordFileReader reader, Set<Long> instances) {
            this.workerId = workerId;
            this.reader = reader;
            this.instances = Set.copyOf(instances);
        }

        void instances(List<Long> now) {
            instances = Set.copyOf(now);
        }

        /** Why it is not read any more, or null. */
        String problem() {
            return problem;
        }
    }

    private final Journal journal;
    private final Map<Long, Known> known = new ConcurrentHashMap<>();
    private final Map<Long, Long> lastCause = new ConcurrentHashMap<>();
    private final List<Source> sources = new CopyOnWriteArrayList<>();
    private final AtomicLong imported = new AtomicLong();
    private final AtomicLong repeated = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong lagNsMax = new AtomicLong();
    private final AtomicLong lagNsSum = new AtomicLong();
    private final Thread thread = new Thread(this::run, "worker-import");
    private final Cause cause = new Cause();

    // Under the lock.
    private JournalReader ticks;
    private Source current;

    private volatile boolean running = true;

    SignalImport(Journal journal, Instruments instruments, List<StrategyConfig> configs) {
        this.journal = journal;
        for (StrategyConfig config : configs) {
            int maxOpen = config.maxOpenOrders();
            known.put(
                    config.instanceId(),
                    new Known(instruments.bySymbol(config.symbol()).id(), maxOpen));
        }
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Reads another child's file, which exists, from its beginning. */
    Source add(WorkerOptions options, List<Long> instances) throws IOException {
        Source source =
                new Source(
                        options.workerId(),
                        new RecordFileReader(options.signals()),
                        Set.copyOf(instances));
        sources.add(source);
        return source;
    }

    /** Takes what is left of a child that has ended, and lets its file go. */
    synchronized void finish(Source source) {
        sources.remove(source);
        while (poll(source) > 0) {
            // Until its end: a poll reads a part only.
        }
        source.closed = true; // The thread may be about to look at it once more.
        try {
            source.reader.close();
        } catch (IOException e) {
            LOG.warn("signals not closed: worker={}: {}", source.workerId, e.getMessage());
        }
    }

    private void run() {
        long backoffNs = BACKOFF_MIN_NS;
        while (running) {
            int count = 0;
            for (Source source : sources) {
                count += poll(source);
            }
            if (count > 0) {
                backoffNs = BACKOFF_MIN_NS;
            } else {
                LockSupport.parkNanos(this, backoffNs);
                backoffNs = Math.min(2 * backoffNs, BACKOFF_MAX_NS);
            }
        }
    }

    /** Takes in what is there of a child, and nothing once it is finished. */
    synchronized int poll(Source source) {
        if (source.closed || source.problem != null) {
            return 0;
        }
        current = source;
        try {
            return source.reader.poll(this::onRecord);
        } catch (IOException | RuntimeException | InternalError e) {
            // Whatever a child wrote must not end this thread.
            refused.incrementAndGet();
            source.problem = "signals refused: " + e.getMessage();
            LOG.error("signals refused: worker={}", source.workerId, e);
            return 0;
        }
    }

    private void onRecord(RecordView entry) {
        if (entry.kind() != RecordKind.SIGNAL || entry.version() != SignalDescriptor.VERSION) {
            throw new IllegalArgumentException(
                    "not a signal: kind=%s, version=%d".formatted(entry.kind(), entry.version()));
        }
        Signal signal = SignalDescriptor.decode(entry.buffer(), entry.offset(), entry.length());
        check(signal, entry.cause());
        Long before = lastCause.get(signal.instanceId());
        if (before != null && entry.cause() <= before) {
            repeated.incrementAndGet(); // Computed again after a restart.
            return;
        }
        long index =
                journal.append(
                        RecordKind.SIGNAL,
                        SignalDescriptor.VERSION,
                        cause.marketTimeNs,
                        entry.cause(),
                        entry.ordinal(),
                        entry.last(),
                        entry.buffer(),
                        entry.offset(),
                        entry.length());
        if (index == RecordSink.CLOSED) {
            return;
        }
        lastCause.put(signal.instanceId(), entry.cause());
        imported.incrementAndGet();
        long lagNs = Math.max(0, journal.journalTimeNs() - entry.journalTimeNs());
        lagNsSum.addAndGet(lagNs);
        lagNsMax.accumulateAndGet(lagNs, Math::max);
    }

    private void check(Signal signal, long causeIndex) {
        Known instance = known.get(signal.instanceId());
        if (instance == null || !current.instances.contains(signal.instanceId())) {
            throw wrong(signal, "not an instance of this worker");
        }
        if (signal.instrumentId() != instance.instrumentId) {
            throw wrong(signal, "instrumentId=" + signal.instrumentId());
        }
        String problem = ResultValidator.problemOf(signal, instance.maxRows);
        if (problem != null) {
            throw wrong(signal, problem);
        }
        if (ticks == null) {
            ticks = journal.newReader();
        }
        if (causeIndex <= 0 || !ticks.readAt(causeIndex, cause) || !cause.isOf(signal)) {
            throw wrong(signal, "cause is not the tick it speaks of: cause=" + causeIndex);
        }
    }

    private static IllegalArgumentException wrong(Signal signal, String why) {
        return new IllegalArgumentException("instanceId=" + signal.instanceId() + ": " + why);
    }

    /** Signals taken in. */
    long imported() {
        return imported.get();
    }

    /** Signals that were in the journal already. */
    long repeated() {
        return repeated.get();
    }

    /** Children that were not believed any more. */
    long refused() {
        return refused.get();
    }

    /** From the child's write to the journal's, the longest and the sum. */
    long lagNsMax() {
        return lagNsMax.get();
    }

    long lagNsSum() {
        return lagNsSum.get();
    }

    @Override
    public void close() {
        running = false;
        LockSupport.unpark(thread);
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (ticks != null) {
            ticks.close();
        }
    }

    /** The tick that a signal speaks of, as the journal holds it. */
    private static final class Cause implements saker.journal.RecordHandler {
        private boolean tick;
        private int instrumentId;
        private long bidE8;
        private long askE8;
        private long marketTimeNs;

        @Override
        public void onRecord(RecordView entry) {
            tick = entry.kind() == RecordKind.TICK;
            if (tick) {
                instrumentId = TickDescriptor.instrumentId(entry.buffer(), entry.offset());
                bidE8 = TickDescriptor.bidE8(entry.buffer(), entry.offset());
                askE8 = TickDescriptor.askE8(entry.buffer(), entry.offset());
                marketTimeNs = entry.marketTimeNs();
            }
        }

        boolean isOf(Signal signal) {
            return tick
                    && instrumentId == signal.instrumentId()
                    && bidE8 == signal.bidE8()
                    && askE8 == signal.askE8();
        }
    }
}
