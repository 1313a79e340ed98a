package saker.broker.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static saker.broker.simulated.BrokerFixture.units;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Random order flow over random walks, on every kind of account. */
class BrokerPropertyTest {
    private static final List<String> CURRENCIES = List.of("USD", "EUR", "JPY", "GBP");
    private static final int STEPS = 250;

    @Property(tries = 60)
    void shouldKeepTheBooks(@ForAll long seed) {
        Flow flow = new Flow(seed);
        for (int step = 0; step < STEPS; step++) {
            flow.step();
            checkBooks(flow.f.broker);
        }
        checkHistory(flow.f.broker);
    }

    @Property(tries = 40)
    void shouldGoOnAsIfNeverInterrupted(@ForAll long seed) {
        Flow whole = new Flow(seed);
        Flow broken = new Flow(seed);
        for (int step = 0; step < STEPS; step++) {
            whole.step();
            broken.step();
            if (step % 40 == 17) {
                broken.broker =
                        SimulatedBroker.restore(
                                broken.broker.encodeState(), InstrumentTerms.usual());
            }
        }

        assertThat(broken.broker.encodeState()).isEqualTo(whole.broker.encodeState());
        assertThat(broken.broker.transactions(1, Long.MAX_VALUE))
                .isEqualTo(whole.broker.transactions(1, Long.MAX_VALUE));
        assertThat(broken.broker.account()).isEqualTo(whole.broker.account());
    }

    private static void checkBooks(SimulatedBroker broker) {
        AccountSummary account = broker.account();
        long unrealized = 0;
        for (Trade trade : broker.openTrades()) {
            unrealized += broker.tradeFigures(trade.id()).unrealizedPlE8();
        }
        long positionPl = 0;
        long positionUnrealized = 0;
        long margin = 0;
        for (Position position : broker.positions()) {
            positionPl += position.plE8() + position.financingE8();
            positionUnrealized += position.unrealizedPlE8();
            margin += position.marginUsedE8();
        }

        assertThat(account.navE8()).isEqualTo(account.balanceE8() + account.unrealizedPlE8());
        assertThat(account.unrealizedPlE8()).isEqualTo(unrealized).isEqualTo(positionUnrealized);
        assertThat(account.marginUsedE8()).isEqualTo(margin);
        assertThat(account.marginAvailableE8())
                .isEqualTo(Math.max(0, account.navE8() - account.marginUsedE8()));
        assertThat(account.balanceE8() - Flow.BALANCE_E8)
                .isEqualTo(account.plE8() + account.financingE8())
                .isEqualTo(positionPl);
        assertThat(account.balanceE8() % 10_000).isZero();
        assertThat(account.marginUsedE8() % 10_000).isZero();
    }

    private static void checkHistory(SimulatedBroker broker) {
        Map<Long, Long> unitsOfTrade = new HashMap<>();
        long balanceE8 = 0;
        long id = 0;
        for (Transaction each : broker.transactions(1, Long.MAX_VALUE)) {
            assertThat(each.id()).isEqualTo(++id);
            assertThat(each.header().batchId()).isLessThanOrEqualTo(id);
            if (each instanceof Transaction.TransferFunds funds) {
                balanceE8 += funds.amountE8();
            } else if (each instanceof Transaction.DailyFinancing financing) {
                balanceE8 += financing.financingE8();
                assertThat(financing.accountBalanceE8()).isEqualTo(balanceE8);
            } else if (each instanceof Transaction.OrderFill fill) {
                balanceE8 += fill.plE8() + fill.financingE8();
                assertThat(fill.accountBalanceE8()).isEqualTo(balanceE8);
                assertThat(addFill(unitsOfTrade, fill)).isEqualTo(fill.unitsE4());
            }
        }
        for (Trade trade : broker.trades()) {
            assertThat(unitsOfTrade.get(trade.id())).isEqualTo(trade.currentUnitsE4());
            assertThat(trade.isOpen()).isEqualTo(trade.currentUnitsE4() != 0);
        }
        for (Order order : broker.pendingOrders()) {
            if (order.spec().type().isExit()) {
                Trade trade = broker.trade(order.spec().tradeId());
                assertThat(trade.isOpen()).isTrue();
                assertThat(trade.exitOrderId(order.spec().type())).isEqualTo(order.id());
            }
        }
    }

    private static long addFill(Map<Long, Long> unitsOfTrade, Transaction.OrderFill fill) {
        long sum = 0;
        for (Transaction.TradeReduce part : fill.tradesClosed()) {
            sum += part.unitsE4();
            assertThat(unitsOfTrade.merge(part.tradeId(), part.unitsE4(), Long::sum)).isZero();
        }
        if (fill.tradeReduced() != null) {
            sum += fill.tradeReduced().unitsE4();
            unitsOfTrade.merge(
                    fill.tradeReduced().tradeId(), fill.tradeReduced().unitsE4(), Long::sum);
        }
        if (fill.tradeOpened() != null) {
            sum += fill.tradeOpened().unitsE4();
            unitsOfTrade.put(fill.tradeOpened().tradeId(), fill.tradeOpened().unitsE4());
        }
        return sum;
    }

    /** What a careless client and a nervous market may do. */
    private static final class Flow {
        static final long BALANCE_E8 = 10_000L * 100_000_000L;

        private final Random random;
        private final BrokerFixture f;
        private SimulatedBroker broker;
        private long timeNs;

        Flow(long seed) {
            random = new Random(seed);
            f = new BrokerFixture(CURRENCIES.get(random.nextInt(4)), "10000", random.nextBoolean());
            broker = f.broker;
            timeNs = broker.timeNs();
        }

