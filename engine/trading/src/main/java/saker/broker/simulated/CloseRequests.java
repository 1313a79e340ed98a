package saker.broker.simulated;

import java.util.ArrayList;
import java.util.List;
import saker.model.FixedPoint;

/** Closing trades and positions: market orders that only reduce. */
final class CloseRequests {
    private final BrokerState state;
    private final ExtensionRules extensionRules;
    private final Execution execution;

    CloseRequests(BrokerState state, OrderRules rules, Execution execution) {
        this.state = state;
        this.extensionRules = rules.extensions();
        this.execution = execution;
    }

    Outcome closeTrade(long tradeId, Long unitsE4, String requestId) {
        Batch batch = new Batch(state, requestId);
        Trade trade = state.open().get(tradeId);
        Transaction.Origin origin =
                new Transaction.Origin(
                        OrderReason.TRADE_CLOSE,
                        new Transaction.TradeClose(
                                tradeId, trade == null ? null : trade.clientId(), text(unitsE4)),
                        null,
                        null,
                        null,
                        null,
                        null);
        if (trade == null) {
            OrderSpec spec = closing(null, null, null);
            reject(batch, spec, origin, RejectReason.TRADE_DOESNT_EXIST, Outcome.Role.ORDER_REJECT);
            return batch.notFound(RejectReason.TRADE_DOESNT_EXIST);
        }
        long size = unitsE4 == null ? Math.abs(trade.currentUnitsE4()) : unitsE4;
        long signed = trade.currentUnitsE4() > 0 ? -size : size;
        OrderSpec spec = closing(trade.instrument(), signed, null);
        RejectReason reason =
                checkSize(
                        trade.instrument(),
                        size,
                        Math.abs(trade.currentUnitsE4()),
                        unitsE4 == null,
                        RejectReason.CLOSE_TRADE_UNITS_EXCEED_TRADE_SIZE);
        if (reason != null) {
            reject(batch, spec, origin, reason, Outcome.Role.ORDER_REJECT);
            return batch.refused(reason);
        }
        close(
                batch,
                spec,
                origin,
                List.of(trade),
                FillReason.MARKET_ORDER_TRADE_CLOSE,
                Outcome.Role.ORDER_CREATE,
                Outcome.Role.ORDER_FILL,
                Outcome.Role.ORDER_CANCEL);
        return batch.accepted();
    }

    private static String text(Long unitsE4) {
        return unitsE4 == null ? "ALL" : FixedPoint.format(unitsE4, 4);
    }

    private static OrderSpec closing(String instrument, Long unitsE4, ClientExtensions extensions) {
        return OrderSpec.of(OrderType.MARKET)
                .instrument(instrument)
                .unitsE4(unitsE4)
                .timeInForce(TimeInForce.FOK)
                .positionFill(PositionFill.REDUCE_ONLY)
                .clientExtensions(extensions)
                .build();
    }

    private static void reject(
            Batch batch,
            OrderSpec spec,
            Transaction.Origin origin,
            RejectReason reason,
            Outcome.Role role) {
        batch.add(role, new Transaction.OrderReject(batch.header(), spec, origin, reason));
    }

    private RejectReason checkSize(
            String instrument, long size, long openE4, boolean all, RejectReason exceeded) {
        if (all) {
            return null; // Even more than one order may hold: it is what the account holds.
        }
        if (size <= 0) {
            return RejectReason.UNITS_INVALID;
        }
        RejectReason reason =
                OrderRules.checkUnits(size, state.instruments.get(instrument).instrument());
        if (reason == null || reason == RejectReason.UNITS_LIMIT_EXCEEDED) {
            return size > openE4 ? exceeded : null;
        }
        return reason;
    }

    private void close(
            Batch batch,
            OrderSpec spec,
            Transaction.Origin origin,
            List<Trade> trades,
            FillReason reason,
            Outcome.Role createRole,
            Outcome.Role fillRole,
            Outcome.Role cancelRole) {
        Order order = execution.create(batch, spec, origin, createRole);
        Execution.Plan plan = Execution.closing(trades, spec.unitsE4());
        CancelReason obstacle = execution.obstacle(order, plan);
        if (obstacle == null) {
            execution.fill(batch, order, plan, reason, fillRole);
        } else {
            execution.cancel(batch, order, obstacle, null, cancelRole);
        }
    }

