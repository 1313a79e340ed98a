package saker.bench;

import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Bytes that each of the engine's threads has allocated so far. */
record ThreadAllocation(Map<String, Long> bytesByThread) {

    static ThreadAllocation now() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        Map<String, Long> bytes = new TreeMap<>();
        for (long id : threads.getAllThreadIds()) {
            var thread = threads.getThreadInfo(id);
            if (thread != null && isOfEngine(thread.getThreadName())) {
                bytes.merge(thread.getThreadName(), threads.getThreadAllocatedBytes(id), Long::sum);
            }
        }
        return new ThreadAllocation(bytes);
    }

    private static boolean isOfEngine(String name) {
        return name.startsWith("strategy")
                || name.startsWith("trading")
                || name.startsWith("vert.x-eventloop");
    }

    /** Bytes per line sent, per thread; orders, answers and echoes included. */
    String since(ThreadAllocation before, long lines) {
        StringBuilder text = new StringBuilder("allocated per line, orders and echoes included:");
        bytesByThread.forEach(
                (name, bytes) ->
                        text.append(
                                String.format(
                                        Locale.ROOT,
                                        " %s=%.0f B",
                                        name,
                                        (bytes - before.bytesByThread.getOrDefault(name, 0L))
                                                / (double) lines)));
        return text.toString();
    }
}
