package saker.live;

import java.io.IOException;
import saker.config.SakerConfig.FrameworkConfig;

/**
 * The signals of a framework group as a child computed them for a replay; they lie in the child's
 * file.
 *
 * @param replayable whether they can be computed at all
 * @param problem why the child did not come to an end, or null
 */
record ReplayedGroup(boolean replayable, String problem) {
    private static final long LOOK_MS = 10;

    /** A replay is not in a hurry: a call has ten times its deadline. */
    private static final int PATIENCE = 10;

    /** Starts the child and waits for its end, which a call that never returns does not prevent. */
    static ReplayedGroup compute(WorkerOptions options, FrameworkConfig group) throws IOException {
        try (WorkerProcess child = WorkerProcess.start(options, group.memoryMb())) {
            CallTimer call = new CallTimer();
            while (child.isAlive()) {
                if (child.status().refresh(false)
                        && call.elapsedNs(child.status().callCount(), System.nanoTime())
                                > PATIENCE
                                        * 1_000_000L
                                        * group.deadlineMs(child.status().isSetup())) {
                    child.kill();
                    return new ReplayedGroup(false, "a call does not return: " + group.name());
                }
                pause(child);
            }
            boolean seen = child.status().refresh(true);
            if (child.exitCode() == 0) {
                return new ReplayedGroup(seen && child.status().isReplayable(), null);
            }
            return new ReplayedGroup(
                    false,
                    "exit code %d: %s"
                            .formatted(child.exitCode(), seen ? child.status().problem() : ""));
        }
    }

    private static void pause(WorkerProcess child) {
        try {
            Thread.sleep(LOOK_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            child.kill();
        }
    }
}
