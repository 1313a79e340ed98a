package saker.strategy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;
import saker.market.BarBuilder;
import saker.market.BarSink;
import saker.time.BrokerClock;

/**
 * The bars of one timeframe as the framework wants them: an array of {@code CRates}, oldest first,
 * the forming bar last. The window moves through one array of twice its size, so a new bar costs a
 * move only once per window, and a tick writes three doubles.
 *
 * <pre>
 *   0     8     16    24     32      40     44
 *   open  high  low   close  volume  time   padding
 * </pre>
 *
 * Times are seconds of the broker's wall clock, see {@link BrokerClock}. Owner's thread only.
 */
final class RatesWindow implements BarSink {
    static final int RECORD_BYTES = 48;
    private static final double E8 = 1e8;
    private static final long NANOS = 1_000_000_000L;

    private final int size;
    private final int capacity;
    private final UnsafeBuffer bars;
    private final BrokerClock clock = new BrokerClock();
    private int end; // Bars in the array, the forming one included.

    /**
     * @param size bars the framework is given, at the most
     */
    RatesWindow(int size) {
        this.size = size;
        this.capacity = 2 * size;
        this.bars =
                new UnsafeBuffer(
                        ByteBuffer.allocateDirect(capacity * RECORD_BYTES)
                                .order(ByteOrder.LITTLE_ENDIAN));
    }

    @Override
    public void onBarOpened(BarBuilder bar) {
        if (end == capacity) {
            int keep = size - 1;
            bars.putBytes(0, bars, (end - keep) * RECORD_BYTES, keep * RECORD_BYTES);
            end = keep;
        }
        end++;
        int at = (end - 1) * RECORD_BYTES;
        bars.putDouble(at, bar.openE8() / E8);
        bars.putInt(at + 40, (int) (clock.toBrokerNs(bar.startNs()) / NANOS));
        write(at, bar);
    }

    @Override
    public void onBarChanged(BarBuilder bar) {
        write((end - 1) * RECORD_BYTES, bar);
    }

    private void write(int at, BarBuilder bar) {
        bars.putDouble(at + 8, bar.highE8() / E8);
        bars.putDouble(at + 16, bar.lowE8() / E8);
        bars.putDouble(at + 24, bar.closeE8() / E8);
        bars.putDouble(at + 32, bar.volume());
    }

    /** Forgets every bar. */
    void clear() {
        end = 0;
    }

    /** The bars the framework is given, for {@link #restore}. */
    byte[] copy() {
        byte[] copy = new byte[length() * RECORD_BYTES];
        bars.getBytes((end - length()) * RECORD_BYTES, copy);
        return copy;
    }

    /**
     * Goes on with the bars of a window of this size.
     *
     * @throws IllegalArgumentException if they are of another
     */
    void restore(byte[] copy) {
        if (copy.length % RECORD_BYTES != 0 || copy.length > size * RECORD_BYTES) {
            throw new IllegalArgumentException(
                    "bars of another window: bytes=%d, allowed=%d"
                            .formatted(copy.length, size * RECORD_BYTES));
        }
        bars.putBytes(0, copy);
        end = copy.length / RECORD_BYTES;
    }

    /** Bars the framework is given now: 0 to {@code size}. */
    int length() {
        return Math.min(end, size);
    }

    /** Whether the window is full. */
    boolean isFull() {
        return end >= size;
    }

    /** Address of the oldest bar given. */
    long address() {
        return bars.addressOffset() + (long) (end - length()) * RECORD_BYTES;
    }
}
