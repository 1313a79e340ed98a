package saker.broker.simulated;

import saker.model.FixedPoint;

/** Marks of orders and trades, and the account's configuration. */
final class AccountRequests {
    private static final int MAX_ALIAS_LENGTH = 100;

    private final BrokerState state;
    private final ExtensionRules extensionRules;
    private final Valuation valuation;

    AccountRequests(BrokerState state, OrderRules rules, Valuation valuation) {
        this.state = state;
        this.extensionRules = rules.extensions();
        this.valuation = valuation;
    }

    Outcome setOrderExtensions(
            long orderId,
            ClientExtensions extensions,
            ClientExtensions tradeExtensions,
            String requestId) {
        Batch batch = new Batch(state, requestId);
        Order order = state.pending().get(orderId);
        RejectReason reason = checkOrder(order, orderId, extensions, tradeExtensions);
        if (reason != null) {
            batch.add(
                    Outcome.Role.ORDER_EXTENSIONS_REJECT,
                    new Transaction.OrderExtensionsModifyReject(
                            batch.header(),
                            orderId,
                            order == null ? null : order.spec().clientId(),
                            extensions,
                            tradeExtensions,
                            reason));
            return order == null ? batch.notFound(reason) : batch.refused(reason);
        }
        OrderSpec spec = order.spec();
        batch.add(
                Outcome.Role.ORDER_EXTENSIONS,
                new Transaction.OrderExtensionsModify(
                        batch.header(), orderId, spec.clientId(), extensions, tradeExtensions));
        state.put(
                order.withSpec(
                        spec.toBuilder()
                                .clientExtensions(merge(spec.clientExtensions(), extensions))
                                .tradeClientExtensions(
                                        merge(spec.tradeClientExtensions(), tradeExtensions))
                                .build()));
        return batch.accepted();
    }

    private RejectReason checkOrder(
            Order order,
            long orderId,
            ClientExtensions extensions,
            ClientExtensions tradeExtensions) {
        if (order == null) {
            return RejectReason.ORDER_DOESNT_EXIST;
        }
        if (extensions == null && tradeExtensions == null) {
            return RejectReason.CLIENT_EXTENSIONS_DATA_MISSING;
        }
        RejectReason reason = ExtensionRules.checkOrderExtensions(extensions);
        if (reason == null) {
            reason = ExtensionRules.checkTradeExtensions(tradeExtensions);
        }
        if (reason == null
                && extensions != null
                && extensionRules.clientIdTaken(extensions.id(), orderId)) {
            reason = RejectReason.CLIENT_ORDER_ID_ALREADY_EXISTS;
        }
        return reason;
    }

    private static ClientExtensions merge(ClientExtensions before, ClientExtensions change) {
        if (before == null || change == null) {
            return change == null ? before : change;
        }
        return before.merge(change);
    }

    Outcome setTradeExtensions(long tradeId, ClientExtensions extensions, String requestId) {
        Batch batch = new Batch(state, requestId);
        Trade trade = state.open().get(tradeId);
        RejectReason reason = checkTrade(trade, tradeId, extensions);
        if (reason != null) {
            batch.add(
                    Outcome.Role.TRADE_EXTENSIONS_REJECT,
                    new Transaction.TradeExtensionsModifyReject(
                            batch.header(),
                            tradeId,
                            trade == null ? null : trade.clientId(),
                            extensions,
                            reason));
            return trade == null ? batch.notFound(reason) : batch.refused(reason);
        }
        batch.add(
                Outcome.Role.TRADE_EXTENSIONS,
                new Transaction.TradeExtensionsModify(
                        batch.header(), tradeId, trade.clientId(), extensions));
        state.put(trade.withExtensions(merge(trade.clientExtensions(), extensions)));
        return batch.accepted();
    }

    private RejectReason checkTrade(Trade trade, long tradeId, ClientExtensions extensions) {
        if (trade == null) {
            return RejectReason.TRADE_DOESNT_EXIST;
        }
        if (extensions == null) {
            return RejectReason.CLIENT_EXTENSIONS_DATA_MISSING;
        }
        RejectReason reason = ExtensionRules.checkTradeExtensions(extensions);
        if (reason == null && extensionRules.clientTradeIdTaken(extensions, tradeId)) {
            reason = RejectReason.CLIENT_TRADE_ID_ALREADY_EXISTS;
        }
        return reason;
    }

    Outcome configure(String alias, Long marginRateE14, String requestId) {
        Batch batch = new Batch(state, requestId);
        BrokerState.AccountFacts before = state.account;
        RejectReason reason = checkConfiguration(alias, marginRateE14);
        if (reason == null) {
            state.account = before.configured(alias, marginRateE14);
            if (marginRateE14 != null && valuation.closeoutPercent() >= FixedPoint.E8) {
                state.account = before;
                reason = RejectReason.MARGIN_RATE_WOULD_TRIGGER_CLOSEOUT;
            }
        }
        if (reason != null) {
            batch.add(
                    Outcome.Role.CLIENT_CONFIGURE_REJECT,
                    new Transaction.ClientConfigureReject(
                            batch.header(), alias, marginRateE14, reason));
            return batch.refused(reason);
        }
        batch.add(
                Outcome.Role.CLIENT_CONFIGURE,
                new Transaction.ClientConfigure(batch.header(), alias, marginRateE14));
        return batch.accepted();
    }

    private static RejectReason checkConfiguration(String alias, Long marginRateE14) {
        if (alias == null && marginRateE14 == null) {
            return RejectReason.CLIENT_CONFIGURE_DATA_MISSING;
        }
        if (alias != null && alias.length() > MAX_ALIAS_LENGTH) {
            return RejectReason.ALIAS_INVALID;
        }
        boolean badRate =
                marginRateE14 != null && (marginRateE14 <= 0 || marginRateE14 > FixedPoint.E14);
        return badRate ? RejectReason.MARGIN_RATE_INVALID : null;
    }
}
