package saker.cli;

import com.sun.jna.Library;
import com.sun.jna.Native;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Replaces this process, once, by the same program with the flags its JVM needs. {@code execv}
 * keeps the process id and leaves no parent behind, so a supervisor sees one process.
 *
 * <p>What a manifest cannot say is the reason: the permission for memory access below Java's (a
 * warning on newer releases), and what shall happen when memory runs out.
 */
final class Relaunch {
    private static final String MARK = "saker.relaunched";
    private static final String MODULE = "java.base/";
    private static final String[] OPENS = {
        "sun.nio.ch",
        "java.lang.reflect",
        "java.lang",
        "java.io",
        "java.util",
        "java.nio",
        "jdk.internal.misc"
    };
    private static final String[] EXPORTS = {"jdk.internal.ref", "sun.nio.ch", "jdk.internal.misc"};
    private static final int NATIVE_ACCESS_SINCE = 22;
    private static final int COMPACT_HEADERS_SINCE = 25;

    private interface LibC extends Library {
        int execv(String path, String[] arguments);
    }

    private Relaunch() {}

    /** Returns if this is the second time, or where the platform has no {@code execv}. */
    static void ifNeeded(String[] args) {
        if (System.getProperty(MARK) != null || !isLinux()) {
            return;
        }
        List<String> command = command(args);
        // The call returns only if it failed; then we go on as we are.
        Native.load("c", LibC.class).execv(command.get(0), command.toArray(new String[0]));
    }

    /** The command line of a child with the same program: {@code args} behind it. */
    static List<String> command(String... args) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags());
        for (String given : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (!command.contains(given)) {
                command.add(given);
            }
        }
        String classPath = classPath();
        if (classPath.endsWith(".jar") && !classPath.contains(File.pathSeparator)) {
            command.add("-jar");
            command.add(classPath);
        } else {
            command.add("-cp");
            command.add(classPath);
            command.add(Main.class.getName());
        }
        command.addAll(List.of(args));
        return command;
    }

    /** From the root on: a child may have another working folder. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static List<String> flags() {
        List<String> flags = new ArrayList<>();
        flags.add("-D" + MARK + "=true");
        flags.add("-Dsun.misc.unsafe.memory.access=allow");
        flags.add("-XX:+ExitOnOutOfMemoryError");
        flags.add("-Xshare:auto");
        int release = Runtime.version().feature();
        if (release >= NATIVE_ACCESS_SINCE) {
            flags.add("--enable-native-access=ALL-UNNAMED");
            flags.add("--sun-misc-unsafe-memory-access=allow");
        }
        if (release >= COMPACT_HEADERS_SINCE) {
            flags.add("-XX:+UseCompactObjectHeaders");
        }
        for (String name : OPENS) {
            flags.add("--add-opens=" + MODULE + name + "=ALL-UNNAMED");
        }
        for (String name : EXPORTS) {
            flags.add("--add-exports=" + MODULE + name + "=ALL-UNNAMED");
        }
        return flags;
    }

    private static boolean isLinux() {
        return System.getProperty("os.name").equals("Linux");
    }
}
