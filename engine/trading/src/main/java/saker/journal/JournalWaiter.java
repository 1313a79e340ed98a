package saker.journal;

import java.util.concurrent.locks.LockSupport;

/**
 * Waits for records. One thread owns it:
 *
 * <pre>
 *   while (running) {
 *       waiter.arm();
 *       int count = reader.poll(handler, 100);
 *       waiter.idle(count);
 *   }
 * </pre>
 *
 * {@code arm} before {@code poll} closes the gap in which a wake-up could be lost.
 */
public final class JournalWaiter {
    /** A parked reader looks again after this, should its wake-up never come. */
    private static final long PARK_NS = 100_000_000;

    private static final long BACKOFF_MIN_NS = 1_000_000;
    private static final long BACKOFF_MAX_NS = 10_000_000;

    private final WaitMode mode;
    private final long kinds;
    private volatile boolean signalled;
    private volatile Thread waiting;
    private long backoffNs = BACKOFF_MIN_NS;

    JournalWaiter(WaitMode mode, long kinds) {
        this.mode = mode;
        this.kinds = kinds;
    }

    /** From here on a record wakes the next {@link #idle}. */
    public void arm() {
        signalled = false;
    }

    /** Returns at once if the last poll found something, else when there may be a record. */
    public void idle(int recordCount) {
        if (recordCount > 0) {
            backoffNs = BACKOFF_MIN_NS;
            return;
        }
        switch (mode) {
            case PARK -> park();
            case SPIN -> Thread.onSpinWait();
            case BACKOFF -> backOff();
        }
    }

    /** Ends a wait from any thread: a stop, or work that is not in the journal. */
    public void wakeUp() {
        signalled = true;
        Thread thread = waiting;
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }

    /** Called after an append of that kind. */
    void onAppended(long kindBit) {
        if ((kinds & kindBit) != 0) {
            wakeUp();
        }
    }

    private void park() {
        waiting = Thread.currentThread();
        if (!signalled) {
            LockSupport.parkNanos(this, PARK_NS);
        }
        waiting = null;
    }

    private void backOff() {
        waiting = Thread.currentThread();
        if (!signalled) {
            LockSupport.parkNanos(this, backoffNs);
        }
        waiting = null;
        backoffNs = Math.min(2 * backoffNs, BACKOFF_MAX_NS);
    }
}
