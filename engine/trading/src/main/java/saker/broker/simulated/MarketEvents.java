package saker.broker.simulated;

import java.time.DayOfWeek;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import saker.time.TradingDay;

/**
 * What the market and the passing of time do to the account. On one tick: stops by trade id, then
 * targets by trade id, then entries by order id, then trailing levels move, then the margin is
 * looked at. Expiries and rollovers carry the time they were due, however late they are noticed.
 */
final class MarketEvents {
    private static final long NANOS = 1_000_000_000L;
    private static final int TRIPLE = 3;

    private final BrokerState state;
    private final Valuation valuation;
    private final Execution execution;

    MarketEvents(BrokerState state, Valuation valuation, Execution execution) {
        this.state = state;
        this.valuation = valuation;
        this.execution = execution;
    }

    void onPrice(Quote quote, List<Transaction> happened) {
        onTime(quote.timeNs(), happened);
        state.quotes.put(quote.instrument(), quote);
        if (!quote.tradeable()) {
            return;
        }
        if (!state.open().isEmpty()) {
            fireExits(quote, true, happened);
            fireExits(quote, false, happened);
        }
        if (!state.pending().isEmpty()) {
            fireEntries(quote, happened);
            moveTrailingStops(quote);
        }
        if (!state.open().isEmpty()) {
            closeOutIfMarginGone(happened);
        }
    }

    private void fireExits(Quote quote, boolean stops, List<Transaction> happened) {
        for (Trade listed : List.copyOf(state.open().values())) {
            Trade trade = state.open().get(listed.id());
            if (trade == null || !trade.instrument().equals(quote.instrument())) {
                continue;
            }
            boolean fired =
                    stops
                            ? fireExit(trade, trade.stopLossOrderId(), quote, happened)
                                    || fireExit(
                                            trade, trade.trailingStopLossOrderId(), quote, happened)
                            : fireExit(trade, trade.takeProfitOrderId(), quote, happened);
            assert !fired || !state.open().containsKey(trade.id());
        }
    }

    private boolean fireExit(Trade trade, Long orderId, Quote quote, List<Transaction> happened) {
        Order order = orderId == null ? null : state.pending().get(orderId);
        if (order == null || !TriggerRules.triggered(order, trade.currentUnitsE4() < 0, quote)) {
            return false;
        }
        Execution.Plan plan = Execution.closing(List.of(trade), -trade.currentUnitsE4());
        if (execution.obstacle(order, plan) != null) {
            return false; // The market is halted; the exit waits.
        }
        Batch batch = new Batch(state, null);
        execution.fill(batch, order, plan, reasonOf(order), Outcome.Role.ORDER_FILL);
        batch.addTo(happened);
        return true;
    }

    private void fireEntries(Quote quote, List<Transaction> happened) {
        for (Order listed : List.copyOf(state.pending().values())) {
            Order order = state.pending().get(listed.id());
            if (order == null
                    || order.spec().type().isExit()
                    || !order.spec().instrument().equals(quote.instrument())
                    || !TriggerRules.triggered(order, order.spec().unitsE4() > 0, quote)) {
                continue;
            }
            Batch batch = new Batch(state, null);
            Execution.Plan plan = execution.entering(order.spec());
            CancelReason obstacle = execution.obstacle(order, plan);
            if (obstacle == null) {
                execution.fill(batch, order, plan, reasonOf(order), Outcome.Role.ORDER_FILL);
            } else {
                execution.cancel(batch, order, obstacle, null, Outcome.Role.ORDER_CANCEL);
            }
            batch.addTo(happened);
        }
    }

    static FillReason reasonOf(Order order) {
        return FillReason.valueOf(order.spec().type() + "_ORDER");
    }

    private void moveTrailingStops(Quote quote) {
        List<Order> moved = null;
        for (Order order : state.pending().values()) {
            if (order.spec().type() != OrderType.TRAILING_STOP_LOSS
                    || !order.spec().instrument().equals(quote.instrument())) {
                continue;
            }
            boolean buys = state.open().get(order.spec().tradeId()).currentUnitsE4() < 0;
            long levelE8 = TriggerRules.trailingLevel(order, buys, quote);
            if (buys
                    ? levelE8 < order.trailingStopValueE8()
                    : levelE8 > order.trailingStopValueE8()) {
                moved = moved == null ? new ArrayList<>() : moved;
                moved.add(order.withTrailingStop(levelE8));
            }
        }
        if (moved != null) {
            moved.forEach(state::put);
        }
    }

    private void closeOutIfMarginGone(List<Transaction> happened) {
        if (valuation.closeoutPercent() < saker.model.FixedPoint.E8) {
            return;
        }
        Batch batch = new Batch(state, null);
        for (Map.Entry<String, List<Trade>> side : openSides().entrySet()) {
            List<Trade> trades = side.getValue();
            String instrument = trades.get(0).instrument();
            if (!state.quotes.get(instrument).tradeable()) {
                continue; // It goes with the first tradeable price.
            }
            long unitsE4 = 0;
            for (Trade trade : trades) {
                unitsE4 -= trade.currentUnitsE4();
            }
            OrderSpec spec =
                    OrderSpec.market(instrument, unitsE4)
                            .timeInForce(TimeInForce.FOK)
                            .positionFill(PositionFill.REDUCE_ONLY)
                            .build();
            Order order =
                    execution.create(
                            batch,
                            spec,
                            Transaction.Origin.of(OrderReason.MARGIN_CLOSEOUT),
                            Outcome.Role.ORDER_CREATE);
            execution.fill(
                    batch,
                    order,
                    Execution.closing(trades, unitsE4),
                    FillReason.MARKET_ORDER_MARGIN_CLOSEOUT,
                    Outcome.Role.ORDER_FILL);
        }
        batch.addTo(happened);
    }

