package saker.live;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;

/**
 * Limits a child sets itself before it loads a library: no core dump, few open files, none long.
 */
final class ResourceLimits {
    private static final int RLIMIT_FSIZE = 1;
    private static final int RLIMIT_CORE = 4;
    private static final int RLIMIT_NOFILE = 7;

    /** The journal's files, the queue's metadata, the class path, and some for the library. */
    private static final long OPEN_FILES = 512;

    /** No file it writes gets longer: its signals of a boot, far above what they take. */
    private static final long FILE_BYTES = 1L << 30;

    private interface LibC extends Library {
        int setrlimit(int resource, long[] limits);
    }

    private ResourceLimits() {}

    /** Returns whether all hold; other platforms than Linux have none. */
    static boolean apply() {
        if (!Platform.isLinux()) {
            return false;
        }
        LibC libc = Native.load("c", LibC.class);
        boolean noCore = libc.setrlimit(RLIMIT_CORE, new long[] {0, 0}) == 0;
        boolean fewFiles = libc.setrlimit(RLIMIT_NOFILE, new long[] {OPEN_FILES, OPEN_FILES}) == 0;
        boolean noLong = libc.setrlimit(RLIMIT_FSIZE, new long[] {FILE_BYTES, FILE_BYTES}) == 0;
        return noCore && fewFiles && noLong;
    }
}
