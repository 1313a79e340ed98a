package saker.live;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import saker.config.SakerConfig.FrameworkConfig;
import saker.config.StrategyConfig;
import saker.core.RecordedDecisions;
import saker.core.Replay;
import saker.core.Replay.Difference;
import saker.core.TradingAccount;
import saker.core.TradingCore;
import saker.journal.Journal;
import saker.journal.JournalReader;
import saker.journal.ReadOnlyJournal;
import saker.journal.RecordFileReader;
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
 * Signal and every decision with what is recorded, and all it knows with each snapshot that is
 * kept. It stops at the first difference. Nothing is written to the journal; the libraries, the
 * configuration, instruments and warm-up bars are those it holds, of each boot its own: boots that
 * were configured alike are computed together, {@link ReplaySegment}.
 *
 * <p>The group with {@code isolation: thread} is computed here, every other in a child process, as
 * a process holds one library; so is that group in boots with another library than the last. What a
 * library without snapshots asked for is taken as it stands, and so is what an instance asked for
 * between its failure and the next boot.
 */
public final class JournalReplay {
    private static final int BATCH = 10_000;

    private final Path data;
    private final Path library;
    private final Path scratch;
    private final JournalSurvey survey = new JournalSurvey();
    private final ReplaySegment.Finder finder = new ReplaySegment.Finder(survey);
    private final RecordedDecisions recorded = new RecordedDecisions();
    private final FailedInstances failures = new FailedInstances();

    private JournalReplay(Path data, Path library, Path scratch) {
        this.data = data;
        this.library = library;
        this.scratch = scratch;
    }

    /**
     * @param records read
     * @param compared signals and decisions that were computed again
     * @param snapshots that were compared
     * @param first what differs first, null if nothing does
     */
    public record Result(long records, long compared, long snapshots, Difference first) {

        private Result and(Result next) {
            return new Result(
                    records + next.records,
                    compared + next.compared,
                    snapshots + next.snapshots,
                    next.first);
        }
    }

    /**
     * @param library another strategy library in place of the default group's recorded one, or null
     * @param scratch folder for the framework's files
     * @throws IOException if the journal cannot be read
     */
    public static Result run(Path data, Path library, Path scratch) throws IOException {
        return new JournalReplay(data, library, scratch).run();
    }

    private Result run() throws IOException {
        try (ReadOnlyJournal journal = Journal.openReadOnly(data)) {
            List<Snapshot> kept = journal.snapshots(); // Before the records that explain them.
            read(journal, this::survey, Long.MAX_VALUE);
            kept.forEach(snapshot -> recorded.onSnapshot(snapshot.index()));
            if (finder.segments().isEmpty()) {
                throw new IOException("nothing to replay: no Config record: data=" + data);
            }
            Result whole = new Result(0, 0, 0, null);
            for (ReplaySegment segment : finder.segments()) {
                if (whole.first() == null) {
                    whole = whole.and(replay(journal, segment, kept));
                }
            }
            return whole;
        }
    }

    /** Reads from the beginning, and computes and compares what the segment's boots did. */
    private Result replay(ReadOnlyJournal journal, ReplaySegment segment, List<Snapshot> kept)
            throws IOException {
        RecordedSetup setup = segment.setup();
        Instruments instruments = new Instruments(segment.instruments());
        SignalCheck signals = new SignalCheck();
        FailedInstances failed = failures.again();
        Replay decisions = new Replay(core(segment), recorded, segment.from(), segment.to());
        for (FrameworkConfig group : setup.config().frameworkGroups()) {
            if (!isHere(segment, group) && !setup.config().strategiesOf(group).isEmpty()) {
                Difference broken = replayInChild(segment, group, signals);
                if (broken != null) {
                    return new Result(0, 0, 0, broken);
                }
            }
        }
        try (StrategyHost strategies = strategies(segment, instruments, signals)) {
            List<Snapshot> own =
                    kept.stream().filter(snapshot -> segment.holds(snapshot.index())).toList();
            ReplayedSnapshots snapshots =
                    new ReplayedSnapshots(own, setup, instruments, decisions, strategies);
            Walk walk = new Walk(segment, signals, decisions, snapshots, failed, strategies);
            read(journal, walk, segment.to() - 1);
            return new Result(
                    walk.records,
                    decisions.compared() + signals.compared,
                    snapshots.compared(),
                    walk.difference());
        }
    }

