package saker.position;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import saker.model.BrokerEvent;
import saker.model.BrokerEvent.PendingOrder;
import saker.model.BrokerEvent.TradeEffect;
import saker.model.BrokerEvent.TradeEffect.Effect;
import saker.model.BrokerEvent.Type;

class TradeLedgerTest {
    private long lastId = 10;

    @Property(tries = 300)
    void shouldHoldTheSumOfItsFills(@ForAll long seed) {
        Random random = new Random(seed);
        TradeLedger ledger = known();
        Map<Integer, Long> sums = new HashMap<>();
        List<BrokerEvent> events = new ArrayList<>();

        for (int i = 0; i < 60; i++) {
            BrokerEvent fill = randomFill(random, ledger);
            events.add(fill);
            assertThat(ledger.apply(fill)).isTrue();
            if (random.nextInt(4) == 0) {
                assertThat(ledger.apply(fill)).isFalse(); // It came twice.
            }
            sums.merge(fill.instrumentId(), fill.unitsE4(), Long::sum);
            for (int id = 0; id < 3; id++) {
                assertThat(ledger.longUnitsE4(id) - ledger.shortUnitsE4(id))
                        .isEqualTo(sums.getOrDefault(id, 0L));
            }
        }

        TradeLedger again = known();
        events.forEach(again::apply);
        assertThat(again.trades()).usingRecursiveComparison().isEqualTo(ledger.trades());
        assertThat(ledger.trades())
                .isSortedAccordingTo((a, b) -> Long.compare(a.tradeId(), b.tradeId()));
    }

    @Test
    void shouldRefuseAFillThatContradictsItAndStayAsItWas() {
        TradeLedger ledger = known();
        ledger.apply(fill(0, 500, effect(Effect.OPENED, 20, 0, 500)));

        BrokerEvent tooMuch =
                fill(
                        0,
                        -700,
                        effect(Effect.OPENED, 30, 0, -100),
                        effect(Effect.REDUCED, 20, 0, -600));

        assertThatThrownBy(() -> ledger.apply(tooMuch))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("tradeId=20, unitsE4=-600, openE4=500");
        assertThat(ledger.trades()).hasSize(1);
        assertThat(ledger.trade(20).unitsE4()).isEqualTo(500);
        assertThat(ledger.lastTransactionId()).isLessThan(tooMuch.transactionId());
    }

    @Test
    void shouldFollowStopsThroughReplacementInEitherOrder() {
        TradeLedger ledger = known();
        ledger.apply(fill(0, 500, effect(Effect.OPENED, 20, 0, 500)));
        ledger.apply(created(40, PendingOrder.Kind.STOP_LOSS, 20, 1_000));

        ledger.apply(cancelled(40));
        ledger.apply(created(41, PendingOrder.Kind.STOP_LOSS, 20, 1_100));
        assertThat(ledger.trade(20).stopLossE8()).isEqualTo(1_100);
        ledger.apply(created(42, PendingOrder.Kind.STOP_LOSS, 20, 1_200));
        ledger.apply(cancelled(41));
        assertThat(ledger.trade(20).stopLossE8()).isEqualTo(1_200);
        ledger.apply(created(43, PendingOrder.Kind.TAKE_PROFIT, 20, 2_000));
        ledger.apply(cancelled(42));

        assertThat(ledger.trade(20).stopLossE8()).isZero();
        assertThat(ledger.trade(20).takeProfitOrderId()).isEqualTo(43);
    }

    @Test
    void shouldAdoptASnapshotAndIgnoreOneThatTheStreamOvertook() {
        TradeLedger ledger = new TradeLedger(0);
        assertThat(ledger.apply(fill(0, 500, effect(Effect.CLOSED, 7, 0, 500)))).isFalse();
        assertThat(ledger.isKnown()).isFalse();

        ledger.apply(snapshot(100, effect(Effect.OPEN, 50, 1, -300)));
        assertThat(ledger.apply(snapshot(99))).isFalse();

        assertThat(ledger.shortUnitsE4(1)).isEqualTo(300);
        assertThat(ledger.balanceE8()).isEqualTo(1_000);
        assertThat(ledger.lastTransactionId()).isEqualTo(100);
    }

