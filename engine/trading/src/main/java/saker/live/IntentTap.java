package saker.live;

import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import saker.broker.BrokerSession.RecordedIntent;
import saker.journal.OrderIntentDescriptor;
import saker.journal.RecordSink;
import saker.model.RecordKind;

/**
 * The sink of the trading core: appends to the journal and, once an OrderIntent is in it, hands the
 * intent to its broker session. So a session wakes for intents only and need not read every tick.
 * What is handed over is what was appended, decoded from the same bytes.
 */
final class IntentTap implements RecordSink {
    private final RecordSink journal;
    private final Consumer<RecordedIntent> sessions;

    IntentTap(RecordSink journal, Consumer<RecordedIntent> sessions) {
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
        if (kind == RecordKind.ORDER_INTENT && index != CLOSED) {
            sessions.accept(
                    new RecordedIntent(
                            index, OrderIntentDescriptor.decode(payload, offset, length)));
        }
        return index;
    }
}
