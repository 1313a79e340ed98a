package saker.history;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * The ticks of one instrument and one UTC day, from a Lean file: zip or CSV, rows {@code
 * ms,bid,ask} with milliseconds since midnight UTC in ascending order. Every row is kept,
 * duplicates too. Immutable.
 */
public final class TickFile {
    private final Path file;
    private final String symbol;
    private long[] timeNs = new long[1024];
    private long[] bidE8 = new long[1024];
    private long[] askE8 = new long[1024];
    private int size;

    private TickFile(Path file, String symbol) {
        this.file = file;
        this.symbol = symbol;
    }

    /**
     * Reads a file named as Lean's: {@code …/tick/eurusd/20140504_quote.zip}.
     *
     * @throws TickFileException if the name or a row is bad
     */
    public static TickFile read(Path file) throws IOException {
        return read(file, symbolOf(file));
    }

    /** Reads a file of a given symbol such as {@code EURUSD}; the name still holds the date. */
    public static TickFile read(Path file, String symbol) throws IOException {
        long midnightNs = midnightOf(file);
        TickFile ticks = new TickFile(file, symbol);
        LeanFile.read(file, row -> ticks.add(row, midnightNs));
        ticks.trim();
        return ticks;
    }

    /** Midnight UTC of the day in the file's name, ns since the Unix epoch. */
    static long midnightOf(Path file) throws TickFileException {
        Long midnightNs = LeanFile.midnightNs(file);
        if (midnightNs == null) {
            throw new TickFileException(
                    file, 0, file.getFileName().toString(), "a name with its date, yyyyMMdd");
        }
        return midnightNs;
    }

    /** From the name {@code 20140504_eurusd_…} or the folder {@code eurusd}; upper case. */
    static String symbolOf(Path file) throws TickFileException {
        for (String part : file.getFileName().toString().split("[_.]")) {
            if (part.matches("(?i)[a-z]{6}")) {
                return part.toUpperCase(Locale.ROOT);
            }
        }
        Path parent = file.toAbsolutePath().getParent();
        String folder = parent == null ? "" : String.valueOf(parent.getFileName());
        if (folder.matches("(?i)[a-z]{6}")) {
            return folder.toUpperCase(Locale.ROOT);
        }
        throw new TickFileException(
                file, 0, folder, "a folder or name with the symbol, such as eurusd");
    }

    private void add(LeanFile.Row row, long midnightNs) throws TickFileException {
        if (row.fields().length != 3) {
            throw row.bad(Integer.MAX_VALUE, "three fields: ms,bid,ask");
        }
        long time = LeanFile.parseMillis(row, midnightNs);
        if (size > 0 && time < timeNs[size - 1]) {
            throw row.bad(0, "a time not before the row above");
        }
        long bid = row.price(1);
        long ask = row.price(2);
        if (ask < bid) {
            throw row.bad(2, "an ask not below the bid");
        }
        if (size == timeNs.length) {
            resize(size * 2);
        }
        timeNs[size] = time;
        bidE8[size] = bid;
        askE8[size] = ask;
        size++;
    }

    private void trim() {
        resize(size);
    }

    private void resize(int length) {
        timeNs = Arrays.copyOf(timeNs, length);
        bidE8 = Arrays.copyOf(bidE8, length);
        askE8 = Arrays.copyOf(askE8, length);
    }

    public Path file() {
        return file;
    }

    /** Such as {@code EURUSD}. */
    public String symbol() {
        return symbol;
    }

    /** Number of rows. */
    public int size() {
        return size;
    }

    /** Row {@code i}'s time, ns since the Unix epoch. */
    public long timeNs(int i) {
        return timeNs[i];
    }

    public long bidE8(int i) {
        return bidE8[i];
    }

    public long askE8(int i) {
        return askE8[i];
    }
}
