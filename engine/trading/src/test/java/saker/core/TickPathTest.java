package saker.core;

import static org.assertj.core.api.Assertions.assertThat;
import static saker.core.Fixtures.e8;
import static saker.core.Fixtures.row;

import java.lang.management.ManagementFactory;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import saker.journal.RecordView;
import saker.journal.TickDescriptor;
import saker.model.EngineState;
import saker.model.RecordKind;
import saker.model.SignalBits;
import saker.model.TickFlags;

/** Ticks allocate nothing, with a position and a daily limit to watch as well. */
class TickPathTest {
    private static final int TICKS = 200_000;

    /** One tick after another in one object, as the journal's reader gives them. */
    private static final class TickView implements RecordView {
        private final MutableDirectBuffer buffer =
                new UnsafeBuffer(new byte[TickDescriptor.LENGTH]);
        private long index;
        private long timeNs;

        void next(int instrumentId, long bidE8) {
            index++;
            timeNs += 1_000_000;
            TickDescriptor.encode(
                    buffer, 0, instrumentId, bidE8, bidE8 + 20_000, 0, TickFlags.TRADEABLE);
        }

        @Override
        public long index() {
            return index;
        }

        @Override
        public RecordKind kind() {
            return RecordKind.TICK;
        }

        @Override
        public int version() {
            return TickDescriptor.VERSION;
        }

        @Override
        public long marketTimeNs() {
            return timeNs;
        }

        @Override
        public long journalTimeNs() {
            return timeNs;
        }

        @Override
        public long cause() {
            return 0;
        }

        @Override
        public int ordinal() {
            return 0;
        }

        @Override
        public boolean last() {
            return false;
        }

        @Override
        public DirectBuffer buffer() {
            return buffer;
        }

        @Override
        public int offset() {
            return 0;
        }

        @Override
        public int length() {
            return TickDescriptor.LENGTH;
        }
    }

    @Test
    void shouldAllocateNothingPerTick() {
        Desk desk = new Desk().risk(Fixtures.limits().lossPct(5)).start();
        desk.signal(row(SignalBits.OPEN_BUY, 1, 0, 0));
        TickView tick = new TickView();
        tick.index = desk.journal.size();
        tick.timeNs = desk.journal.nowNs();
        feed(desk, tick);

        long before = allocated();
        feed(desk, tick);
        long perTick = (allocated() - before) / TICKS;

        assertThat(perTick).isZero();
        assertThat(desk.core.figures(0).unrealizedPlE8()).isNotZero();
        assertThat(desk.core.accountState(0)).isEqualTo(EngineState.State.RUNNING);
    }

    private static void feed(Desk desk, TickView tick) {
        for (int i = 0; i < TICKS; i++) {
            tick.next(i % 4, e8(1.1) + i % 1_000);
            desk.core.onRecord(tick);
        }
    }

    private static long allocated() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    }
}
