package saker.broker.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static saker.broker.simulated.BrokerFixture.cancelled;
import static saker.broker.simulated.BrokerFixture.e8;
import static saker.broker.simulated.BrokerFixture.fill;
import static saker.broker.simulated.BrokerFixture.ns;
import static saker.broker.simulated.BrokerFixture.only;
import static saker.broker.simulated.BrokerFixture.units;

import java.util.List;
import org.junit.jupiter.api.Test;

class SimulatedBrokerTest {

    @Test
    void shouldOpenTheAccountWithTwoTransactions() {
        BrokerFixture f = BrokerFixture.hedging();

        assertThat(f.broker.transactions(1, 10))
                .extracting(Transaction::type)
                .containsExactly("CREATE", "TRANSFER_FUNDS");
        assertThat(f.broker.account().balanceE8()).isEqualTo(e8("100000"));
        assertThat(f.broker.account().navE8()).isEqualTo(e8("100000"));
    }

    @Test
    void shouldFillABuyAtTheAskAndCloseItAtTheBid() {
        BrokerFixture f = BrokerFixture.hedging();

        Outcome opened = f.market("EUR_USD", 10_000);
        long trade = fill(opened).tradeOpened().tradeId();
        Outcome closed = f.broker.closeTrade(trade, null, "r2");

        assertThat(opened.entries())
                .extracting(Outcome.Entry::role)
                .containsExactly(Outcome.Role.ORDER_CREATE, Outcome.Role.ORDER_FILL);
        assertThat(fill(opened).priceE8()).isEqualTo(e8("1.10010"));
        assertThat(fill(opened).halfSpreadCostE8()).isEqualTo(e8("0.5"));
        assertThat(fill(opened).header().batchId()).isEqualTo(fill(opened).orderId());
        assertThat(trade).isEqualTo(fill(opened).id());
        assertThat(fill(closed).plE8()).isEqualTo(e8("-1"));
        assertThat(fill(closed).reason()).isEqualTo(FillReason.MARKET_ORDER_TRADE_CLOSE);
        assertThat(fill(closed).tradesClosed().get(0).unitsE4()).isEqualTo(units(-10_000));
        assertThat(f.broker.account().balanceE8()).isEqualTo(e8("99999"));
        assertThat(f.broker.trade(trade).isOpen()).isFalse();
    }

    @Test
    void shouldFillAGappedStopAtTheFirstTradablePrice() {
        BrokerFixture f = BrokerFixture.hedging();
        f.open(
                OrderSpec.market("EUR_USD", units(10_000))
                        .stopLossOnFill(ExitSpec.atPrice(e8("1.09500"))));

        f.broker.onPrice("EUR_USD", e8("1.09000"), e8("1.09100"), false, f.broker.timeNs());
        List<Transaction> happened = f.tick("EUR_USD", "1.08000", "1.08100");

        Transaction.OrderFill fill = only(happened, Transaction.OrderFill.class).get(0);
        assertThat(fill.priceE8()).isEqualTo(e8("1.08000"));
        assertThat(fill.reason()).isEqualTo(FillReason.STOP_LOSS_ORDER);
        assertThat(fill.plE8()).isEqualTo(e8("-201"));
    }

    @Test
    void shouldFillStopsBeforeTargetsByTradeIdOnOneTick() {
        BrokerFixture f = BrokerFixture.hedging();
        long longTrade =
                f.open(
                        OrderSpec.market("EUR_USD", units(1_000))
                                .takeProfitOnFill(ExitSpec.atPrice(e8("1.11000"))));
        long firstShort =
                f.open(
                        OrderSpec.market("EUR_USD", units(-1_000))
                                .stopLossOnFill(ExitSpec.atPrice(e8("1.11000"))));
        long secondShort =
                f.open(
                        OrderSpec.market("EUR_USD", units(-1_000))
                                .stopLossOnFill(ExitSpec.atPrice(e8("1.10500"))));

        List<Transaction> happened = f.tick("EUR_USD", "1.11000", "1.11010");

        assertThat(only(happened, Transaction.OrderFill.class))
                .extracting(fill -> fill.tradesClosed().get(0).tradeId())
                .containsExactly(firstShort, secondShort, longTrade);
    }

