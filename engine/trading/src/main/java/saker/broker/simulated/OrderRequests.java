package saker.broker.simulated;

import java.util.List;

/** Creating, replacing and cancelling orders, and the exits of a trade. */
final class OrderRequests {
    private final BrokerState state;
    private final OrderRules rules;
    private final Execution execution;

    OrderRequests(BrokerState state, OrderRules rules, Execution execution) {
        this.state = state;
        this.rules = rules;
        this.execution = execution;
    }

    /** Where the transactions of one new order go in the answer. */
    private record Roles(
            Outcome.Role create, Outcome.Role fill, Outcome.Role cancel, Outcome.Role reject) {}

    private static final Roles ORDER =
            new Roles(
                    Outcome.Role.ORDER_CREATE,
                    Outcome.Role.ORDER_FILL,
                    Outcome.Role.ORDER_CANCEL,
                    Outcome.Role.ORDER_REJECT);
    private static final Roles REPLACING =
            new Roles(
                    Outcome.Role.ORDER_CREATE,
                    Outcome.Role.ORDER_FILL,
                    Outcome.Role.REPLACING_ORDER_CANCEL,
                    Outcome.Role.ORDER_REJECT);

    Outcome create(OrderSpec spec, String requestId) {
        Batch batch = new Batch(state, requestId);
        RejectReason reason = rules.check(spec, null);
        Transaction.Origin origin = Transaction.Origin.of(OrderReason.CLIENT_ORDER);
        if (reason != null) {
            return reject(batch, spec, origin, reason);
        }
        enter(batch, rules.complete(spec), origin, ORDER);
        return batch.accepted();
    }

    private Outcome reject(
            Batch batch, OrderSpec spec, Transaction.Origin origin, RejectReason reason) {
        batch.add(
                Outcome.Role.ORDER_REJECT,
                new Transaction.OrderReject(batch.header(), spec, origin, reason));
        boolean missing = reason == RejectReason.TRADE_DOESNT_EXIST;
        return missing ? batch.notFound(reason) : batch.refused(reason);
    }

    /** Creates a checked order and lets it fire at once if the market is there already. */
    private void enter(Batch batch, OrderSpec spec, Transaction.Origin origin, Roles roles) {
        Order order = execution.create(batch, spec, origin, roles.create());
        if (spec.type().isExit()) {
            enterExit(batch, order, roles);
            return;
        }
        Quote quote = state.quotes.get(spec.instrument());
        boolean immediate =
                spec.timeInForce() == TimeInForce.FOK || spec.timeInForce() == TimeInForce.IOC;
        if (quote == null || !quote.tradeable()) {
            if (immediate) {
                execution.cancel(batch, order, CancelReason.MARKET_HALTED, null, roles.cancel());
            }
            return;
        }
        if (!TriggerRules.triggered(order, spec.unitsE4() > 0, quote)) {
            if (immediate) {
                execution.cancel(
                        batch, order, CancelReason.TIME_IN_FORCE_EXPIRED, null, roles.cancel());
            }
            return;
        }
        Execution.Plan plan = execution.entering(spec);
        CancelReason obstacle = execution.obstacle(order, plan);
        if (obstacle == null) {
            execution.fill(batch, order, plan, MarketEvents.reasonOf(order), roles.fill());
        } else {
            execution.cancel(batch, order, obstacle, null, roles.cancel());
        }
    }

    private void enterExit(Batch batch, Order order, Roles roles) {
        Trade trade = state.open().get(order.spec().tradeId());
        Quote quote = state.quotes.get(trade.instrument());
        if (!quote.tradeable()
                || !TriggerRules.triggered(order, trade.currentUnitsE4() < 0, quote)) {
            return;
        }
        long closeE8 = trade.currentUnitsE4() > 0 ? quote.bidE8() : quote.askE8();
        boolean losing =
                trade.currentUnitsE4() > 0 ? closeE8 < trade.priceE8() : closeE8 > trade.priceE8();
        if (order.spec().type() == OrderType.TAKE_PROFIT && losing) {
            execution.cancel(batch, order, CancelReason.LOSING_TAKE_PROFIT, null, roles.cancel());
            return;
        }
        Execution.Plan plan = Execution.closing(List.of(trade), -trade.currentUnitsE4());
        execution.fill(batch, order, plan, MarketEvents.reasonOf(order), roles.fill());
    }

    Outcome replace(long orderId, OrderSpec given, String requestId) {
        Batch batch = new Batch(state, requestId);
        Order old = state.pending().get(orderId);
        if (old == null) {
            return cancelReject(batch, orderId);
        }
        OrderSpec spec = inherit(given, old);
        RejectReason reason = checkReplacement(spec, old);
        if (reason == null) {
            reason = rules.check(spec, old);
        }
        Transaction.Origin origin =
                new Transaction.Origin(
                        OrderReason.REPLACEMENT, null, null, null, orderId, null, null);
        if (reason != null) {
            return reject(batch, spec, origin, reason);
        }
        replaceInto(batch, old, spec, Outcome.Role.ORDER_CANCEL, REPLACING);
        return batch.accepted();
    }

