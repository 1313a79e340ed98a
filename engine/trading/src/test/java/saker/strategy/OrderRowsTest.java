package saker.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import saker.config.StrategyConfig;
import saker.journal.BrokerEventDescriptor;
import saker.journal.RecordView;
import saker.market.Instruments;
import saker.model.BarPeriod;
import saker.model.BrokerEvent;
import saker.model.BrokerEvent.PendingOrder;
import saker.model.BrokerEvent.TradeEffect;
import saker.model.BrokerEvent.TradeEffect.Effect;
import saker.model.BrokerEvent.Type;
import saker.model.FixedPoint;
import saker.model.Instrument;
import saker.model.RecordKind;

/** The orders that instances on two accounts are shown, through the host that folds them. */
class OrderRowsTest {
    private static final int EURUSD = 0;
    private static final int GBPUSD = 1;
    private static final long LOT_E4 = 100_000 * FixedPoint.E4;
    private static final long NANOS = 1_000_000_000L;
    private static final Instant OPENED = Instant.parse("2026-01-05T10:00:00Z"); // New York winter.
    private static final Instant CLOSED = Instant.parse("2026-07-06T10:00:00Z"); // And summer.
    private static final String FIRST = "1001"; // Magic numbers, as tags.
    private static final String SECOND = "1002";

    private enum Field {
        TICKET,
        INSTANCE,
        TYPE,
        OPEN_TIME,
        CLOSE_TIME,
        STOP_LOSS,
        TAKE_PROFIT,
        EXPIRATION,
        OPEN_PRICE,
        CLOSE_PRICE,
        LOTS,
        PROFIT,
        COMMISSION,
        SWAP,
        IS_OPEN
    }

    @TempDir private Path folder;
    private StrategyHost host;
    private long lastId = 100;

    @BeforeEach
    void setUp() {
        Path config = FrameworkFiles.writeConfig(folder);
        host =
                new StrategyHost(
                        NativeFramework.load(TestLibrary.path()),
                        config,
                        true,
                        new Instruments(
                                List.of(instrument(EURUSD, "EUR"), instrument(GBPUSD, "GBP"))),
                        List.of(
                                new StrategyHost.Account("main", "USD"),
                                new StrategyHost.Account("other", "USD")),
                        List.of(
                                instance(1001, "main", "EURUSD"),
                                instance(1002, "main", "EURUSD"),
                                instance(1003, "other", "EURUSD")),
                        (kind, version, time, cause, ordinal, last, buffer, at, length) -> 1,
                        RunObserver.NOBODY,
                        true);
        snapshot(0);
        snapshot(1);
    }

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void shouldShowOwnOpenTradesNewestFirst() {
        open(0, 11, EURUSD, LOT_E4 / 4, FIRST);
        open(0, 12, EURUSD, -LOT_E4, SECOND);
        open(0, 13, EURUSD, -LOT_E4 / 2, FIRST);

        assertThat(tickets(0)).containsExactly(13, 11, 0);
        assertThat(tickets(1)).containsExactly(12, 0, 0);
        assertThat(value(0, 0, Field.INSTANCE)).isEqualTo(1001);
        assertThat(value(0, 0, Field.TYPE)).isEqualTo(1);
        assertThat(value(0, 0, Field.LOTS)).isEqualTo(0.5);
        assertThat(value(0, 1, Field.TYPE)).isZero();
        assertThat(value(0, 1, Field.LOTS)).isEqualTo(0.25);
        assertThat(value(0, 1, Field.OPEN_PRICE)).isEqualTo(1.1);
        assertThat(value(0, 1, Field.IS_OPEN)).isEqualTo(1);
        assertThat(value(0, 1, Field.CLOSE_TIME)).isZero();
        assertThat(value(0, 1, Field.OPEN_TIME)) // Two hours ahead of UTC in the winter.
                .isEqualTo(OPENED.getEpochSecond() + 2 * 3_600);
        assertUnusedRowsAreZero(0, 2);
    }

