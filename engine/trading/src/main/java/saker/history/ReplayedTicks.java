package saker.history;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Recorded ticks as a market: Lean tick files, merged by time. A row that repeats instrument, time,
 * bid and ask of the row before is dropped and counted; all others are passed on.
 */
public final class ReplayedTicks implements MarketSource {

    /**
     * Reads the files whole.
     *
     * @param files of one or more instruments and days; names as Lean's, {@code
     *     tick/eurusd/20140504_quote.zip}
     * @throws TickFileException with file, line and value of a bad row
     */
    public ReplayedTicks(List<Path> files) throws IOException {
        throw new UnsupportedOperationException();
    }

    @Override
    public MarketPrice next() {
        throw new UnsupportedOperationException();
    }

    @Override
    public long startNs() {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<String> instruments() {
        throw new UnsupportedOperationException();
    }
}