    /** All parts of a segment, record by record. */
    private static final class Walk implements RecordHandler {
        private final ReplaySegment segment;
        private final SignalCheck signals;
        private final Replay decisions;
        private final ReplayedSnapshots snapshots;
        private final FailedInstances failed;
        private final StrategyHost strategies;
        private boolean live;
        private long records;

        Walk(
                ReplaySegment segment,
                SignalCheck signals,
                Replay decisions,
                ReplayedSnapshots snapshots,
                FailedInstances failed,
                StrategyHost strategies) {
            this.segment = segment;
            this.signals = signals;
            this.decisions = decisions;
            this.snapshots = snapshots;
            this.failed = failed;
            this.strategies = strategies;
        }

        @Override
        public void onRecord(RecordView entry) {
            boolean own = segment.holds(entry.index());
            if (own) {
                records++;
            }
            if (difference() != null) {
                return;
            }
            if (own && !live) {
                live = true;
                if (strategies != null && signals.expectsAnyOf(strategies)) {
                    strategies.goLive();
                }
            }
            failed.retireAt(entry, strategies);
            if (own) {
                signals.onRecorded(entry, failed);
            }
            if (strategies != null) {
                strategies.onRecord(entry);
            }
            decisions.onRecord(entry);
            if (difference() == null) {
                snapshots.onRecord(entry);
            }
        }

        Difference difference() {
            return first(signals, decisions, snapshots);
        }
    }

    private static Difference first(
            SignalCheck signals, Replay decisions, ReplayedSnapshots snapshots) {
        if (signals.difference != null) {
            return signals.difference;
        }
        return decisions.difference() != null ? decisions.difference() : snapshots.difference();
    }

    /** Computes a group elsewhere; returns why that could not be done, or null. */
    private Difference replayInChild(
            ReplaySegment segment, FrameworkConfig group, SignalCheck signals) throws IOException {
        Path folder = scratch.resolve(group.name() + "-" + segment.configIndex());
        Path groupLibrary = libraryOf(segment, group);
        WorkerOptions options =
                new WorkerOptions(
                        data,
                        folder.resolve("worker"),
                        folder.resolve("snapshots"),
                        "replay-" + group.name(),
                        group.name(),
                        segment.configIndex(),
                        RecordedBoot.idOf(segment.configuration()),
                        groupLibrary,
                        NativeFramework.sha256Of(groupLibrary),
                        FrameworkFiles.writeConfig(folder.resolve("framework")).toAbsolutePath(),
                        new WorkerOptions.Replay(segment.from(), segment.to()));
        ReplayedGroup computed = ReplayedGroup.compute(options, group);
        if (computed.problem() != null) {
            return new Difference(
                    segment.configIndex(), "Signal", "library", "computed", computed.problem());
        }
        if (computed.replayable()) {
            segment.setup()
                    .config()
                    .strategiesOf(group)
                    .forEach(s -> signals.expect(s.instanceId()));
            try (RecordFileReader reader = new RecordFileReader(options.signals())) {
                while (reader.poll(signals::onComputed) > 0) {
                    // Until the end.
                }
            }
        }
        return null;
    }

    private void survey(RecordView entry) {
        survey.onRecord(entry);
        finder.onRecord(entry);
        recorded.onRecord(entry);
        failures.onRecord(entry);
    }

    private static void read(ReadOnlyJournal journal, RecordHandler handler, long maxIndex)
            throws IOException {
        try (JournalReader reader = journal.newReader()) {
            while (reader.poll(handler, BATCH, maxIndex) > 0) {
                // Until the end.
            }
        }
    }

