package saker.journal;

import org.agrona.DirectBuffer;
import saker.model.RecordKind;

/** Turns any record into the fact it holds. Allocates: for tools, projections and rare kinds. */
public final class RecordDecoder {

    private RecordDecoder() {}

    /**
     * The fact: a {@link Tick}, a record of {@code saker.model}, or null for a CLOCK_TICK and for
     * kinds this version does not know.
     *
     * @throws PayloadDamagedException if the payload is not what its kind and version promise
     */
    public static Object decode(RecordView entry) {
        if (entry.kind() == null) {
            return null;
        }
        checkVersion(entry.kind(), entry.version());
        DirectBuffer buffer = entry.buffer();
        int offset = entry.offset();
        int length = entry.length();
        return switch (entry.kind()) {
            case TICK -> Tick.of(entry);
            case FEED_STATUS -> FeedStatusDescriptor.decode(buffer, offset, length);
            case SIGNAL -> SignalDescriptor.decode(buffer, offset, length);
            case BROKER_EVENT -> BrokerEventDescriptor.decode(entry);
            case COMMAND -> CommandDescriptor.decode(buffer, offset, length);
            case TIMER -> TimerDescriptor.decode(buffer, offset, length);
            case CLOCK_TICK -> null;
            case WORKER_EVENT -> WorkerEventDescriptor.decode(entry);
            case ORDER_INTENT -> OrderIntentDescriptor.decode(entry);
            case RISK_DECISION -> RiskDecisionDescriptor.decode(buffer, offset, length);
            case ENGINE_STATE -> EngineStateDescriptor.decode(buffer, offset, length);
            case BOOT -> BootDescriptor.decode(buffer, offset, length);
            case INSTRUMENT -> InstrumentDescriptor.decode(buffer, offset, length);
            case CONFIG -> ConfigDescriptor.decode(buffer, offset, length);
            case BARS -> BarsDescriptor.decode(buffer, offset, length);
            case SKIPPED -> SkippedDescriptor.decode(buffer, offset, length);
        };
    }

    /** The layout a kind is written in; those before it are read as well. */
    public static int newestVersion(RecordKind kind) {
        return switch (kind) {
            case BROKER_EVENT -> BrokerEventDescriptor.VERSION;
            case ORDER_INTENT -> OrderIntentDescriptor.VERSION;
            case WORKER_EVENT -> WorkerEventDescriptor.VERSION;
            default -> 1;
        };
    }

    /** Throws {@link PayloadDamagedException} for a layout this program does not know. */
    static void checkVersion(RecordKind kind, int version) {
        if (version < 1 || version > newestVersion(kind)) {
            throw new PayloadDamagedException(
                    "unknown layout: kind=%s, version=%d, known=1 to %d"
                            .formatted(kind, version, newestVersion(kind)));
        }
    }

    /** One bid/ask update, as the journal holds it. On the hot path read the fields instead. */
    public record Tick(int instrumentId, long bidE8, long askE8, long receiveTimeNs, int flags) {

        static Tick of(RecordView entry) {
            TickDescriptor.checkLength(entry.length());
            DirectBuffer buffer = entry.buffer();
            int offset = entry.offset();
            return new Tick(
                    TickDescriptor.instrumentId(buffer, offset),
                    TickDescriptor.bidE8(buffer, offset),
                    TickDescriptor.askE8(buffer, offset),
                    TickDescriptor.receiveTimeNs(buffer, offset),
                    TickDescriptor.flags(buffer, offset));
        }
    }
}
