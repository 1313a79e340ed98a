package saker.broker.simulated;

import java.util.ArrayList;
import java.util.List;
import saker.model.FixedPoint;

/**
 * Turns a triggered order into a fill: which trades it closes, reduces and opens, what that earns,
 * and the exits that come and go with it. Either all of it happens, or a reason says why not.
 */
final class Execution {
    private final BrokerState state;
    private final Valuation valuation;
    private final OrderRules rules;
    private final Obstacles obstacles;

    Execution(BrokerState state, Valuation valuation, OrderRules rules) {
        this.state = state;
        this.valuation = valuation;
        this.rules = rules;
        this.obstacles = new Obstacles(state, valuation, rules.extensions());
    }

    /** What a fill will do. Reductions are signed as the order; {@code openE4} may be 0. */
    record Plan(List<Reduction> reductions, long openE4) {
        long unitsE4() {
            long sum = openE4;
            for (Reduction each : reductions) {
                sum += each.unitsE4();
            }
            return sum;
        }
    }

    /** One trade and how much of it goes. */
    record Reduction(Trade trade, long unitsE4) {}

    /** Closing exactly these trades, oldest first, up to some units (signed as the order). */
    static Plan closing(List<Trade> trades, long unitsE4) {
        List<Reduction> reductions = new ArrayList<>();
        long left = unitsE4;
        for (Trade trade : trades) {
            if (left == 0) {
                break;
            }
            long part =
                    left > 0
                            ? Math.min(left, -trade.currentUnitsE4())
                            : Math.max(left, -trade.currentUnitsE4());
            reductions.add(new Reduction(trade, part));
            left -= part;
        }
        return new Plan(reductions, 0);
    }

    /** What an entry order does to the position; null and no plan if it may do nothing. */
    Plan entering(OrderSpec spec) {
        boolean hedging = state.account.settings().hedging();
        PositionFill fill = spec.positionFill();
        if (fill == PositionFill.DEFAULT) {
            fill = hedging ? PositionFill.OPEN_ONLY : PositionFill.REDUCE_FIRST;
        }
        if (fill == PositionFill.OPEN_ONLY) {
            return new Plan(List.of(), spec.unitsE4());
        }
        Plan reducing =
                closing(obstacles.opposite(spec.instrument(), spec.unitsE4()), spec.unitsE4());
        return fill == PositionFill.REDUCE_ONLY
                ? reducing
                : new Plan(reducing.reductions(), spec.unitsE4() - reducing.unitsE4());
    }

    /** Why the order cannot be filled at the quote now, or null. */
    CancelReason obstacle(Order order, Plan plan) {
        return obstacles.find(order, plan);
    }

    /** Fills a pending order by a plan that {@link #obstacle} accepted. */
    Transaction.OrderFill fill(
            Batch batch, Order order, Plan plan, FillReason reason, Outcome.Role role) {
        OrderSpec spec = order.spec();
        Quote quote = state.quotes.get(spec.instrument());
        ConversionFactors factors = valuation.factorsOf(spec.instrument());
        long unitsE4 = plan.unitsE4();
        long priceE8 = unitsE4 > 0 ? quote.askE8() : quote.bidE8();
        Transaction.Header header = batch.header();
        List<Transaction.TradeReduce> closed = new ArrayList<>();
        Transaction.TradeReduce reduced = null;
        List<Trade> ended = new ArrayList<>();
        long plE8 = 0;
        long spreadCostE8 = 0;
        for (Reduction each : plan.reductions()) {
            Transaction.TradeReduce part = reduction(each, priceE8, quote, factors);
            Trade after = reduce(each, part, header);
            if (after.isOpen()) {
                reduced = part;
            } else {
                closed.add(part);
                ended.add(after);
            }
            plE8 += part.realizedPlE8();
            spreadCostE8 += part.halfSpreadCostE8();
        }
        Transaction.TradeOpen opened = null;
        if (plan.openE4() != 0) {
            opened = opening(spec, plan.openE4(), priceE8, quote, factors, header.id());
            spreadCostE8 += opened.halfSpreadCostE8();
        }
        state.account = state.account.booked(0, plE8, 0, true);
        Transaction.OrderFill fill =
                new Transaction.OrderFill(
                        header,
                        order.id(),
                        spec.clientId(),
                        spec.instrument(),
                        unitsE4,
                        spec.unitsE4() == null ? unitsE4 : spec.unitsE4(),
                        priceE8,
                        quote.bidE8(),
                        quote.askE8(),
                        quote.timeNs(),
                        reason,
                        plE8,
                        0,
                        0,
                        spreadCostE8,
                        state.account.balanceE8(),
                        factors.gainE14(),
                        factors.lossE14(),
                        opened,
                        List.copyOf(closed),
                        reduced);
        batch.add(role, fill);
        state.put(order.filled(fill));
        for (Trade trade : ended) {
            cancelExits(batch, trade, order.id());
        }
        if (opened != null) {
            open(batch, spec, opened, fill);
        }
        return fill;
    }

    private Transaction.TradeReduce reduction(
            Reduction each, long priceE8, Quote quote, ConversionFactors factors) {
        Trade trade = each.trade();
        return new Transaction.TradeReduce(
                trade.id(),
                trade.clientId(),
                each.unitsE4(),
                priceE8,
                MoneyRules.profit(-each.unitsE4(), trade.priceE8(), priceE8, factors),
                0,
                halfSpread(each.unitsE4(), quote, factors));
    }

