package saker.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import saker.broker.BrokerSession.AccountTerms;
import saker.config.AccountConfig;
import saker.config.SakerConfig;
import saker.config.StrategyConfig;
import saker.journal.BrokerEventDescriptor;
import saker.journal.CommandDescriptor;
import saker.journal.ConfigDescriptor;
import saker.journal.EngineStateDescriptor;
import saker.journal.FeedStatusDescriptor;
import saker.journal.InstrumentDescriptor;
import saker.journal.Journal;
import saker.journal.JournalOptions;
import saker.journal.OrderIntentDescriptor;
import saker.journal.RecordDecoder;
import saker.journal.RiskDecisionDescriptor;
import saker.journal.SignalDescriptor;
import saker.journal.TickDescriptor;
import saker.model.BarPeriod;
import saker.model.BrokerEvent;
import saker.model.BrokerEvent.PendingOrder;
import saker.model.BrokerEvent.TradeEffect;
import saker.model.BrokerEvent.TradeEffect.Effect;
import saker.model.Command;
import saker.model.Configuration;
import saker.model.EngineState;
import saker.model.FeedStatus;
import saker.model.FixedPoint;
import saker.model.Instrument;
import saker.model.OrderIntent;
import saker.model.RecordKind;
import saker.model.RiskDecision;
import saker.model.RiskRule;
import saker.model.Signal;
import saker.model.SignalBits;
import saker.model.TickFlags;
import saker.order.ClientIds;

/**
 * Writes a journal as an engine would that trades EURUSD: signals, decisions, intents, the broker's
 * events, ticks; and remembers what the database must show of them.
 */
final class TradingDays implements AutoCloseable {
    static final long START_NS = 1_772_452_800_000_000_000L; // 2026-03-02 12:00 UTC
    static final long MAGIC = 77;
    static final String ACCOUNT = "main";
    private static final long UNITS_E4 = 10_000 * FixedPoint.E4;

    final Journal journal;
    int fills;
    int opened;
    int closed;
    int rejectedSignals;
    int signals;
    long realizedPlE8;
    long closedPlE8;

    private final Random random = new Random(20260302);
    private final MutableDirectBuffer buffer = new ExpandableArrayBuffer(4096);
    private final List<long[]> open = new ArrayList<>(); // ticket, units E4, price E8, realised E8
    private long marketTimeNs = START_NS;
    private long transactionId = 100;
    private long balanceE8 = 100_000 * FixedPoint.E8;
    private long bidE8 = 110_000_000;
    private int clientIds;

    TradingDays(Path data) throws IOException {
        journal =
                Journal.open(
                        data,
                        JournalOptions.defaults("test")
                                .withBlockSize(1 << 20)
                                .withIntervals(0, 0, 0)
                                .withSpace(0, 0, null));
        instrument();
        append(
                RecordKind.CONFIG,
                0,
                ConfigDescriptor.encode(
                        new Configuration(
                                "ab".repeat(32),
                                StoreSetup.json(
                                        new StoreSetup(
                                                config(), List.of(new AccountTerms("USD", true))))),
                        buffer,
                        0));
        feed(FeedStatus.State.LIVE);
        snapshot();
    }

    static SakerConfig config() {
        AccountConfig account =
                new AccountConfig(
                        ACCOUNT,
                        "oanda",
                        AccountConfig.Environment.DEMO,
                        "101-001-1-001",
                        "http://127.0.0.1:1",
                        "http://127.0.0.1:1",
                        "env:TOKEN",
                        List.of("EURUSD"),
                        AccountConfig.Durability.PROCESS);
        StrategyConfig strategy =
                new StrategyConfig(
                        MAGIC,
                        "trend",
                        1,
                        ACCOUNT,
                        "EURUSD",
                        BarPeriod.values()[0],
                        Map.of(3, 1.5),
                        List.of(),
                        true);
        return new SakerConfig(null, null, null, null, null, List.of(account), List.of(strategy));
    }

    /** A stretch of trading: ticks, entries, changed stops, part and whole closes, refusals. */
    void trade(int steps) {
        for (int i = 0; i < steps; i++) {
            tick();
            switch (random.nextInt(6)) {
                case 0, 1 -> open();
                case 2 -> closeOldest(true);
                case 3 -> closeOldest(false);
                case 4 -> moveStop();
                default -> refuse();
            }
        }
    }

    /** Everything there is survives a power cut. */
    void makeDurable() {
        if (!journal.syncer().awaitDurable(journal.appendedIndex(), 10_000)) {
            throw new AssertionError("not durable: index=" + journal.appendedIndex());
        }
    }

