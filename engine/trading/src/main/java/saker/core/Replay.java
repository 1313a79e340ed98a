package saker.core;

import java.util.List;
import saker.journal.RecordHandler;
import saker.journal.RecordView;
import saker.model.RecordKind;

/**
 * Decides the inputs again that some boots of a journal decided, and compares with what is
 * recorded. Make it with a core of its own, configured as in those boots, whose {@link
 * RecordedDecisions} hold the journal; then feed the journal from the beginning. What other boots
 * decided is applied as a start applies it. It stops at the first difference; nothing is appended.
 */
public final class Replay implements RecordHandler {

    /**
     * The first decision that differs.
     *
     * @param sequence index of the recorded output, or of the input where none is recorded
     * @param kind of the record
     * @param field that differs; {@code kind} or {@code count} where the outputs as such differ
     */
    public record Difference(
            long sequence, String kind, String field, String recorded, String computed) {}

    private final TradingCore core;
    private final RecordedDecisions recorded;
    private final long from;
    private final long to;
    private Difference difference;
    private long compared;

    /** Of every boot. */
    public Replay(TradingCore core, RecordedDecisions recorded) {
        this(core, recorded, 0, Long.MAX_VALUE);
    }

    /** Of the boots whose records stand in [from, to); 0 for the first. */
    public Replay(TradingCore core, RecordedDecisions recorded, long from, long to) {
        this.core = core;
        this.recorded = recorded;
        this.from = from;
        this.to = to;
    }

    @Override
    public void onRecord(RecordView entry) {
        if (difference != null
                || !TradingCore.isInput(entry)
                || entry.index() > recorded.decidedUpTo()) {
            return;
        }
        if (!recorded.isAnsweredIn(entry.index(), from, to)) {
            core.onRecord(entry); // It is decided: the recorded outputs are applied.
            return;
        }
        List<RecordedDecisions.Recorded> outputs = recorded.of(entry.index());
        core.begin(entry);
        if (outputs.isEmpty() && core.isStoredOnly(entry)) {
            core.storeTick(entry);
            return;
        }
        if (TradingCore.isSkipped(outputs)) {
            core.applyRecorded(outputs);
        } else {
            core.answer(entry, RecoveryHalts.recorded(outputs));
            difference = compare(entry, outputs, core.answer().outputs());
            core.answer().assign(outputs.stream().map(RecordedDecisions.Recorded::index).toList());
        }
        compared += outputs.size();
        if (entry.kind() == RecordKind.BOOT) {
            core.endRecovery();
        }
        core.endRecord(entry);
    }

    /** Null while everything is equal. */
    public Difference difference() {
        return difference;
    }

    /** Recorded outputs compared so far. */
    public long compared() {
        return compared;
    }

    /** What the core knows after what was fed. */
    public CoreState state() {
        return core.snapshot();
    }

    /** Whether the computed outputs begin with the recorded ones. */
    static boolean isPrefix(List<RecordedDecisions.Recorded> outputs, List<Output> computed) {
        if (outputs.size() > computed.size()) {
            return false;
        }
        for (int i = 0; i < outputs.size(); i++) {
            if (!outputs.get(i).output().equals(computed.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static Difference compare(
            RecordView entry, List<RecordedDecisions.Recorded> outputs, List<Output> computed) {
        for (int i = 0; i < Math.min(outputs.size(), computed.size()); i++) {
            Output was = outputs.get(i).output();
            if (!was.equals(computed.get(i))) {
                return differing(outputs.get(i).index(), was, computed.get(i));
            }
        }
        if (outputs.size() == computed.size()) {
            return null;
        }
        long sequence =
                outputs.size() > computed.size()
                        ? outputs.get(computed.size()).index()
                        : entry.index();
        return new Difference(
                sequence,
                entry.kind().title(),
                "count",
                Integer.toString(outputs.size()),
                Integer.toString(computed.size()));
    }

    private static Difference differing(long sequence, Output was, Output is) {
        if (was.kind() != is.kind()) {
            return new Difference(
                    sequence, was.kind().title(), "kind", was.kind().title(), is.kind().title());
        }
        FactDifference first = FactDifference.first("", was.fact(), is.fact());
        return new Difference(
                sequence, was.kind().title(), first.field(), first.recorded(), first.computed());
    }
}
