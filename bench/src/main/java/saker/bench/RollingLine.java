package saker.bench;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/**
 * One chunk of the price stream whose stamp moves on by 100 us and whose price changes with every
 * step, rewritten in place: a stream of any length without an allocation.
 */
final class RollingLine {
    private static final int BID_PIPETTES = 110_001; // Odd: answered by no order.
    private static final long STEPS_PER_S = 10_000;
    private static final int PIP_PLACE = 5; // Of 1.10001 and 1.10011: the digit that changes.

    private final Buffer chunk;
    private final int timeAt;
    private final int bidAt;
    private final int askAt;
    private long steps;

    /** The first line is stamped {@link HostSetup#START_NS}. */
    RollingLine() {
        String line = PriceLines.line(BID_PIPETTES, HostSetup.START_NS + 1);
        chunk = Buffer.buffer(line.getBytes(StandardCharsets.US_ASCII));
        timeAt = line.indexOf("T12:00:00.") + 1;
        bidAt = line.indexOf("1.10001");
        askAt = line.indexOf("1.10011");
    }

    /** The same object every time. */
    Buffer next() {
        long seconds = 12 * 3_600 + steps / STEPS_PER_S;
        long part = steps % STEPS_PER_S;
        two(timeAt, seconds / 3_600);
        two(timeAt + 3, seconds / 60 % 60);
        two(timeAt + 6, seconds % 60);
        two(timeAt + 9, part / 100);
        two(timeAt + 11, part % 100);
        chunk.setByte(bidAt + PIP_PLACE, (byte) ('0' + steps % 5));
        chunk.setByte(askAt + PIP_PLACE, (byte) ('1' + steps % 5));
        steps++;
        return chunk;
    }

    private void two(int at, long value) {
        chunk.setByte(at, (byte) ('0' + value / 10));
        chunk.setByte(at + 1, (byte) ('0' + value % 10));
    }
}
