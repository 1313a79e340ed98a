package saker.strategy;

import java.io.IOException;
import java.io.InputStream;

/** Reads what a child prints, so that it never waits for us: how much, and the first line. */
final class Console {
    private static final int FIRST_BYTES = 200;

    private final InputStream in;
    private final Thread reader;
    private final StringBuilder first = new StringBuilder();
    private final StringBuilder line = new StringBuilder();
    private long lines;

    Console(InputStream in) {
        this.in = in;
        this.reader = new Thread(this::read, "console");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        byte[] bytes = new byte[8192];
        try {
            for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
                for (int i = 0; i < n; i++) {
                    take((char) (bytes[i] & 0xFF));
                }
            }
        } catch (IOException e) {
            return; // The child is gone, and with it what it may have meant to say.
        } finally {
            if (line.length() > 0) {
                take('\n');
            }
        }
    }

    private void take(char c) {
        if (c != '\n') {
            if (line.length() < FIRST_BYTES) {
                line.append(c);
            }
            return;
        }
        String text = line.toString();
        line.setLength(0);
        if (!isTheJvm(text) && lines++ == 0) {
            first.append(text);
        }
    }

    private static boolean isTheJvm(String text) {
        return text.startsWith("Picked up ")
                || text.contains("VM warning:")
                || text.startsWith("WARNING: ");
    }

    /** Waits for the end of the child's output. */
    void awaitEnd() throws InterruptedException {
        reader.join(2_000);
    }

    /** Such as {@code 20000 lines, the first "call 1"}, or null. After {@link #awaitEnd}. */
    String noise() {
        return lines == 0 ? null : lines + " lines, the first: " + first;
    }
}