    @Test
    void shouldBookFinancingAndProfitPerTradeAndTellTheListener() {
        List<String> told = new ArrayList<>();
        TradeLedger ledger =
                new TradeLedger(
                        0,
                        new LedgerListener() {
                            @Override
                            public void onOpened(Trade trade, BrokerEvent event) {
                                told.add("opened " + trade.tradeId() + " by " + trade.instanceId());
                            }

                            @Override
                            public void onReduced(
                                    Trade trade, TradeEffect effect, BrokerEvent event) {
                                told.add("reduced to " + trade.unitsE4());
                            }

                            @Override
                            public void onClosed(
                                    Trade trade, TradeEffect effect, BrokerEvent event) {
                                told.add(
                                        "closed with %d and %d"
                                                .formatted(
                                                        trade.realizedPlE8(), trade.financingE8()));
                            }
                        });
        ledger.apply(snapshot(5));

        ledger.apply(fill(0, 500, effect(Effect.OPENED, 20, 0, 500)));
        ledger.apply(fill(0, -200, effect(Effect.REDUCED, 20, 0, -200)));
        ledger.apply(
                BrokerEvent.of(Type.FINANCING, 0)
                        .transactionId(++lastId)
                        .balanceE8(990)
                        .effects(List.of(effect(Effect.FINANCED, 20, 0, 0)))
                        .build());
        assertThat(ledger.balanceE8()).isEqualTo(990);
        ledger.apply(fill(0, -300, effect(Effect.CLOSED, 20, 0, -300)));

        assertThat(told)
                .containsExactly("opened 20 by 77", "reduced to 300", "closed with 6 and -3");
    }

    private BrokerEvent randomFill(Random random, TradeLedger ledger) {
        List<Trade> trades = ledger.trades();
        if (trades.isEmpty() || random.nextInt(3) == 0) {
            long unitsE4 = (random.nextInt(1_000) + 1) * (random.nextBoolean() ? 1 : -1);
            int id = random.nextInt(3);
            return fill(
                    id, unitsE4, effect(Effect.OPENED, random.nextInt(1 << 30) + 100, id, unitsE4));
        }
        Trade trade = trades.get(random.nextInt(trades.size()));
        long open = trade.unitsE4();
        long part = Math.abs(open) > 1 ? 1 + random.nextInt((int) Math.abs(open) - 1) : 1;
        boolean whole = Math.abs(open) == part || random.nextBoolean();
        long unitsE4 = whole ? -open : -Long.signum(open) * part;
        return fill(
                trade.instrumentId(),
                unitsE4,
                effect(
                        whole ? Effect.CLOSED : Effect.REDUCED,
                        trade.tradeId(),
                        trade.instrumentId(),
                        unitsE4));
    }

    private TradeLedger known() {
        TradeLedger ledger = new TradeLedger(0);
        ledger.apply(snapshot(5));
        return ledger;
    }

    private static BrokerEvent snapshot(long id, TradeEffect... open) {
        return BrokerEvent.of(Type.ACCOUNT_SNAPSHOT, 0)
                .transactionId(id)
                .balanceE8(1_000)
                .effects(List.of(open))
                .build();
    }

    private BrokerEvent fill(int instrumentId, long unitsE4, TradeEffect... effects) {
        return BrokerEvent.of(Type.ORDER_FILLED, 0)
                .transactionId(++lastId)
                .instrumentId(instrumentId)
                .unitsE4(unitsE4)
                .balanceE8(1_000)
                .effects(List.of(effects))
                .build();
    }

    private BrokerEvent created(long orderId, PendingOrder.Kind kind, long tradeId, long priceE8) {
        return BrokerEvent.of(Type.ORDER_CREATED, 0)
                .transactionId(++lastId)
                .pending(
                        List.of(
                                new PendingOrder(
                                        orderId, kind, 0, 0, priceE8, 0, 0, 0, 0, tradeId, "", "")))
                .build();
    }

    private BrokerEvent cancelled(long orderId) {
        return BrokerEvent.of(Type.ORDER_CANCELLED, 0)
                .transactionId(++lastId)
                .orderId(orderId)
                .build();
    }

    private static TradeEffect effect(Effect effect, long tradeId, int instrumentId, long unitsE4) {
        boolean opened = effect == Effect.OPENED;
        return new TradeEffect(
                effect,
                tradeId,
                instrumentId,
                unitsE4,
                100,
                opened ? 0 : 3,
                opened ? 0 : -1,
                0,
                0,
                0,
                0,
                0,
                "",
                "77");
    }
}
