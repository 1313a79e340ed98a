package saker.live;

import org.agrona.DirectBuffer;
import saker.broker.BrokerSession.RecordedIntent;
import saker.journal.EngineStateDescriptor;
import saker.journal.OrderIntentDescriptor;
import saker.journal.RecordSink;
import saker.model.EngineState;
import saker.model.RecordKind;

/**
 * The sink of the trading core: appends to the journal and, once an OrderIntent is in it, hands the
 * intent to its broker session. So a session wakes for intents only and need not read every tick.
 * What is handed over is what was appended, decoded from the same bytes.
 */
final class IntentTap implements RecordSink {
    private final RecordSink journal;
    private final Listener sessions;

    /** Told what is in the journal, on the core's thread. */
    interface Listener {
        void onIntent(RecordedIntent intent);

        void onState(EngineState state);
    }

    IntentTap(RecordSink journal, Listener sessions) {
        this.journal = journal;
        this.sessions = sessions;
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
        long index =
                journal.append(
                        kind, version, marketTimeNs, cause, ordinal, last, payload, offset, length);
        if (index == CLOSED) {
            return index;
        }
        if (kind == RecordKind.ORDER_INTENT) {
            sessions.onIntent(
                    new RecordedIntent(
                            index, OrderIntentDescriptor.decode(payload, offset, length)));
        } else if (kind == RecordKind.ENGINE_STATE) {
            sessions.onState(EngineStateDescriptor.decode(payload, offset, length));
        }
        return index;
    }
}
