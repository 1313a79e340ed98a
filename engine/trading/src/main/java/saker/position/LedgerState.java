package saker.position;

import java.util.List;
import saker.journal.PayloadReader;
import saker.journal.PayloadWriter;
import saker.model.BrokerEvent.PendingOrder;

/**
 * A {@link TradeLedger} in a snapshot.
 *
 * <pre>
 *   accountId i32 | balanceE8 i64 | lastTransactionId i64 | snapshotSeen u8
 *   trades i32, each: tradeId i64 | instrumentId i32 | initialUnitsE4 i64 | unitsE4 i64 | priceE8 i64
 *                     openTimeNs i64 | stopLossE8 i64 | takeProfitE8 i64 | stopLossOrderId i64
 *                     takeProfitOrderId i64 | realizedPlE8 i64 | financingE8 i64
 *                     clientId text | tag text
 *   pending i32, each: orderId i64 | kind u8 | instrumentId i32 | unitsE4 i64 | priceE8 i64
 *                      stopLossE8 i64 | takeProfitE8 i64 | createdNs i64 | expiryNs i64
 *                      tradeId i64 | clientId text | tag text
 * </pre>
 */
public record LedgerState(
        int accountId,
        long balanceE8,
        long lastTransactionId,
        boolean snapshotSeen,
        List<OpenTrade> trades,
        List<PendingOrder> pending) {
    private static final int TRADE_LENGTH = 100;
    private static final int PENDING_LENGTH = 77;

    /** A {@link Trade} as it was. */
    public record OpenTrade(
            long tradeId,
            int instrumentId,
            long initialUnitsE4,
            long unitsE4,
            long priceE8,
            long openTimeNs,
            long stopLossE8,
            long takeProfitE8,
            long stopLossOrderId,
            long takeProfitOrderId,
            long realizedPlE8,
            long financingE8,
            String clientId,
            String tag) {

        static OpenTrade of(Trade trade) {
            return new OpenTrade(
                    trade.tradeId(),
                    trade.instrumentId(),
                    trade.initialUnitsE4(),
                    trade.unitsE4,
                    trade.priceE8(),
                    trade.openTimeNs(),
                    trade.stopLossE8,
                    trade.takeProfitE8,
                    trade.stopLossOrderId,
                    trade.takeProfitOrderId,
                    trade.realizedPlE8,
                    trade.financingE8,
                    trade.clientId(),
                    trade.tag());
        }

        Trade trade() {
            Trade trade =
                    new Trade(
                            tradeId,
                            instrumentId,
                            initialUnitsE4,
                            priceE8,
                            openTimeNs,
                            clientId,
                            tag);
            trade.unitsE4 = unitsE4;
            trade.stopLossE8 = stopLossE8;
            trade.takeProfitE8 = takeProfitE8;
            trade.stopLossOrderId = stopLossOrderId;
            trade.takeProfitOrderId = takeProfitOrderId;
            trade.realizedPlE8 = realizedPlE8;
            trade.financingE8 = financingE8;
            return trade;
        }
    }

    public void encode(PayloadWriter out) {
        out.i32(accountId).i64(balanceE8).i64(lastTransactionId).bool(snapshotSeen);
        out.list(trades, LedgerState::encodeTrade).list(pending, LedgerState::encodeOrder);
    }

    public static LedgerState decode(PayloadReader in) {
        return new LedgerState(
                in.i32(),
                in.i64(),
                in.i64(),
                in.bool(),
                in.list(TRADE_LENGTH, LedgerState::decodeTrade),
                in.list(PENDING_LENGTH, LedgerState::decodeOrder));
    }

    private static void encodeTrade(PayloadWriter out, OpenTrade trade) {
        out.i64(trade.tradeId)
                .i32(trade.instrumentId)
                .i64(trade.initialUnitsE4)
                .i64(trade.unitsE4)
                .i64(trade.priceE8)
                .i64(trade.openTimeNs)
                .i64(trade.stopLossE8)
                .i64(trade.takeProfitE8)
                .i64(trade.stopLossOrderId)
                .i64(trade.takeProfitOrderId)
                .i64(trade.realizedPlE8)
                .i64(trade.financingE8)
                .text(trade.clientId)
                .text(trade.tag);
    }

    private static OpenTrade decodeTrade(PayloadReader in) {
        return new OpenTrade(
                in.i64(), in.i32(), in.i64(), in.i64(), in.i64(), in.i64(), in.i64(), in.i64(),
                in.i64(), in.i64(), in.i64(), in.i64(), in.text(), in.text());
    }

    private static void encodeOrder(PayloadWriter out, PendingOrder order) {
        out.i64(order.orderId())
                .constant(order.kind())
                .i32(order.instrumentId())
                .i64(order.unitsE4())
                .i64(order.priceE8())
                .i64(order.stopLossE8())
                .i64(order.takeProfitE8())
                .i64(order.createdNs())
                .i64(order.expiryNs())
                .i64(order.tradeId())
                .text(order.clientId())
                .text(order.tag());
    }

    private static PendingOrder decodeOrder(PayloadReader in) {
        return new PendingOrder(
                in.i64(),
                in.constant(PendingOrder.Kind.values()),
                in.i32(),
                in.i64(),
                in.i64(),
                in.i64(),
                in.i64(),
                in.i64(),
                in.i64(),
                in.i64(),
                in.text(),
                in.text());
    }
}
