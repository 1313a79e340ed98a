package saker.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import saker.model.RecordKind;

/**
 * Looks at a journal on disk, whether an engine writes it or not. Prints nothing; the command line
 * shows the results.
 */
public final class JournalTools {
    private static final Logger LOG = LoggerFactory.getLogger(JournalTools.class);

    private JournalTools() {}

    /**
     * Result of {@link #verify}.
     *
     * @param records valid records before the end or the damage
     * @param lastIndex last valid record, −1 for none
     * @param durableIndex every record up to it must be whole; 0 for none
     * @param unfinished a writer is in, or died in, its last record: no damage
     * @param damage what is wrong, "" if nothing is
     * @param damagedIndex first record that cannot be trusted, −1 if all can
     * @param file of the damage, "" if there is none
     * @param offset in that file, bytes
     */
    public record VerifyResult(
            long records,
            long lastIndex,
            long durableIndex,
            boolean unfinished,
            String damage,
            long damagedIndex,
            String file,
            long offset) {

        public boolean ok() {
            return damagedIndex < 0;
        }
    }

    /**
     * Records of one kind. Indexes and times are those of the first and the last; times are market
     * time, ns since the Unix epoch.
     */
    public record KindStats(
            long count, long firstIndex, long lastIndex, long firstTimeNs, long lastTimeNs) {

        private KindStats and(RecordView entry) {
            return new KindStats(
                    count + 1, firstIndex, entry.index(), firstTimeNs, entry.marketTimeNs());
        }

        private static KindStats of(RecordView entry) {
            return new KindStats(
                    1, entry.index(), entry.index(), entry.marketTimeNs(), entry.marketTimeNs());
        }
    }

    /**
     * Result of {@link #stats}; indexes −1 and times 0 where there is no record.
     *
     * @param unknown records of kinds this version does not know
     * @param firstTimeNs market time of the first record that has one
     */
    public record Stats(
            Map<RecordKind, KindStats> kinds,
            long records,
            long unknown,
            long firstSequence,
            long lastSequence,
            long firstTimeNs,
            long lastTimeNs) {}

    /**
     * Which records {@link #dump} shows.
     *
     * @param kinds empty for all
     * @param fromIndex first index, inclusive
     * @param toIndex last index, inclusive
     * @param fromTimeNs market time, inclusive
     * @param toTimeNs market time, exclusive
     * @param limit most records shown
     */
    public record Filter(
            Set<RecordKind> kinds,
            long fromIndex,
            long toIndex,
            long fromTimeNs,
            long toTimeNs,
            long limit) {
        public Filter {
            kinds = Set.copyOf(kinds);
        }

        public static Filter all() {
            return new Filter(
                    Set.of(), 0, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);
        }

        public static Filter ofKinds(Set<RecordKind> kinds) {
            return new Filter(
                    kinds, 0, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);
        }

        private boolean takes(RecordView entry) {
            return entry.index() >= fromIndex
                    && entry.marketTimeNs() >= fromTimeNs
                    && entry.marketTimeNs() < toTimeNs
                    && (kinds.isEmpty() || kinds.contains(entry.kind()));
        }
    }

    /** How {@link #dump} writes a record. */
    public enum Format {
        TEXT,
        JSON
    }

    /** Reads everything and checks sequence, CRC, holes and that payloads decode. */
    public static VerifyResult verify(Path dataDir) throws IOException {
        JournalFolder folder = JournalFolder.of(dataDir);
        long durableIndex = durableIndex(folder);
        long[] records = {0};
        try (SingleChronicleQueue queue = JournalQueue.openReadOnly(folder.path());
                JournalScan scan =
                        new JournalScan(
                                folder.path(),
                                JournalReader.fromStart(queue, folder.readId()),
                                entry -> {
                                    checkPayload(entry);
                                    records[0]++;
                                },
                                liveEnd(queue))) {
            scan.run();
            return result(scan, records[0], durableIndex);
        }
    }

