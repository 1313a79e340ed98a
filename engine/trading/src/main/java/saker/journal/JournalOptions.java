package saker.journal;

import java.nio.file.FileStore;
import java.util.Objects;
import saker.time.EpochNanoClock;

/**
 * How a journal is opened.
 *
 * @param version of the program, for the Boot record
 * @param clock source of journal time
 * @param listener told of failure and lack of space
 * @param blockSize bytes mapped at a time; the largest record is an eighth of it
 * @param lockTimeoutMs wait for the append lock, under 1000; failing to get it is a failure
 * @param syncIntervalMs a sync happens at least this often while records arrive, 0 for never
 * @param clockTickMs a ClockTick is written after so much silence, 0 for no clock thread
 * @param spacePollMs how often free space is looked at, at most 1000, 0 for never
 * @param lowWaterBytes −1 for the smaller of 10 % of the disk and 2 GB
 * @param floorBytes −1 for the smaller of 5 % of the disk and 512 MB
 * @param fileStore whose space is watched; null for the journal's own
 */
public record JournalOptions(
        String version,
        EpochNanoClock clock,
        JournalListener listener,
        long blockSize,
        long lockTimeoutMs,
        long syncIntervalMs,
        long clockTickMs,
        long spacePollMs,
        long lowWaterBytes,
        long floorBytes,
        FileStore fileStore) {

    public static final long DEFAULT_BLOCK_SIZE = 64L << 20;

    public JournalOptions {
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(listener, "listener");
        check(blockSize >= 1 << 16, "blockSize", blockSize);
        check(lockTimeoutMs > 0 && lockTimeoutMs < 1000, "lockTimeoutMs", lockTimeoutMs);
        check(syncIntervalMs >= 0, "syncIntervalMs", syncIntervalMs);
        check(clockTickMs >= 0, "clockTickMs", clockTickMs);
        check(spacePollMs >= 0 && spacePollMs <= 1000, "spacePollMs", spacePollMs);
        check(lowWaterBytes >= -1, "lowWaterBytes", lowWaterBytes);
        check(floorBytes >= -1, "floorBytes", floorBytes);
    }

    /** As a service runs. */
    public static JournalOptions defaults(String version) {
        return new JournalOptions(
                version,
                EpochNanoClock.system(),
                new JournalListener() {},
                DEFAULT_BLOCK_SIZE,
                900,
                1000,
                100,
                500,
                -1,
                -1,
                null);
    }

    public JournalOptions withClock(EpochNanoClock clock) {
        return new JournalOptions(
                version,
                clock,
                listener,
                blockSize,
                lockTimeoutMs,
                syncIntervalMs,
                clockTickMs,
                spacePollMs,
                lowWaterBytes,
                floorBytes,
                fileStore);
    }

    public JournalOptions withListener(JournalListener listener) {
        return new JournalOptions(
                version,
                clock,
                listener,
                blockSize,
                lockTimeoutMs,
                syncIntervalMs,
                clockTickMs,
                spacePollMs,
                lowWaterBytes,
                floorBytes,
                fileStore);
    }

    public JournalOptions withBlockSize(long blockSize) {
        return new JournalOptions(
                version,
                clock,
                listener,
                blockSize,
                lockTimeoutMs,
                syncIntervalMs,
                clockTickMs,
                spacePollMs,
                lowWaterBytes,
                floorBytes,
                fileStore);
    }

    /** Zero switches the periodic sync, the clock thread or the free-space guard off. */
    public JournalOptions withIntervals(long syncIntervalMs, long clockTickMs, long spacePollMs) {
        return new JournalOptions(
                version,
                clock,
                listener,
                blockSize,
                lockTimeoutMs,
                syncIntervalMs,
                clockTickMs,
                spacePollMs,
                lowWaterBytes,
                floorBytes,
                fileStore);
    }

    public JournalOptions withSpace(long lowWaterBytes, long floorBytes, FileStore fileStore) {
        return new JournalOptions(
                version,
                clock,
                listener,
                blockSize,
                lockTimeoutMs,
                syncIntervalMs,
                clockTickMs,
                spacePollMs,
                lowWaterBytes,
                floorBytes,
                fileStore);
    }

    /** The largest record, header included. */
    int maxRecordLength() {
        return (int) Math.min(RecordDescriptor.MAX_LENGTH, blockSize / 8);
    }

    private static void check(boolean ok, String name, long value) {
        if (!ok) {
            throw new IllegalArgumentException("bad journal option: " + name + "=" + value);
        }
    }
}
