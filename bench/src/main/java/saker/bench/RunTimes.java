package saker.bench;

import saker.strategy.RunObserver;

/** When each framework call ended and how long it took; written by the worker's thread. */
final class RunTimes implements RunObserver {
    private static final int CAPACITY = 1 << 18;

    private final long[] endNs = new long[CAPACITY];
    private final long[] durationNs = new long[CAPACITY];
    private volatile int count;

    @Override
    public void onRun(long instanceId, long durationNs, int returnCode) {
        int at = count;
        if (at < CAPACITY) {
            this.endNs[at] = System.nanoTime();
            this.durationNs[at] = durationNs;
            count = at + 1;
        }
    }

    /** Number of the last call that ended at or before a time, −1 for none. */
    int lastBefore(long timeNs) {
        int low = 0;
        int high = count - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (endNs[middle] - timeNs <= 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }

    long endNs(int call) {
        return endNs[call];
    }

    long startNs(int call) {
        return endNs[call] - durationNs[call];
    }
}
