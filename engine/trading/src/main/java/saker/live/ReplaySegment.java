package saker.live;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import saker.journal.RecordHandler;
import saker.journal.RecordView;
import saker.model.Configuration;
import saker.model.Instrument;
import saker.model.RecordKind;

/**
 * Boots in a row that decide alike: with the same strategies, libraries, limits, accounts and
 * instruments.
 *
 * @param from index of its first boot, 0 for the journal's first
 * @param to index of the first boot behind it, {@link Long#MAX_VALUE} for none
 * @param configIndex of its last Config record
 */
record ReplaySegment(
        long from,
        long to,
        long configIndex,
        Configuration configuration,
        RecordedSetup setup,
        List<Instrument> instruments) {

    private boolean decidesLike(ReplaySegment other) {
        return setup.accounts().equals(other.setup.accounts())
                && setup.libraries().equals(other.setup.libraries())
                && configuration.sha256().equals(other.configuration.sha256())
                && setup.config().risk().equals(other.setup.config().risk())
                && setup.config().strategies().equals(other.setup.config().strategies())
                && setup.config().frameworkGroups().equals(other.setup.config().frameworkGroups())
                && setup.config().accounts().equals(other.setup.config().accounts())
                && instruments.equals(other.instruments);
    }

    private ReplaySegment until(ReplaySegment last, long end) {
        return new ReplaySegment(
                from, end, last.configIndex, last.configuration, last.setup, instruments);
    }

    /** Whether a record stands in one of its boots. */
    boolean holds(long index) {
        return index >= from && index < to;
    }

    /** First pass: every record in order. */
    static final class Finder implements RecordHandler {
        private final List<ReplaySegment> segments = new ArrayList<>();
        private final JournalSurvey survey;
        private long bootIndex;

        /**
         * @param survey which takes each record before this does
         */
        Finder(JournalSurvey survey) {
            this.survey = survey;
        }

        @Override
        public void onRecord(RecordView entry) {
            if (entry.kind() == RecordKind.BOOT) {
                bootIndex = entry.index();
            } else if (entry.kind() == RecordKind.CONFIG) {
                add(survey.configuration(), survey.instruments());
            }
        }

        private void add(Configuration configuration, Collection<Instrument> instruments) {
            RecordedSetup setup = RecordedSetup.parse(configuration.yaml());
            ReplaySegment next =
                    new ReplaySegment(
                            segments.isEmpty() ? 0 : bootIndex,
                            Long.MAX_VALUE,
                            survey.configIndex(),
                            configuration,
                            setup,
                            List.copyOf(instruments));
            int last = segments.size() - 1;
            if (last >= 0 && segments.get(last).decidesLike(next)) {
                segments.set(last, segments.get(last).until(next, Long.MAX_VALUE));
                return;
            }
            if (last >= 0) {
                segments.set(last, segments.get(last).until(segments.get(last), bootIndex));
            }
            segments.add(next);
        }

        /** In order; none if nothing was ever configured. */
        List<ReplaySegment> segments() {
            return List.copyOf(segments);
        }
    }
}
