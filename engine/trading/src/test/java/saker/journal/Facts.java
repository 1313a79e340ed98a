package saker.journal;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import saker.model.BarPeriod;
import saker.model.Bars;
import saker.model.Boot;
import saker.model.BrokerEvent;
import saker.model.Command;
import saker.model.Configuration;
import saker.model.EngineState;
import saker.model.FeedStatus;
import saker.model.Instrument;
import saker.model.OrderIntent;
import saker.model.RecordKind;
import saker.model.RiskDecision;
import saker.model.RiskRule;
import saker.model.Signal;
import saker.model.Skipped;
import saker.model.Timer;
import saker.model.WorkerEvent;

/** One fact of every kind, each field with a value of its own: the golden files hold these. */
final class Facts {
    private static final Map<RecordKind, Object> SAMPLES = samples();

    private Facts() {}

    static Object sample(RecordKind kind) {
        return SAMPLES.get(kind);
    }

    /** What a record of the first version of its layout says, if that was another than today's. */
    static Object firstSample(RecordKind kind) {
        if (sample(kind) instanceof OrderIntent intent) {
            return new OrderIntent(
                    intent.action(),
                    intent.type(),
                    intent.accountId(),
                    intent.instrumentId(),
                    intent.instanceId(),
                    intent.clientId(),
                    intent.unitsE4(),
                    intent.priceE8(),
                    intent.stopLossE8(),
                    intent.takeProfitE8(),
                    0,
                    intent.tradeId(),
                    intent.orderId(),
                    intent.quoteE8(),
                    intent.lastTransactionId(),
                    intent.deadlineNs(),
                    intent.origin(),
                    intent.row());
        }
        return brokerEvent(
                new BrokerEvent.PendingOrder(
                        1,
                        BrokerEvent.PendingOrder.Kind.TAKE_PROFIT,
                        2,
                        3,
                        4,
                        0,
                        0,
                        0,
                        0,
                        5,
                        "b",
                        ""));
    }

