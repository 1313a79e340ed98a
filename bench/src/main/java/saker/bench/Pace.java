package saker.bench;

import java.util.concurrent.locks.LockSupport;

/** Waits for a point in time: parked for most of the wait, spinning at its end. */
final class Pace {
    private static final long SPIN_NS = 150_000;

    private Pace() {}

    static void until(long dueNs) {
        long leftNs = dueNs - System.nanoTime();
        while (leftNs > 0) {
            if (leftNs > SPIN_NS) {
                LockSupport.parkNanos(leftNs - SPIN_NS);
            } else {
                Thread.onSpinWait();
            }
            leftNs = dueNs - System.nanoTime();
        }
    }
}