    private TradingCore core(ReplaySegment segment) {
        RecordedSetup setup = segment.setup();
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
                segment.instruments(),
                accounts,
                setup.config().strategies(),
                setup.config().risk(),
                nowhere,
                recorded);
    }

    /** Whether {@code --library} stands in for the group's. */
    private boolean isReplaced(FrameworkConfig group) {
        return library != null && group.name().equals(FrameworkConfig.DEFAULT);
    }

    /** Whether this process computes the group: it holds one library, that of the last segment. */
    private boolean isHere(ReplaySegment segment, FrameworkConfig group) {
        List<ReplaySegment> segments = finder.segments();
        ReplaySegment last = segments.get(segments.size() - 1);
        return group.inThread()
                && last.setup().config().frameworkGroups().stream()
                        .filter(FrameworkConfig::inThread)
                        .anyMatch(g -> libraryOf(last, g).equals(libraryOf(segment, group)));
    }

    private Path libraryOf(ReplaySegment segment, FrameworkConfig group) {
        if (isReplaced(group)) {
            return library.toAbsolutePath();
        }
        boolean byDefault = group.name().equals(FrameworkConfig.DEFAULT);
        String sha256 =
                segment.setup()
                        .libraries()
                        .getOrDefault(
                                group.name(), byDefault ? segment.configuration().sha256() : "");
        return data.resolve("journal")
                .resolve("libraries")
                .resolve(sha256 + ".so")
                .toAbsolutePath();
    }

    /** The group of this process, or null; where its signals are inputs, it only folds. */
    private StrategyHost strategies(
            ReplaySegment segment, Instruments instruments, SignalCheck signals) {
        RecordedSetup setup = segment.setup();
        FrameworkConfig group =
                setup.config().frameworkGroups().stream()
                        .filter(g -> isHere(segment, g))
                        .findAny()
                        .orElse(null);
        if (group == null) {
            return null;
        }
        NativeFramework framework = NativeFramework.load(libraryOf(segment, group));
        // Another library keeps state we cannot restore: its recorded signals are inputs.
        boolean computed = framework.isReplayable() || isReplaced(group);
        List<StrategyConfig> configs = setup.config().strategiesOf(group);
        if (computed) {
            configs.forEach(config -> signals.expect(config.instanceId()));
        }
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
                group.testing(),
                instruments,
                accounts,
                configs,
                signals,
                RunObserver.NOBODY,
                false);
    }

    /**
     * Compares computed signals with recorded ones, each instance for itself: workers do not wait
     * for each other, so only the order of one instance's signals is theirs. What a kill kept from
     * being written is behind all that was, and the next boot begins anew.
     */
    private static final class SignalCheck implements RecordSink {
        private final Map<Long, Deque<Computed>> computed = new HashMap<>();
        private Difference difference;
        private long compared;

        private record Computed(long cause, Signal signal) {}

        /** The instance's signals are computed. */
        void expect(long instanceId) {
            computed.put(instanceId, new ArrayDeque<>());
        }

        boolean expectsAnyOf(StrategyHost host) {
            return host.statuses().stream().anyMatch(s -> computed.containsKey(s.instanceId()));
        }

        /** A record of the journal passes: if it is a signal, it must be the next we computed. */
        void onRecorded(RecordView entry, FailedInstances failed) {
            if (entry.kind() == RecordKind.BOOT) {
                computed.values().forEach(queue -> dropBefore(entry.index(), queue));
            } else if (entry.kind() == RecordKind.SIGNAL) {
                Signal was =
                        SignalDescriptor.decode(entry.buffer(), entry.offset(), entry.length());
                Deque<Computed> queue = computed.get(was.instanceId());
                if (queue != null && !failed.isRetired(was.instanceId())) {
                    compare(entry, was, queue.poll());
                }
            }
        }

        private static void dropBefore(long index, Deque<Computed> queue) {
            while (!queue.isEmpty() && queue.peek().cause() < index) {
                queue.poll();
            }
        }

        /** A record of a child's file. */
        void onComputed(RecordView entry) {
            add(
                    entry.cause(),
                    SignalDescriptor.decode(entry.buffer(), entry.offset(), entry.length()));
        }

        private void add(long cause, Signal signal) {
            computed.get(signal.instanceId()).add(new Computed(cause, signal));
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
            add(cause, SignalDescriptor.decode(payload, offset, length));
            return cause;
        }
    }
}