    private Map<String, List<Trade>> openSides() {
        Map<String, List<Trade>> sides = new LinkedHashMap<>();
        for (Trade trade : state.open().values()) {
            String side = trade.instrument() + (trade.currentUnitsE4() > 0 ? "+" : "-");
            sides.computeIfAbsent(side, any -> new ArrayList<>()).add(trade);
        }
        return sides;
    }

    /** Everything due up to {@code timeNs}, in order of its due time. */
    void onTime(long timeNs, List<Transaction> happened) {
        while (true) {
            Order expiring = firstToExpire();
            long expiryNs = expiring == null ? Long.MAX_VALUE : expiring.spec().gtdTimeNs();
            long rolloverNs = state.account.nextRolloverNs();
            if (Math.min(expiryNs, rolloverNs) > timeNs) {
                break;
            }
            if (expiryNs <= rolloverNs) {
                passTo(expiryNs);
                expire(expiring, happened);
            } else {
                passTo(rolloverNs);
                rollOver(rolloverNs, happened);
            }
        }
        passTo(timeNs);
    }

    private void passTo(long timeNs) {
        if (timeNs > state.account.timeNs()) {
            state.account = state.account.at(timeNs);
        }
    }

    private Order firstToExpire() {
        Order first = null;
        for (Order order : state.pending().values()) {
            OrderSpec spec = order.spec();
            if (spec.timeInForce() == TimeInForce.GTD
                    && (first == null || spec.gtdTimeNs() < first.spec().gtdTimeNs())) {
                first = order;
            }
        }
        return first;
    }

    private void expire(Order order, List<Transaction> happened) {
        Batch batch = new Batch(state, null);
        execution.cancel(
                batch, order, CancelReason.TIME_IN_FORCE_EXPIRED, null, Outcome.Role.ORDER_CANCEL);
        batch.addTo(happened);
    }

    private void rollOver(long rolloverNs, List<Transaction> happened) {
        for (Order order : List.copyOf(state.pending().values())) {
            if (order.spec().timeInForce() == TimeInForce.GFD) {
                expire(order, happened);
            }
        }
        int days = daysCharged(rolloverNs);
        if (days > 0 && !state.open().isEmpty()) {
            finance(days, happened);
        }
        state.account = state.account.rolledOver();
    }

    /** Days of financing at a 17:00 New York: Wednesday three, for the weekend's settlement. */
    static int daysCharged(long rolloverNs) {
        DayOfWeek day =
                Instant.ofEpochSecond(Math.floorDiv(rolloverNs, NANOS))
                        .atZone(TradingDay.NEW_YORK)
                        .getDayOfWeek();
        return switch (day) {
            case SATURDAY, SUNDAY -> 0;
            case WEDNESDAY -> TRIPLE;
            default -> 1;
        };
    }

    private void finance(int days, List<Transaction> happened) {
        Map<String, List<Transaction.TradeFinancing>> byInstrument = new LinkedHashMap<>();
        long sumE8 = 0;
        for (Trade trade : List.copyOf(state.open().values())) {
            long amountE8 = financing(trade, days);
            state.put(trade.withFinancing(amountE8));
            state.book(trade.instrument(), trade.currentUnitsE4() > 0, 0, amountE8);
            byInstrument
                    .computeIfAbsent(trade.instrument(), any -> new ArrayList<>())
                    .add(new Transaction.TradeFinancing(trade.id(), amountE8));
            sumE8 += amountE8;
        }
        state.account = state.account.booked(0, 0, sumE8, false);
        List<Transaction.PositionFinancing> positions = new ArrayList<>();
        byInstrument.forEach((instrument, trades) -> positions.add(position(instrument, trades)));
        Batch batch = new Batch(state, null);
        batch.add(
                Outcome.Role.RELATED,
                new Transaction.DailyFinancing(
                        batch.header(),
                        sumE8,
                        state.account.balanceE8(),
                        "DAILY",
                        List.copyOf(positions)));
        batch.addTo(happened);
    }

    private long financing(Trade trade, int days) {
        InstrumentTerms terms = state.instruments.get(trade.instrument());
        long rateE14 = trade.currentUnitsE4() > 0 ? terms.longRateE14() : terms.shortRateE14();
        return MoneyRules.financing(
                trade.currentUnitsE4(),
                Valuation.mid(state.quotes.get(trade.instrument())),
                rateE14,
                days,
                valuation.factorsOf(trade.instrument()));
    }

    private static Transaction.PositionFinancing position(
            String instrument, List<Transaction.TradeFinancing> trades) {
        long sumE8 = 0;
        for (Transaction.TradeFinancing each : trades) {
            sumE8 += each.financingE8();
        }
        return new Transaction.PositionFinancing(instrument, sumE8, List.copyOf(trades));
    }
}
