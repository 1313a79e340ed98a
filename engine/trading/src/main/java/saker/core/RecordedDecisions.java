package saker.core;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import saker.journal.BootDescriptor;
import saker.journal.RecordDecoder;
import saker.journal.RecordHandler;
import saker.journal.RecordView;
import saker.model.RecordKind;

/**
 * What a journal holds of decisions: the outputs of every cause, the boots, and up to which input
 * all is decided. Read the whole journal into it, or what follows a snapshot, then give it to a
 * {@link TradingCore} or a {@link Replay}, and read the same again.
 *
 * <p>The core answers inputs in order, so an input at or below the last cause with a complete
 * answer is decided, answer or not; so is one up to the snapshot that a boot went on from, which
 * its Boot record names as its cause. An input after it that was there before a boot is answered by
 * that boot, at that boot's time.
 */
public final class RecordedDecisions implements RecordHandler {

    /** An output as it stands in the journal. */
    record Recorded(long index, int ordinal, Output output) {}

    /** A start of the engine; {@code decidedUpTo} is the last input decided before it. */
    record BootMark(long index, long bootId, long journalTimeNs, long decidedUpTo) {}

    private final TreeMap<Long, List<Recorded>> byCause = new TreeMap<>();
    private final List<BootMark> boots = new ArrayList<>();
    private long decidedUpTo;

    /** First pass: every record in order. */
    @Override
    public void onRecord(RecordView entry) {
        if (entry.kind() == RecordKind.BOOT) {
            var boot = BootDescriptor.decode(entry.buffer(), entry.offset(), entry.length());
            decidedUpTo = Math.max(decidedUpTo, entry.cause()); // Of its snapshot.
            boots.add(
                    new BootMark(entry.index(), boot.bootId(), entry.journalTimeNs(), decidedUpTo));
        } else if (isOutput(entry)) {
            byCause.computeIfAbsent(entry.cause(), cause -> new ArrayList<>())
                    .add(
                            new Recorded(
                                    entry.index(),
                                    entry.ordinal(),
                                    new Output(entry.kind(), RecordDecoder.decode(entry))));
            if (entry.last()) {
                decidedUpTo = Math.max(decidedUpTo, entry.cause());
            }
        }
    }

    /**
     * A snapshot was taken after this record and is kept: the core had been past it, so inputs up
     * to there are decided, also those without an answer.
     */
    public void onSnapshot(long index) {
        decidedUpTo = Math.max(decidedUpTo, index);
    }

    /** Index of the last input that is known to be decided, 0 for none. */
    public long decidedUpTo() {
        return decidedUpTo;
    }

    /** Whether a record is the core's own: it has a cause and a decision's kind. */
    static boolean isOutput(RecordView entry) {
        return entry.cause() != 0
                && switch (entry.kind()) {
                    case ORDER_INTENT, RISK_DECISION, ENGINE_STATE, SKIPPED -> true;
                    default -> false;
                };
    }

    List<Recorded> of(long cause) {
        return byCause.isEmpty() ? List.of() : byCause.getOrDefault(cause, List.of());
    }

    /** Whether the boot that answered an input stands in [from, to). */
    boolean isAnsweredIn(long index, long from, long to) {
        BootMark later = answeredBy(index);
        long boot = later == null ? index : later.index(); // Else the one the input came in.
        return boot >= from && boot < to;
    }

    /**
     * The later boot that answered an input, or null if the boot it came in did: the last boot that
     * found it undecided and stands before its first output.
     */
    BootMark answeredBy(long index) {
        List<Recorded> outputs = of(index);
        long before = outputs.isEmpty() ? Long.MAX_VALUE : outputs.get(0).index();
        BootMark answering = null;
        for (int i = boots.size() - 1; i >= 0 && boots.get(i).index() > index; i--) {
            BootMark boot = boots.get(i);
            if (boot.index() < before && boot.decidedUpTo() < index) {
                answering = boot;
                break;
            }
        }
        return answering;
    }
}
