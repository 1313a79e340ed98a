package saker.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Recorded ticks as a market: Lean tick files, merged by time. A row that repeats instrument, time,
 * bid and ask of an earlier row is dropped and counted; all others are passed on.
 */
public final class ReplayedTicks implements MarketSource {
    private final List<Lane> lanes = new ArrayList<>();
    private final long startNs;

    /**
     * Opens the files; each is read whole when its day comes, the first of each instrument now.
     *
     * @param files of one or more instruments and days, in any order; a folder stands for the tick
     *     files below it. Names as Lean's, {@code tick/eurusd/20140504_quote.zip}
     * @throws TickFileException with file, line and value of a bad row or name
     */
    public ReplayedTicks(List<Path> files) throws IOException {
        Map<String, List<Path>> bySymbol = new TreeMap<>();
        for (Path file : expand(files)) {
            TickFile.midnightOf(file);
            bySymbol.computeIfAbsent(TickFile.symbolOf(file), any -> new ArrayList<>()).add(file);
        }
        for (Map.Entry<String, List<Path>> each : bySymbol.entrySet()) {
            List<Path> sorted = each.getValue();
            sorted.sort(Comparator.comparing(LeanFile::midnightNs));
            Lane lane = new Lane(each.getKey(), new ArrayDeque<>(sorted));
            lane.openNext();
            if (lane.ticks != null) {
                lanes.add(lane);
            }
        }
        if (lanes.isEmpty()) {
            throw new IOException("no ticks: files=" + files);
        }
        startNs = earliest().timeNs();
    }

    private static List<Path> expand(List<Path> files) throws IOException {
        List<Path> all = new ArrayList<>();
        for (Path file : files) {
            if (!Files.isDirectory(file)) {
                all.add(file);
                continue;
            }
            try (Stream<Path> below = Files.walk(file)) {
                below.filter(Files::isRegularFile)
                        .filter(each -> each.toString().matches("(?i).*quote.*\\.(zip|csv)"))
                        .sorted()
                        .forEach(all::add);
            }
        }
        return all;
    }

    @Override
    public MarketPrice next() {
        while (true) {
            Lane lane = earliest();
            if (lane == null) {
                return null;
            }
            MarketPrice price = lane.take();
            if (price != null) {
                return price;
            }
        }
    }

    /** Of equal times the first instrument by name; null at the end. */
    private Lane earliest() {
        Lane first = null;
        for (Lane lane : lanes) {
            if (lane.ticks != null && (first == null || lane.timeNs() < first.timeNs())) {
                first = lane;
            }
        }
        return first;
    }

    @Override
    public long startNs() {
        return startNs;
    }

    @Override
    public List<String> instruments() {
        return lanes.stream().map(lane -> lane.instrument).toList();
    }

    @Override
    public long duplicates() {
        long sum = 0;
        for (Lane lane : lanes) {
            sum += lane.duplicates;
        }
        return sum;
    }

    /** One instrument's files, one after the other. */
    private static final class Lane {
        private final String instrument;
        private final Deque<Path> files;
        private TickFile ticks;
        private int index;
        private long seenTimeNs = Long.MIN_VALUE;
        private final Set<List<Long>> seen = new HashSet<>(); // Quotes of this one time.
        private long duplicates;

        Lane(String symbol, Deque<Path> files) {
            this.instrument = symbol.substring(0, 3) + "_" + symbol.substring(3);
            this.files = files;
        }

        long timeNs() {
            return ticks.timeNs(index);
        }

        /** Null if the row is a duplicate. */
        MarketPrice take() {
            long timeNs = ticks.timeNs(index);
            long bidE8 = ticks.bidE8(index);
            long askE8 = ticks.askE8(index);
            if (++index == ticks.size()) {
                openNext();
            }
            if (timeNs != seenTimeNs) {
                seen.clear();
                seenTimeNs = timeNs;
            }
            if (!seen.add(List.of(bidE8, askE8))) {
                duplicates++;
                return null;
            }
            return new MarketPrice(instrument, bidE8, askE8, true, timeNs);
        }

        void openNext() {
            ticks = null;
            index = 0;
            while (ticks == null && !files.isEmpty()) {
                TickFile next = read(files.poll());
                ticks = next.size() == 0 ? null : next;
            }
        }

        private static TickFile read(Path file) {
            try {
                return TickFile.read(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e.getMessage(), e);
            }
        }
    }
}