    @Test
    void shouldCancelTheOtherExitsWhenATradeCloses() {
        BrokerFixture f = BrokerFixture.hedging();
        f.open(
                OrderSpec.market("EUR_USD", units(1_000))
                        .takeProfitOnFill(ExitSpec.atPrice(e8("1.11000")))
                        .stopLossOnFill(ExitSpec.atDistance(e8("0.00500")))
                        .trailingStopLossOnFill(ExitSpec.atDistance(e8("0.00800"))));
        assertThat(f.broker.pendingOrders()).hasSize(3);

        List<Transaction> happened = f.tick("EUR_USD", "1.11005", "1.11015");

        assertThat(happened)
                .extracting(Transaction::type)
                .containsExactly("ORDER_FILL", "ORDER_CANCEL", "ORDER_CANCEL");
        assertThat(only(happened, Transaction.OrderCancel.class))
                .allMatch(cancel -> cancel.reason() == CancelReason.LINKED_TRADE_CLOSED);
        assertThat(happened)
                .extracting(each -> each.header().batchId())
                .containsOnly(happened.get(0).id());
        assertThat(f.broker.pendingOrders()).isEmpty();
    }

    @Test
    void shouldMoveATrailingStopOnlyInFavourAndFillIt() {
        BrokerFixture f = BrokerFixture.hedging();
        f.open(
                OrderSpec.market("EUR_USD", units(1_000))
                        .trailingStopLossOnFill(ExitSpec.atDistance(e8("0.00100"))));
        Order order = f.broker.pendingOrders().get(0);
        assertThat(order.trailingStopValueE8()).isEqualTo(e8("1.09900"));

        f.tick("EUR_USD", "1.10300", "1.10310");
        f.tick("EUR_USD", "1.10250", "1.10260");
        assertThat(f.broker.order(order.id()).trailingStopValueE8()).isEqualTo(e8("1.10200"));
        List<Transaction> happened = f.tick("EUR_USD", "1.10199", "1.10209");

        Transaction.OrderFill fill = only(happened, Transaction.OrderFill.class).get(0);
        assertThat(fill.reason()).isEqualTo(FillReason.TRAILING_STOP_LOSS_ORDER);
        assertThat(fill.priceE8()).isEqualTo(e8("1.10199"));
    }

    @Test
    void shouldFillAMarketableLimitAtOnceAndAWaitingOneAtTheBetterPrice() {
        BrokerFixture f = BrokerFixture.hedging();

        Outcome atOnce =
                f.broker.createOrder(
                        OrderSpec.limit("EUR_USD", units(1_000), e8("1.20000")).build(), "r");
        Outcome waiting =
                f.broker.createOrder(
                        OrderSpec.limit("EUR_USD", units(1_000), e8("1.09000")).build(), "r");
        List<Transaction> happened = f.tick("EUR_USD", "1.08880", "1.08890");

        assertThat(fill(atOnce).priceE8()).isEqualTo(e8("1.10010"));
        assertThat(fill(waiting)).isNull();
        assertThat(only(happened, Transaction.OrderFill.class).get(0).priceE8())
                .isEqualTo(e8("1.08890"));
    }

    @Test
    void shouldTouchAnOrderFromTheSideItWasPlacedOn() {
        BrokerFixture f = BrokerFixture.hedging();
        f.broker.createOrder(touch(1_000, "1.10500"), "r");
        f.broker.createOrder(touch(1_000, "1.09500"), "r");

        List<Transaction> up = f.tick("EUR_USD", "1.10495", "1.10505");
        List<Transaction> down = f.tick("EUR_USD", "1.09480", "1.09490");

        assertThat(only(up, Transaction.OrderFill.class)).hasSize(1);
        assertThat(only(down, Transaction.OrderFill.class)).hasSize(1);
    }

