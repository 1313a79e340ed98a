package saker.strategy;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;

/** Limits that a process sets itself before it loads a library. */
public final class ResourceLimits {
    private static final int RLIMIT_FSIZE = 1;
    private static final int RLIMIT_CORE = 4;
    private static final int RLIMIT_NOFILE = 7;

    /** The journal's files, the queue's metadata, the class path, and some for the library. */
    private static final long OPEN_FILES = 512;

    /** No file it writes gets longer: its signals of a boot, far above what they take. */
    private static final long FILE_BYTES = 1L << 30;

    private interface LibC extends Library {
        int setrlimit(int resource, long[] softAndHard);
    }

    private ResourceLimits() {}

    /**
     * Of a strategy worker: no core dump, few open files, none long. Returns whether all hold;
     * other platforms than Linux have none.
     */
    public static boolean ofWorker() {
        return noCoreDump() & set(RLIMIT_NOFILE, OPEN_FILES) & set(RLIMIT_FSIZE, FILE_BYTES);
    }

    /** Of any process that is meant to crash. Returns whether it holds. */
    static boolean noCoreDump() {
        return set(RLIMIT_CORE, 0);
    }

    private static boolean set(int resource, long limit) {
        return Platform.isLinux()
                && Native.load("c", LibC.class).setrlimit(resource, new long[] {limit, limit}) == 0;
    }
}