    @Test
    void shouldShowNobodyElsesTrades() {
        open(0, 11, EURUSD, LOT_E4, "");
        open(0, 12, EURUSD, LOT_E4, "777");
        open(0, 13, EURUSD, LOT_E4, "by hand");
        open(0, 14, GBPUSD, LOT_E4, FIRST);
        open(1, 15, EURUSD, LOT_E4, FIRST); // Our magic number, but another account.
        waiting(0, 21, PendingOrder.Kind.LIMIT, EURUSD, LOT_E4, "777");

        assertUnusedRowsAreZero(0, 0);
        assertUnusedRowsAreZero(1, 0);
        assertUnusedRowsAreZero(2, 0);
        closeTrade(0, 12, EURUSD, -LOT_E4, 0);
        closeTrade(1, 15, EURUSD, -LOT_E4, 0);
        assertUnusedRowsAreZero(0, 0);
        assertUnusedRowsAreZero(1, 0);
    }

    @Test
    void shouldShowClosedTradesAfterTheOpenOnesNewestFirst() {
        open(0, 11, EURUSD, LOT_E4, FIRST);
        open(0, 12, EURUSD, LOT_E4, FIRST);
        open(0, 13, EURUSD, LOT_E4, FIRST);
        closeTrade(0, 13, EURUSD, -LOT_E4, 0);
        closeTrade(0, 11, EURUSD, -LOT_E4, 0);

        assertThat(tickets(0)).containsExactly(12, 11, 13);
        assertThat(value(0, 0, Field.IS_OPEN)).isEqualTo(1);
        assertThat(value(0, 1, Field.IS_OPEN)).isZero();
        assertThat(value(0, 1, Field.CLOSE_TIME)) // Three hours ahead in the summer.
                .isEqualTo(CLOSED.getEpochSecond() + 3 * 3_600);
        closeTrade(0, 12, EURUSD, -LOT_E4, 0);
        open(0, 14, EURUSD, LOT_E4, FIRST);
        assertThat(tickets(0)).as("the oldest does not fit").containsExactly(14, 12, 11);
    }

    @Test
    void shouldShowWhatAWholeTradeEarnedAndCost() {
        open(0, 11, EURUSD, LOT_E4, FIRST, 300);
        assertThat(value(0, 0, Field.COMMISSION)).isEqualTo(-3);
        fill(0, Effect.REDUCED, 11, EURUSD, -LOT_E4 / 4, 100, 1_000, 50, FIRST);
        assertThat(value(0, 0, Field.LOTS)).isEqualTo(0.75);
        assertThat(value(0, 0, Field.COMMISSION)).isEqualTo(-4);
        financing(0, 11, -25);
        assertThat(value(0, 0, Field.SWAP)).isEqualTo(0.25);

        closeTrade(0, 11, EURUSD, -LOT_E4 * 3 / 4, 200);

        assertThat(value(0, 0, Field.TICKET)).isEqualTo(11);
        assertThat(value(0, 0, Field.LOTS)).isEqualTo(1);
        assertThat(value(0, 0, Field.PROFIT)).isEqualTo(10);
        assertThat(value(0, 0, Field.SWAP)).isEqualTo(0.25);
        assertThat(value(0, 0, Field.COMMISSION)).isEqualTo(-6);
        assertThat(value(0, 0, Field.CLOSE_PRICE)).isEqualTo(1.1);
    }

    @Test
    void shouldKeepTheStopThatClosedATrade() {
        open(0, 11, EURUSD, LOT_E4, FIRST);
        protect(0, 31, PendingOrder.Kind.STOP_LOSS, 11, 109_000_000);
        protect(0, 32, PendingOrder.Kind.TAKE_PROFIT, 11, 112_000_000);
        assertThat(value(0, 0, Field.STOP_LOSS)).isEqualTo(1.09);
        assertThat(value(0, 0, Field.TAKE_PROFIT)).isEqualTo(1.12);

        apply(closing(0, 11, EURUSD, -LOT_E4, 0).orderId(31).build());

        assertThat(value(0, 0, Field.IS_OPEN)).isZero();
        assertThat(value(0, 0, Field.STOP_LOSS)).isEqualTo(1.09);
        assertThat(value(0, 0, Field.TAKE_PROFIT)).isEqualTo(1.12);
    }