    private static OrderSpec touch(long units, String price) {
        return OrderSpec.of(OrderType.MARKET_IF_TOUCHED)
                .instrument("EUR_USD")
                .unitsE4(units(units))
                .priceE8(e8(price))
                .build();
    }

    @Test
    void shouldCancelMarketOrdersWhileHalted() {
        BrokerFixture f = BrokerFixture.hedging();
        f.broker.onPrice("EUR_USD", e8("1.1"), e8("1.2"), false, f.broker.timeNs());

        Outcome outcome = f.market("EUR_USD", 1_000);

        assertThat(outcome.accepted()).isTrue();
        assertThat(cancelled(outcome)).isEqualTo(CancelReason.MARKET_HALTED);
    }

    @Test
    void shouldRefuseBadOrdersWithOandasReasons() {
        BrokerFixture f = BrokerFixture.hedging();

        assertReason(f, OrderSpec.market("EUR_USD", 0), RejectReason.UNITS_INVALID);
        assertReason(f, OrderSpec.market("EUR_USD", 5_000), RejectReason.UNITS_PRECISION_EXCEEDED);
        assertReason(
                f,
                OrderSpec.market("EUR_USD", units(100_000_001)),
                RejectReason.UNITS_LIMIT_EXCEEDED);
        assertReason(f, OrderSpec.market("EUR_XXX", 10_000), RejectReason.INSTRUMENT_UNKNOWN);
        assertReason(
                f,
                OrderSpec.limit("EUR_USD", 10_000, e8("1.100001")),
                RejectReason.PRICE_PRECISION_EXCEEDED);
        assertReason(
                f,
                OrderSpec.limit("EUR_USD", 10_000, e8("1.1")).timeInForce(TimeInForce.GTD),
                RejectReason.TIME_IN_FORCE_GTD_TIMESTAMP_MISSING);
        assertReason(
                f,
                OrderSpec.market("EUR_USD", 10_000)
                        .clientExtensions(new ClientExtensions("x".repeat(129), null, null)),
                RejectReason.CLIENT_ORDER_ID_INVALID);
        assertReason(
                f,
                OrderSpec.market("EUR_USD", 10_000)
                        .stopLossOnFill(new ExitSpec(e8("1"), e8("1"), null, null, null, null)),
                RejectReason.STOP_LOSS_ON_FILL_PRICE_AND_DISTANCE_BOTH_SPECIFIED);
        assertReason(
                f,
                OrderSpec.market("EUR_USD", 10_000)
                        .trailingStopLossOnFill(ExitSpec.atDistance(e8("0.0001"))),
                RejectReason.TRAILING_STOP_LOSS_ON_FILL_PRICE_DISTANCE_MINIMUM_NOT_MET);
        assertReason(
                f,
                OrderSpec.of(OrderType.TAKE_PROFIT).tradeId(999L).priceE8(e8("1.1")),
                RejectReason.TRADE_DOESNT_EXIST);
    }

    private static void assertReason(BrokerFixture f, OrderSpec.Builder spec, RejectReason reason) {
        long before = f.broker.lastTransactionId();
        Outcome outcome = f.broker.createOrder(spec.build(), "r");
        assertThat(outcome.reason()).isEqualTo(reason);
        Transaction.OrderReject reject =
                (Transaction.OrderReject) outcome.get(Outcome.Role.ORDER_REJECT);
        assertThat(reject.rejectReason()).isEqualTo(reason);
        assertThat(f.broker.lastTransactionId()).isEqualTo(before + 1);
    }

    @Test
    void shouldRefuseAClientIdOfAPendingOrderOnlyWhileItIsPending() {
        BrokerFixture f = BrokerFixture.hedging();
        OrderSpec limit =
                OrderSpec.limit("EUR_USD", units(1_000), e8("1.09000"))
                        .clientExtensions(new ClientExtensions("key", "7", null))
                        .build();
        long id = f.broker.createOrder(limit, "r").transactions().get(0).id();

        assertThat(f.broker.createOrder(limit, "r").reason())
                .isEqualTo(RejectReason.CLIENT_ORDER_ID_ALREADY_EXISTS);
        assertThat(f.broker.orderByClientId("key").id()).isEqualTo(id);
        f.broker.cancelOrder(id, "r");
        assertThat(f.broker.orderByClientId("key")).isNull();
        assertThat(f.broker.createOrder(limit, "r").accepted()).isTrue();
    }

