package saker.live;

import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import saker.journal.ConfigDescriptor;
import saker.journal.EngineStateDescriptor;
import saker.journal.InstrumentDescriptor;
import saker.journal.RecordHandler;
import saker.journal.RecordView;
import saker.journal.WorkerEventDescriptor;
import saker.model.Configuration;
import saker.model.EngineState;
import saker.model.Instrument;
import saker.model.RecordKind;
import saker.model.RiskRule;

/** First pass over a journal: what has to be known before its records can be folded. */
final class JournalSurvey implements RecordHandler {
    private final TreeMap<Integer, Instrument> instruments = new TreeMap<>();
    private Configuration configuration;
    private long configIndex;
    private boolean diskLow;
    private long lastIndex;
    private final UsedCommands workerCommands = new UsedCommands();

    @Override
    public void onRecord(RecordView entry) {
        lastIndex = entry.index();
        if (entry.kind() == RecordKind.INSTRUMENT) {
            Instrument instrument =
                    InstrumentDescriptor.decode(entry.buffer(), entry.offset(), entry.length());
            instruments.put(instrument.id(), instrument);
        } else if (entry.kind() == RecordKind.CONFIG) {
            configuration = ConfigDescriptor.decode(entry.buffer(), entry.offset(), entry.length());
            configIndex = entry.index();
        } else if (entry.kind() == RecordKind.ENGINE_STATE) {
            EngineState state =
                    EngineStateDescriptor.decode(entry.buffer(), entry.offset(), entry.length());
            if (state.scope() == EngineState.Scope.ENGINE) {
                diskLow = state.rule() == RiskRule.DISK_LOW;
            }
        } else if (entry.kind() == RecordKind.WORKER_EVENT) {
            workerCommands.add(WorkerEventDescriptor.decode(entry).commandId());
        }
    }

    /** The newest of each id. */
    Collection<Instrument> instruments() {
        return instruments.values();
    }

    /** The newest, or null. */
    Configuration configuration() {
        return configuration;
    }

    /** Index of the newest Config record, 0 for none. */
    long configIndex() {
        return configIndex;
    }

    /** Whether the engine was halted for want of disk space when it ended. */
    boolean isDiskLow() {
        return diskLow;
    }

    /** Commands that workers have obeyed; a copy. */
    List<String> workerCommands() {
        return workerCommands.ids();
    }

    long lastIndex() {
        return lastIndex;
    }

    /** What it knows after the last record, for {@link #restore}. */
    SurveyState snapshot() {
        return new SurveyState(
                lastIndex,
                diskLow,
                List.copyOf(instruments.values()),
                configuration == null ? List.of() : List.of(configuration),
                workerCommands.ids());
    }

    /** Goes on from a snapshot; before the first record. */
    void restore(SurveyState state) {
        lastIndex = state.lastIndex();
        diskLow = state.diskLow();
        state.instruments().forEach(instrument -> instruments.put(instrument.id(), instrument));
        state.configurations().forEach(last -> configuration = last);
        state.workerCommands().forEach(workerCommands::add);
    }
}
