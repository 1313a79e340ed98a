package saker.strategy;

import com.sun.jna.Library;
import com.sun.jna.Native;

/** A process that is meant to crash leaves no core file. */
final class NoCoreDump {
    private static final int RLIMIT_CORE = 4;

    private interface LibC extends Library {
        int setrlimit(int resource, long[] softAndHard);
    }

    private NoCoreDump() {}

    static void set() {
        Native.load("c", LibC.class).setrlimit(RLIMIT_CORE, new long[] {0, 0});
    }
}
