package saker.strategy;

import com.sun.jna.Function;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import saker.model.Sha256;

/**
 * The framework's C front end, bound by JNA direct mapping: addresses go as {@code long}, so a call
 * makes no garbage. One library per JVM, because direct mapping binds static methods and the
 * library's own state is the process's; it is opened RTLD_LOCAL, so that its names stay its own.
 *
 * <p>Calls of one instance are made by one thread at a time; {@link #init} and {@link #deinit} may
 * come from any.
 */
public final class NativeFramework {
    /** What every exported struct measures on x86-64 Linux. */
    static final int ORDER_BYTES = 120;

    static final int RATES_INFO_BYTES = 56;
    static final int RESULT_BYTES = 80;
    static final int SETTINGS = 64;

    private static final int RTLD_NOW = 2; // Without RTLD_GLOBAL (0x100): local.
    private static final List<String> REQUIRED =
            List.of(
                    "initInstanceC",
                    "deinitInstance",
                    "getFrameworkVersion",
                    "c_runStrategy",
                    "C_getConversionSymbols");
    private static final int SUPPORTED_MAJOR = 4;
    private static final int WAIT_FOR_INIT = 3028;
    private static final int INIT_TRIES = 50;
    private static NativeFramework loaded;

    private final Path path;
    private final byte[] digest; // SHA-256 of the file that was loaded.
    private final String version;
    private final NativeLibrary library;
    private final boolean replayable;

    private NativeFramework(Path path, byte[] digest, NativeLibrary library, String version) {
        this.path = path;
        this.digest = digest;
        this.library = library;
        this.version = version;
        this.replayable =
                hasFunction(library, "fxs_snapshot") && hasFunction(library, "fxs_restore");
    }

    /**
     * Loads the library, once per JVM; the same file again, under any name, gives the same object.
     *
     * @throws FrameworkException naming what is wrong: no such file, no library, a missing export,
     *     a version that is not supported, or another library loaded before
     */
    public static synchronized NativeFramework load(Path library) {
        Path path = library.toAbsolutePath().normalize();
        if (!Files.isRegularFile(path)) {
            throw new FrameworkException("no such library: path=" + path);
        }
        byte[] digest = digest(path);
        if (loaded != null) {
            if (Arrays.equals(loaded.digest, digest)) {
                return loaded; // The same bytes under whatever name.
            }
            throw new FrameworkException(
                    "one library per process: loaded=" + loaded.path + ", asked=" + path);
        }
        NativeLibrary opened = open(path);
        for (String name : REQUIRED) {
            if (!hasFunction(opened, name)) {
                throw new FrameworkException(
                        "not a framework library: path=" + path + ", missing export=" + name);
            }
        }
        Native.register(Calls.class, opened);
        if (hasFunction(opened, "fxs_snapshot") && hasFunction(opened, "fxs_restore")) {
            Native.register(SnapshotCalls.class, opened);
        }
        int[] version = readVersion();
        if (version[0] != SUPPORTED_MAJOR) {
            throw new FrameworkException(
                    "unsupported framework version: path=%s, version=%d.%d.%d, supported=%d.x"
                            .formatted(path, version[0], version[1], version[2], SUPPORTED_MAJOR));
        }
        loaded =
                new NativeFramework(
                        path, digest, opened, version[0] + "." + version[1] + "." + version[2]);
        return loaded;
    }

    private static byte[] digest(Path path) {
        try {
            return Sha256.of(Files.readAllBytes(path));
        } catch (IOException e) {
            throw new FrameworkException("cannot read library: path=" + path, e);
        }
    }

    private static NativeLibrary open(Path path) {
        try {
            return NativeLibrary.getInstance(
                    path.toString(), Map.of(Library.OPTION_OPEN_FLAGS, RTLD_NOW));
        } catch (UnsatisfiedLinkError e) {
            String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new FrameworkException(
                    "cannot load library: path=" + path + ", reason=" + reason, e);
        }
    }

    private static boolean hasFunction(NativeLibrary library, String name) {
        try {
            library.getFunction(name);
            return true;
        } catch (UnsatisfiedLinkError e) {
            return false;
        }
    }

    private static int[] readVersion() {
        try (var memory = new com.sun.jna.Memory(12)) {
            long at = Pointer.nativeValue(memory);
            Calls.getFrameworkVersion(at, at + 4, at + 8);
            return memory.getIntArray(0, 3);
        }
    }

    public Path path() {
        return path;
    }

    /** Such as {@code 4.5.10}. */
    public String version() {
        return version;
    }

    /** Whether the library can snapshot and restore an instance, and so replays exactly. */
    public boolean isReplayable() {
        return replayable;
    }

    /**
     * SHA-256 of a library file, in hex.
     *
     * @throws FrameworkException if it cannot be read
     */
    public static String sha256Of(Path library) {
        return HexFormat.of().formatHex(digest(library));
    }

