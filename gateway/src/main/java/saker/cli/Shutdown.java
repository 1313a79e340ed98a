package saker.cli;

import java.util.concurrent.CountDownLatch;

/**
 * Turns INT and TERM into an orderly end: the signal tells the command, whose own thread closes
 * what it opened, and the process ends when the command is done.
 */
final class Shutdown {
    private static final CountDownLatch DONE = new CountDownLatch(1);
    private static final long LIMIT_S = 30;

    private Shutdown() {}

    static void onSignal(Runnable tell) {
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    tell.run();
                                    awaitEnd();
                                },
                                "shutdown"));
    }

    /** The command has closed everything. */
    static void done() {
        DONE.countDown();
    }

    private static void awaitEnd() {
        try {
            DONE.await(LIMIT_S, java.util.concurrent.TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
