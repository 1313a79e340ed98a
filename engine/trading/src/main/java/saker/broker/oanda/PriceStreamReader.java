package saker.broker.oanda;

import io.vertx.core.buffer.Buffer;
import saker.broker.oanda.OandaCounters.Count;

/**
 * From the bytes of the price stream to ticks: lines, parser, gate. Allocates nothing per tick. One
 * thread; survives reconnects.
 */
public final class PriceStreamReader {
    /** Longest line; a price with ten levels a side is under 2 KiB. */
    static final int LINE_LENGTH_MAX = 64 * 1024;

    private final LineBuffer lines;
    private final PriceLineParser parser;
    private final TickGate gate;
    private final OandaCounters counters;
    private final PriceLine line = new PriceLine();

    private long receiveTimeNs;
    private long lastEventTimeNs;

    public PriceStreamReader(InstrumentTable instruments, TickGate gate, OandaCounters counters) {
        this.parser = new PriceLineParser(instruments);
        this.gate = gate;
        this.counters = counters;
        this.lines =
                new LineBuffer(
                        LINE_LENGTH_MAX,
                        this::onLine,
                        () -> counters.increment(Count.LINE_TOO_LONG));
    }

    /** Takes a chunk of the HTTP client: one copy into the line's array, nothing allocated. */
    public void onChunk(Buffer chunk, long timeNs) {
        receiveTimeNs = timeNs;
        int length = chunk.length();
        for (int from = 0; from < length; ) {
            int count = Math.min(length - from, lines.room());
            chunk.getBytes(from, from + count, lines.array(), lines.end());
            lines.advance(count);
            from += count;
        }
    }

    /** Takes a chunk that lies elsewhere. */
    public void onChunk(byte[] bytes, int offset, int length, long timeNs) {
        receiveTimeNs = timeNs;
        lines.append(bytes, offset, length);
    }

    /** The connection ended: an unfinished line is dropped. */
    public void onEnd() {
        if (lines.reset()) {
            counters.increment(Count.LINE_CUT);
        }
    }

    /** The newest stamp of the stream, heartbeats included; 0 before the first. */
    public long lastEventTimeNs() {
        return lastEventTimeNs;
    }

    private void onLine(byte[] bytes, int from, int to) {
        switch (parser.parse(bytes, from, to, line)) {
            case READ -> onRead();
            case MALFORMED -> counters.increment(Count.LINE_MALFORMED);
            case NOT_A_NUMBER -> counters.increment(Count.QUARANTINED_NOT_A_NUMBER);
            case OTHER -> counters.increment(Count.LINE_OTHER);
        }
    }

    private void onRead() {
        lastEventTimeNs = Math.max(lastEventTimeNs, line.timeNs);
        if (line.type == PriceLine.Type.HEARTBEAT) {
            counters.increment(Count.HEARTBEATS);
            return;
        }
        gate.onPrice(line, receiveTimeNs);
    }
}
