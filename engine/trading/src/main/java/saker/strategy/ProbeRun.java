package saker.strategy;

import com.sun.jna.Function;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.zip.CRC32;
import saker.model.Signal;

/** One instance of one strategy over the made-up market, call by call. */
final class ProbeRun {
    static final int RESULT_ROWS = 3;
    private static final int ORDER_ROWS = RESULT_ROWS + 1;
    private static final int SECONDS_PER_TICK = 20;

    final int instanceId;
    final GuardedFrame frame;
    final ProbeMarket market;

    private final ProbeOrders orders;
    private final ResultValidator validator = new ResultValidator();
    private final ToIntFunction<long[]> call;
    private final ProbeProgress progress;
    private final ByteArrayOutputStream results = new ByteArrayOutputStream();
    private long[] times = new long[1024];
    private int calls;
    private int signals;
    private int code;

    ProbeRun(
            NativeFramework framework,
            ProbeProgress progress,
            GuardedFrame.Layout layout,
            int instanceId,
            ProbeSample sample) {
        this(framework, progress, layout, instanceId, sample, SECONDS_PER_TICK);
    }

    ProbeRun(
            NativeFramework framework,
            ProbeProgress progress,
            GuardedFrame.Layout layout,
            int instanceId,
            ProbeSample sample,
            int secondsPerTick) {
        this.progress = progress;
        this.instanceId = instanceId;
        this.frame = new GuardedFrame(layout, ORDER_ROWS, RESULT_ROWS, sample.windows());
        this.market = new ProbeMarket(frame, sample.rates(), secondsPerTick);
        this.orders = new ProbeOrders(frame, instanceId, ORDER_ROWS);
        this.call = call(framework, layout);
        sample.fill(frame);
        frame.setting(45, RESULT_ROWS);
        frame.setting(51, instanceId);
        frame.setting(63, ORDER_ROWS);
    }

    private static ToIntFunction<long[]> call(NativeFramework framework, GuardedFrame.Layout l) {
        if (l == GuardedFrame.Layout.C) {
            return framework::run;
        }
        Function function =
                framework.function(
                        l == GuardedFrame.Layout.MQL5 ? "mql5_runStrategy" : "mql4_runStrategy");
        return addresses -> {
            Object[] arguments = Arrays.stream(addresses).boxed().toArray();
            return function.invokeInt(arguments);
        };
    }

    /** Belongs to another instance from now on: one that took over its state. */
    void callAs(int otherId) {
        frame.setting(51, otherId);
        orders.belongTo(otherId);
    }

    /**
     * Makes calls until there were so many, a code other than 0 comes, or the time is up.
     *
     * @throws FrameworkException if the library does what none should
     */
    void until(int count, long deadlineNs) {
        while (calls < count && code == 0 && (calls < 100 || System.nanoTime() < deadlineNs)) {
            step();
        }
    }

    private void step() {
        market.tick();
        orders.onTick(market);
        frame.clearResults();
        frame.remember();
        progress.call(calls + 1L);
        long before = System.nanoTime();
        code = call.applyAsInt(frame.addresses());
        if (calls == times.length) {
            times = Arrays.copyOf(times, 2 * calls);
        }
        times[calls++] = System.nanoTime() - before;
        check();
    }

    private void check() {
        String problem = frame.problem();
        if (problem != null) {
            throw new FrameworkException(problem + ": " + progress);
        }
        if (code != 0) {
            return;
        }
        results.writeBytes(frame.results());
        if (ResultValidator.hasWish(frame)) {
            List<Signal.Row> rows = validator.read(frame);
            if (rows == null) {
                throw new FrameworkException(
                        "invalid result: " + validator.problem() + ": " + progress);
            }
            signals++;
            orders.apply(rows, market);
        }
    }

    /** A call without looking at anything but the code. */
    int quickCall() {
        market.tick();
        return call.applyAsInt(frame.addresses());
    }

    int calls() {
        return calls;
    }

    int signals() {
        return signals;
    }

    /** Of the last call. */
    int code() {
        return code;
    }

    long nsAt(double share) {
        long[] sorted = Arrays.copyOf(times, calls);
        Arrays.sort(sorted);
        return sorted[Math.min(calls - 1, (int) (share * calls))];
    }

    String checksum() {
        CRC32 crc = new CRC32();
        crc.update(results.toByteArray());
        return "%08x".formatted(crc.getValue());
    }

    /** The first field of the first call in which another run of the same differs, or null. */
    String difference(ProbeRun other) {
        byte[] ours = results.toByteArray();
        byte[] theirs = other.results.toByteArray();
        int at = Arrays.mismatch(ours, theirs);
        if (at < 0) {
            return null;
        }
        if (at >= Math.min(ours.length, theirs.length)) {
            return "calls=%d and %d".formatted(calls, other.calls);
        }
        int callBytes = RESULT_ROWS * NativeFramework.RESULT_BYTES;
        int field = at % NativeFramework.RESULT_BYTES / Double.BYTES;
        int start = at / Double.BYTES * Double.BYTES;
        return "call=%d, row=%d, %s=%s and %s"
                .formatted(
                        at / callBytes + 1,
                        at % callBytes / NativeFramework.RESULT_BYTES,
                        GuardedFrame.resultField(field),
                        doubleAt(ours, start),
                        doubleAt(theirs, start));
    }

    private static double doubleAt(byte[] bytes, int at) {
        return java.nio.ByteBuffer.wrap(bytes)
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .getDouble(at);
    }
}
