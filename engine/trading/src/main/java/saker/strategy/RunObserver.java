package saker.strategy;

/** Told of every framework call, on the worker's thread; must not block or allocate. */
@FunctionalInterface
public interface RunObserver {
    RunObserver NOBODY = (instanceId, durationNs, returnCode) -> {};

    void onRun(long instanceId, long durationNs, int returnCode);
}
