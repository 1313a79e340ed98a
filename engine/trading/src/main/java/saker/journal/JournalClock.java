package saker.journal;

import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.ExpandableArrayBuffer;
import saker.model.RecordKind;
import saker.model.Timer;

/**
 * Gives the state machines time as records. They read no clock: they ask for a {@link Timer} with a
 * due time in journal time, and one is appended when it is due. When nothing else was appended for
 * a while, a ClockTick is. Timers do not survive a restart; recovery asks for them again.
 */
public final class JournalClock implements AutoCloseable {
    private static final long IDLE_NS = 100_000_000;

    private final Journal journal;
    private final JournalTime time;
    private final long tickNs;
    private final Thread thread;
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();

    // Under the monitor.
    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>((a, b) -> Long.compare(a.dueNs(), b.dueNs()));

    private volatile boolean closed;

    JournalClock(Journal journal, JournalTime time, long tickMs) {
        this.journal = journal;
        this.time = time;
        this.tickNs = TimeUnit.MILLISECONDS.toNanos(tickMs);
        this.thread = new Thread(this::run, "journal-clock");
        thread.setDaemon(true);
    }

    void start() {
        if (tickNs > 0) {
            thread.start();
        }
    }

    /** Asks for a Timer record at a journal time; at once if it is past. Any thread. */
    public void schedule(long timerId, long dueNs) {
        synchronized (this) {
            timers.add(new Timer(timerId, dueNs));
        }
        LockSupport.unpark(thread);
    }

    /** Takes a timer back; one that was appended already still comes. */
    public synchronized void cancel(long timerId) {
        timers.removeIf(timer -> timer.timerId() == timerId);
    }

    /**
     * Appends what is due at a journal time. The clock's thread does so by itself; a test without
     * that thread calls it.
     */
    public void poll(long nowNs) {
        for (Timer timer = takeDue(nowNs); timer != null; timer = takeDue(nowNs)) {
            append(timer);
        }
        if (tickNs > 0 && nowNs - time.lastNs() >= tickNs) {
            journal.appendEmpty(RecordKind.CLOCK_TICK, ClockTickDescriptor.VERSION);
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(1_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed && journal.isOpen()) {
            long nowNs = time.now();
            poll(nowNs);
            LockSupport.parkNanos(this, Math.max(1, waitNs(nowNs)));
        }
    }

    private synchronized long waitNs(long nowNs) {
        long tickDueNs = time.lastNs() + tickNs - nowNs;
        Timer next = timers.peek();
        long timerDueNs = next == null ? IDLE_NS : next.dueNs() - nowNs;
        return Math.min(IDLE_NS, Math.min(tickDueNs, timerDueNs));
    }

    private synchronized Timer takeDue(long nowNs) {
        Timer next = timers.peek();
        return next != null && next.dueNs() <= nowNs ? timers.poll() : null;
    }

    /** On the clock's thread, or the one test that polls: the buffer has one user. */
    private void append(Timer timer) {
        int length = TimerDescriptor.encode(timer, buffer, 0);
        journal.append(
                RecordKind.TIMER,
                TimerDescriptor.VERSION,
                journal.marketTimeNs(),
                0,
                0,
                true,
                buffer,
                0,
                length);
    }
}