    @Test
    void shouldCancelOrdersThatWouldCloseAtALossAtOnce() {
        BrokerFixture f = BrokerFixture.hedging();

        Outcome stop =
                f.broker.createOrder(
                        OrderSpec.market("EUR_USD", units(1_000))
                                .stopLossOnFill(ExitSpec.atPrice(e8("1.10000")))
                                .build(),
                        "r");
        Outcome target =
                f.broker.createOrder(
                        OrderSpec.market("EUR_USD", units(1_000))
                                .takeProfitOnFill(ExitSpec.atPrice(e8("1.10000")))
                                .build(),
                        "r");
        Outcome bound =
                f.broker.createOrder(
                        OrderSpec.market("EUR_USD", units(1_000))
                                .priceBoundE8(e8("1.10009"))
                                .build(),
                        "r");

        assertThat(cancelled(stop)).isEqualTo(CancelReason.STOP_LOSS_ON_FILL_LOSS);
        assertThat(cancelled(target)).isEqualTo(CancelReason.TAKE_PROFIT_ON_FILL_LOSS);
        assertThat(cancelled(bound)).isEqualTo(CancelReason.BOUNDS_VIOLATION);
        assertThat(f.broker.openTrades()).isEmpty();
    }

    @Test
    void shouldKeepClientIdsOfExitsFree() {
        BrokerFixture f = BrokerFixture.hedging();
        OrderSpec spec =
                OrderSpec.market("EUR_USD", units(1_000))
                        .stopLossOnFill(
                                new ExitSpec(
                                        null,
                                        e8("0.01"),
                                        null,
                                        null,
                                        null,
                                        new ClientExtensions("stop", null, null)))
                        .build();

        Outcome first = f.broker.createOrder(spec, "r");
        Outcome second = f.broker.createOrder(spec, "r");
        Outcome tooFar =
                f.broker.createOrder(
                        spec.toBuilder().stopLossOnFill(ExitSpec.atDistance(e8("1.2"))).build(),
                        "r");

        assertThat(fill(first)).isNotNull();
        assertThat(f.broker.orderByClientId("stop").spec().priceE8()).isEqualTo(e8("1.09010"));
        assertThat(cancelled(second))
                .isEqualTo(CancelReason.STOP_LOSS_ON_FILL_CLIENT_ORDER_ID_ALREADY_EXISTS);
        assertThat(tooFar.reason())
                .isEqualTo(RejectReason.STOP_LOSS_ON_FILL_PRICE_DISTANCE_MAXIMUM_EXCEEDED);
    }

    @Test
    void shouldCancelAnOrderBeyondTheMargin() {
        BrokerFixture f = BrokerFixture.hedging();

        Outcome fits = f.market("EUR_USD", 2_700_000);
        Outcome tooMuch = f.market("EUR_USD", 100_000);
        Outcome hedge = f.market("EUR_USD", -100_000);

        assertThat(fill(fits)).isNotNull();
        assertThat(cancelled(tooMuch)).isEqualTo(CancelReason.INSUFFICIENT_MARGIN);
        assertThat(fill(hedge)).isNotNull();
    }

    @Test
    void shouldCloseEverythingWhenTheMarginIsGone() {
        BrokerFixture f = BrokerFixture.hedging();
        f.market("EUR_USD", 2_000_000);
        f.market("USD_JPY", -100_000);

        List<Transaction> happened = f.tick("EUR_USD", "1.06800", "1.06810");

        List<Transaction.OrderFill> fills = only(happened, Transaction.OrderFill.class);
        assertThat(fills)
                .extracting(Transaction.OrderFill::reason)
                .containsOnly(FillReason.MARKET_ORDER_MARGIN_CLOSEOUT)
                .hasSize(2);
        assertThat(f.broker.openTrades()).isEmpty();
        assertThat(f.broker.account().navE8()).isEqualTo(f.broker.account().balanceE8());
    }