    private static long halfSpread(long unitsE4, Quote quote, ConversionFactors factors) {
        long spreadE8 = MoneyRules.value(Math.abs(unitsE4), quote.askE8() - quote.bidE8());
        // Half of it: halve the factor's divisor side by doubling the rounding step once.
        long steps =
                FixedPoint.mulDiv(
                        spreadE8,
                        factors.lossE14(),
                        2 * FixedPoint.E14 * MoneyRules.STEP_E8,
                        FixedPoint.Rounding.HALF_UP);
        return MoneyRules.checked(steps, "halfSpread", unitsE4) * MoneyRules.STEP_E8;
    }

    private Trade reduce(Reduction each, Transaction.TradeReduce part, Transaction.Header header) {
        Trade trade = each.trade();
        long size = Math.abs(each.unitsE4());
        long closedBefore = Math.abs(trade.initialUnitsE4() - trade.currentUnitsE4());
        long average =
                closedBefore == 0
                        ? part.priceE8()
                        : MoneyRules.average(
                                trade.averageClosePriceE8(), closedBefore, part.priceE8(), size);
        Trade after =
                trade.reduced(
                        -each.unitsE4(),
                        part.realizedPlE8(),
                        average,
                        header.id(),
                        header.timeNs());
        state.put(after);
        state.book(trade.instrument(), trade.initialUnitsE4() > 0, part.realizedPlE8(), 0);
        return after;
    }

    private Transaction.TradeOpen opening(
            OrderSpec spec,
            long unitsE4,
            long priceE8,
            Quote quote,
            ConversionFactors factors,
            long tradeId) {
        return new Transaction.TradeOpen(
                tradeId,
                unitsE4,
                priceE8,
                halfSpread(unitsE4, quote, factors),
                MoneyRules.checked(valuation.margin(spec.instrument(), unitsE4), "margin", unitsE4),
                spec.tradeClientExtensions());
    }

    private void open(
            Batch batch, OrderSpec spec, Transaction.TradeOpen opened, Transaction.OrderFill fill) {
        state.put(
                new Trade(
                        opened.tradeId(),
                        spec.instrument(),
                        opened.priceE8(),
                        fill.header().timeNs(),
                        Trade.State.OPEN,
                        opened.unitsE4(),
                        opened.initialMarginRequiredE8(),
                        opened.unitsE4(),
                        0,
                        0,
                        null,
                        List.of(),
                        null,
                        opened.clientExtensions(),
                        null,
                        null,
                        null));
        state.book(spec.instrument(), opened.unitsE4() > 0, 0, 0);
        exitOnFill(batch, OrderType.TAKE_PROFIT, spec.takeProfitOnFill(), fill);
        exitOnFill(batch, OrderType.STOP_LOSS, spec.stopLossOnFill(), fill);
        exitOnFill(batch, OrderType.TRAILING_STOP_LOSS, spec.trailingStopLossOnFill(), fill);
    }

    private void exitOnFill(
            Batch batch, OrderType type, ExitSpec exit, Transaction.OrderFill fill) {
        if (exit == null) {
            return;
        }
        Transaction.Origin origin =
                new Transaction.Origin(
                        OrderReason.ON_FILL, null, null, null, null, null, fill.id());
        OrderSpec spec = OrderRules.exit(type, exit, fill.tradeOpened().tradeId());
        create(batch, rules.complete(spec), origin, Outcome.Role.RELATED);
    }

    /** Puts a checked and completed order into the book. */
    Order create(Batch batch, OrderSpec spec, Transaction.Origin origin, Outcome.Role role) {
        Transaction.Header header = batch.header();
        batch.add(role, new Transaction.OrderCreate(header, spec, origin));
        Quote quote = state.quotes.get(spec.instrument());
        Long marketE8 =
                spec.type() != OrderType.MARKET_IF_TOUCHED
                        ? null
                        : quote == null
                                ? spec.priceE8()
                                : (Long)
                                        TriggerRules.price(
                                                quote, spec.unitsE4() > 0, spec.triggerCondition());
        Order order =
                Order.pending(
                        header.id(), header.timeNs(), spec, marketE8, origin.replacesOrderId());
        if (spec.type().isExit()) {
            Trade trade = state.open().get(spec.tradeId());
            if (spec.type() == OrderType.TRAILING_STOP_LOSS) {
                boolean buys = trade.currentUnitsE4() < 0;
                order = order.withTrailingStop(TriggerRules.trailingLevel(order, buys, quote));
            }
            state.put(trade.withExit(spec.type(), order.id()));
        }
        state.put(order);
        return order;
    }

    void cancel(Batch batch, Order order, CancelReason reason, Long replacedBy, Outcome.Role role) {
        Transaction.OrderCancel cancel =
                new Transaction.OrderCancel(
                        batch.header(), order.id(), order.spec().clientId(), reason, replacedBy);
        batch.add(role, cancel);
        state.put(order.cancelled(cancel));
        if (order.spec().type().isExit()) {
            Trade trade = state.trades().get(order.spec().tradeId());
            state.put(trade.withExit(order.spec().type(), null));
        }
    }

    private void cancelExits(Batch batch, Trade trade, long filledOrderId) {
        for (OrderType type :
                new OrderType[] {
                    OrderType.TAKE_PROFIT, OrderType.STOP_LOSS, OrderType.TRAILING_STOP_LOSS
                }) {
            Long id = trade.exitOrderId(type);
            if (id == null) {
                continue;
            }
            if (id == filledOrderId) {
                state.put(state.trades().get(trade.id()).withExit(type, null));
            } else {
                cancel(
                        batch,
                        state.pending().get(id),
                        CancelReason.LINKED_TRADE_CLOSED,
                        null,
                        Outcome.Role.RELATED);
            }
        }
    }
}
