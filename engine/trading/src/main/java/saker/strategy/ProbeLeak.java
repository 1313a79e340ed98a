package saker.strategy;

/**
 * How a process grows while a strategy is called, with the strategy run at each call. A leak grows
 * each time; a growth is measured again, since the JVM allocates now and then as well.
 *
 * @param calls between the two readings, 0 where the library is too slow to measure
 */
record ProbeLeak(int instanceId, int calls, long allocatedBytes, long residentBytes) {
    /** What 100,000 calls may add; the JVM's own noise stays below. */
    static final long ALLOWED_ALLOCATED = 1 << 20;

    static final long ALLOWED_RESIDENT = 16 << 20;
    private static final int ROUNDS = 4;
    private static final int CALLS = 100_000;
    private static final int WARM_UP = 10_000;
    private static final long SLOW_NS = 50_000;
    private static final int RUN_EVERY_TICK = 43;

    static ProbeLeak measure(ProbeRun run, long nsPerCall) {
        if (nsPerCall > SLOW_NS) {
            return new ProbeLeak(run.instanceId, 0, -1, -1);
        }
        run.frame.setting(RUN_EVERY_TICK, 1);
        call(run, WARM_UP);
        ProbeLeak leak = once(run);
        for (int i = 1; i < ROUNDS && !leak.isNone(); i++) {
            leak = once(run);
        }
        return leak;
    }

    private static ProbeLeak once(ProbeRun run) {
        NativeMemory before = NativeMemory.now();
        call(run, CALLS);
        NativeMemory after = NativeMemory.now();
        return new ProbeLeak(
                run.instanceId,
                CALLS,
                after.allocatedBytes() - before.allocatedBytes(),
                after.residentBytes() - before.residentBytes());
    }

    private static void call(ProbeRun run, int count) {
        for (int i = 0; i < count; i++) {
            int code = run.quickCall();
            if (code != 0) {
                throw new FrameworkException(
                        "c_runStrategy returns %d: call=%d".formatted(code, i + 1));
            }
        }
    }

    private boolean isNone() {
        return allocatedBytes <= ALLOWED_ALLOCATED && residentBytes <= ALLOWED_RESIDENT;
    }

    void demandNone(int strategyId) {
        if (!isNone()) {
            throw new FrameworkException(
                    ("leaks memory: strategy=%d, calls=%d, allocated=%d KiB,"
                                    + " resident=%d KiB, allowed=%d and %d KiB")
                            .formatted(
                                    strategyId,
                                    calls,
                                    allocatedBytes >> 10,
                                    residentBytes >> 10,
                                    ALLOWED_ALLOCATED >> 10,
                                    ALLOWED_RESIDENT >> 10));
        }
    }
}
