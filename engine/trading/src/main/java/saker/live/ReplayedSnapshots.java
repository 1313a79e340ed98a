package saker.live;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import saker.broker.BrokerSession.AccountTerms;
import saker.core.CoreState;
import saker.core.FactDifference;
import saker.core.Replay;
import saker.core.Replay.Difference;
import saker.journal.PartState;
import saker.journal.RecordHandler;
import saker.journal.RecordView;
import saker.journal.Snapshot;
import saker.market.Instruments;
import saker.strategy.HostState;
import saker.strategy.StrategyHost;

/**
 * Compares what a replay knows with the snapshots on disk, from which a start would go on: each
 * part whole, by its bytes, after the record it was taken after. What a start would pass over, a
 * replay does too: a part of another layout, of other accounts or of other strategy instances.
 *
 * <p>The core's list of records that could not be applied again is taken as it stands: which they
 * are was up to the programs that started, and a replay is another one.
 */
final class ReplayedSnapshots implements RecordHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ReplayedSnapshots.class);

    /**
     * @param computed what the replay knows, given what is recorded; null if that cannot be
     *     compared
     */
    private record Part<S extends PartState>(
            String name, Function<byte[], S> decoder, UnaryOperator<S> computed) {}

    private final Map<Long, Snapshot> snapshots = new HashMap<>();
    private final JournalSurvey survey = new JournalSurvey();
    private final LiveViews views;
    private final List<Part<?>> parts = new ArrayList<>();
    private Difference difference;
    private long compared;

    /**
     * @param decisions which takes each record before this does, as the host does
     * @param strategies of the group that is computed in this process, or null
     */
    ReplayedSnapshots(
            List<Snapshot> snapshots,
            RecordedSetup setup,
            Instruments instruments,
            Replay decisions,
            StrategyHost strategies) {
        snapshots.forEach(snapshot -> this.snapshots.put(snapshot.index(), snapshot));
        int accounts = setup.accounts().size();
        views =
                new LiveViews(
                        "replay",
                        0,
                        setup.config().accounts(),
                        setup.accounts().stream().map(AccountTerms::currency).toList(),
                        instruments,
                        setup.config().strategies(),
                        List.of());
        parts.add(
                new Part<>(
                        StartPoint.CORE,
                        CoreState::decode,
                        was -> core(was, decisions.state(), accounts)));
        parts.add(new Part<>(StartPoint.SURVEY, SurveyState::decode, was -> survey.snapshot()));
        parts.add(
                new Part<>(
                        StartPoint.VIEWS,
                        ViewsState::decode,
                        was -> was.accounts().size() == accounts ? views.snapshot() : null));
        if (strategies != null) {
            parts.add(
                    new Part<>(
                            StartPoint.STRATEGIES,
                            HostState::decode,
                            was ->
                                    was.isOfSame(strategies.snapshot())
                                            ? strategies.snapshot()
                                            : null));
        }
    }

    /** Null also where the core has none to give: it could not apply a record of earlier boots. */
    private static CoreState core(CoreState was, CoreState is, int accounts) {
        return is == null || was.accounts() != accounts
                ? null
                : is.withRecoveryHalts(was.recoveryHalts());
    }

    @Override
    public void onRecord(RecordView entry) {
        if (snapshots.isEmpty()) {
            return;
        }
        survey.onRecord(entry);
        views.onRecord(entry);
        Snapshot snapshot = snapshots.remove(entry.index());
        if (snapshot == null) {
            return;
        }
        compared++;
        for (Part<?> part : parts) {
            byte[] bytes = snapshot.components().get(part.name);
            if (bytes != null && difference == null) {
                difference = compare(entry.index(), part, bytes);
            }
        }
    }

    private static <S extends PartState> Difference compare(
            long index, Part<S> part, byte[] bytes) {
        S recorded;
        try {
            recorded = part.decoder.apply(bytes);
        } catch (RuntimeException e) {
            passOver(index, part, e.getMessage());
            return null;
        }
        S computed = part.computed.apply(recorded);
        if (computed == null) {
            passOver(index, part, "not of what the replay knows");
            return null;
        }
        byte[] own = computed.encode();
        if (Arrays.equals(bytes, own)) {
            return null;
        }
        // Decoded, so that both have only what the layout holds.
        FactDifference found = FactDifference.first(part.name, recorded, part.decoder.apply(own));
        return found == null
                ? new Difference(index, "Snapshot", part.name, "in another order", "")
                : new Difference(
                        index, "Snapshot", found.field(), found.recorded(), found.computed());
    }

    private static void passOver(long index, Part<?> part, String why) {
        LOG.warn(
                "part of a snapshot passed over, as by a start: index={}, part={}, reason={}",
                index,
                part.name,
                why);
    }

    /** The first part that is not what the replay knows, or null. */
    Difference difference() {
        return difference;
    }

    /** Snapshots met so far. */
    long compared() {
        return compared;
    }
}
