package saker.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
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

/** Every fact comes back from its bytes, whatever its values. */
class LayoutPropertyTest {

    @Property(tries = 300)
    void shouldDecodeWhatWasEncoded(@ForAll("facts") KindAndFact any) {
        byte[] payload = Facts.encode(any.fact());

        Object decoded = Facts.decode(any.kind(), payload);

        assertThat(decoded).usingRecursiveComparison().isEqualTo(any.fact());
    }

    record KindAndFact(RecordKind kind, Object fact) {}

    @Provide
    Arbitrary<KindAndFact> facts() {
        return Arbitraries.oneOf(
                List.of(
                        of(RecordKind.TICK, ticks()),
                        of(RecordKind.FEED_STATUS, feedStatus()),
                        of(RecordKind.SIGNAL, signals()),
                        of(RecordKind.BROKER_EVENT, brokerEvents()),
                        of(RecordKind.COMMAND, commands()),
                        of(RecordKind.TIMER, Combinators.combine(i64(), i64()).as(Timer::new)),
                        of(RecordKind.WORKER_EVENT, workerEvents()),
                        of(RecordKind.ORDER_INTENT, intents()),
                        of(RecordKind.RISK_DECISION, decisions()),
                        of(RecordKind.ENGINE_STATE, states()),
                        of(RecordKind.BOOT, boots()),
                        of(RecordKind.INSTRUMENT, instruments()),
                        of(
                                RecordKind.CONFIG,
                                Combinators.combine(text(), text()).as(Configuration::new)),
                        of(RecordKind.BARS, bars()),
                        of(
                                RecordKind.SKIPPED,
                                Combinators.combine(i64(), i32(), text()).as(Skipped::new))));
    }

    private static <T> Arbitrary<KindAndFact> of(RecordKind kind, Arbitrary<T> facts) {
        return facts.map(fact -> new KindAndFact(kind, fact));
    }

    private static Arbitrary<RecordDecoder.Tick> ticks() {
        return Combinators.combine(i32(), i64(), i64(), i64(), i32()).as(RecordDecoder.Tick::new);
    }

    private static Arbitrary<FeedStatus> feedStatus() {
        return Combinators.combine(
                        i32(),
                        Arbitraries.of(FeedStatus.Feed.values()),
                        Arbitraries.of(FeedStatus.State.values()),
                        Arbitraries.doubles().between(1, 1000),
                        text())
                .as(FeedStatus::new);
    }

    private static Arbitrary<WorkerEvent> workerEvents() {
        return Combinators.combine(
                        Arbitraries.of(WorkerEvent.Event.values()),
                        Arbitraries.of(WorkerEvent.Policy.values()),
                        i32(),
                        i64(),
                        text(),
                        text())
                .as(
                        (event, policy, number, index, one, two) ->
                                new WorkerEvent(
                                        event, one, two, number, index, index, index, policy, two,
                                        one, two, one));
    }

    private static Arbitrary<Signal> signals() {
        Arbitrary<Signal.Row> rows =
                Combinators.combine(
                                i64(), i32(), positive(), positive(), positive(), positive(), i64())
                        .as(Signal.Row::new);
        return Combinators.combine(
                        positive(),
                        i32(),
                        i64(),
                        i64(),
                        i32(),
                        Arbitraries.of(true, false),
                        rows.list().ofMaxSize(5))
                .as(Signal::new);
    }

    private static Arbitrary<BrokerEvent> brokerEvents() {
        return Combinators.combine(
                        Arbitraries.of(BrokerEvent.Type.values()),
                        i64(),
                        i64(),
                        text(),
                        effects().list().ofMaxSize(3),
                        pending().list().ofMaxSize(3),
                        Arbitraries.bytes().array(byte[].class).ofMaxSize(200))
                .as(
                        (type, a, b, text, effects, pending, raw) ->
                                BrokerEvent.of(type, Long.hashCode(a ^ b))
                                        .intent(a)
                                        .transactionId(b)
                                        .orderId(a + 1)
                                        .tradeId(b + 1)
                                        .instrumentId(a.intValue())
                                        .unitsE4(a + 2)
                                        .priceE8(b + 2)
                                        .money(a + 3, b + 3, a + 4)
                                        .balanceE8(b + 4)
                                        .brokerTimeNs(a + 5)
                                        .httpStatus(b.intValue())
                                        .client(text, text + "'")
                                        .reason("r" + text)
                                        .effects(effects)
                                        .pending(pending)
                                        .raw(raw)
                                        .build());
    }