    /** Counts what is there. Throws {@link JournalDamagedException} at damage. */
    public static Stats stats(Path dataDir) throws IOException {
        StatsCounter counter = new StatsCounter();
        try (ReadOnlyJournal journal = Journal.openReadOnly(dataDir);
                JournalReader reader = journal.newReader()) {
            while (reader.poll(counter, 1000) > 0) {}
        }
        return counter.stats();
    }

    /**
     * Hands one line per record to the consumer and returns how many. Throws {@link
     * JournalDamagedException} at damage, after the lines before it.
     */
    public static long dump(Path dataDir, Filter filter, Format format, Consumer<String> lines)
            throws IOException {
        RecordText text = new RecordText(format);
        long[] count = {0};
        RecordHandler handler =
                entry -> {
                    if (count[0] < filter.limit() && filter.takes(entry)) {
                        lines.accept(text.line(entry));
                        count[0]++;
                    }
                };
        try (ReadOnlyJournal journal = Journal.openReadOnly(dataDir);
                JournalReader reader = journal.newReader()) {
            while (count[0] < filter.limit() && reader.poll(handler, 1, filter.toIndex()) > 0) {}
        }
        return count[0];
    }

    private static long durableIndex(JournalFolder folder) throws IOException {
        try (DurableIndexFile file = DurableIndexFile.openReadOnly(folder.durableIndex())) {
            return file.read();
        }
    }

    /** The end as of now; a damaged journal may not know it, and then nobody writes it either. */
    private static long liveEnd(SingleChronicleQueue queue) {
        try {
            long lastIndex = queue.lastIndex();
            return lastIndex > 0 ? lastIndex : JournalScan.NOBODY_WRITES;
        } catch (RuntimeException e) {
            LOG.debug("end of the journal unknown", e);
            return JournalScan.NOBODY_WRITES;
        }
    }

    private static void checkPayload(RecordView entry) {
        boolean known = // What a later program wrote is not judged.
                entry.kind() != null
                        && entry.version() <= RecordDecoder.newestVersion(entry.kind());
        if (known) {
            RecordDecoder.decode(entry);
        }
    }

    private static VerifyResult result(JournalScan scan, long records, long durableIndex) {
        long lastIndex = scan.reader().lastIndex();
        JournalDamagedException damage = scan.damage();
        if (damage == null && lastIndex < durableIndex) {
            damage =
                    new JournalDamagedException(
                            "durable records lost after index " + lastIndex,
                            lastIndex + 1,
                            scan.reader().file(),
                            scan.reader().lastEnd());
        }
        if (damage == null) {
            return new VerifyResult(
                    records, lastIndex, durableIndex, scan.unfinished(), "", -1, "", 0);
        }
        return new VerifyResult(
                records,
                lastIndex,
                durableIndex,
                scan.unfinished(),
                damage.getMessage(),
                damage.index(),
                damage.file(),
                damage.offset());
    }

    private static final class StatsCounter implements RecordHandler {
        private final Map<RecordKind, KindStats> kinds = new EnumMap<>(RecordKind.class);
        private long records;
        private long unknown;
        private long firstIndex = -1;
        private long lastIndex = -1;
        private long firstTimeNs;
        private long lastTimeNs;

        @Override
        public void onRecord(RecordView entry) {
            records++;
            firstIndex = firstIndex < 0 ? entry.index() : firstIndex;
            lastIndex = entry.index();
            firstTimeNs = firstTimeNs == 0 ? entry.marketTimeNs() : firstTimeNs;
            lastTimeNs = Math.max(lastTimeNs, entry.marketTimeNs());
            if (entry.kind() == null) {
                unknown++;
                return;
            }
            KindStats before = kinds.get(entry.kind());
            kinds.put(entry.kind(), before == null ? KindStats.of(entry) : before.and(entry));
        }

        Stats stats() {
            return new Stats(
                    Map.copyOf(kinds),
                    records,
                    unknown,
                    firstIndex,
                    lastIndex,
                    firstTimeNs,
                    lastTimeNs);
        }
    }
}