    @Test
    void shouldReduceOldestFirstAndReverseOnANettingAccount() {
        BrokerFixture f = BrokerFixture.netting();
        long first = f.open("EUR_USD", 1_000);
        long second = f.open("EUR_USD", 2_000);

        Transaction.OrderFill part = fill(f.market("EUR_USD", -1_500));
        Transaction.OrderFill reverse = fill(f.market("EUR_USD", -5_000));

        assertThat(part.tradesClosed())
                .extracting(Transaction.TradeReduce::tradeId)
                .containsExactly(first);
        assertThat(part.tradeReduced().tradeId()).isEqualTo(second);
        assertThat(part.tradeReduced().unitsE4()).isEqualTo(units(-500));
        assertThat(part.tradeOpened()).isNull();
        assertThat(reverse.tradesClosed().get(0).unitsE4()).isEqualTo(units(-1_500));
        assertThat(reverse.tradeOpened().unitsE4()).isEqualTo(units(-3_500));
        assertThat(f.broker.position("EUR_USD").shortSide().unitsE4()).isEqualTo(units(-3_500));
        assertThat(f.broker.position("EUR_USD").longSide().unitsE4()).isZero();
    }

    @Test
    void shouldReduceOnlyWhatIsThere() {
        BrokerFixture f = BrokerFixture.netting();
        OrderSpec reduce =
                OrderSpec.market("EUR_USD", units(-5_000))
                        .positionFill(PositionFill.REDUCE_ONLY)
                        .build();

        Outcome nothing = f.broker.createOrder(reduce, "r");
        f.open("EUR_USD", 1_000);
        Outcome something = f.broker.createOrder(reduce, "r");

        assertThat(cancelled(nothing)).isEqualTo(CancelReason.POSITION_CLOSEOUT_FAILED);
        assertThat(fill(something).unitsE4()).isEqualTo(units(-1_000));
        assertThat(fill(something).requestedUnitsE4()).isEqualTo(units(-5_000));
        assertThat(f.broker.openTrades()).isEmpty();
    }

    @Test
    void shouldExpireGtdAtItsTimeAndGfdAt17NewYork() {
        BrokerFixture f = BrokerFixture.hedging();
        f.broker.createOrder(
                OrderSpec.limit("EUR_USD", units(1_000), e8("1.0"))
                        .timeInForce(TimeInForce.GFD)
                        .build(),
                "r");
        f.broker.createOrder(
                OrderSpec.limit("EUR_USD", units(1_000), e8("1.0"))
                        .timeInForce(TimeInForce.GTD)
                        .gtdTimeNs(ns("2026-01-06T12:00:00Z"))
                        .build(),
                "r");

        List<Transaction> happened = f.broker.onTime(ns("2026-01-08T00:00:00Z"));

        assertThat(only(happened, Transaction.OrderCancel.class))
                .allMatch(each -> each.reason() == CancelReason.TIME_IN_FORCE_EXPIRED)
                .extracting(each -> each.header().timeNs())
                .containsExactly(ns("2026-01-06T12:00:00Z"), ns("2026-01-06T22:00:00Z"));
    }