    private static Arbitrary<BrokerEvent.TradeEffect> effects() {
        return Combinators.combine(
                        Arbitraries.of(BrokerEvent.TradeEffect.Effect.values()),
                        i64(),
                        i32(),
                        i64(),
                        text())
                .as(
                        (effect, a, instrument, b, text) ->
                                new BrokerEvent.TradeEffect(
                                        effect,
                                        a,
                                        instrument,
                                        b,
                                        a + 1,
                                        b + 1,
                                        a + 2,
                                        b + 2,
                                        a + 3,
                                        b + 3,
                                        a + 4,
                                        b + 4,
                                        text,
                                        text + "x"));
    }

    private static Arbitrary<BrokerEvent.PendingOrder> pending() {
        return Combinators.combine(
                        i64(),
                        Arbitraries.of(BrokerEvent.PendingOrder.Kind.values()),
                        i32(),
                        i64(),
                        text())
                .as(
                        (a, kind, instrument, b, text) ->
                                new BrokerEvent.PendingOrder(
                                        a,
                                        kind,
                                        instrument,
                                        b,
                                        a + 1,
                                        a + 2,
                                        a + 3,
                                        a + 4,
                                        a + 5,
                                        b + 1,
                                        text,
                                        "t" + text));
    }

    private static Arbitrary<Command> commands() {
        return Combinators.combine(
                        Arbitraries.of(Command.Type.values()),
                        Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(64),
                        text(),
                        i32(),
                        i64(),
                        i64())
                .as(
                        (type, id, text, number, a, b) ->
                                new Command(
                                        type,
                                        id,
                                        text,
                                        text + "!",
                                        number,
                                        number + 1,
                                        a,
                                        b,
                                        a + 1,
                                        b + 1,
                                        a + 2,
                                        b + 2));
    }

    private static Arbitrary<OrderIntent> intents() {
        return Combinators.combine(
                        Arbitraries.of(OrderIntent.Action.values()),
                        Arbitraries.of(OrderIntent.OrderType.values()),
                        Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(36),
                        i32(),
                        i64(),
                        positive())
                .as(
                        (action, type, id, number, a, b) ->
                                new OrderIntent(
                                        action,
                                        type,
                                        number,
                                        number + 1,
                                        a,
                                        id,
                                        b,
                                        a + 1,
                                        a + 2,
                                        a + 3,
                                        b - 1,
                                        b,
                                        b,
                                        a + 4,
                                        a + 5,
                                        a + 6,
                                        a + 7,
                                        number + 2));
    }

    private static Arbitrary<RiskDecision> decisions() {
        return Combinators.combine(Arbitraries.of(RiskRule.values()), i32(), i64(), text())
                .as(
                        (rule, number, a, text) ->
                                new RiskDecision(
                                        rule == RiskRule.NONE,
                                        rule,
                                        number,
                                        number + 1,
                                        a,
                                        a + 1,
                                        number + 2,
                                        text));
    }

    private static Arbitrary<EngineState> states() {
        return Combinators.combine(
                        Arbitraries.of(EngineState.Scope.values()),
                        i64(),
                        Arbitraries.of(EngineState.State.values()),
                        Arbitraries.of(RiskRule.values()),
                        text())
                .as(EngineState::new);
    }

    private static Arbitrary<Boot> boots() {
        return Combinators.combine(i64(), i64(), text(), i64()).as(Boot::new);
    }

    private static Arbitrary<Instrument> instruments() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 255),
                        Arbitraries.strings().withCharRange('A', 'Z').ofLength(6),
                        text(),
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.longs().between(1, Long.MAX_VALUE / 2))
                .as(
                        (id, symbol, text, small, a) ->
                                new Instrument(
                                        id,
                                        symbol,
                                        text,
                                        text + "b",
                                        text + "q",
                                        small,
                                        -small,
                                        small,
                                        a,
                                        a + 1,
                                        a + 2,
                                        a + 3));
    }

    private static Arbitrary<Bars> bars() {
        Arbitrary<Bars.Bar> bar =
                Combinators.combine(i64(), Arbitraries.longs().between(1, 1L << 50), i64())
                        .as(
                                (start, low, volume) ->
                                        new Bars.Bar(
                                                start, low + 1, low + 3, low, low + 2, volume));
        return Combinators.combine(
                        i32(),
                        Arbitraries.of(BarPeriod.values()),
                        Arbitraries.of(true, false),
                        bar.list().ofMaxSize(20))
                .as(Bars::new);
    }

    private static Arbitrary<Long> i64() {
        return Arbitraries.longs();
    }

    private static Arbitrary<Long> positive() {
        return Arbitraries.longs().between(1, Long.MAX_VALUE);
    }

    private static Arbitrary<Integer> i32() {
        return Arbitraries.integers();
    }

    /** Any text, other scripts and controls as well, but no halves of surrogate pairs. */
    private static Arbitrary<String> text() {
        return Arbitraries.strings()
                .withCharRange('\0', '\ud7ff')
                .withCharRange('\ue000', '\uffff')
                .ofMaxLength(40);
    }
}
