package saker.live;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import saker.journal.JournalReader;
import saker.journal.ReadOnlyJournal;
import saker.market.Instruments;
import saker.model.Configuration;
import saker.model.Sha256;
import saker.strategy.StrategyHost;

/**
 * What a worker must know before it folds the journal: the configuration it was told of, the
 * instruments recorded up to there, and where the boot begins.
 */
record RecordedBoot(RecordedSetup setup, Instruments instruments, long bootId, long bootIndex) {
    private static final int BATCH = 10_000;

    /**
     * @param progress called now and then
     * @throws StrategyWorker.ConfigRefused if another configuration stands at that index
     */
    static RecordedBoot read(ReadOnlyJournal journal, WorkerOptions options, Runnable progress)
            throws IOException {
        JournalSurvey survey = new JournalSurvey();
        try (JournalReader reader = journal.newReader()) {
            while (reader.poll(survey, BATCH, options.configIndex()) > 0) {
                progress.run();
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
                survey.bootId(),
                survey.bootIndex());
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
