package saker.live;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import saker.config.RiskConfig;
import saker.config.StrategyConfig;
import saker.core.RecordedDecisions;
import saker.core.TradingAccount;
import saker.core.TradingCore;
import saker.journal.BootDescriptor;
import saker.journal.BrokerEventDescriptor;
import saker.journal.FeedStatusDescriptor;
import saker.journal.MemoryRecord;
import saker.journal.OrderIntentDescriptor;
import saker.journal.RecordSink;
import saker.journal.SignalDescriptor;
import saker.journal.TickDescriptor;
import saker.model.BarPeriod;
import saker.model.Boot;
import saker.model.BrokerEvent;
import saker.model.FeedStatus;
import saker.model.Instrument;
import saker.model.OrderIntent;
import saker.model.RecordKind;
import saker.model.Signal;
import saker.model.SignalBits;
import saker.model.TickFlags;

/**
 * Goes the way from a signal to the broker's request a few thousand times before the first real
 * order does: an engine that trades a few times a day would run that code as the JVM first finds
 * it, many times slower than compiled. It has a core, an account and a market of its own; nothing
 * leaves it. Once per process, on a thread of its own; nobody waits for it.
 */
final class OrderRehearsal {
    static final Instrument INSTRUMENT =
            new Instrument(
                    0,
                    "EURUSD",
                    "EUR_USD",
                    "EUR",
                    "USD",
                    5,
                    -4,
                    0,
                    10_000L,
                    1_000_000_000_000L,
                    3_330_000_000_000L,
                    100_000L);

    private static final Logger LOG = LoggerFactory.getLogger(OrderRehearsal.class);
    private static final int ORDERS = 12_000; // The JVM compiles for good after 5,000 to 10,000.
    private static final int ORDERS_OF_ONE_CORE = 1_000;
    private static final long START_NS = 1_773_662_400_000_000_000L; // A Monday, 12:00 UTC.
    private static final long TICK_NS = 100_000_000L;
    private static final long BID_E8 = 110_000_000L;
    private static final long SPREAD_E8 = 10_000L;
    private static final long LOT_E8 = 1_000_000L;
    private static final long STOP_E8 = 450_000L;
    private static final AtomicBoolean DONE = new AtomicBoolean();

    private final MemoryRecord entry = new MemoryRecord(START_NS);
    private final Sink sink = new Sink();
    private final Consumer<OrderIntent> broker;
    private TradingCore core;

    private OrderRehearsal(Consumer<OrderIntent> broker) {
        this.broker = broker;
    }

    /**
     * Begins, if this process has not yet.
     *
     * @param broker makes a request of an intent, and sends nothing
     */
    static void begin(Consumer<OrderIntent> broker) {
        if (DONE.compareAndSet(false, true)) {
            Thread thread = new Thread(() -> run(broker), "order-rehearsal");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private static void run(Consumer<OrderIntent> broker) {
        long beganNs = System.nanoTime();
        int intents;
        try {
            intents = new OrderRehearsal(broker).orders(ORDERS);
        } catch (RuntimeException e) {
            LOG.warn("no rehearsal of orders, the first ones are slower", e);
            return;
        }
        LOG.info(
                "orders rehearsed: intents={}, ms={}",
                intents,
                (System.nanoTime() - beganNs) / 1_000_000);
    }

    /** For a test: as many orders, on the caller's thread; returns how many became intents. */
    static int rehearse(int orders, Consumer<OrderIntent> broker) {
        return new OrderRehearsal(broker).orders(orders);
    }

    private int orders(int count) {
        int intents = 0;
        for (int i = 0; i < count; i++) {
            if (i % ORDERS_OF_ONE_CORE == 0) {
                open();
            }
            if (order(i)) {
                intents++;
            }
        }
        return intents;
    }

    private void open() {
        core =
                new TradingCore(
                        List.of(INSTRUMENT),
                        List.of(new TradingAccount(0, "rehearsal", "USD", true)),
                        List.of(
                                new StrategyConfig(
                                        1,
                                        "rehearsal",
                                        1,
                                        "rehearsal",
                                        INSTRUMENT.symbol(),
                                        BarPeriod.M1,
                                        Map.of(),
                                        List.of(),
                                        true)),
                        RiskConfig.DEFAULTS.withoutCounts(),
                        sink,
                        new RecordedDecisions());
        Boot boot = new Boot(1, 1, "rehearsal", entry.marketTimeNs());
        give(RecordKind.BOOT, BootDescriptor.encode(boot, entry.payload(), 0));
        feed(FeedStatus.Feed.PRICES);
        feed(FeedStatus.Feed.TRANSACTIONS);
        event(
                BrokerEvent.of(BrokerEvent.Type.ACCOUNT_SNAPSHOT, 0)
                        .transactionId(1)
                        .balanceE8(100_000L * 100_000_000L)
                        .reason("USD")
                        .build());
    }

    /** A tick, a signal that opens, what the broker would be asked, and a refusal. */
    private boolean order(int number) {
        long bidE8 = BID_E8 + number % 41 * 1_000L;
        int length =
                TickDescriptor.encode(
                        entry.payload(), 0, 0, bidE8, bidE8 + SPREAD_E8, 0, TickFlags.TRADEABLE);
        give(RecordKind.TICK, length);
        sink.intent = null;
        int bits = number % 2 == 0 ? SignalBits.OPEN_BUY : SignalBits.OPEN_SELL;
        Signal.Row row = new Signal.Row(Signal.ALL_TICKETS, bits, LOT_E8, 0, STOP_E8, STOP_E8, 0);
        Signal signal = new Signal(1, 0, bidE8, bidE8 + SPREAD_E8, 0, false, List.of(row));
        give(RecordKind.SIGNAL, SignalDescriptor.encode(signal, entry.payload(), 0));
        OrderIntent intent = sink.intent;
        if (intent == null) {
            return false;
        }
        long index = sink.intentIndex;
        broker.accept(intent);
        event(BrokerEvent.of(BrokerEvent.Type.REQUEST_SENT, 0).intent(index).build());
        event(
                BrokerEvent.of(BrokerEvent.Type.REQUEST_REFUSED, 0)
                        .intent(index)
                        .reason("rehearsal")
                        .build());
        return true;
    }

    private void feed(FeedStatus.Feed feed) {
        FeedStatus live = new FeedStatus(0, feed, FeedStatus.State.LIVE, 1, "");
        give(RecordKind.FEED_STATUS, FeedStatusDescriptor.encode(live, entry.payload(), 0));
    }

    private void event(BrokerEvent event) {
        give(RecordKind.BROKER_EVENT, BrokerEventDescriptor.encode(event, entry.payload(), 0));
    }

    private void give(RecordKind kind, int length) {
        core.onRecord(entry.next(kind, length, TICK_NS));
    }

    /** Takes what the core appends, and remembers the newest intent. */
    private final class Sink implements RecordSink {
        private OrderIntent intent;
        private long intentIndex;

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
            long index = entry.takeIndex();
            if (kind == RecordKind.ORDER_INTENT) {
                intent = OrderIntentDescriptor.decode(payload, offset, length);
                intentIndex = index;
            }
            return index;
        }
    }
}