    @Test
    void shouldShowWaitingOrdersBetweenOpenAndClosedOnes() {
        open(0, 11, EURUSD, LOT_E4, FIRST);
        closeTrade(0, 11, EURUSD, -LOT_E4, 0);
        waiting(0, 21, PendingOrder.Kind.LIMIT, EURUSD, LOT_E4, FIRST);
        waiting(0, 22, PendingOrder.Kind.STOP, EURUSD, -LOT_E4 / 10, FIRST);
        waiting(0, 23, PendingOrder.Kind.OTHER, EURUSD, LOT_E4, FIRST);

        assertThat(tickets(0)).containsExactly(22, 21, 11);
        assertThat(value(0, 0, Field.TYPE)).as("sell stop").isEqualTo(5);
        assertThat(value(0, 0, Field.LOTS)).isEqualTo(0.1);
        assertThat(value(0, 1, Field.TYPE)).as("buy limit").isEqualTo(2);
        assertThat(value(0, 1, Field.OPEN_PRICE)).isEqualTo(1.05);
        assertThat(value(0, 1, Field.STOP_LOSS)).isEqualTo(1.04);
        assertThat(value(0, 1, Field.TAKE_PROFIT)).isEqualTo(1.07);
        assertThat(value(0, 1, Field.OPEN_TIME)).isEqualTo(OPENED.getEpochSecond() + 2 * 3_600);
        assertThat(value(0, 1, Field.EXPIRATION)).isEqualTo(OPENED.getEpochSecond() + 3 * 3_600);
        assertThat(value(0, 1, Field.IS_OPEN)).isEqualTo(1);
        apply(BrokerEvent.of(Type.ORDER_CANCELLED, 0).transactionId(++lastId).orderId(22).build());
        assertThat(tickets(0)).containsExactly(21, 11, 0);
    }

    /** As many rows as MAX_OPEN_ORDERS + 1, however much there is. */
    @Test
    void shouldShowNoMoreRowsThanTheSettingsSay() {
        for (long ticket = 11; ticket < 20; ticket++) {
            open(0, ticket, EURUSD, LOT_E4, FIRST);
        }

        assertThat(host.instance(0).orders().count()).isEqualTo(3);
        assertThat(tickets(0)).containsExactly(19, 18, 17);
    }

    private List<Integer> tickets(int instance) {
        List<Integer> tickets = new ArrayList<>();
        for (int row = 0; row < host.instance(instance).orders().count(); row++) {
            tickets.add((int) value(instance, row, Field.TICKET));
        }
        return tickets;
    }

    private double value(int instance, int row, Field field) {
        return host.instance(instance).orders().value(row, field.ordinal());
    }

    private void assertUnusedRowsAreZero(int instance, int from) {
        for (int row = from; row < host.instance(instance).orders().count(); row++) {
            for (Field field : Field.values()) {
                assertThat(value(instance, row, field)).as("%d %s", row, field).isZero();
            }
        }
    }

    private void snapshot(int account) {
        apply(
                BrokerEvent.of(Type.ACCOUNT_SNAPSHOT, account)
                        .transactionId(1)
                        .balanceE8(100_000 * FixedPoint.E8)
                        .reason("USD")
                        .build());
    }

    private void open(int account, long ticket, int instrument, long unitsE4, String tag) {
        open(account, ticket, instrument, unitsE4, tag, 0);
    }

    private void open(
            int account, long ticket, int instrument, long unitsE4, String tag, long cents) {
        fill(account, Effect.OPENED, ticket, instrument, unitsE4, cents, 0, 0, tag);
    }

    private void closeTrade(int account, long ticket, int instrument, long unitsE4, long cents) {
        apply(closing(account, ticket, instrument, unitsE4, cents).build());
    }

    private BrokerEvent.Builder closing(
            int account, long ticket, int instrument, long unitsE4, long commissionCents) {
        return filled(
                account, Effect.CLOSED, ticket, instrument, unitsE4, commissionCents, 0, 0, "");
    }

    private void fill(
            int account,
            Effect effect,
            long ticket,
            int instrument,
            long unitsE4,
            long commissionCents,
            long profitCents,
            long financingCents,
            String tag) {
        apply(
                filled(
                                account,
                                effect,
                                ticket,
                                instrument,
                                unitsE4,
                                commissionCents,
                                profitCents,
                                financingCents,
                                tag)
                        .build());
    }

