package saker.venue;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * How far a market has been played: rows taken from the source and market time. Kept in a mapped
 * file, so that every step is exact after a kill of the process; a power cut may lose some. Without
 * a folder it is kept in memory only.
 */
final class MarketPosition {
    private static final int SIZE = 32;
    private static final int MARKET_OFFSET = 0;
    private static final int ROWS_OFFSET = 8;
    private static final int TIME_OFFSET = 16;

    private final MappedByteBuffer file;
    private long rows;
    private long marketNs;

    /**
     * @param folder or null
     * @param market tells one market from another: a position of another one is forgotten
     */
    MarketPosition(Path folder, long market) throws IOException {
        if (folder == null) {
            file = null;
            return;
        }
        Files.createDirectories(folder);
        try (FileChannel channel =
                FileChannel.open(
                        folder.resolve("market.position"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE)) {
            file = channel.map(FileChannel.MapMode.READ_WRITE, 0, SIZE);
        }
        file.order(ByteOrder.LITTLE_ENDIAN);
        if (file.getLong(MARKET_OFFSET) == market) {
            rows = file.getLong(ROWS_OFFSET);
            marketNs = file.getLong(TIME_OFFSET);
        } else {
            file.putLong(MARKET_OFFSET, market);
            moveTo(0, 0);
        }
    }

    long rows() {
        return rows;
    }

    /** 0 if the market has not begun. */
    long marketNs() {
        return marketNs;
    }

    void moveTo(long newRows, long newMarketNs) {
        rows = newRows;
        marketNs = newMarketNs;
        if (file != null) {
            file.putLong(ROWS_OFFSET, newRows);
            file.putLong(TIME_OFFSET, newMarketNs);
        }
    }
}