    Outcome closePosition(
            String instrument, CloseUnits longUnits, CloseUnits shortUnits, String requestId) {
        Batch batch = new Batch(state, requestId);
        if (!longUnits.given() && !shortUnits.given()) {
            return batch.refused(RejectReason.CLOSEOUT_POSITION_INCOMPLETE_SPECIFICATION);
        }
        Side longSide = new Side(true, instrument, longUnits, trades(instrument, true));
        Side shortSide = new Side(false, instrument, shortUnits, trades(instrument, false));
        RejectReason longReason = check(longSide);
        RejectReason shortReason = check(shortSide);
        if (longReason != null || shortReason != null) {
            refuse(batch, longSide, longReason);
            refuse(batch, shortSide, shortReason);
            RejectReason first = longReason != null ? longReason : shortReason;
            boolean nothing = longSide.trades.isEmpty() && shortSide.trades.isEmpty();
            return nothing ? batch.notFound(first) : batch.refused(first);
        }
        close(batch, longSide);
        close(batch, shortSide);
        return batch.accepted();
    }

    /** One side of a position and what of it shall go. */
    private record Side(boolean isLong, String instrument, CloseUnits units, List<Trade> trades) {
        long openE4() {
            long sum = 0;
            for (Trade trade : trades) {
                sum += Math.abs(trade.currentUnitsE4());
            }
            return sum;
        }

        OrderSpec spec() {
            long size = units.unitsE4() == null ? openE4() : units.unitsE4();
            return closing(instrument, isLong ? -size : size, units.extensions());
        }

        Transaction.Origin origin() {
            Transaction.PositionCloseout closeout =
                    new Transaction.PositionCloseout(instrument, text(units.unitsE4()));
            return new Transaction.Origin(
                    OrderReason.POSITION_CLOSEOUT,
                    null,
                    isLong ? closeout : null,
                    isLong ? null : closeout,
                    null,
                    null,
                    null);
        }
    }

    private List<Trade> trades(String instrument, boolean isLong) {
        List<Trade> trades = new ArrayList<>();
        for (Trade trade : state.open().values()) {
            if (trade.instrument().equals(instrument) && trade.currentUnitsE4() > 0 == isLong) {
                trades.add(trade);
            }
        }
        return trades;
    }

    private RejectReason check(Side side) {
        if (!side.units.given()) {
            return null;
        }
        if (side.trades.isEmpty()) {
            return RejectReason.CLOSEOUT_POSITION_DOESNT_EXIST;
        }
        RejectReason reason = ExtensionRules.checkOrderExtensions(side.units.extensions());
        if (reason == null && extensionRules.clientIdTaken(side.spec().clientId(), 0)) {
            reason = RejectReason.CLIENT_ORDER_ID_ALREADY_EXISTS;
        }
        return reason != null
                ? reason
                : checkSize(
                        side.instrument,
                        side.units.unitsE4() == null ? 0 : side.units.unitsE4(),
                        side.openE4(),
                        side.units.unitsE4() == null,
                        RejectReason.CLOSEOUT_POSITION_UNITS_EXCEED_POSITION_SIZE);
    }

    private static void refuse(Batch batch, Side side, RejectReason reason) {
        if (side.units.given()) {
            reject(
                    batch,
                    side.trades.isEmpty()
                            ? closing(side.instrument, null, side.units.extensions())
                            : side.spec(),
                    side.origin(),
                    reason == null ? RejectReason.CLOSEOUT_POSITION_REJECT : reason,
                    side.isLong ? Outcome.Role.LONG_ORDER_REJECT : Outcome.Role.SHORT_ORDER_REJECT);
        }
    }

    private void close(Batch batch, Side side) {
        if (!side.units.given()) {
            return;
        }
        close(
                batch,
                side.spec(),
                side.origin(),
                side.trades,
                FillReason.MARKET_ORDER_POSITION_CLOSEOUT,
                side.isLong ? Outcome.Role.LONG_ORDER_CREATE : Outcome.Role.SHORT_ORDER_CREATE,
                side.isLong ? Outcome.Role.LONG_ORDER_FILL : Outcome.Role.SHORT_ORDER_FILL,
                side.isLong ? Outcome.Role.LONG_ORDER_CANCEL : Outcome.Role.SHORT_ORDER_CANCEL);
    }
}