    long tick() {
        marketTimeNs += 7_000_000_000L + random.nextInt(1_000_000_000);
        bidE8 += (random.nextInt(41) - 20) * 1_000L;
        return append(
                RecordKind.TICK,
                0,
                TickDescriptor.encode(buffer, 0, 0, bidE8, bidE8 + 10_000, 0, TickFlags.TRADEABLE));
    }

    /** Signal, decision, intent, request, fill: ticket of the new trade. */
    long open() {
        boolean buy = random.nextBoolean();
        long origin = signal(buy ? SignalBits.OPEN_BUY : SignalBits.OPEN_SELL);
        decide(origin, true);
        long unitsE4 = buy ? UNITS_E4 : -UNITS_E4;
        long priceE8 = buy ? bidE8 + 10_000 : bidE8;
        long intent = intent(OrderIntent.Action.OPEN, unitsE4, 0, origin);
        long ticket = ++transactionId;
        event(
                BrokerEvent.of(BrokerEvent.Type.ORDER_FILLED, 0)
                        .intent(intent)
                        .transactionId(ticket)
                        .orderId(ticket - 1)
                        .tradeId(ticket)
                        .instrumentId(0)
                        .unitsE4(unitsE4)
                        .priceE8(priceE8)
                        .balanceE8(balanceE8)
                        .brokerTimeNs(marketTimeNs)
                        .reason("MARKET_ORDER")
                        .effects(
                                List.of(
                                        effect(
                                                Effect.OPENED,
                                                ticket,
                                                unitsE4,
                                                priceE8,
                                                0,
                                                marketTimeNs))));
        answered(intent);
        open.add(new long[] {ticket, unitsE4, priceE8, 0});
        fills++;
        opened++;
        return ticket;
    }

    void closeOldest(boolean whole) {
        if (open.isEmpty()) {
            return;
        }
        long[] trade = open.get(0);
        boolean all = whole || Math.abs(trade[1]) <= FixedPoint.E4;
        long closingE4 = all ? -trade[1] : -trade[1] / 2;
        long wonE8 = (random.nextInt(200_000) - 90_000) * 1_001L;
        long intent = intent(OrderIntent.Action.CLOSE, all ? 0 : Math.abs(closingE4), trade[0], 0);
        balanceE8 += wonE8;
        event(
                BrokerEvent.of(BrokerEvent.Type.ORDER_FILLED, 0)
                        .intent(intent)
                        .transactionId(++transactionId)
                        .instrumentId(0)
                        .unitsE4(closingE4)
                        .priceE8(bidE8)
                        .money(wonE8, 0, 0)
                        .balanceE8(balanceE8)
                        .brokerTimeNs(marketTimeNs)
                        .reason("MARKET_ORDER_TRADE_CLOSE")
                        .effects(
                                List.of(
                                        effect(
                                                all ? Effect.CLOSED : Effect.REDUCED,
                                                trade[0],
                                                closingE4,
                                                bidE8,
                                                wonE8,
                                                0))));
        answered(intent);
        fills++;
        realizedPlE8 += wonE8;
        trade[1] += closingE4;
        trade[3] += wonE8;
        if (all) {
            open.remove(0);
            closed++;
            closedPlE8 += trade[3];
        }
    }

    private void moveStop() {
        if (open.isEmpty()) {
            return;
        }
        long ticket = open.get(open.size() - 1)[0];
        long intent = intent(OrderIntent.Action.MODIFY, 0, ticket, 0);
        long order = ++transactionId;
        event(
                BrokerEvent.of(BrokerEvent.Type.ORDER_CREATED, 0)
                        .intent(intent)
                        .transactionId(order)
                        .orderId(order)
                        .tradeId(ticket)
                        .instrumentId(0)
                        .priceE8(bidE8 - 500_000)
                        .brokerTimeNs(marketTimeNs)
                        .reason("REPLACEMENT")
                        .pending(
                                List.of(
                                        new PendingOrder(
                                                order,
                                                PendingOrder.Kind.STOP_LOSS,
                                                0,
                                                0,
                                                bidE8 - 500_000,
                                                0,
                                                0,
                                                marketTimeNs,
                                                0,
                                                ticket,
                                                "",
                                                ""))));
        answered(intent);
    }

    private void refuse() {
        decide(signal(SignalBits.OPEN_BUY), false);
        rejectedSignals++;
    }

    void snapshot() {
        List<TradeEffect> effects = new ArrayList<>();
        for (long[] trade : open) {
            effects.add(effect(Effect.OPEN, trade[0], trade[1], trade[2], trade[3], START_NS));
        }
        event(
                BrokerEvent.of(BrokerEvent.Type.ACCOUNT_SNAPSHOT, 0)
                        .transactionId(transactionId)
                        .balanceE8(balanceE8)
                        .brokerTimeNs(marketTimeNs)
                        .reason("USD")
                        .effects(effects));
    }