    /** Whether the library exports a function of this name. */
    public boolean exports(String name) {
        return hasFunction(library, name);
    }

    /** An exported function, for trying the library out: {@link #run} is how it is called. */
    Function function(String name) {
        return library.getFunction(name);
    }

    /**
     * Initialises an instance; waits where another first call is still initialising the library.
     *
     * @return 0 or the framework's code
     */
    int init(int instanceId, boolean testing, String configPath, String account) {
        byte[] path = cString(configPath);
        byte[] name = cString(account);
        int code = WAIT_FOR_INIT;
        for (int i = 0; i < INIT_TRIES && code == WAIT_FOR_INIT; i++) {
            code = Calls.initInstanceC(instanceId, testing ? 1 : 0, path, name);
            if (code == WAIT_FOR_INIT) {
                java.util.concurrent.locks.LockSupport.parkNanos(10_000_000L);
            }
        }
        return code;
    }

    void deinit(int instanceId) {
        Calls.deinitInstance(instanceId);
    }

    /**
     * The whole state of an initialised instance; only of a replayable library.
     *
     * @return null if the library refuses
     */
    byte[] snapshot(int instanceId) {
        int length = SnapshotCalls.fxs_snapshot(instanceId, 0, 0);
        if (length <= 0) {
            return null;
        }
        try (var memory = new com.sun.jna.Memory(length)) {
            int written =
                    SnapshotCalls.fxs_snapshot(instanceId, Pointer.nativeValue(memory), length);
            return written == length ? memory.getByteArray(0, length) : null;
        }
    }

    /** Puts an initialised instance into the state of a snapshot; returns 0 or an error code. */
    int restore(int instanceId, byte[] snapshot) {
        try (var memory = new com.sun.jna.Memory(Math.max(1, snapshot.length))) {
            memory.write(0, snapshot, 0, snapshot.length);
            return SnapshotCalls.fxs_restore(
                    instanceId, Pointer.nativeValue(memory), snapshot.length);
        }
    }

    /** Names of the two symbols whose quotes convert to the account currency; "" where none. */
    String[] conversionSymbols(String symbol, String accountCurrency) {
        byte[] base = new byte[256];
        byte[] quote = new byte[256];
        int code =
                Calls.C_getConversionSymbols(
                        cString(symbol), cString(accountCurrency), base, quote);
        if (code != 0) {
            throw new FrameworkException(
                    "no conversion symbols: symbol=%s, currency=%s, code=%d"
                            .formatted(symbol, accountCurrency, code));
        }
        // The existing library puts newlines before the name.
        return new String[] {Native.toString(base).strip(), Native.toString(quote).strip()};
    }

    /** One call; every argument is an address, in the order of {@code c_runStrategy}. */
    int run(CallFrame f) {
        return Calls.c_runStrategy(
                f.settings,
                f.symbol,
                f.accountCurrency,
                f.broker,
                f.refBroker,
                f.brokerTime,
                f.openOrdersCount,
                f.orders,
                f.accountInfo,
                f.bidAsk,
                f.ratesInfo,
                f.rates[0],
                f.rates[1],
                f.rates[2],
                f.rates[3],
                f.rates[4],
                f.rates[5],
                f.rates[6],
                f.rates[7],
                f.rates[8],
                f.rates[9],
                f.results);
    }

    /** The same with the addresses in an array, in the order of the arguments. */
    int run(long[] a) {
        return Calls.c_runStrategy(
                a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7], a[8], a[9], a[10], a[11], a[12],
                a[13], a[14], a[15], a[16], a[17], a[18], a[19], a[20], a[21]);
    }

    private static byte[] cString(String text) {
        byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        return java.util.Arrays.copyOf(bytes, Math.max(256, bytes.length + 1));
    }

    /** What a replayable library exports besides. */
    private static final class SnapshotCalls {
        private SnapshotCalls() {}

        static native int fxs_snapshot(int instanceId, long buffer, int capacity);

        static native int fxs_restore(int instanceId, long buffer, int length);
    }

    /** The exported functions, bound once. */
    private static final class Calls {
        private Calls() {}

        static native int initInstanceC(int instanceId, int isTesting, byte[] config, byte[] name);

        static native void deinitInstance(int instanceId);

        static native void getFrameworkVersion(long major, long minor, long bugfix);

        static native int C_getConversionSymbols(
                byte[] symbol, byte[] currency, byte[] outBase, byte[] outQuote);

        static native int c_runStrategy(
                long settings,
                long symbol,
                long accountCurrency,
                long broker,
                long refBroker,
                long brokerTime,
                long openOrdersCount,
                long orders,
                long accountInfo,
                long bidAsk,
                long ratesInfo,
                long r0,
                long r1,
                long r2,
                long r3,
                long r4,
                long r5,
                long r6,
                long r7,
                long r8,
                long r9,
                long results);
    }
}