    @Test
    void shouldReplaceAnOrderByCancelAndCreate() {
        BrokerFixture f = BrokerFixture.hedging();
        long id =
                f.broker
                        .createOrder(
                                OrderSpec.limit("EUR_USD", units(1_000), e8("1.09")).build(), "r")
                        .transactions()
                        .get(0)
                        .id();

        Outcome replaced =
                f.broker.replaceOrder(
                        id, OrderSpec.limit("EUR_USD", units(2_000), e8("1.08")).build(), "r2");

        assertThat(replaced.entries())
                .extracting(Outcome.Entry::role)
                .containsExactly(Outcome.Role.ORDER_CANCEL, Outcome.Role.ORDER_CREATE);
        Transaction.OrderCancel cancel =
                (Transaction.OrderCancel) replaced.get(Outcome.Role.ORDER_CANCEL);
        assertThat(cancel.reason()).isEqualTo(CancelReason.CLIENT_REQUEST_REPLACED);
        assertThat(cancel.replacedByOrderId()).isEqualTo(id + 2);
        assertThat(f.broker.order(id + 2).replacesOrderId()).isEqualTo(id);
        assertThat(f.broker.order(id).replacedByOrderId()).isEqualTo(id + 2);
        Outcome late = f.broker.replaceOrder(id, replacedSpec(), "r3");
        assertThat(late.status()).isEqualTo(Outcome.Status.NOT_FOUND);
        assertThat(late.get(Outcome.Role.ORDER_CANCEL_REJECT)).isNotNull();
    }

    private static OrderSpec replacedSpec() {
        return OrderSpec.limit("EUR_USD", units(2_000), e8("1.08")).build();
    }

    @Test
    void shouldSetReplaceAndCancelTheExitsOfATrade() {
        BrokerFixture f = BrokerFixture.hedging();
        long trade =
                f.open(
                        OrderSpec.market("EUR_USD", units(1_000))
                                .stopLossOnFill(ExitSpec.atPrice(e8("1.09000"))));

        Outcome set =
                f.broker.setTradeOrders(
                        trade,
                        new TradeExits(
                                TradeExits.Change.to(ExitSpec.atPrice(e8("1.12"))),
                                TradeExits.Change.to(ExitSpec.atPrice(e8("1.095"))),
                                TradeExits.Change.UNCHANGED),
                        "r");
        Outcome cancel =
                f.broker.setTradeOrders(
                        trade,
                        new TradeExits(
                                TradeExits.Change.CANCEL,
                                TradeExits.Change.UNCHANGED,
                                TradeExits.Change.UNCHANGED),
                        "r");
        long before = f.broker.lastTransactionId();
        Outcome refused =
                f.broker.setTradeOrders(
                        trade,
                        new TradeExits(
                                TradeExits.Change.to(ExitSpec.atPrice(e8("1.13"))),
                                TradeExits.Change.to(ExitSpec.atPrice(e8("1.0900001"))),
                                TradeExits.Change.UNCHANGED),
                        "r");

        assertThat(set.entries())
                .extracting(Outcome.Entry::role)
                .containsExactly(
                        Outcome.Role.TAKE_PROFIT,
                        Outcome.Role.STOP_LOSS_CANCEL,
                        Outcome.Role.STOP_LOSS);
        assertThat(cancel.get(Outcome.Role.TAKE_PROFIT_CANCEL)).isNotNull();
        assertThat(f.broker.trade(trade).takeProfitOrderId()).isNull();
        assertThat(refused.status()).isEqualTo(Outcome.Status.REJECTED);
        assertThat(f.broker.lastTransactionId()).isEqualTo(before + 1);
        assertThat(f.broker.pendingOrders()).hasSize(1);
    }

    @Test
    void shouldCancelALosingTakeProfitAndFillATriggeredStop() {
        BrokerFixture f = BrokerFixture.hedging();
        long trade = f.open("EUR_USD", 1_000);

        Outcome losing =
                f.broker.setTradeOrders(
                        trade,
                        new TradeExits(
                                TradeExits.Change.to(ExitSpec.atPrice(e8("1.05"))), null, null),
                        "r");
        Outcome stopped =
                f.broker.setTradeOrders(
                        trade,
                        new TradeExits(
                                null, TradeExits.Change.to(ExitSpec.atPrice(e8("1.12"))), null),
                        "r");

        assertThat(
                        ((Transaction.OrderCancel)
                                        losing.get(Outcome.Role.TAKE_PROFIT_CREATED_CANCEL))
                                .reason())
                .isEqualTo(CancelReason.LOSING_TAKE_PROFIT);
        assertThat(stopped.get(Outcome.Role.STOP_LOSS_FILL)).isNotNull();
        assertThat(f.broker.trade(trade).isOpen()).isFalse();
    }

