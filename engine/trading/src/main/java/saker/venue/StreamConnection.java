package saker.venue;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/**
 * One client of a stream: newline-framed documents over a chunked answer. Lines are collected and
 * leave together with {@link #flush}. A client that lets more than 4 MB pile up is dropped. Venue
 * thread only.
 */
class StreamConnection {
    private static final long HEARTBEAT_MS = 5_000;
    private static final int LIMIT_BYTES = 4 * 1024 * 1024;
    private static final long NEVER_CUT = Long.MAX_VALUE;

    private final Vertx vertx;
    private final HttpServerResponse response;
    private final DatetimeFormat format;
    private final long heartbeatTimer;

    private Buffer batch = Buffer.buffer();
    private long inFlightBytes;
    private long bytesUntilCut = NEVER_CUT;
    private boolean stalled;
    private Runnable closeAction = () -> {};
    private boolean closed;
    private boolean dropped;

    /** Writes one heartbeat line; runs every 5 s of wall time. */
    interface Heartbeat {
        byte[] line(DatetimeFormat format);
    }

    StreamConnection(
            Vertx vertx, HttpServerResponse response, DatetimeFormat format, Heartbeat heartbeat) {
        this.vertx = vertx;
        this.response = response;
        this.format = format;
        this.heartbeatTimer =
                vertx.setPeriodic(
                        HEARTBEAT_MS,
                        timer -> {
                            send(heartbeat.line(format));
                            flush();
                        });
    }

    DatetimeFormat format() {
        return format;
    }

    /** Whether it was closed because its client did not read. */
    boolean wasDropped() {
        return dropped;
    }

    boolean isClosed() {
        return closed;
    }

    /** Bytes that have not left yet; the market waits for them in a replay. */
    long backlogBytes() {
        return inFlightBytes + batch.length();
    }

    void send(byte[] line) {
        if (closed) {
            return;
        }
        batch.appendBytes(line).appendByte((byte) '\n');
        if (backlogBytes() > LIMIT_BYTES) {
            dropped = true;
            close();
        }
    }

    void flush() {
        if (closed || stalled || batch.length() == 0) {
            return;
        }
        Buffer out = batch;
        batch = Buffer.buffer();
        if (out.length() >= bytesUntilCut) {
            cut(out.slice(0, (int) bytesUntilCut));
            return;
        }
        if (bytesUntilCut != NEVER_CUT) {
            bytesUntilCut -= out.length();
        }
        int length = out.length();
        inFlightBytes += length;
        response.write(out).onComplete(done -> inFlightBytes -= length);
    }

    void strike(Fault fault) {
        switch (fault.kind()) {
            case CUT -> bytesUntilCut = fault.bytes();
            case STALL -> stall(fault.ms());
            default -> throw new IllegalArgumentException("not for a stream: kind=" + fault.kind());
        }
    }

    /** Ends the connection without the last chunk, as a lost link would. */
    void close() {
        if (closed) {
            return;
        }
        onClosed();
        response.reset();
    }

    /** Called once, when the other side went away or we end it. */
    void whenClosed(Runnable action) {
        closeAction = action;
    }

    /** The other side went away, or we ended it. */
    void onClosed() {
        if (!closed) {
            closed = true;
            vertx.cancelTimer(heartbeatTimer);
            closeAction.run();
        }
    }

    /** Ends a stall; what was held back leaves now. */
    void relieve() {
        stalled = false;
        flush();
    }

    private void stall(long ms) {
        stalled = true;
        if (ms > 0) {
            vertx.setTimer(ms, timer -> relieve());
        }
    }

    private void cut(Buffer last) {
        onClosed();
        if (last.length() == 0) {
            response.reset();
            return;
        }
        response.write(last).onComplete(written -> response.reset());
    }
}
