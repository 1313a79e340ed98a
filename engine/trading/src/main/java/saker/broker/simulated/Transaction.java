package saker.broker.simulated;

import java.util.List;

/**
 * One entry of the account's ledger. Ids are consecutive from 1; one request or event is a batch
 * whose id is that of its first transaction. Amounts are E8 in account currency unless the name
 * says otherwise, times ns since the Unix epoch in market time.
 */
public sealed interface Transaction {

    Header header();

    /** OANDA's {@code type}. */
    String type();

    default long id() {
        return header().id();
    }

    /**
     * What every transaction carries.
     *
     * @param requestId of the client's request, or null for what the market caused
     */
    record Header(long id, long batchId, String requestId, long timeNs) {}

    /** The account was opened. */
    record Create(Header header, String homeCurrency) implements Transaction {
        @Override
        public String type() {
            return "CREATE";
        }
    }

    /** Alias or margin rate was set; the member that was not set is null. */
    record ClientConfigure(Header header, String alias, Long marginRateE14) implements Transaction {
        @Override
        public String type() {
            return "CLIENT_CONFIGURE";
        }
    }

    /** A configuration was refused. */
    record ClientConfigureReject(
            Header header, String alias, Long marginRateE14, RejectReason rejectReason)
            implements Transaction {
        @Override
        public String type() {
            return "CLIENT_CONFIGURE_REJECT";
        }
    }

    /** Money was paid in. {@code fundingReason} is OANDA's enumeration. */
    record TransferFunds(Header header, long amountE8, String fundingReason, long accountBalanceE8)
            implements Transaction {
        @Override
        public String type() {
            return "TRANSFER_FUNDS";
        }
    }

    /** Which trade a market order closes; {@code units} is "ALL" or a decimal. */
    record TradeClose(long tradeId, String clientTradeId, String units) {}

    /** Which side of a position a market order closes; {@code units} is "ALL" or a decimal. */
    record PositionCloseout(String instrument, String units) {}

    /**
     * Where an order came from.
     *
     * @param tradeClose for reason TRADE_CLOSE, else null
     * @param longPositionCloseout for POSITION_CLOSEOUT of the long side, else null
     * @param shortPositionCloseout for POSITION_CLOSEOUT of the short side, else null
     * @param replacesOrderId the order replaced, or null
     * @param cancellingTransactionId what cancelled the replaced order, or null
     * @param orderFillTransactionId the fill whose details made an ON_FILL exit, or null
     */
    record Origin(
            OrderReason reason,
            TradeClose tradeClose,
            PositionCloseout longPositionCloseout,
            PositionCloseout shortPositionCloseout,
            Long replacesOrderId,
            Long cancellingTransactionId,
            Long orderFillTransactionId) {

        static Origin of(OrderReason reason) {
            return new Origin(reason, null, null, null, null, null, null);
        }
    }

    /** An order was created; its id is this transaction's. {@code order} has all defaults set. */
    record OrderCreate(Header header, OrderSpec order, Origin origin) implements Transaction {
        @Override
        public String type() {
            return order.type() + "_ORDER";
        }
    }

    /** An order was refused. {@code order} is as the client sent it. */
    record OrderReject(Header header, OrderSpec order, Origin origin, RejectReason rejectReason)
            implements Transaction {
        @Override
        public String type() {
            return order.type() + "_ORDER_REJECT";
        }
    }

    /** A waiting order ended without a fill. */
    record OrderCancel(
            Header header,
            long orderId,
            String clientOrderId,
            CancelReason reason,
            Long replacedByOrderId)
            implements Transaction {
        @Override
        public String type() {
            return "ORDER_CANCEL";
        }
    }

    /** A cancel was refused; the id that was not given is null. */
    record OrderCancelReject(
            Header header, Long orderId, String clientOrderId, RejectReason rejectReason)
            implements Transaction {
        @Override
        public String type() {
            return "ORDER_CANCEL_REJECT";
        }
    }

    /** The part of a fill that opened a trade; its id is the fill's. */
    record TradeOpen(
            long tradeId,
            long unitsE4,
            long priceE8,
            long halfSpreadCostE8,
            long initialMarginRequiredE8,
            ClientExtensions clientExtensions) {}

    /** The part of a fill that closed or reduced a trade; units are signed as the fill's. */
    record TradeReduce(
            long tradeId,
            String clientTradeId,
            long unitsE4,
            long priceE8,
            long realizedPlE8,
            long financingE8,
            long halfSpreadCostE8) {}

    /**
     * One execution.
     *
     * @param unitsE4 filled, signed
     * @param requestedUnitsE4 of the order, signed
     * @param bidE8 and askE8: the quote filled at (OANDA's {@code fullPrice})
     * @param plE8 and financingE8: sums over closed and reduced trades
     * @param gainFactorE14 quote currency to account currency for gains, lossFactorE14 for losses
     * @param tradeOpened or null
     * @param tradeReduced or null
     */
    record OrderFill(
            Header header,
            long orderId,
            String clientOrderId,
            String instrument,
            long unitsE4,
            long requestedUnitsE4,
            long priceE8,
            long bidE8,
            long askE8,
            long quoteTimeNs,
            FillReason reason,
            long plE8,
            long financingE8,
            long commissionE8,
            long halfSpreadCostE8,
            long accountBalanceE8,
            long gainFactorE14,
            long lossFactorE14,
            TradeOpen tradeOpened,
            List<TradeReduce> tradesClosed,
            TradeReduce tradeReduced)
            implements Transaction {
        @Override
        public String type() {
            return "ORDER_FILL";
        }
    }

    /** Financing of one trade. */
    record TradeFinancing(long tradeId, long financingE8) {}

    /** Financing of one instrument: the sum of its trades. */
    record PositionFinancing(
            String instrument, long financingE8, List<TradeFinancing> openTradeFinancings) {}

    /** The financing of one 17:00 New York. */
    record DailyFinancing(
            Header header,
            long financingE8,
            long accountBalanceE8,
            String accountFinancingMode,
            List<PositionFinancing> positionFinancings)
            implements Transaction {
        @Override
        public String type() {
            return "DAILY_FINANCING";
        }
    }

    /** Marks of a waiting order changed; what did not change is null. */
    record OrderExtensionsModify(
            Header header,
            long orderId,
            String clientOrderId,
            ClientExtensions clientExtensions,
            ClientExtensions tradeClientExtensions)
            implements Transaction {
        @Override
        public String type() {
            return "ORDER_CLIENT_EXTENSIONS_MODIFY";
        }
    }

    /** That change was refused. */
    record OrderExtensionsModifyReject(
            Header header,
            Long orderId,
            String clientOrderId,
            ClientExtensions clientExtensions,
            ClientExtensions tradeClientExtensions,
            RejectReason rejectReason)
            implements Transaction {
        @Override
        public String type() {
            return "ORDER_CLIENT_EXTENSIONS_MODIFY_REJECT";
        }
    }

    /** Marks of an open trade changed. */
    record TradeExtensionsModify(
            Header header, long tradeId, String clientTradeId, ClientExtensions clientExtensions)
            implements Transaction {
        @Override
        public String type() {
            return "TRADE_CLIENT_EXTENSIONS_MODIFY";
        }
    }

    /** That change was refused. */
    record TradeExtensionsModifyReject(
            Header header,
            Long tradeId,
            String clientTradeId,
            ClientExtensions clientExtensions,
            RejectReason rejectReason)
            implements Transaction {
        @Override
        public String type() {
            return "TRADE_CLIENT_EXTENSIONS_MODIFY_REJECT";
        }
    }
}
