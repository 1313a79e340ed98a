package saker.live;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * One incarnation of a child: its process, its status file and its file of signals. The engine's
 * side of {@link StrategyWorker}; the supervisor's thread only.
 */
final class WorkerProcess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerProcess.class);
    private static final long MEGABYTE = 1 << 20;
    private static final int MIN_HEAP_MB = 64;
    private static final int MAX_HEAP_MB = 512;
    private static final String CRASH_LOG = "crash.log";
    private static final int PAGE = 4_096;
    private static final long END_MS = 2_000;
    private static final long KILL_MS = 10_000;

    private final WorkerOptions options;
    private final Process process;
    private final WorkerStatusFile.Reader status;

    private WorkerProcess(WorkerOptions options, Process process) {
        this.options = options;
        this.process = process;
        this.status = new WorkerStatusFile.Reader(options.status());
    }

    /** Starts a child; it waits for assignments. */
    static WorkerProcess start(WorkerOptions options, int memoryMb) throws IOException {
        Files.createDirectories(options.folder());
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(Path.of("/usr/bin/nice"))) {
            // It must not starve the engine's threads; nice execs, so the process id is the
            // child's.
            command.addAll(List.of("/usr/bin/nice", "-n", "5"));
        }
        command.addAll(java(options.folder(), memoryMb));
        command.addAll(options.arguments());
        Process process = new ProcessBuilder(command).start();
        WorkerLog.relay(options.workerId(), process.getInputStream(), Level.INFO);
        WorkerLog.relay(options.workerId(), process.getErrorStream(), Level.WARN);
        return new WorkerProcess(options, process);
    }

    private static List<String> java(Path folder, int memoryMb) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        int heapMb = Math.max(MIN_HEAP_MB, Math.min(MAX_HEAP_MB, memoryMb / 2));
        command.add("-Xmx" + heapMb + "m");
        command.addAll(List.of("-XX:+UseSerialGC", "-Xshare:auto", "-XX:+ExitOnOutOfMemoryError"));
        command.add("-XX:-CreateCoredumpOnCrash");
        command.add("-XX:ErrorFile=" + folder.resolve(CRASH_LOG));
        command.add("-Dlogback.configurationFile=logback-worker.xml");
        for (String given : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (given.startsWith("--") || given.startsWith("-Dsun.misc.unsafe")) {
                command.add(given);
            }
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(StrategyWorker.class.getName());
        return command;
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** After its end. */
    int exitCode() {
        return process.exitValue();
    }

    /** Where its JVM writes of a crash. */
    Path crashLog() {
        return options.folder().resolve(CRASH_LOG);
    }

    WorkerStatusFile.Reader status() {
        return status;
    }

    WorkerOptions options() {
        return options;
    }

    /** Tells the child to run instances; false if it does not listen any more. */
    boolean assign(List<WorkerAssignment> assignments) {
        try {
            OutputStream out = process.getOutputStream();
            out.write((WorkerAssignment.line(assignments) + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
            return true;
        } catch (IOException e) {
            LOG.warn("worker does not listen: id={}: {}", options.workerId(), e.getMessage());
            return false;
        }
    }

    /**
     * Memory of its own, without mapped files such as the journal's: {@code resident − shared} of
     * {@code /proc/PID/statm}; 0 where that is not known.
     */
    long ownBytes() {
        try {
            String[] pages =
                    Files.readString(Path.of("/proc", Long.toString(pid()), "statm")).split(" ");
            return (Long.parseLong(pages[1]) - Long.parseLong(pages[2])) * PAGE;
        } catch (IOException | RuntimeException e) {
            return 0; // Gone, or no such file system.
        }
    }

    boolean isAbove(int memoryMb) {
        return ownBytes() > memoryMb * MEGABYTE;
    }

    /** SIGKILL, which also ends a process that is stopped; returns when it is gone. */
    void kill() {
        process.toHandle().destroyForcibly();
        await(KILL_MS);
    }

    /** What the engine's end does too: it ends. */
    void closeInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            LOG.debug("already gone: {}", e.getMessage());
        }
    }

    /** Asks it to end, which closes its instances, and kills it if it does not. */
    void end() {
        closeInput();
        if (!await(END_MS)) {
            kill();
        }
    }

    private boolean await(long ms) {
        try {
            return process.waitFor(ms, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        status.close();
    }
}