    /** Payload bytes of a fact. */
    static byte[] encode(Object fact) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        int length = fact == null ? 0 : encode(fact, buffer);
        byte[] bytes = new byte[length];
        buffer.getBytes(0, bytes);
        return bytes;
    }

    /** The fact a payload of a kind holds. */
    static Object decode(RecordKind kind, byte[] payload) {
        return RecordDecoder.decode(new PayloadView(kind, payload));
    }

    private static int encode(Object fact, MutableDirectBuffer buffer) {
        if (fact instanceof RecordDecoder.Tick tick) {
            return TickDescriptor.encode(
                    buffer,
                    0,
                    tick.instrumentId(),
                    tick.bidE8(),
                    tick.askE8(),
                    tick.receiveTimeNs(),
                    tick.flags());
        }
        Map<Class<?>, Function<Object, Integer>> encoders =
                Map.ofEntries(
                        of(FeedStatus.class, x -> FeedStatusDescriptor.encode(x, buffer, 0)),
                        of(Signal.class, x -> SignalDescriptor.encode(x, buffer, 0)),
                        of(BrokerEvent.class, x -> BrokerEventDescriptor.encode(x, buffer, 0)),
                        of(Command.class, x -> CommandDescriptor.encode(x, buffer, 0)),
                        of(Timer.class, x -> TimerDescriptor.encode(x, buffer, 0)),
                        of(OrderIntent.class, x -> OrderIntentDescriptor.encode(x, buffer, 0)),
                        of(RiskDecision.class, x -> RiskDecisionDescriptor.encode(x, buffer, 0)),
                        of(EngineState.class, x -> EngineStateDescriptor.encode(x, buffer, 0)),
                        of(Boot.class, x -> BootDescriptor.encode(x, buffer, 0)),
                        of(Instrument.class, x -> InstrumentDescriptor.encode(x, buffer, 0)),
                        of(Configuration.class, x -> ConfigDescriptor.encode(x, buffer, 0)),
                        of(Bars.class, x -> BarsDescriptor.encode(x, buffer, 0)),
                        of(Skipped.class, x -> SkippedDescriptor.encode(x, buffer, 0)),
                        of(WorkerEvent.class, x -> WorkerEventDescriptor.encode(x, buffer, 0)));
        return encoders.get(fact.getClass()).apply(fact);
    }

    private static <T> Map.Entry<Class<?>, Function<Object, Integer>> of(
            Class<T> type, Function<T, Integer> encoder) {
        return Map.entry(type, x -> encoder.apply(type.cast(x)));
    }

    private static Map<RecordKind, Object> samples() {
        Map<RecordKind, Object> samples = new LinkedHashMap<>();
        samples.put(
                RecordKind.TICK,
                new RecordDecoder.Tick(3, 108_501_000, 108_502_000, 1_772_452_800_000_000_123L, 1));
        samples.put(
                RecordKind.FEED_STATUS,
                new FeedStatus(
                        1,
                        FeedStatus.Feed.TRANSACTIONS,
                        FeedStatus.State.values()[1],
                        60.5,
                        "wieder da – ok"));
        samples.put(
                RecordKind.SIGNAL,
                new Signal(
                        4711,
                        3,
                        108_501_000,
                        108_502_000,
                        0,
                        true,
                        List.of(
                                new Signal.Row(Signal.ALL_TICKETS, 2, 0, 0, 0, 0, 0),
                                new Signal.Row(12, 0x10001, 10_000_000, 1, 150_000, 300_000, 60))));
        samples.put(
                RecordKind.BROKER_EVENT,
                brokerEvent(
                        new BrokerEvent.PendingOrder(
                                1,
                                BrokerEvent.PendingOrder.Kind.TAKE_PROFIT,
                                2,
                                3,
                                4,
                                6,
                                7,
                                8,
                                9,
                                5,
                                "b",
                                "")));
        samples.put(
                RecordKind.COMMAND,
                new Command(
                        Command.Type.MODIFY,
                        "0b5c6f0e-5a7e-4f5e-9a55-0a4d7d0e0001",
                        "ada",
                        "news",
                        1,
                        -1,
                        2,
                        30_000,
                        4,
                        5,
                        OrderIntent.UNCHANGED,
                        Long.MAX_VALUE));
        samples.put(RecordKind.TIMER, new Timer(-7, 1_772_452_801_000_000_000L));
        samples.put(RecordKind.CLOCK_TICK, null);
        samples.put(
                RecordKind.WORKER_EVENT,
                new WorkerEvent(
                        WorkerEvent.Event.INSTANCE_FAILED,
                        "other-2",
                        "other",
                        3,
                        4242,
                        4711,
                        5,
                        WorkerEvent.Policy.FLATTEN,
                        "cd".repeat(32),
                        "ada",
                        "call of more than 2000 ms",
                        "0b5c6f0e-5a7e-4f5e-9a55-0a4d7d0e0002"));
        samples.put(
                RecordKind.ORDER_INTENT,
                new OrderIntent(
                        OrderIntent.Action.MODIFY,
                        OrderIntent.OrderType.STOP,
                        1,
                        3,
                        4711,
                        "00f1e2d3c4b5a697-4f00000000010",
                        -10_000_000,
                        5,
                        6,
                        -1,
                        14,
                        7,
                        8,
                        9,
                        10,
                        11,
                        12,
                        13));
        samples.put(
                RecordKind.RISK_DECISION,
                new RiskDecision(false, RiskRule.MARGIN, 1, 3, 4711, 5, 6, "needed=1, free=0"));
        samples.put(
                RecordKind.ENGINE_STATE,
                new EngineState(
                        EngineState.Scope.INSTRUMENT,
                        3,
                        EngineState.State.REDUCE_ONLY,
                        RiskRule.DISK_LOW,
                        "why"));
        samples.put(RecordKind.BOOT, new Boot(-1, 2, "1.0.0", 1_772_452_800_000_000_000L));
        samples.put(
                RecordKind.INSTRUMENT,
                new Instrument(
                        3,
                        "EURUSD",
                        "EUR_USD",
                        "EUR",
                        "USD",
                        5,
                        -4,
                        1,
                        1000,
                        100_000_000_000L,
                        3_330_000_000_000L,
                        100_000));
        samples.put(RecordKind.CONFIG, new Configuration("ab".repeat(32), "risk:\n  limit: 5\n"));
        samples.put(
                RecordKind.BARS,
                new Bars(
                        3,
                        BarPeriod.H1,
                        true,
                        List.of(
                                new Bars.Bar(1, 20, 40, 10, 30, 6),
                                new Bars.Bar(2, 3, 5, 2, 4, 0))));
        samples.put(RecordKind.SKIPPED, new Skipped(77, -1, "java.lang.ArithmeticException"));
        return samples;
    }

    private static BrokerEvent brokerEvent(BrokerEvent.PendingOrder waiting) {
        return BrokerEvent.of(BrokerEvent.Type.ORDER_FILLED, 1)
                .intent(2)
                .transactionId(3)
                .orderId(4)
                .tradeId(5)
                .instrumentId(6)
                .unitsE4(-7)
                .priceE8(8)
                .money(-9, 10, 11)
                .balanceE8(12)
                .brokerTimeNs(13)
                .httpStatus(201)
                .client("id", "tag")
                .reason("MARKET_ORDER")
                .effects(
                        List.of(
                                new BrokerEvent.TradeEffect(
                                        BrokerEvent.TradeEffect.Effect.REDUCED,
                                        1,
                                        2,
                                        -3,
                                        4,
                                        -5,
                                        6,
                                        7,
                                        8,
                                        9,
                                        10,
                                        11,
                                        "a",
                                        "ü")))
                .pending(List.of(waiting))
                .raw("{\"type\":\"ORDER_FILL\"}".getBytes(StandardCharsets.UTF_8))
                .build();
    }

    /** A payload with its kind; the other header fields are not asked for. */
    record PayloadView(RecordKind kind, byte[] payload) implements RecordView {
        @Override
        public long index() {
            return 1;
        }

        @Override
        public int version() {
            return RecordDecoder.newestVersion(kind);
        }

        @Override
        public long marketTimeNs() {
            return 0;
        }

        @Override
        public long journalTimeNs() {
            return 0;
        }

        @Override
        public long cause() {
            return 0;
        }

        @Override
        public int ordinal() {
            return 0;
        }

        @Override
        public boolean last() {
            return true;
        }

        @Override
        public org.agrona.DirectBuffer buffer() {
            return new UnsafeBuffer(payload);
        }

        @Override
        public int offset() {
            return 0;
        }

        @Override
        public int length() {
            return payload.length;
        }
    }
}