    private void replaceInto(
            Batch batch, Order old, OrderSpec spec, Outcome.Role cancelRole, Roles roles) {
        long cancelId = batch.header().id();
        execution.cancel(
                batch, old, CancelReason.CLIENT_REQUEST_REPLACED, cancelId + 1, cancelRole);
        Transaction.Origin origin =
                new Transaction.Origin(
                        OrderReason.REPLACEMENT, null, null, null, old.id(), cancelId, null);
        enter(batch, rules.complete(spec), origin, roles);
    }

    private static OrderSpec inherit(OrderSpec given, Order old) {
        OrderSpec before = old.spec();
        boolean exit = given.type().isExit() && before.type().isExit();
        return exit && given.tradeId() == null && given.clientTradeId() == null
                ? given.toBuilder().tradeId(before.tradeId()).build()
                : given;
    }

    private RejectReason checkReplacement(OrderSpec spec, Order old) {
        OrderSpec before = old.spec();
        if (spec.type() != before.type()) {
            return RejectReason.REPLACING_ORDER_INVALID;
        }
        if (spec.type().isExit()) {
            Trade trade = rules.tradeOf(spec);
            boolean same = trade != null && trade.id() == before.tradeId();
            return same ? null : RejectReason.REPLACING_TRADE_ID_INVALID;
        }
        return before.instrument().equals(spec.instrument())
                ? null
                : RejectReason.REPLACING_ORDER_INVALID;
    }

    Outcome cancel(long orderId, String requestId) {
        Batch batch = new Batch(state, requestId);
        Order order = state.pending().get(orderId);
        if (order == null) {
            return cancelReject(batch, orderId);
        }
        execution.cancel(
                batch, order, CancelReason.CLIENT_REQUEST, null, Outcome.Role.ORDER_CANCEL);
        return batch.accepted();
    }

    private Outcome cancelReject(Batch batch, long orderId) {
        Order known = state.orders().get(orderId);
        batch.add(
                Outcome.Role.ORDER_CANCEL_REJECT,
                new Transaction.OrderCancelReject(
                        batch.header(),
                        orderId,
                        known == null ? null : known.spec().clientId(),
                        RejectReason.ORDER_DOESNT_EXIST));
        return batch.notFound(RejectReason.ORDER_DOESNT_EXIST);
    }

    /** All three exits, or none if one of them is refused. */
    Outcome setTradeOrders(long tradeId, TradeExits exits, String requestId) {
        Batch batch = new Batch(state, requestId);
        Trade trade = state.open().get(tradeId);
        if (trade == null) {
            return batch.notFound(RejectReason.TRADE_DOESNT_EXIST);
        }
        RejectReason reason = null;
        for (OrderType type : EXITS) {
            TradeExits.Change change = change(exits, type);
            if (reason == null && change.exit() != null) {
                reason = checkExit(batch, trade, type, change.exit());
            }
        }
        if (reason != null) {
            return batch.refused(reason);
        }
        for (OrderType type : EXITS) {
            TradeExits.Change change = change(exits, type);
            if (change.changed() && state.open().containsKey(tradeId)) {
                apply(batch, state.open().get(tradeId), type, change.exit());
            }
        }
        return batch.accepted();
    }

    private static final List<OrderType> EXITS =
            List.of(OrderType.TAKE_PROFIT, OrderType.STOP_LOSS, OrderType.TRAILING_STOP_LOSS);

    private static TradeExits.Change change(TradeExits exits, OrderType type) {
        TradeExits.Change change =
                switch (type) {
                    case TAKE_PROFIT -> exits.takeProfit();
                    case STOP_LOSS -> exits.stopLoss();
                    default -> exits.trailingStopLoss();
                };
        return change == null ? TradeExits.Change.UNCHANGED : change;
    }

    private RejectReason checkExit(Batch batch, Trade trade, OrderType type, ExitSpec exit) {
        Long waiting = trade.exitOrderId(type);
        Order old = waiting == null ? null : state.pending().get(waiting);
        OrderSpec spec = OrderRules.exit(type, exit, trade.id());
        RejectReason reason = rules.check(spec, old);
        if (reason != null) {
            Transaction.Origin origin =
                    new Transaction.Origin(
                            old == null ? OrderReason.CLIENT_ORDER : OrderReason.REPLACEMENT,
                            null,
                            null,
                            null,
                            waiting,
                            null,
                            null);
            batch.add(
                    role(type, "_REJECT"),
                    new Transaction.OrderReject(batch.header(), spec, origin, reason));
        }
        return reason;
    }

    private void apply(Batch batch, Trade trade, OrderType type, ExitSpec exit) {
        Long waiting = trade.exitOrderId(type);
        Order old = waiting == null ? null : state.pending().get(waiting);
        Roles roles =
                new Roles(
                        role(type, ""),
                        role(type, "_FILL"),
                        role(type, "_CREATED_CANCEL"),
                        role(type, "_REJECT"));
        if (exit == null) {
            if (old != null) {
                execution.cancel(
                        batch, old, CancelReason.CLIENT_REQUEST, null, role(type, "_CANCEL"));
            }
            return;
        }
        OrderSpec spec = OrderRules.exit(type, exit, trade.id());
        if (old != null) {
            replaceInto(batch, old, spec, role(type, "_CANCEL"), roles);
        } else {
            enter(
                    batch,
                    rules.complete(spec),
                    Transaction.Origin.of(OrderReason.CLIENT_ORDER),
                    roles);
        }
    }

    private static Outcome.Role role(OrderType type, String act) {
        return Outcome.Role.valueOf(type + act);
    }
}