    private BrokerEvent.Builder filled(
            int account,
            Effect effect,
            long ticket,
            int instrument,
            long unitsE4,
            long commissionCents,
            long profitCents,
            long financingCents,
            String tag) {
        return BrokerEvent.of(Type.ORDER_FILLED, account)
                .transactionId(++lastId)
                .instrumentId(instrument)
                .unitsE4(unitsE4)
                .priceE8(110_000_000)
                .money(0, 0, cents(commissionCents))
                .balanceE8(100_000 * FixedPoint.E8)
                .brokerTimeNs(CLOSED.getEpochSecond() * 1_000_000_000L)
                .effects(
                        List.of(
                                effect(
                                        effect,
                                        ticket,
                                        instrument,
                                        unitsE4,
                                        profitCents,
                                        financingCents,
                                        tag)));
    }

    private void financing(int account, long ticket, long cents) {
        apply(
                BrokerEvent.of(Type.FINANCING, account)
                        .transactionId(++lastId)
                        .balanceE8(100_000 * FixedPoint.E8)
                        .effects(List.of(effect(Effect.FINANCED, ticket, EURUSD, 0, 0, cents, "")))
                        .build());
    }

    private static TradeEffect effect(
            Effect effect,
            long ticket,
            int instrument,
            long unitsE4,
            long profitCents,
            long financingCents,
            String tag) {
        return new TradeEffect(
                effect,
                ticket,
                instrument,
                unitsE4,
                110_000_000,
                cents(profitCents),
                cents(financingCents),
                0,
                0,
                0,
                0,
                OPENED.getEpochSecond() * 1_000_000_000L,
                "",
                tag);
    }

    private static long cents(long cents) {
        return cents * FixedPoint.E8 / 100;
    }

    private void waiting(
            int account,
            long orderId,
            PendingOrder.Kind kind,
            int instrument,
            long unitsE4,
            String tag) {
        created(
                account,
                new PendingOrder(
                        orderId,
                        kind,
                        instrument,
                        unitsE4,
                        105_000_000,
                        104_000_000,
                        107_000_000,
                        NANOS * OPENED.getEpochSecond(),
                        NANOS * (OPENED.getEpochSecond() + 3_600),
                        0,
                        "",
                        tag));
    }

    private void protect(
            int account, long orderId, PendingOrder.Kind kind, long ticket, long priceE8) {
        created(
                account,
                new PendingOrder(orderId, kind, EURUSD, 0, priceE8, 0, 0, 0, 0, ticket, "", ""));
    }

    private void created(int account, PendingOrder order) {
        apply(
                BrokerEvent.of(Type.ORDER_CREATED, account)
                        .transactionId(++lastId)
                        .orderId(order.orderId())
                        .pending(List.of(order))
                        .build());
    }

    private void apply(BrokerEvent event) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        int length = BrokerEventDescriptor.encode(event, buffer, 0);
        host.onRecord(new Entry(buffer, length));
    }

    private record Entry(DirectBuffer buffer, int length) implements RecordView {
        @Override
        public long index() {
            return 1;
        }

        @Override
        public RecordKind kind() {
            return RecordKind.BROKER_EVENT;
        }

        @Override
        public int version() {
            return BrokerEventDescriptor.VERSION;
        }

        @Override
        public long marketTimeNs() {
            return 1;
        }

        @Override
        public long journalTimeNs() {
            return 1;
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
        public int offset() {
            return 0;
        }
    }

    private static Instrument instrument(int id, String base) {
        return new Instrument(
                id,
                base + "USD",
                base + "_USD",
                base,
                "USD",
                5,
                -4,
                0,
                FixedPoint.E4,
                100_000_000L * FixedPoint.E4,
                3_330_000_000_000L,
                100_000);
    }

    /** Two open orders at most, so three rows. */
    private static StrategyConfig instance(long id, String account, String symbol) {
        return new StrategyConfig(
                id,
                "instance " + id,
                1000,
                account,
                symbol,
                BarPeriod.M1,
                Map.of(45, 2.0),
                List.of(new StrategyConfig.Rates(0, BarPeriod.M1, 100)),
                true);
    }
}
