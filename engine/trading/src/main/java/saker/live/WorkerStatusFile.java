package saker.live;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import saker.strategy.CallGuard;
import saker.strategy.CallTimes;
import saker.strategy.InstanceStatus;

/**
 * What a worker in a child process says of itself, in a small file of fixed layout: the child maps
 * and writes it, the engine reads it with plain reads, so nothing the child does to the file can
 * fault the engine. Little-endian.
 *
 * <pre>
 *   0        8     16      20        24          32          40             48           56
 *  +--------+-----+-------+---------+-----------+-----------+--------------+------------+-------------+
 *  | magic  | pid | state | count   | heartbeat | callCount | callInstance | callIndex  | callStartNs |
 *  | i64    | i64 | i32   | i32     | i64       | i64       | i64          | i64        | i64         |
 *  +--------+-----+-------+---------+-----------+-----------+--------------+------------+-------------+
 *   64          72           76                  124         128                  504     512
 *  +-----------+------------+-------------------+-----------+--------------------+-------+----
 *  | lastIndex | replayable | version text (48) | callSetup | problem text (376) | ticks | rows
 *  +-----------+------------+-------------------+-----------+--------------------+-------+----
 *  row of 352: instanceId i64 | phase i32 | 0 i32 | runs i64 | signals i64 | lastRunNs i64
 *              | ticks i64 | handled i64 | calls of each span 11 × i64 | callsSumNs i64
 *              | detail text (200)
 * </pre>
 *
 * A text is its length (i32) and UTF-8. {@code callCount} is odd while a call is under way. {@code
 * callStartNs} is the child's {@code System.nanoTime}, which on Linux is CLOCK_MONOTONIC and so
 * comparable between processes; it is for people. Deadlines are judged by the engine's own clock
 * from the moment it first sees a call count.
 */
final class WorkerStatusFile {
    static final int MAX_INSTANCES = 200; // The framework's limit per process.

    private static final long MAGIC = 0x33305452574b4153L; // "SAKWRT03"
    private static final int PID = 8;
    private static final int STATE = 16;
    private static final int COUNT = 20;
    private static final int HEARTBEAT = 24;
    private static final int CALL_COUNT = 32;
    private static final int CALL_INSTANCE = 40;
    private static final int CALL_INDEX = 48;
    private static final int CALL_START = 56;
    private static final int LAST_INDEX = 64;
    private static final int REPLAYABLE = 72;
    private static final int VERSION = 76;
    private static final int CALL_SETUP = 124;
    private static final int PROBLEM = 128;
    private static final int TICKS = 504;
    private static final int ROWS = 512;
    private static final int ROW = 352;
    private static final int ROW_PHASE = 8;
    private static final int ROW_RUNS = 16;
    private static final int ROW_SIGNALS = 24;
    private static final int ROW_LAST_RUN = 32;
    private static final int ROW_TICKS = 40;
    private static final int ROW_HANDLED = 48;
    private static final int ROW_CALLS = 56;
    private static final int ROW_CALLS_SUM = ROW_CALLS + CallTimes.SPANS * Long.BYTES;
    private static final int ROW_DETAIL = ROW_CALLS_SUM + Long.BYTES;
    private static final int LENGTH = ROWS + MAX_INSTANCES * ROW;

    /** What a child is doing. */
    enum State {
        /** Checks the configuration and loads the library. */
        LOADING,
        /** Reads the journal up to now. */
        READING,
        RUNNING
    }

    private WorkerStatusFile() {}

    /** The child's side. One thread. */
    static final class Writer implements CallGuard {
        private final UnsafeBuffer buffer;
        private long heartbeat;
        private long callCount;

        Writer(Path file) throws IOException {
            try (FileChannel channel =
                    FileChannel.open(
                            file,
                            StandardOpenOption.CREATE_NEW,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE)) {
                MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, LENGTH);
                buffer = new UnsafeBuffer(mapped.order(ByteOrder.LITTLE_ENDIAN));
            }
            buffer.putLong(PID, ProcessHandle.current().pid());
            buffer.putLongOrdered(0, MAGIC);
        }

        void state(State state) {
            buffer.putIntOrdered(STATE, state.ordinal());
        }

        void library(String version, boolean replayable) {
            text(VERSION, version, CALL_SETUP - VERSION);
            buffer.putInt(REPLAYABLE, replayable ? 1 : 0);
        }

        /** Why it is about to end. */
        void problem(String problem) {
            text(PROBLEM, problem, TICKS - PROBLEM);
        }

        void beat() {
            buffer.putLongOrdered(HEARTBEAT, ++heartbeat);
        }

        void lastIndex(long index) {
            buffer.putLong(LAST_INDEX, index);
        }

        /** Ticks of the journal it has seen, folded ones included. */
        void ticks(long count) {
            buffer.putLong(TICKS, count);
        }

        @Override
        public void onEnter(long instanceId, long index) {
            buffer.putLong(CALL_INSTANCE, instanceId);
            buffer.putLong(CALL_INDEX, index);
            buffer.putLong(CALL_START, System.nanoTime());
            buffer.putLongOrdered(CALL_COUNT, ++callCount);
        }

        @Override
        public void onEnterSetup(long instanceId, long index) {
            buffer.putInt(CALL_SETUP, 1);
            onEnter(instanceId, index);
        }

        @Override
        public void onExit() {
            buffer.putInt(CALL_SETUP, 0);
            buffer.putLongOrdered(CALL_COUNT, ++callCount);
        }

