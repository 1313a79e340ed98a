package saker.broker.simulated;

import java.util.ArrayList;
import java.util.List;
import saker.model.FixedPoint;

/** What keeps an order from being filled now. */
final class Obstacles {
    private final BrokerState state;
    private final Valuation valuation;
    private final ExtensionRules extensions;

    Obstacles(BrokerState state, Valuation valuation, ExtensionRules extensions) {
        this.state = state;
        this.valuation = valuation;
        this.extensions = extensions;
    }

    /** Open trades against an order of these units, oldest first. */
    List<Trade> opposite(String instrument, long unitsE4) {
        List<Trade> trades = new ArrayList<>();
        for (Trade trade : state.open().values()) {
            if (trade.instrument().equals(instrument)
                    && trade.currentUnitsE4() > 0 != unitsE4 > 0) {
                trades.add(trade);
            }
        }
        return trades;
    }

    /** Why the order cannot be filled at the quote now, or null. */
    CancelReason find(Order order, Execution.Plan plan) {
        OrderSpec spec = order.spec();
        Quote quote = state.quotes.get(spec.instrument());
        if (quote == null || !quote.tradeable()) {
            return CancelReason.MARKET_HALTED;
        }
        if (valuation.factorsOf(spec.instrument()) == null) {
            return CancelReason.INSUFFICIENT_LIQUIDITY;
        }
        long unitsE4 = plan.unitsE4();
        if (unitsE4 == 0) {
            return CancelReason.POSITION_CLOSEOUT_FAILED;
        }
        long priceE8 = unitsE4 > 0 ? quote.askE8() : quote.bidE8();
        Long boundE8 = spec.priceBoundE8();
        if (boundE8 != null && (unitsE4 > 0 ? priceE8 > boundE8 : priceE8 < boundE8)) {
            return CancelReason.BOUNDS_VIOLATION;
        }
        return plan.openE4() == 0 ? null : openingObstacle(spec, plan, quote, priceE8);
    }

    private CancelReason openingObstacle(
            OrderSpec spec, Execution.Plan plan, Quote quote, long priceE8) {
        if (!state.account.settings().hedging()
                && plan.reductions().isEmpty()
                && !opposite(spec.instrument(), plan.openE4()).isEmpty()) {
            return CancelReason.FIFO_VIOLATION; // Opening against an open side needs hedging.
        }
        if (extensions.clientTradeIdTaken(spec.tradeClientExtensions(), 0)) {
            return CancelReason.CLIENT_TRADE_ID_ALREADY_EXISTS;
        }
        CancelReason exits = exitsObstacle(spec, plan.openE4() > 0, quote, priceE8);
        return exits != null ? exits : marginObstacle(spec, plan, quote, priceE8);
    }

    private CancelReason exitsObstacle(OrderSpec spec, boolean isLong, Quote quote, long priceE8) {
        ExitSpec stop = spec.stopLossOnFill();
        ExitSpec target = spec.takeProfitOnFill();
        if (past(stop)) {
            return CancelReason.STOP_LOSS_ON_FILL_GTD_TIMESTAMP_IN_PAST;
        }
        if (past(target)) {
            return CancelReason.TAKE_PROFIT_ON_FILL_GTD_TIMESTAMP_IN_PAST;
        }
        if (past(spec.trailingStopLossOnFill())) {
            return CancelReason.TRAILING_STOP_LOSS_ON_FILL_GTD_TIMESTAMP_IN_PAST;
        }
        if (taken(target)) {
            return CancelReason.TAKE_PROFIT_ON_FILL_CLIENT_ORDER_ID_ALREADY_EXISTS;
        }
        if (taken(stop)) {
            return CancelReason.STOP_LOSS_ON_FILL_CLIENT_ORDER_ID_ALREADY_EXISTS;
        }
        if (taken(spec.trailingStopLossOnFill())) {
            return CancelReason.TRAILING_STOP_LOSS_ON_FILL_CLIENT_ORDER_ID_ALREADY_EXISTS;
        }
        return levelObstacle(stop, target, isLong, quote, priceE8);
    }

    private boolean taken(ExitSpec exit) {
        return exit != null
                && exit.clientExtensions() != null
                && extensions.clientIdTaken(exit.clientExtensions().id(), 0);
    }

    /** An exit that would fire at once, at a loss. */
    private static CancelReason levelObstacle(
            ExitSpec stop, ExitSpec target, boolean isLong, Quote quote, long priceE8) {
        if (stop != null) {
            long levelE8 =
                    stop.priceE8() != null
                            ? stop.priceE8()
                            : isLong ? priceE8 - stop.distanceE8() : priceE8 + stop.distanceE8();
            long lookE8 = TriggerRules.price(quote, !isLong, condition(stop));
            if (isLong ? lookE8 <= levelE8 : lookE8 >= levelE8) {
                return CancelReason.STOP_LOSS_ON_FILL_LOSS;
            }
        }
        if (target != null) {
            long lookE8 = isLong ? quote.bidE8() : quote.askE8();
            if (isLong ? lookE8 >= target.priceE8() : lookE8 <= target.priceE8()) {
                return CancelReason.TAKE_PROFIT_ON_FILL_LOSS;
            }
        }
        return null;
    }

    private static TriggerCondition condition(ExitSpec exit) {
        return exit.triggerCondition() == null ? TriggerCondition.DEFAULT : exit.triggerCondition();
    }

    private boolean past(ExitSpec exit) {
        return exit != null
                && exit.timeInForce() == TimeInForce.GTD
                && exit.gtdTimeNs() <= state.account.timeNs();
    }

    /** Opening may not need more margin than the net asset value after the fill. */
    private CancelReason marginObstacle(
            OrderSpec spec, Execution.Plan plan, Quote quote, long priceE8) {
        String instrument = spec.instrument();
        long longE4 = valuation.sideUnits(instrument, true);
        long shortE4 = valuation.sideUnits(instrument, false);
        long beforeE4 = Math.max(longE4, shortE4);
        for (Execution.Reduction each : plan.reductions()) {
            if (each.unitsE4() > 0) {
                shortE4 -= each.unitsE4();
            } else {
                longE4 += each.unitsE4();
            }
        }
        if (plan.openE4() > 0) {
            longE4 += plan.openE4();
        } else {
            shortE4 -= plan.openE4();
        }
        long afterE4 = Math.max(longE4, shortE4);
        if (afterE4 <= beforeE4) {
            return null;
        }
        long ownE8 = valuation.margin(instrument, afterE4);
        long closeE8 = plan.openE4() > 0 ? quote.bidE8() : quote.askE8();
        long spreadE8 =
                MoneyRules.convert(
                        MoneyRules.value(plan.openE4(), closeE8 - priceE8),
                        valuation.factorsOf(instrument));
        if (ownE8 == FixedPoint.OVERFLOW || spreadE8 == FixedPoint.OVERFLOW) {
            return CancelReason.INSUFFICIENT_MARGIN;
        }
        long othersE8 = valuation.marginUsed() - valuation.marginUsed(instrument);
        long navE8 = valuation.nav() + spreadE8;
        return FixedPoint.add(othersE8, ownE8) > navE8 ? CancelReason.INSUFFICIENT_MARGIN : null;
    }
}