        void step() {
            switch (random.nextInt(12)) {
                case 0, 1, 2, 3, 4 -> tick();
                case 5, 6 -> broker.createOrder(entry(), "e");
                case 7 -> broker.createOrder(waiting(), "w");
                case 8 -> exits();
                case 9 -> close();
                case 10 -> cancelOrReplace();
                default -> {
                    timeNs += random.nextInt(10) * 3_600_000_000_000L;
                    broker.onTime(timeNs);
                }
            }
        }

        private String instrument() {
            List<InstrumentTerms> all = broker.instruments();
            return all.get(random.nextInt(all.size())).name();
        }

        private void tick() {
            String instrument = instrument();
            InstrumentTerms terms = broker.instrument(instrument);
            Quote before = broker.quote(instrument);
            long pointE8 = terms.instrument().pointE8();
            long move = (long) (random.nextGaussian() * before.bidE8() * 0.004) / pointE8;
            long bidE8 = Math.max(pointE8, before.bidE8() + move * pointE8);
            long askE8 = bidE8 + pointE8 * (1 + random.nextInt(30));
            timeNs += 1_000_000_000L;
            broker.onPrice(instrument, bidE8, askE8, random.nextInt(12) > 0, timeNs);
        }

        private long size(String instrument) {
            long whole = instrument.startsWith("XAU") ? 20 : 40_000;
            return units((1 + random.nextInt((int) whole)) * (random.nextBoolean() ? 1L : -1));
        }

        private long level(String instrument, double share) {
            long pointE8 = broker.instrument(instrument).instrument().pointE8();
            long priceE8 = (long) (broker.quote(instrument).bidE8() * (1 + share));
            return priceE8 - Math.floorMod(priceE8, pointE8);
        }

        private double share() {
            return random.nextGaussian() * 0.006;
        }

        private OrderSpec entry() {
            String instrument = instrument();
            OrderSpec.Builder spec =
                    OrderSpec.market(instrument, size(instrument))
                            .positionFill(PositionFill.values()[random.nextInt(4)]);
            if (random.nextInt(3) == 0) {
                spec.stopLossOnFill(ExitSpec.atPrice(level(instrument, share())));
            }
            if (random.nextInt(3) == 0) {
                spec.takeProfitOnFill(ExitSpec.atPrice(level(instrument, share())));
            }
            if (random.nextInt(4) == 0) {
                spec.trailingStopLossOnFill(ExitSpec.atDistance(distance(instrument)));
            }
            return spec.build();
        }

        private long distance(String instrument) {
            return broker.instrument(instrument).minimumTrailingStopE8() * (1 + random.nextInt(10));
        }

        private OrderSpec waiting() {
            String instrument = instrument();
            OrderType[] types = {OrderType.LIMIT, OrderType.STOP, OrderType.MARKET_IF_TOUCHED};
            TimeInForce[] lives = {TimeInForce.GTC, TimeInForce.GFD, TimeInForce.GTD};
            return OrderSpec.of(types[random.nextInt(3)])
                    .instrument(instrument)
                    .unitsE4(size(instrument))
                    .priceE8(level(instrument, share()))
                    .timeInForce(lives[random.nextInt(3)])
                    .gtdTimeNs(timeNs + random.nextInt(40) * 1_800_000_000_000L)
                    .triggerCondition(TriggerCondition.values()[random.nextInt(5)])
                    .build();
        }

        private Trade anyTrade() {
            List<Trade> open = broker.openTrades();
            return open.isEmpty() ? null : open.get(random.nextInt(open.size()));
        }

        private void exits() {
            Trade trade = anyTrade();
            if (trade != null) {
                broker.setTradeOrders(
                        trade.id(),
                        new TradeExits(
                                change(ExitSpec.atPrice(level(trade.instrument(), share()))),
                                change(ExitSpec.atPrice(level(trade.instrument(), share()))),
                                change(ExitSpec.atDistance(distance(trade.instrument())))),
                        "x");
            }
        }

        private TradeExits.Change change(ExitSpec exit) {
            return switch (random.nextInt(3)) {
                case 0 -> TradeExits.Change.UNCHANGED;
                case 1 -> TradeExits.Change.CANCEL;
                default -> TradeExits.Change.to(exit);
            };
        }

        private void close() {
            Trade trade = anyTrade();
            if (trade == null) {
                return;
            }
            if (random.nextBoolean()) {
                Long part = random.nextBoolean() ? null : units(1 + random.nextInt(20));
                broker.closeTrade(trade.id(), part, "c");
            } else {
                broker.closePosition(
                        trade.instrument(),
                        random.nextBoolean() ? CloseUnits.ALL : CloseUnits.NONE,
                        random.nextBoolean() ? CloseUnits.of(units(5)) : CloseUnits.NONE,
                        "p");
            }
        }

        private void cancelOrReplace() {
            List<Order> pending = broker.pendingOrders();
            if (pending.isEmpty()) {
                broker.cancelOrder(1 + random.nextInt(50), "n");
                return;
            }
            Order order = pending.get(random.nextInt(pending.size()));
            if (random.nextBoolean() || order.spec().type().isExit()) {
                broker.cancelOrder(order.id(), "n");
            } else {
                String instrument = order.spec().instrument();
                OrderSpec spec =
                        order.spec().toBuilder().priceE8(level(instrument, share())).build();
                broker.replaceOrder(order.id(), spec, "n");
            }
        }
    }
}