        /** Shows an instance in the row of a number; rows are filled without gaps. */
        void row(int number, InstanceStatus status, long handled) {
            if (number >= MAX_INSTANCES) {
                return;
            }
            int at = ROWS + number * ROW;
            buffer.putLong(at, status.instanceId());
            buffer.putInt(at + ROW_PHASE, status.phase().ordinal());
            buffer.putLong(at + ROW_RUNS, status.runs());
            buffer.putLong(at + ROW_SIGNALS, status.signals());
            buffer.putLong(at + ROW_LAST_RUN, status.lastRunNs());
            buffer.putLong(at + ROW_TICKS, status.ticks());
            buffer.putLong(at + ROW_HANDLED, handled);
            CallTimes calls = status.callTimes();
            for (int span = 0; span < CallTimes.SPANS; span++) {
                buffer.putLong(at + ROW_CALLS + span * Long.BYTES, calls.calls(span));
            }
            buffer.putLong(at + ROW_CALLS_SUM, calls.sumNs());
            text(at + ROW_DETAIL, status.detail(), ROW - ROW_DETAIL);
            if (buffer.getInt(COUNT) <= number) {
                buffer.putIntOrdered(COUNT, number + 1);
            }
        }

        private void text(int at, String text, int room) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            int length = Math.min(bytes.length, room - Integer.BYTES);
            buffer.putBytes(at + Integer.BYTES, bytes, 0, length);
            buffer.putIntOrdered(at, length);
        }
    }

    /** One instance as its worker shows it. */
    record Row(
            long instanceId,
            InstanceStatus.Phase phase,
            String detail,
            long runs,
            long signals,
            long lastRunNs,
            long ticks,
            long handled,
            CallTimes.Counts calls) {}

    /** The engine's side: a copy of the file, taken anew by each {@link #refresh}. */
    static final class Reader implements AutoCloseable {
        private final Path file;
        private final ByteBuffer bytes = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        private FileChannel channel;

        Reader(Path file) {
            this.file = file;
        }

        /**
         * Reads the file, which the child may not have made yet.
         *
         * @param whole false for what changes with every call only
         * @return whether there is something to see
         */
        boolean refresh(boolean whole) {
            try {
                if (channel == null) {
                    if (!file.toFile().exists()) {
                        return false;
                    }
                    channel = FileChannel.open(file, StandardOpenOption.READ);
                }
                bytes.clear().limit(whole ? LENGTH : ROWS);
                int length = channel.read(bytes, 0);
                return length >= ROWS && bytes.getLong(0) == MAGIC;
            } catch (IOException e) {
                return false;
            }
        }

        State state() {
            int state = bytes.getInt(STATE);
            return state >= 0 && state < State.values().length
                    ? State.values()[state]
                    : State.LOADING;
        }

        long heartbeat() {
            return bytes.getLong(HEARTBEAT);
        }

        long callCount() {
            return bytes.getLong(CALL_COUNT);
        }

        /** The instance that is in call, 0 for none. */
        long instanceInCall() {
            return (callCount() & 1) == 1 ? bytes.getLong(CALL_INSTANCE) : 0;
        }

        /** Whether the call under way sets an instance up. */
        boolean isSetup() {
            return bytes.getInt(CALL_SETUP) != 0;
        }

        long callIndex() {
            return bytes.getLong(CALL_INDEX);
        }

        long lastIndex() {
            return bytes.getLong(LAST_INDEX);
        }

        long ticks() {
            return bytes.getLong(TICKS);
        }

        boolean isReplayable() {
            return bytes.getInt(REPLAYABLE) != 0;
        }

        String version() {
            return text(VERSION, CALL_SETUP - VERSION);
        }

        String problem() {
            return text(PROBLEM, TICKS - PROBLEM);
        }

        /** Every instance of the file; after a whole refresh. */
        List<Row> rows() {
            int count = Math.max(0, Math.min(MAX_INSTANCES, bytes.getInt(COUNT)));
            return java.util.stream.IntStream.range(0, count).mapToObj(this::row).toList();
        }

        private Row row(int number) {
            int at = ROWS + number * ROW;
            int phase = bytes.getInt(at + ROW_PHASE);
            InstanceStatus.Phase[] phases = InstanceStatus.Phase.values();
            return new Row(
                    bytes.getLong(at),
                    phases[phase >= 0 && phase < phases.length ? phase : 0],
                    text(at + ROW_DETAIL, ROW - ROW_DETAIL),
                    bytes.getLong(at + ROW_RUNS),
                    bytes.getLong(at + ROW_SIGNALS),
                    bytes.getLong(at + ROW_LAST_RUN),
                    bytes.getLong(at + ROW_TICKS),
                    bytes.getLong(at + ROW_HANDLED),
                    calls(at));
        }

        private CallTimes.Counts calls(int row) {
            List<Long> spans = new ArrayList<>();
            for (int span = 0; span < CallTimes.SPANS; span++) {
                spans.add(bytes.getLong(row + ROW_CALLS + span * Long.BYTES));
            }
            return new CallTimes.Counts(spans, bytes.getLong(row + ROW_CALLS_SUM));
        }

        private String text(int at, int room) {
            int length = Math.max(0, Math.min(room - Integer.BYTES, bytes.getInt(at)));
            return new String(bytes.array(), at + Integer.BYTES, length, StandardCharsets.UTF_8);
        }

        @Override
        public void close() throws IOException {
            if (channel != null) {
                channel.close();
            }
        }
    }
}