    @Test
    void shouldRefuseToCloseMoreThanATradeHolds() {
        BrokerFixture f = BrokerFixture.hedging();
        long trade = f.open("EUR_USD", 1_000);

        assertThat(f.broker.closeTrade(trade, units(1_001), "r").reason())
                .isEqualTo(RejectReason.CLOSE_TRADE_UNITS_EXCEED_TRADE_SIZE);
        assertThat(fill(f.broker.closeTrade(trade, units(400), "r")).tradeReduced().unitsE4())
                .isEqualTo(units(-400));
        assertThat(f.broker.closeTrade(999, null, "r").status())
                .isEqualTo(Outcome.Status.NOT_FOUND);
    }

    @Test
    void shouldCloseBothSidesOrRefuseBoth() {
        BrokerFixture f = BrokerFixture.hedging();
        f.open("EUR_USD", 1_000);
        f.open("EUR_USD", 2_000);

        Outcome refused = f.broker.closePosition("EUR_USD", CloseUnits.ALL, CloseUnits.ALL, "r");
        Outcome closed =
                f.broker.closePosition(
                        "EUR_USD", CloseUnits.of(units(2_500)), CloseUnits.NONE, "r");
        Outcome nothing = f.broker.closePosition("USD_JPY", CloseUnits.ALL, CloseUnits.NONE, "r");

        assertThat(refused.status()).isEqualTo(Outcome.Status.REJECTED);
        assertThat(refused.entries()).hasSize(2);
        Transaction.OrderReject other =
                (Transaction.OrderReject) refused.get(Outcome.Role.LONG_ORDER_REJECT);
        assertThat(other.rejectReason()).isEqualTo(RejectReason.CLOSEOUT_POSITION_REJECT);
        Transaction.OrderFill fill =
                (Transaction.OrderFill) closed.get(Outcome.Role.LONG_ORDER_FILL);
        assertThat(fill.tradesClosed()).hasSize(1);
        assertThat(fill.tradeReduced().unitsE4()).isEqualTo(units(-1_500));
        assertThat(nothing.status()).isEqualTo(Outcome.Status.NOT_FOUND);
    }

    @Test
    void shouldSetMarksAndConfigureTheAccount() {
        BrokerFixture f = BrokerFixture.hedging();
        long trade = f.open("EUR_USD", 1_000);

        Outcome marks =
                f.broker.setTradeExtensions(trade, new ClientExtensions("t", "7", null), "r");
        Outcome configured = f.broker.configure("demo", 5_000_000_000_000L, "r");
        Outcome empty = f.broker.configure(null, null, "r");
        Outcome closeout = f.broker.configure(null, 0L, "r");

        assertThat(marks.accepted()).isTrue();
        assertThat(f.broker.tradeByClientId("t").id()).isEqualTo(trade);
        assertThat(configured.accepted()).isTrue();
        assertThat(f.broker.account().alias()).isEqualTo("demo");
        assertThat(f.broker.account().marginUsedE8()).isEqualTo(e8("55.0025"));
        assertThat(empty.reason()).isEqualTo(RejectReason.CLIENT_CONFIGURE_DATA_MISSING);
        assertThat(closeout.reason()).isEqualTo(RejectReason.MARGIN_RATE_INVALID);
    }

    @Test
    void shouldUseMarginOfTheLargerSideWhenHedged() {
        BrokerFixture f = BrokerFixture.hedging();
        f.open("EUR_USD", 100_000);
        f.open("EUR_USD", -60_000);

        AccountSummary account = f.broker.account();

        assertThat(account.positionValueE8()).isEqualTo(e8("110005"));
        assertThat(account.marginUsedE8()).isEqualTo(e8("3663.1665"));
        assertThat(account.unrealizedPlE8()).isEqualTo(e8("-16"));
        assertThat(account.navE8()).isEqualTo(e8("99984"));
        assertThat(account.marginAvailableE8()).isEqualTo(e8("96320.8335"));
        assertThat(account.openPositionCount()).isEqualTo(1);
    }
}
