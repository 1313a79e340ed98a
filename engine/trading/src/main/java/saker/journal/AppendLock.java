package saker.journal;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * The append lock. Held for about a microsecond, so waiters spin, then yield, then sleep shortly;
 * unlike {@code ReentrantLock} it allocates nothing when it is contended.
 */
final class AppendLock {
    private static final int SPINS = 200;
    private static final int YIELDS = 100;
    private static final long SLEEP_NS = 20_000;

    private final AtomicReference<Thread> owner = new AtomicReference<>();

    /** False after the time-out. Not reentrant. */
    boolean acquire(long timeoutNs) {
        Thread self = Thread.currentThread();
        if (owner.compareAndSet(null, self)) {
            return true;
        }
        assert owner.get() != self : "append inside append";
        long startNs = System.nanoTime();
        for (int attempt = 0; ; attempt++) {
            if (owner.get() == null && owner.compareAndSet(null, self)) {
                return true;
            }
            if (attempt < SPINS) {
                Thread.onSpinWait();
            } else if (System.nanoTime() - startNs > timeoutNs) {
                return false;
            } else if (attempt < SPINS + YIELDS) {
                Thread.yield();
            } else {
                LockSupport.parkNanos(this, SLEEP_NS);
            }
        }
    }

    void release() {
        owner.setRelease(null);
    }
}
