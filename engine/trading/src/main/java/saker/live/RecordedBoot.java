package saker.live;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import saker.journal.JournalReader;
import saker.journal.ReadOnlyJournal;
import saker.journal.ReaderPosition;
import saker.journal.Snapshot;
import saker.journal.UnknownPositionException;
import saker.market.Instruments;
import saker.model.Configuration;
import saker.model.Sha256;
import saker.strategy.StrategyHost;

/**
 * What a worker must know before it folds the journal: the configuration it was told of, the
 * instruments recorded up to there, and where the boot begins.
 */
record RecordedBoot(RecordedSetup setup, Instruments instruments, long bootId, long bootIndex) {
    private static final Logger LOG = LoggerFactory.getLogger(RecordedBoot.class);
    private static final int BATCH = 10_000;

    /**
     * @param progress called now and then
     * @throws StrategyWorker.ConfigRefused if another configuration stands at that index
     */
    static RecordedBoot read(ReadOnlyJournal journal, WorkerOptions options, Runnable progress)
            throws IOException {
        ReaderPosition boot = journal.bootOf(options.configIndex());
        JournalSurvey survey = new JournalSurvey();
        try (JournalReader reader = behindSnapshot(journal, survey, options.configIndex(), boot)) {
            while (reader.poll(survey, BATCH, options.configIndex()) > 0) {
                progress.run();
            }
            if (survey.configIndex() != options.configIndex()) {
                reader.readAt(options.configIndex(), survey);
            }
        }
        Configuration configuration = survey.configuration();
        String found =
                configuration == null || survey.configIndex() != options.configIndex()
                        ? "none"
                        : idOf(configuration);
        if (!found.equals(options.configId())) {
            throw new StrategyWorker.ConfigRefused(
                    "another configuration: index=%d, found=%s, wanted=%s"
                            .formatted(options.configIndex(), found, options.configId()));
        }
        return new RecordedBoot(
                RecordedSetup.parse(configuration.yaml()),
                new Instruments(List.copyOf(survey.instruments())),
                boot.bootId(),
                boot.index());
    }

    /**
     * Restores the survey from the newest snapshot before the Config record, or behind it in the
     * same boot, which records no instruments later.
     *
     * @return a reader behind that, or at the first record
     */
    private static JournalReader behindSnapshot(
            ReadOnlyJournal journal, JournalSurvey survey, long configIndex, ReaderPosition boot)
            throws IOException {
        List<Snapshot> snapshots = new ArrayList<>(journal.snapshots());
        Collections.reverse(snapshots);
        for (Snapshot snapshot : snapshots) {
            ReaderPosition position = snapshot.position();
            byte[] state = snapshot.components().get(StartPoint.SURVEY);
            if (state != null
                    && (position.index() < configIndex || position.bootId() == boot.bootId())) {
                try {
                    SurveyState decoded = SurveyState.decode(state);
                    JournalReader reader = journal.newReaderAfter(position);
                    survey.restore(decoded);
                    return reader;
                } catch (UnknownPositionException | RuntimeException e) {
                    LOG.warn("snapshot passed over: {}: {}", position, e.getMessage());
                }
            }
        }
        return journal.newReader();
    }

    /** SHA-256 of a configuration, in hex: its version. */
    static String idOf(Configuration configuration) {
        return Sha256.hexOf(configuration.yaml());
    }

    List<StrategyHost.Account> hostAccounts() {
        List<StrategyHost.Account> accounts = new ArrayList<>();
        for (int i = 0; i < setup.accounts().size(); i++) {
            accounts.add(
                    new StrategyHost.Account(
                            setup.config().accounts().get(i).name(),
                            setup.accounts().get(i).currency()));
        }
        return accounts;
    }
}
