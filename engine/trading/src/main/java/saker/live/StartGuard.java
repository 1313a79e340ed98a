package saker.live;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the starts in a row that did not come up. After three the next one is held back: HALTED,
 * without strategies and without a snapshot, so that halt, flatten and the screens are at hand.
 *
 * <p>A start is on disk, in {@code <data>/failed.starts}, before its first record is read, and is
 * taken off when the engine has settled, has run for a minute, or was stopped. So a death in
 * between counts, whatever its cause. What a halted engine could not do better does not: another
 * engine on the folder, ports, the configuration, a library that is not there, a broker that cannot
 * be reached, a journal that cannot be opened; nor does a stop that was asked for.
 */
final class StartGuard {
    static final int FAILED_STARTS_MAX = 3;

    private static final Logger LOG = LoggerFactory.getLogger(StartGuard.class);
    private static final String FILE = "failed.starts";
    private static final long LOOK_MS = 250;
    private static final int LOOKS_SETTLED =
            8; // Two seconds: a strategy's first calls are in them.
    private static final int LOOKS_MAX = 240;

    private final Path file;
    private final int failed;
    private int looks;
    private int settled;

    private StartGuard(Path file, int failed) {
        this.file = file;
        this.failed = failed;
    }

    /** Notes a start; it counts as failed until told otherwise. */
    static StartGuard begin(Path data) throws IOException {
        Path file = data.resolve(FILE);
        StartGuard guard = new StartGuard(file, read(file));
        guard.write(guard.failed + 1);
        if (guard.isHeld()) {
            LOG.error("starting HALTED: {}", guard.why());
        }
        return guard;
    }

    /** Whether this start must come up halted. */
    boolean isHeld() {
        return failed >= FAILED_STARTS_MAX;
    }

    /** Why, for people. */
    String why() {
        return failed
                + " starts failed in a row; halted, and strategies are not run until the next"
                + " start: see the log, then resume";
    }

    /** This start did not fail, it was refused. */
    synchronized void excuse() throws IOException {
        write(failed);
    }

    /** The engine is up, or was stopped as asked: the count begins anew. */
    synchronized void clear() throws IOException {
        Files.deleteIfExists(file);
        force(file.getParent(), StandardOpenOption.READ);
    }

    /**
     * Excuses this start if the process is told to end before {@link #endWatch}: a stop that was
     * asked for is no failure, however long it takes.
     */
    Thread excuseIfStopped() {
        Thread stop = new Thread(this::excuseAsStopped, "start-stopped");
        try {
            Runtime.getRuntime().addShutdownHook(stop);
        } catch (IllegalStateException e) {
            excuseAsStopped(); // The end has begun.
        }
        return stop;
    }

    /** The start is over: how the process ends from here on is no matter of its. */
    static void endWatch(Thread stop) {
        try {
            Runtime.getRuntime().removeShutdownHook(stop);
        } catch (IllegalStateException e) {
            LOG.debug("stopped during the start");
        }
    }

    private void excuseAsStopped() {
        try {
            excuse();
        } catch (IOException e) {
            LOG.warn("this start will count as failed: file={}", file, e);
        }
    }

    /** Looks until the engine has settled for two seconds or run for a minute, and clears then. */
    void watch(Vertx vertx, BooleanSupplier isSettled, BooleanSupplier isFailed) {
        vertx.setPeriodic(
                LOOK_MS,
                timer -> {
                    if (isFailed.getAsBoolean()) {
                        vertx.cancelTimer(timer);
                        return;
                    }
                    looks++;
                    settled = isSettled.getAsBoolean() ? settled + 1 : 0;
                    if (settled == LOOKS_SETTLED || looks == LOOKS_MAX) {
                        vertx.cancelTimer(timer);
                        vertx.executeBlocking(this::clearAsUp);
                    }
                });
    }

    private Void clearAsUp() {
        try {
            clear();
        } catch (IOException e) {
            LOG.warn("this start will count as failed: file={}", file, e);
        }
        return null;
    }

    private static int read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        String text = Files.readString(file).strip();
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            LOG.warn("not a count of failed starts: file={}, text=\"{}\"", file, text);
            return 0;
        }
    }

    private void write(int count) throws IOException {
        Path temporary = file.resolveSibling(FILE + ".tmp");
        Files.writeString(temporary, count + "\n");
        force(temporary, StandardOpenOption.WRITE);
        Files.move(
                temporary,
                file,
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        force(file.getParent(), StandardOpenOption.READ);
    }

    private static void force(Path path, StandardOpenOption mode) throws IOException {
        try (FileChannel channel = FileChannel.open(path, mode)) {
            channel.force(true);
        }
    }
}
