package saker.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import saker.journal.BrokerEventDescriptor;
import saker.journal.Journal;
import saker.journal.JournalReader;
import saker.journal.OrderIntentDescriptor;
import saker.journal.ReadOnlyJournal;
import saker.journal.RecordView;
import saker.journal.TickDescriptor;
import saker.model.BrokerEvent;
import saker.model.RecordKind;

/**
 * Where the time between a price line and its order goes: from the times that the journal has in
 * its records, those of the framework's calls, and those of the two sockets.
 */
final class Hops {

    /** One order at the sockets; epoch is what makes {@link System#nanoTime} journal time. */
    record Sample(String clientId, long dueNs, long writtenNs, long readNs, long epochNs) {}

    private record Appended(long cause, long journalTimeNs, long receiveTimeNs) {}

    private final RunTimes runs;
    private final Map<Long, Appended> byIndex = new HashMap<>();
    private final Map<String, Long> intentOf = new HashMap<>();
    private final Map<Long, Long> decidedNs = new HashMap<>(); // By the signal's index.
    private final Map<Long, Long> sentNs = new HashMap<>(); // By the intent's index.
    private final List<Latencies> steps = new ArrayList<>();

    Hops(RunTimes runs) {
        this.runs = runs;
        for (String name :
                new String[] {
                    "due to written",
                    "written to chunk handler",
                    "chunk handler to tick appended",
                    "tick appended to call (wake)",
                    "call (bench library)",
                    "call to signal appended",
                    "signal to decision (wake, risk)",
                    "decision to intent appended",
                    "intent to before write (wake)",
                    "before write to bytes read",
                    "due to bytes read"
                }) {
            steps.add(new Latencies(name));
        }
    }

    /** Reads the journal of a run that has ended. */
    List<Latencies> of(Path data, List<Sample> samples) throws IOException {
        try (ReadOnlyJournal journal = Journal.openReadOnly(data);
                JournalReader reader = journal.newReader()) {
            while (reader.poll(this::onRecord, 10_000) > 0) {
                // To the end.
            }
        }
        samples.forEach(this::add);
        return steps;
    }

    private void onRecord(RecordView entry) {
        long timeNs = entry.journalTimeNs();
        if (entry.kind() == RecordKind.TICK) {
            long receivedNs = TickDescriptor.receiveTimeNs(entry.buffer(), entry.offset());
            byIndex.put(entry.index(), new Appended(0, timeNs, receivedNs));
        } else if (entry.kind() == RecordKind.SIGNAL) {
            byIndex.put(entry.index(), new Appended(entry.cause(), timeNs, 0));
        } else if (entry.kind() == RecordKind.RISK_DECISION) {
            decidedNs.putIfAbsent(entry.cause(), timeNs);
        } else if (entry.kind() == RecordKind.ORDER_INTENT) {
            byIndex.put(entry.index(), new Appended(entry.cause(), timeNs, 0));
            var intent = OrderIntentDescriptor.decode(entry);
            intentOf.put(intent.clientId(), entry.index());
        } else if (entry.kind() == RecordKind.BROKER_EVENT) {
            BrokerEvent event = BrokerEventDescriptor.decode(entry);
            if (event.type() == BrokerEvent.Type.REQUEST_SENT) {
                sentNs.put(event.intent(), timeNs);
            }
        }
    }

    private void add(Sample sample) {
        Long intentIndex = intentOf.get(sample.clientId);
        if (intentIndex == null) {
            return;
        }
        Appended intent = byIndex.get(intentIndex);
        Appended signal = byIndex.get(intent.cause);
        Appended tick = byIndex.get(signal.cause);
        int run = runs.lastBefore(signal.journalTimeNs - sample.epochNs);
        if (run < 0) {
            return;
        }
        long[] timesNs = {
            sample.dueNs,
            sample.writtenNs,
            tick.receiveTimeNs - sample.epochNs,
            tick.journalTimeNs - sample.epochNs,
            runs.startNs(run),
            runs.endNs(run),
            signal.journalTimeNs - sample.epochNs,
            decidedNs.get(intent.cause) - sample.epochNs,
            intent.journalTimeNs - sample.epochNs,
            sentNs.get(intentIndex) - sample.epochNs,
            sample.readNs
        };
        for (int i = 1; i < timesNs.length; i++) {
            steps.get(i - 1).record(timesNs[i] - timesNs[i - 1]);
        }
        steps.get(steps.size() - 1).record(sample.readNs - sample.dueNs);
    }
}
