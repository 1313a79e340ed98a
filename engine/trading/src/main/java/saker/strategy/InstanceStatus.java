package saker.strategy;

/**
 * How an instance is doing, for screens and metrics. Written by the worker's thread, read by any;
 * the figures of one read may be of neighbouring ticks.
 */
public final class InstanceStatus {

    /** What an instance is doing. */
    public enum Phase {
        /** Waits for its warm-up bars, or the framework for more of them. */
        WARMING_UP,
        RUNNING,
        DISABLED,
        /** The framework refused it, or returned what no framework should. */
        ERROR
    }

    private final long instanceId;
    private volatile Phase phase = Phase.WARMING_UP;
    private volatile String detail = "waits for bars";
    private volatile long runs;
    private volatile long signals;
    private volatile long lastRunNs;
    private volatile long ticks;
    private final CallTimes callTimes = new CallTimes();

    public InstanceStatus(long instanceId) {
        this.instanceId = instanceId;
    }

    public long instanceId() {
        return instanceId;
    }

    public Phase phase() {
        return phase;
    }

    /** Why it is in this phase, for people; may be empty. */
    public String detail() {
        return detail;
    }

    /** Calls of the framework. */
    public long runs() {
        return runs;
    }

    /** Calls that asked for something. */
    public long signals() {
        return signals;
    }

    /** Market time of the last call, ns since the Unix epoch, 0 for never. */
    public long lastRunNs() {
        return lastRunNs;
    }

    /** Ticks of its instrument seen, warm-up included. */
    public long ticks() {
        return ticks;
    }

    /** How long its calls took since the engine started. */
    public CallTimes callTimes() {
        return callTimes;
    }

    /** Shows what another process reports. */
    public void mirror(
            Phase phase, String detail, long runs, long signals, long lastRunNs, long ticks) {
        phase(phase, detail);
        counts(runs, signals, lastRunNs);
        this.ticks = ticks;
    }

    /** Goes on counting from there. */
    void counts(long runs, long signals, long lastRunNs) {
        this.runs = runs;
        this.signals = signals;
        this.lastRunNs = lastRunNs;
    }

    /** Shows why it is not called any more, though its process cannot say so. */
    public void fail(String why) {
        phase(Phase.ERROR, why);
    }

    void phase(Phase phase, String detail) {
        this.phase = phase;
        this.detail = detail;
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // One writer.
    void onTick() {
        ticks++;
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // One writer.
    void onRun(long marketTimeNs, long durationNs) {
        callTimes.add(durationNs);
        runs++;
        lastRunNs = marketTimeNs;
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // One writer.
    void onSignal() {
        signals++;
    }
}
