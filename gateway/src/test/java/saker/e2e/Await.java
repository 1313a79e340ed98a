package saker.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waiting for another process: until a condition holds, and never longer than a limit. */
final class Await {
    private static final long LOOK_MS = 50;

    private Await() {}

    /** Returns the first value there is. */
    static <T> T value(String what, Duration limit, Supplier<Optional<T>> look) {
        long deadlineNs = System.nanoTime() + limit.toNanos();
        while (true) {
            Optional<T> found = look.get();
            if (found.isPresent()) {
                return found.get();
            }
            if (System.nanoTime() > deadlineNs) {
                throw new AssertionError("not reached in " + limit + ": " + what);
            }
            pause();
        }
    }

    static void until(String what, Duration limit, BooleanSupplier condition) {
        value(what, limit, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }

    /** Until there is no complaint; fails with the last one. */
    static void noComplaint(Duration limit, Supplier<String> complaint) {
        long deadlineNs = System.nanoTime() + limit.toNanos();
        String last = complaint.get();
        while (!last.isEmpty()) {
            if (System.nanoTime() > deadlineNs) {
                throw new AssertionError("after " + limit + ": " + last);
            }
            pause();
            last = complaint.get();
        }
    }

    static void pause() {
        pause(LOOK_MS);
    }

    static void pause(long ms) {
        try {
            Thread.sleep(ms);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Sends a signal; one that is gone already is none of our business. */
    static void signal(String name, long pid) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                    .redirectErrorStream(true)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("no kill: pid=" + pid, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
