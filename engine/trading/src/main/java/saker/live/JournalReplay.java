package saker.live;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import saker.core.CoreState;
import saker.core.RecordedDecisions;
import saker.core.Replay;
import saker.core.Replay.Difference;
import saker.core.TradingAccount;
import saker.core.TradingCore;
import saker.journal.Journal;
import saker.journal.JournalReader;
import saker.journal.ReadOnlyJournal;
import saker.journal.RecordHandler;
import saker.journal.RecordSink;
import saker.journal.RecordView;
import saker.journal.SignalDescriptor;
import saker.journal.Snapshot;
import saker.market.Instruments;
import saker.model.RecordKind;
import saker.model.Signal;
import saker.strategy.FrameworkFiles;
import saker.strategy.NativeFramework;
import saker.strategy.RunObserver;
import saker.strategy.StrategyHost;

/**
 * Re-runs a journal: the strategies over its ticks and the core over its inputs, and compares every
 * Signal and every decision with what is recorded, and the state with each snapshot that is kept.
 * It stops at the first difference. Nothing is written to the journal; the library, the
 * configuration, instruments and warm-up bars are those it holds.
 */
public final class JournalReplay {
    private static final int BATCH = 10_000;

    private final Path data;
    private final Path library;
    private final Path scratch;
    private final JournalSurvey survey = new JournalSurvey();
    private final RecordedDecisions recorded = new RecordedDecisions();
    private long records;

    private JournalReplay(Path data, Path library, Path scratch) {
        this.data = data;
        this.library = library;
        this.scratch = scratch;
    }

    /**
     * @param records read
     * @param compared signals and decisions that were computed again
     * @param first the first that differs, null if none does
     */
    public record Result(long records, long compared, Difference first) {}

    /**
     * @param library another strategy library in place of the recorded one, or null
     * @param scratch folder for the framework's files
     * @throws IOException if the journal cannot be read
     */
    public static Result run(Path data, Path library, Path scratch) throws IOException {
        return new JournalReplay(data, library, scratch).run();
    }

    private Result run() throws IOException {
        try (ReadOnlyJournal journal = Journal.openReadOnly(data)) {
            read(journal, this::survey);
            if (survey.configuration() == null) {
                throw new IOException("nothing to replay: no Config record: data=" + data);
            }
            RecordedSetup setup = RecordedSetup.parse(survey.configuration().yaml());
            Instruments instruments = new Instruments(List.copyOf(survey.instruments()));
            SignalCheck signals = new SignalCheck();
            Replay decisions = new Replay(core(setup), recorded);
            SnapshotCheck snapshots = new SnapshotCheck(journal.snapshots(), decisions, setup);
            NativeFramework framework = NativeFramework.load(libraryOf());
            // Another library keeps state we cannot restore: its recorded signals are inputs.
            boolean compares = framework.isReplayable() || library != null;
            try (StrategyHost strategies = strategies(framework, setup, instruments, signals)) {
                read(
                        journal,
                        entry -> {
                            records++;
                            if (signals.difference == null
                                    && decisions.difference() == null
                                    && snapshots.difference == null) {
                                if (compares) {
                                    signals.onRecorded(entry);
                                    strategies.onRecord(entry);
                                }
                                decisions.onRecord(entry);
                                snapshots.onRecord(entry);
                            }
                        });
            }
            Difference first =
                    Stream.of(signals.difference, decisions.difference(), snapshots.difference)
                            .filter(Objects::nonNull)
                            .findFirst()
                            .orElse(null);
            return new Result(records, decisions.compared() + signals.compared, first);
        }
    }

    private void survey(RecordView entry) {
        survey.onRecord(entry);
        recorded.onRecord(entry);
    }

    private static void read(ReadOnlyJournal journal, RecordHandler handler) throws IOException {
        try (JournalReader reader = journal.newReader()) {
            while (reader.poll(handler, BATCH) > 0) {
                // Until the end.
            }
        }
    }

    private TradingCore core(RecordedSetup setup) {
        List<TradingAccount> accounts = new ArrayList<>();
        for (int i = 0; i < setup.accounts().size(); i++) {
            accounts.add(
                    new TradingAccount(
                            i,
                            setup.config().accounts().get(i).name(),
                            setup.accounts().get(i).currency(),
                            setup.accounts().get(i).hedging()));
        }
        RecordSink nowhere =
                (kind, version, time, cause, ordinal, last, payload, offset, length) -> 1;
        return new TradingCore(
                List.copyOf(survey.instruments()),
                accounts,
                setup.config().strategies(),
                setup.config().risk(),
                nowhere,
                recorded);
    }

