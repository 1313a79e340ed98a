package saker.strategy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What a trial is at, in a mapped file: still there when the library has ended the process.
 *
 * <pre>
 *   0     8     12
 *   call  size  text
 * </pre>
 */
final class ProbeProgress {
    private static final int TEXT_AT = 12;
    private static final int BYTES = 512;

    private final MappedByteBuffer memory;

    ProbeProgress(Path file) {
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE)) {
            memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open file=" + file, e);
        }
    }

    /** A step begins. */
    void at(String step) {
        byte[] text = step.getBytes(StandardCharsets.UTF_8);
        int size = Math.min(text.length, BYTES - TEXT_AT);
        memory.putLong(0, 0);
        memory.put(TEXT_AT, text, 0, size);
        memory.putInt(8, size);
    }

    /** The step's next call of the strategy begins, counted from 1. */
    void call(long number) {
        memory.putLong(0, number);
    }

    /** Such as {@code strategy 1000, call=7}; empty before the first step. */
    @Override
    public String toString() {
        byte[] text = new byte[memory.getInt(8)];
        memory.get(TEXT_AT, text);
        long call = memory.getLong(0);
        String step = new String(text, StandardCharsets.UTF_8);
        return call == 0 ? step : step + ", call=" + call;
    }
}
