package saker.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Which boot an index belongs to: one line per boot, {@code bootId index}, both hex. */
final class BootTable {

    private record Entry(long bootId, long index) {}

    private final List<Entry> entries;

    private BootTable(List<Entry> entries) {
        this.entries = entries;
    }

    static BootTable read(Path file) throws IOException {
        List<Entry> entries = new ArrayList<>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file, StandardCharsets.US_ASCII)) {
                entries.add(parse(file, line));
            }
        }
        return new BootTable(entries);
    }

    /** The table after a boot; boots behind the end of the valid records are forgotten. */
    BootTable add(long bootId, long index) {
        List<Entry> kept = new ArrayList<>(entries);
        kept.removeIf(entry -> entry.index() >= index);
        kept.add(new Entry(bootId, index));
        return new BootTable(List.copyOf(kept));
    }

    void write(Path file) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Entry entry : entries) {
            text.append("%016x %016x%n".formatted(entry.bootId(), entry.index()));
        }
        JournalFolder.writeDurably(file, text.toString().getBytes(StandardCharsets.US_ASCII));
    }

    /** Boot id in force at an index, 0 if it is before the first. */
    long bootIdAt(long index) {
        Entry boot = at(index);
        return boot == null ? 0 : boot.bootId();
    }

    /** Index of that boot's record, 0 if it is before the first. */
    long bootIndexAt(long index) {
        Entry boot = at(index);
        return boot == null ? 0 : boot.index();
    }

    private Entry at(long index) {
        Entry boot = null;
        for (Entry entry : entries) {
            if (entry.index() <= index) {
                boot = entry;
            }
        }
        return boot;
    }

    private static Entry parse(Path file, String line) throws IOException {
        try {
            return new Entry(
                    Long.parseUnsignedLong(line, 0, 16, 16),
                    Long.parseUnsignedLong(line, 17, 33, 16));
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw new IOException("bad boot table: file=" + file + ", line=\"" + line + "\"", e);
        }
    }
}
