package saker.broker.oanda;

import java.util.Objects;

/**
 * Cuts a byte stream into lines. A line may come in many pieces and a piece may hold many lines;
 * only lines that end with a newline are handed on. One fixed array takes every piece, so that a
 * line is always contiguous and nothing is allocated. One thread.
 *
 * <pre>
 *   while (more) { copy up to room() bytes to array() at end(); advance(count); }
 * </pre>
 */
final class LineBuffer {

    /** Receives lines without their newline; the bytes are valid during the call only. */
    @FunctionalInterface
    interface LineHandler {
        void onLine(byte[] bytes, int from, int to);
    }

    private final byte[] bytes;
    private final LineHandler handler;
    private final Runnable onTooLong;

    private int start; // First byte of the unfinished line.
    private int end;
    private boolean discarding; // Until the newline of a line that did not fit.

    /**
     * @param lengthMax longest line; a longer one is dropped and told to {@code onTooLong}
     */
    LineBuffer(int lengthMax, LineHandler handler, Runnable onTooLong) {
        this.bytes = new byte[lengthMax];
        this.handler = Objects.requireNonNull(handler, "handler");
        this.onTooLong = Objects.requireNonNull(onTooLong, "onTooLong");
    }

    byte[] array() {
        return bytes;
    }

    int end() {
        return end;
    }

    /** Bytes that can be written at {@link #end()}; at least 1. */
    int room() {
        return bytes.length - end;
    }

    /** Takes {@code count} bytes that were written at {@link #end()}; hands on complete lines. */
    void advance(int count) {
        int scan = end;
        int stop = end + count;
        end = stop;
        for (; scan < stop; scan++) {
            if (bytes[scan] == '\n') {
                int from = start;
                start = scan + 1;
                onNewline(from, scan);
            }
        }
        compact();
    }

    /** Copies and takes bytes that lie elsewhere. */
    void append(byte[] source, int offset, int length) {
        int from = offset;
        int stop = offset + length;
        while (from < stop) {
            int count = Math.min(stop - from, room());
            System.arraycopy(source, from, bytes, end, count);
            advance(count);
            from += count;
        }
    }

    /** The stream ended: forgets the unfinished line and returns whether there was one. */
    boolean reset() {
        boolean unfinished = end > start || discarding;
        start = 0;
        end = 0;
        discarding = false;
        return unfinished;
    }

    private void onNewline(int from, int to) {
        if (discarding) {
            discarding = false;
            return;
        }
        int last = to > from && bytes[to - 1] == '\r' ? to - 1 : to;
        if (last > from) {
            handler.onLine(bytes, from, last);
        }
    }

    private void compact() {
        int length = end - start;
        if (length == bytes.length || (discarding && length > 0)) {
            if (!discarding) {
                onTooLong.run();
            }
            discarding = true;
            length = 0;
        } else if (start > 0 && length > 0) {
            System.arraycopy(bytes, start, bytes, 0, length);
        }
        start = 0;
        end = length;
    }
}
