package saker.broker.simulated;

import java.util.HashSet;
import java.util.Set;

/** Which marks a client may set: lengths, and ids that must be free. */
final class ExtensionRules {
    private final BrokerState state;

    ExtensionRules(BrokerState state) {
        this.state = state;
    }

    /** Why the marks of an order are refused, or null. */
    RejectReason check(OrderSpec spec, Order replaced) {
        RejectReason reason = checkOrderExtensions(spec.clientExtensions());
        if (reason == null) {
            reason = checkTradeExtensions(spec.tradeClientExtensions());
        }
        if (reason != null) {
            return reason;
        }
        Set<String> ids = new HashSet<>();
        boolean repeated = !fresh(ids, spec.clientExtensions());
        repeated |= !fresh(ids, of(spec.takeProfitOnFill()));
        repeated |= !fresh(ids, of(spec.stopLossOnFill()));
        repeated |= !fresh(ids, of(spec.trailingStopLossOnFill()));
        if (repeated) {
            return RejectReason.ORDERS_ON_FILL_DUPLICATE_CLIENT_ORDER_IDS;
        }
        if (tooLong(of(spec.takeProfitOnFill()))) {
            return RejectReason.TAKE_PROFIT_ON_FILL_CLIENT_ORDER_ID_INVALID;
        }
        if (tooLong(of(spec.stopLossOnFill()))) {
            return RejectReason.STOP_LOSS_ON_FILL_CLIENT_ORDER_ID_INVALID;
        }
        if (tooLong(of(spec.trailingStopLossOnFill()))) {
            return RejectReason.TRAILING_STOP_LOSS_ON_FILL_CLIENT_ORDER_ID_INVALID;
        }
        return clientIdTaken(spec.clientId(), replaced == null ? 0 : replaced.id())
                ? RejectReason.CLIENT_ORDER_ID_ALREADY_EXISTS
                : null;
    }

    private static ClientExtensions of(ExitSpec exit) {
        return exit == null ? null : exit.clientExtensions();
    }

    private static boolean fresh(Set<String> ids, ClientExtensions extensions) {
        return extensions == null || extensions.id() == null || ids.add(extensions.id());
    }

    private static boolean tooLong(ClientExtensions extensions) {
        return checkOrderExtensions(extensions) != null;
    }

    static RejectReason checkOrderExtensions(ClientExtensions extensions) {
        if (extensions == null) {
            return null;
        }
        if (bad(extensions.id()) || "".equals(extensions.id())) {
            return RejectReason.CLIENT_ORDER_ID_INVALID;
        }
        if (bad(extensions.tag())) {
            return RejectReason.CLIENT_ORDER_TAG_INVALID;
        }
        return bad(extensions.comment()) ? RejectReason.CLIENT_ORDER_COMMENT_INVALID : null;
    }

    static RejectReason checkTradeExtensions(ClientExtensions extensions) {
        if (extensions == null) {
            return null;
        }
        if (bad(extensions.id()) || "".equals(extensions.id())) {
            return RejectReason.CLIENT_TRADE_ID_INVALID;
        }
        if (bad(extensions.tag())) {
            return RejectReason.CLIENT_TRADE_TAG_INVALID;
        }
        return bad(extensions.comment()) ? RejectReason.CLIENT_TRADE_COMMENT_INVALID : null;
    }

    private static boolean bad(String text) {
        return text != null && text.length() > ClientExtensions.MAX_LENGTH;
    }

    boolean clientIdTaken(String clientId, long exceptOrderId) {
        if (clientId == null) {
            return false;
        }
        for (Order order : state.pending().values()) {
            if (order.id() != exceptOrderId && clientId.equals(order.spec().clientId())) {
                return true;
            }
        }
        return false;
    }

    boolean clientTradeIdTaken(ClientExtensions extensions, long exceptTradeId) {
        if (extensions == null || extensions.id() == null) {
            return false;
        }
        for (Trade trade : state.open().values()) {
            if (trade.id() != exceptTradeId && extensions.id().equals(trade.clientId())) {
                return true;
            }
        }
        return false;
    }
}
