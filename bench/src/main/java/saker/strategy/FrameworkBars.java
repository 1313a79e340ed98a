package saker.strategy;

import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Bars per second and core through the call that the engine makes: {@link NativeFramework} and
 * {@link CallFrame}, which is why this is in their package. Beside it, in the same run, what any
 * call costs: getFrameworkVersion, and the same call of c_runStrategy with the strategy switched
 * off.
 *
 * <p>Time is the thread's processor time, so that neighbours count for less; the best of some
 * rounds.
 */
public final class FrameworkBars {
    private static final double GOAL_PER_SECOND = 1e6;
    private static final int FLOOR_CALLS_PER_BAR = 10;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private FrameworkBars() {}

    /**
     * @param bars shown per round
     */
    public static String run(Path folder, int bars, int rounds) throws IOException {
        Path library = FrameworkFiles.unpackLibrary(folder);
        NativeFramework framework = NativeFramework.load(library);
        String config = quietConfig(folder);
        StringBuilder report = new StringBuilder("processor time, best of " + rounds + " rounds\n");
        Floor.bind(library);
        report.append(
                line(
                        "getFrameworkVersion",
                        best(rounds, bars * FLOOR_CALLS_PER_BAR, Floor::call),
                        ""));
        report.append(strategy(framework, config, "ASI", 29, 102, bars, rounds));
        report.append(strategy(framework, config, "MACD cross", 1001, 0, bars, rounds));
        return report.toString();
    }

    private static String quietConfig(Path folder) throws IOException {
        Path config = FrameworkFiles.writeConfig(folder);
        String text = Files.readString(config);
        Files.writeString(config, text.replaceAll("<MaxSeverity>.*?<", "<MaxSeverity>-1<"));
        return config.toString();
    }

    private static String strategy(
            NativeFramework framework,
            String config,
            String name,
            int strategyId,
            int trendMode,
            int bars,
            int rounds) {
        BarCaller caller = new BarCaller(framework, strategyId, trendMode, bars * (rounds + 1));
        int code = framework.init(BarCaller.INSTANCE, true, config, "");
        if (code != 0) {
            throw new IllegalStateException("initInstanceC returned " + code);
        }
        double ns = best(rounds, bars, caller::next);
        String detail = caller.opened() + " opened";
        caller.switchOff();
        double offNs = best(rounds, bars * FLOOR_CALLS_PER_BAR, caller::call);
        framework.deinit(BarCaller.INSTANCE);
        boolean met = 1e9 / ns >= GOAL_PER_SECOND;
        return line(name + ", 7 x " + BarCaller.BARS + " bars", ns, detail)
                + line("  the same call, mode 0", offNs, "")
                + "  goal >= %.0f bars/s: %s%n".formatted(GOAL_PER_SECOND, met ? "met" : "MISSED");
    }

    private static String line(String name, double ns, String detail) {
        return String.format(
                Locale.ROOT, "%-28s %8.1f ns %12.0f /s  %s%n", name, ns, 1e9 / ns, detail);
    }

    /** Least ns per turn of any round, after one that warms up. */
    private static double best(int rounds, int turns, LongSupplier turn) {
        double least = Double.MAX_VALUE;
        for (int round = 0; round <= rounds; round++) {
            long start = THREADS.getCurrentThreadCpuTime();
            long sum = 0;
            for (int i = 0; i < turns; i++) {
                sum += turn.getAsLong();
            }
            long end = THREADS.getCurrentThreadCpuTime();
            if (sum < 0) {
                throw new IllegalStateException("a call failed: sum=" + sum);
            }
            if (round > 0) {
                least = Math.min(least, (double) (end - start) / turns);
            }
        }
        return least;
    }

    /** The cheapest function of the library, bound as the engine binds its own. */
    private static final class Floor {
        private static final int RTLD_NOW = 2;
        private static final Memory VERSION = new Memory(12);

        static native void getFrameworkVersion(long major, long minor, long bugfix);

        static void bind(Path library) {
            Native.register(
                    Floor.class,
                    NativeLibrary.getInstance(
                            library.toAbsolutePath().normalize().toString(),
                            Map.of(Library.OPTION_OPEN_FLAGS, RTLD_NOW)));
        }

        static long call() {
            long at = Pointer.nativeValue(VERSION);
            getFrameworkVersion(at, at + 4, at + 8);
            return 1;
        }
    }
}
