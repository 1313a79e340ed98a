package saker.live;

import java.util.ArrayList;
import java.util.List;
import saker.config.StrategyConfig;
import saker.journal.JournalReader;
import saker.journal.ReaderPosition;
import saker.journal.RecordHandler;
import saker.journal.RecordView;
import saker.live.LaneStates.LaneState;
import saker.strategy.BarsState;
import saker.strategy.InstanceResume;
import saker.strategy.InstanceSnapshot;
import saker.strategy.InstanceStatus;
import saker.strategy.StrategyHost;

/**
 * Instances of a child that share one walk over the journal. Those that were assigned later, from a
 * worker that was given up, walk for themselves until they have caught up, while the others go on.
 */
final class WorkerLane implements AutoCloseable {
    private final JournalReader reader;
    private final StrategyHost host;
    private final long bootIndex;
    private boolean live;

    /**
     * @param reader at the journal's beginning, or behind what the host was restored from
     * @param host not live yet
     * @param bootIndex of the engine's present boot, at which the instances begin; 0 to begin with
     *     every boot
     */
    WorkerLane(
            JournalReader reader, StrategyHost host, long bootIndex, List<InstanceResume> resumes) {
        this.reader = reader;
        this.host = host;
        this.bootIndex = bootIndex;
        resumes.forEach(host::resume);
    }

    /** How the instances of a line begin. */
    static List<InstanceResume> resumes(
            List<WorkerAssignment> assignments, boolean replayable, InstanceSnapshots snapshots) {
        List<InstanceResume> resumes = new ArrayList<>();
        for (WorkerAssignment a : assignments) {
            InstanceSnapshot snapshot = null;
            if (a.how() == WorkerAssignment.How.RESUME && replayable) {
                snapshot = snapshots.load(a.instanceId());
            } else {
                snapshots.forget(a.instanceId());
            }
            if (snapshot != null) {
                resumes.add(InstanceResume.of(snapshot));
            } else if (a.how() != WorkerAssignment.How.BOOT) {
                resumes.add(InstanceResume.anew(a.instanceId(), a.afterIndex(), a.discardUpTo()));
            }
        }
        return resumes;
    }

    /** The configurations of the instances of a line, in the line's order. */
    static List<StrategyConfig> configs(
            List<WorkerAssignment> assignments, List<StrategyConfig> known) {
        List<StrategyConfig> configs = new ArrayList<>();
        for (WorkerAssignment a : assignments) {
            configs.add(
                    known.stream()
                            .filter(config -> config.instanceId() == a.instanceId())
                            .findAny()
                            .orElseThrow(
                                    () ->
                                            new IllegalArgumentException(
                                                    "not an instance of this framework: instanceId="
                                                            + a.instanceId())));
        }
        return configs;
    }

    /** Takes in up to {@code limit} records; returns how many. */
    int poll(int limit) {
        return reader.poll(this::onRecord, limit);
    }

    /**
     * @param maxIndex the last record to take in
     * @param before told of each record before it is taken in
     */
    int poll(int limit, long maxIndex, RecordHandler before) {
        return reader.poll(
                entry -> {
                    before.onRecord(entry);
                    onRecord(entry);
                },
                limit,
                maxIndex);
    }

    private void onRecord(RecordView entry) {
        if (!live && entry.index() >= bootIndex) {
            live = true;
            host.goLive();
        }
        host.onRecord(entry);
    }

    long lastIndex() {
        return reader.lastIndex();
    }

    /** Ticks seen, folded ones included. */
    long ticks() {
        return host.ticks();
    }

    List<InstanceStatus> statuses() {
        return host.statuses();
    }

    List<InstanceSnapshot> snapshots() {
        return host.snapshots(reader.lastIndex());
    }

    /** What it folded up to its last record; null while it cannot be gone on from. */
    LaneState state(long journalId, long bootId) {
        List<BarsState> bars = live ? host.bars() : null;
        return bars == null
                ? null
                : new LaneState(
                        new ReaderPosition(journalId, bootId, lastIndex()), host.snapshot(), bars);
    }

    @Override
    public void close() {
        host.close();
        reader.close();
    }
}