    private Path libraryOf() {
        return library != null
                ? library
                : data.resolve("journal")
                        .resolve("libraries")
                        .resolve(survey.configuration().sha256() + ".so");
    }

    private StrategyHost strategies(
            NativeFramework framework,
            RecordedSetup setup,
            Instruments instruments,
            RecordSink sink) {
        List<StrategyHost.Account> accounts = new ArrayList<>();
        for (int i = 0; i < setup.accounts().size(); i++) {
            accounts.add(
                    new StrategyHost.Account(
                            setup.config().accounts().get(i).name(),
                            setup.accounts().get(i).currency()));
        }
        return new StrategyHost(
                framework,
                FrameworkFiles.writeConfig(scratch),
                setup.config().framework().testing(),
                instruments,
                accounts,
                setup.config().strategies(),
                sink,
                RunObserver.NOBODY,
                true);
    }

    /**
     * Compares the state computed with that of the snapshots on disk: a start would go on from
     * them.
     */
    private final class SnapshotCheck implements RecordHandler {
        private final Map<Long, CoreState> states = new HashMap<>();
        private final Replay decisions;
        private final RecordedSetup setup;
        private Difference difference;

        SnapshotCheck(List<Snapshot> snapshots, Replay decisions, RecordedSetup setup) {
            this.decisions = decisions;
            this.setup = setup;
            for (Snapshot snapshot : snapshots) {
                byte[] state = snapshot.components().get(StartPoint.CORE);
                // What comes after the last decided record is not computed again.
                if (state != null && snapshot.index() <= recorded.decidedUpTo()) {
                    states.put(snapshot.index(), CoreState.decode(state));
                }
            }
        }

        @Override
        public void onRecord(RecordView entry) {
            CoreState state = states.isEmpty() ? null : states.get(entry.index());
            if (state == null || decisions.difference() != null) {
                return;
            }
            TradingCore resumed = core(setup);
            resumed.restore(state);
            if (resumed.stateHash() != decisions.stateHash()) {
                difference =
                        new Difference(
                                entry.index(),
                                "Snapshot",
                                "stateHash",
                                Long.toHexString(resumed.stateHash()),
                                Long.toHexString(decisions.stateHash()));
            }
        }
    }

    /**
     * Compares computed signals with recorded ones. One worker wrote them, so they stand in the
     * order in which they are computed. What a kill kept from being written is behind all that was,
     * and the next boot begins anew.
     */
    private static final class SignalCheck implements RecordSink {
        private final ArrayDeque<Computed> computed = new ArrayDeque<>();
        private Difference difference;
        private long compared;

        private record Computed(long cause, Signal signal) {}

        /** A record of the journal passes: if it is a signal, it must be the next we computed. */
        void onRecorded(RecordView entry) {
            if (entry.kind() == RecordKind.BOOT) {
                computed.clear();
            } else if (entry.kind() == RecordKind.SIGNAL) {
                Signal was =
                        SignalDescriptor.decode(entry.buffer(), entry.offset(), entry.length());
                compare(entry, was, computed.poll());
            }
        }

        private void compare(RecordView entry, Signal was, Computed is) {
            compared++;
            if (is == null || is.cause() > entry.cause()) {
                difference = differing(entry.index(), "presence", was.toString(), "none");
            } else if (is.cause() < entry.cause()) {
                difference = differing(is.cause(), "presence", "none", is.signal().toString());
            } else if (!was.equals(is.signal())) {
                String field = was.rows().equals(is.signal().rows()) ? "call" : "rows";
                difference =
                        differing(entry.index(), field, was.toString(), is.signal().toString());
            }
        }

        private static Difference differing(
                long sequence, String field, String recorded, String computed) {
            return new Difference(sequence, "Signal", field, recorded, computed);
        }

        @Override
        public long append(
                RecordKind kind,
                int version,
                long marketTimeNs,
                long cause,
                int ordinal,
                boolean last,
                DirectBuffer payload,
                int offset,
                int length) {
            computed.add(new Computed(cause, SignalDescriptor.decode(payload, offset, length)));
            return cause;
        }
    }
}
