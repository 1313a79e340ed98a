package saker.journal;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import saker.model.OrderIntent;
import saker.model.OrderIntent.Action;
import saker.model.OrderIntent.OrderType;
import saker.model.RecordKind;

/**
 * Layout of an ORDER_INTENT payload, fields in this order; text is its length (i32) and UTF-8.
 *
 * <pre>
 *   action u8 | type u8 | accountId i32 | instrumentId i32 | instanceId i64 | unitsE4 i64
 *   priceE8 i64 | stopLossE8 i64 | takeProfitE8 i64 | tradeId i64 | orderId i64 | quoteE8 i64
 *   lastTransactionId i64 | deadlineNs i64 | origin i64 | row i32 | clientId text
 *   expiryNs i64, from version 2 on
 * </pre>
 */
public final class OrderIntentDescriptor {
    public static final int VERSION = 2;

    private OrderIntentDescriptor() {}

    /** Returns the payload's length in bytes. */
    public static int encode(OrderIntent intent, MutableDirectBuffer buffer, int offset) {
        PayloadWriter out = new PayloadWriter(buffer, offset);
        out.constant(intent.action())
                .constant(intent.type())
                .i32(intent.accountId())
                .i32(intent.instrumentId());
        out.i64(intent.instanceId())
                .i64(intent.unitsE4())
                .i64(intent.priceE8())
                .i64(intent.stopLossE8());
        out.i64(intent.takeProfitE8())
                .i64(intent.tradeId())
                .i64(intent.orderId())
                .i64(intent.quoteE8());
        out.i64(intent.lastTransactionId())
                .i64(intent.deadlineNs())
                .i64(intent.origin())
                .i32(intent.row());
        out.text(intent.clientId()).i64(intent.expiryNs());
        return out.length();
    }

    /** A record of any version; throws {@link PayloadDamagedException} where it is no such. */
    public static OrderIntent decode(RecordView entry) {
        return decode(entry.version(), entry.buffer(), entry.offset(), entry.length());
    }

    /** A payload of the present version; throws {@link PayloadDamagedException} if it is none. */
    public static OrderIntent decode(DirectBuffer buffer, int offset, int length) {
        return decode(VERSION, buffer, offset, length);
    }

    private static OrderIntent decode(int version, DirectBuffer buffer, int offset, int length) {
        RecordDecoder.checkVersion(RecordKind.ORDER_INTENT, version);
        PayloadReader in = new PayloadReader(RecordKind.ORDER_INTENT, buffer, offset, length);
        try {
            Action action = in.constant(Action.values());
            OrderType type = in.constant(OrderType.values());
            int accountId = in.i32();
            int instrumentId = in.i32();
            long instanceId = in.i64();
            long unitsE4 = in.i64();
            long priceE8 = in.i64();
            long stopLossE8 = in.i64();
            long takeProfitE8 = in.i64();
            long tradeId = in.i64();
            long orderId = in.i64();
            long quoteE8 = in.i64();
            long lastTransactionId = in.i64();
            long deadlineNs = in.i64();
            long origin = in.i64();
            int row = in.i32();
            String clientId = in.text();
            long expiryNs = version < 2 ? 0 : in.i64();
            OrderIntent intent =
                    new OrderIntent(
                            action,
                            type,
                            accountId,
                            instrumentId,
                            instanceId,
                            clientId,
                            unitsE4,
                            priceE8,
                            stopLossE8,
                            takeProfitE8,
                            expiryNs,
                            tradeId,
                            orderId,
                            quoteE8,
                            lastTransactionId,
                            deadlineNs,
                            origin,
                            row);
            in.end();
            return intent;
        } catch (IllegalArgumentException e) {
            throw new PayloadDamagedException(
                    "payload refused: kind=ORDER_INTENT: " + e.getMessage(), e);
        }
    }
}
