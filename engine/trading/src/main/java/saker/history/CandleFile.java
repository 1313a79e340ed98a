package saker.history;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import saker.time.TradingDay;

/** Candles of a Lean zip or CSV file; times UTC, ascending. */
final class CandleFile {
    private static final int FIELDS = 11;

    private final List<Candle> candles = new ArrayList<>();
    private long periodNs = Long.MAX_VALUE;

    private CandleFile() {}

    static CandleFile read(Path file) throws IOException {
        CandleFile read = new CandleFile();
        Long midnightNs = LeanFile.midnightNs(file);
        LeanFile.read(file, row -> read.add(row, midnightNs));
        if (read.candles.size() < 2) {
            throw new IOException("fewer than two candles: file=" + file);
        }
        read.candles.removeIf(candle -> read.isClosed(candle));
        return read;
    }

    private boolean isClosed(Candle candle) {
        return !TradingDay.isOpen(candle.startNs())
                && !TradingDay.isOpen(candle.startNs() + periodNs - 1);
    }

    private void add(LeanFile.Row row, Long midnightNs) throws TickFileException {
        if (row.fields().length != FIELDS) {
            throw row.bad(
                    Integer.MAX_VALUE, "time,bidO,bidH,bidL,bidC,size,askO,askH,askL,askC,size");
        }
        boolean minute = row.fields()[0].indexOf(' ') > 0;
        if (!minute && midnightNs == null) {
            throw row.bad(0, "yyyyMMdd HH:mm, or a file name with its date");
        }
        long startNs = minute ? LeanFile.parseMinute(row) : LeanFile.parseMillis(row, midnightNs);
        if (!candles.isEmpty()) {
            long stepNs = startNs - candles.get(candles.size() - 1).startNs();
            if (stepNs <= 0) {
                throw row.bad(0, "a time after the row above");
            }
            periodNs = Math.min(periodNs, stepNs);
        }
        candles.add(
                new Candle(
                        startNs,
                        row.price(1),
                        high(row, 1),
                        low(row, 1),
                        row.price(4),
                        row.price(6),
                        high(row, 6),
                        low(row, 6),
                        row.price(9),
                        1,
                        true));
    }

    private static long high(LeanFile.Row row, int open) throws TickFileException {
        long high = row.price(open + 1);
        if (high < row.price(open) || high < row.price(open + 3)) {
            throw row.bad(open + 1, "a high not below open and close");
        }
        return high;
    }

    private static long low(LeanFile.Row row, int open) throws TickFileException {
        long low = row.price(open + 2);
        if (low > row.price(open) || low > row.price(open + 3)) {
            throw row.bad(open + 2, "a low not above open and close");
        }
        return low;
    }

    long firstNs() {
        return candles.get(0).startNs();
    }

    /** The smallest step between two rows. */
    long periodNs() {
        return periodNs;
    }

    void addTo(long fromNs, long toNs, CandleBuilder builder) {
        for (Candle candle : candles) {
            if (candle.startNs() >= fromNs && candle.startNs() < toNs) {
                builder.add(candle);
            }
        }
    }
}