    /** A trade somebody opened while nobody looked: the next snapshot shows it first. */
    long openUnseen() {
        long ticket = ++transactionId;
        open.add(new long[] {ticket, UNITS_E4, bidE8, 0});
        return ticket;
    }

    /** The oldest trade is closed while nobody looks. */
    long closeUnseen() {
        transactionId++;
        return open.remove(0)[0];
    }

    /** Returns its index. */
    long command(Command.Type type, String reason) {
        Command command =
                new Command(
                        type,
                        "c-" + clientIds++,
                        "ada",
                        reason,
                        0,
                        -1,
                        0,
                        0,
                        0,
                        0,
                        0,
                        Long.MAX_VALUE);
        return append(RecordKind.COMMAND, 0, CommandDescriptor.encode(command, buffer, 0));
    }

    /**
     * @param cause index of the command, 0 for none
     */
    void halt(String detail, long cause) {
        append(
                RecordKind.ENGINE_STATE,
                cause,
                EngineStateDescriptor.encode(
                        new EngineState(
                                EngineState.Scope.ENGINE,
                                0,
                                EngineState.State.HALTED,
                                RiskRule.NONE,
                                detail),
                        buffer,
                        0));
    }

    private void feed(FeedStatus.State state) {
        append(
                RecordKind.FEED_STATUS,
                0,
                FeedStatusDescriptor.encode(
                        new FeedStatus(0, FeedStatus.Feed.PRICES, state, 1, ""), buffer, 0));
    }

    private long signal(int bits) {
        signals++;
        Signal signal =
                new Signal(
                        MAGIC,
                        0,
                        bidE8,
                        bidE8 + 10_000,
                        0,
                        false,
                        List.of(
                                new Signal.Row(
                                        Signal.ALL_TICKETS, bits, 10_000_000, 0, 500_000, 0, 0)));
        return append(RecordKind.SIGNAL, 0, SignalDescriptor.encode(signal, buffer, 0));
    }

    private void decide(long origin, boolean approved) {
        RiskDecision decision =
                new RiskDecision(
                        approved,
                        approved ? RiskRule.NONE : RiskRule.MARGIN,
                        0,
                        0,
                        MAGIC,
                        origin,
                        0,
                        approved ? "" : "needed=2, free=1");
        append(
                RecordKind.RISK_DECISION,
                origin,
                RiskDecisionDescriptor.encode(decision, buffer, 0));
    }

    private long intent(OrderIntent.Action action, long unitsE4, long ticket, long origin) {
        OrderIntent intent =
                new OrderIntent(
                        action,
                        OrderIntent.OrderType.MARKET,
                        0,
                        0,
                        MAGIC,
                        ClientIds.make(1, origin, 1 + clientIds++),
                        unitsE4,
                        0,
                        0,
                        0,
                        0,
                        ticket,
                        0,
                        bidE8,
                        transactionId,
                        Long.MAX_VALUE,
                        origin,
                        0);
        long index =
                append(
                        RecordKind.ORDER_INTENT,
                        origin,
                        OrderIntentDescriptor.encode(intent, buffer, 0));
        event(BrokerEvent.of(BrokerEvent.Type.REQUEST_SENT, 0).intent(index));
        return index;
    }

    private void answered(long intent) {
        event(BrokerEvent.of(BrokerEvent.Type.REQUEST_ANSWERED, 0).intent(intent).httpStatus(201));
    }

    private static TradeEffect effect(
            Effect effect, long ticket, long unitsE4, long priceE8, long wonE8, long openTimeNs) {
        return new TradeEffect(
                effect,
                ticket,
                0,
                unitsE4,
                priceE8,
                wonE8,
                0,
                0,
                0,
                0,
                0,
                openTimeNs,
                "client",
                Long.toString(MAGIC));
    }

    private void instrument() {
        Instrument eurusd =
                new Instrument(
                        0,
                        "EURUSD",
                        "EUR_USD",
                        "EUR",
                        "USD",
                        5,
                        -4,
                        0,
                        10_000,
                        1_000_000_000_000L,
                        3_333_333_333_333L,
                        100_000);
        append(RecordKind.INSTRUMENT, 0, InstrumentDescriptor.encode(eurusd, buffer, 0));
    }

    void event(BrokerEvent.Builder event) {
        append(RecordKind.BROKER_EVENT, 0, BrokerEventDescriptor.encode(event.build(), buffer, 0));
    }

    private long append(RecordKind kind, long cause, int length) {
        long index =
                journal.append(
                        kind,
                        RecordDecoder.newestVersion(kind),
                        marketTimeNs,
                        cause,
                        0,
                        true,
                        buffer,
                        0,
                        length);
        if (index < 0) {
            throw new AssertionError("not appended: kind=" + kind);
        }
        return index;
    }

    @Override
    public void close() throws IOException {
        journal.close();
    }
}
