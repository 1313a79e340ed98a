package saker.journal;

import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import saker.model.BrokerEvent;
import saker.model.BrokerEvent.PendingOrder;
import saker.model.BrokerEvent.TradeEffect;
import saker.model.RecordKind;

/**
 * Layout of a BROKER_EVENT payload, fields in this order; text is its length (i32) and UTF-8.
 *
 * <pre>
 *   type u8 | accountId i32 | intent i64 | transactionId i64 | orderId i64 | tradeId i64
 *   instrumentId i32 | unitsE4 i64 | priceE8 i64 | realizedPlE8 i64 | financingE8 i64
 *   commissionE8 i64 | balanceE8 i64 | brokerTimeNs i64 | httpStatus i32
 *   clientId text | tag text | reason text
 *   effects i32, each: effect u8 | tradeId i64 | instrumentId i32 | unitsE4 i64 | priceE8 i64
 *                   | realizedPlE8 i64 | financingE8 i64 | stopLossE8 i64 | takeProfitE8 i64
 *                   | stopLossOrderId i64 | takeProfitOrderId i64 | openTimeNs i64
 *                   | clientId text | tag text
 *   pending i32, each: orderId i64 | kind u8 | instrumentId i32 | unitsE4 i64 | priceE8 i64
 *                   | tradeId i64 | clientId text | tag text
 *                   and from version 2 on: stopLossE8 i64 | takeProfitE8 i64 | createdNs i64
 *                   | expiryNs i64
 *   raw: length i32 and the broker's bytes
 * </pre>
 */
public final class BrokerEventDescriptor {
    public static final int VERSION = 2;

    private static final int EFFECT_LENGTH_MIN = 1 + 10 * Long.BYTES + 3 * Integer.BYTES;
    private static final int PENDING_LENGTH_MIN = 1 + 4 * Long.BYTES + 3 * Integer.BYTES; // Of 1.

    private BrokerEventDescriptor() {}

    /** Returns the payload's length in bytes. */
    public static int encode(BrokerEvent event, MutableDirectBuffer buffer, int offset) {
        PayloadWriter out = new PayloadWriter(buffer, offset);
        out.constant(event.type())
                .i32(event.accountId())
                .i64(event.intent())
                .i64(event.transactionId());
        out.i64(event.orderId())
                .i64(event.tradeId())
                .i32(event.instrumentId())
                .i64(event.unitsE4());
        out.i64(event.priceE8())
                .i64(event.realizedPlE8())
                .i64(event.financingE8())
                .i64(event.commissionE8());
        out.i64(event.balanceE8()).i64(event.brokerTimeNs()).i32(event.httpStatus());
        out.text(event.clientId()).text(event.tag()).text(event.reason());
        out.i32(event.effects().size());
        for (TradeEffect effect : event.effects()) {
            encodeEffect(effect, out);
        }
        out.i32(event.pending().size());
        for (PendingOrder order : event.pending()) {
            encodePending(order, out);
        }
        out.bytes(event.raw());
        return out.length();
    }

    /** A record of any version; throws {@link PayloadDamagedException} where it is no such. */
    public static BrokerEvent decode(RecordView entry) {
        return decode(entry.version(), entry.buffer(), entry.offset(), entry.length());
    }

    /** A payload of the present version; throws {@link PayloadDamagedException} if it is none. */
    public static BrokerEvent decode(DirectBuffer buffer, int offset, int length) {
        return decode(VERSION, buffer, offset, length);
    }

    private static BrokerEvent decode(int version, DirectBuffer buffer, int offset, int length) {
        RecordDecoder.checkVersion(RecordKind.BROKER_EVENT, version);
        PayloadReader in = new PayloadReader(RecordKind.BROKER_EVENT, buffer, offset, length);
        try {
            // Arguments are evaluated left to right: the order of the fields.
            BrokerEvent event =
                    new BrokerEvent(
                            in.constant(BrokerEvent.Type.values()),
                            in.i32(),
                            in.i64(),
                            in.i64(),
                            in.i64(),
                            in.i64(),
                            in.i32(),
                            in.i64(),
                            in.i64(),
                            in.i64(),
                            in.i64(),
                            in.i64(),
                            in.i64(),
                            in.i64(),
                            in.i32(),
                            in.text(),
                            in.text(),
                            in.text(),
                            decodeEffects(in),
                            decodePending(in, version),
                            in.bytes());
            in.end();
            return event;
        } catch (IllegalArgumentException e) {
            throw new PayloadDamagedException(
                    "payload refused: kind=BROKER_EVENT: " + e.getMessage(), e);
        }
    }

    private static void encodeEffect(TradeEffect effect, PayloadWriter out) {
        out.constant(effect.effect()).i64(effect.tradeId()).i32(effect.instrumentId());
        out.i64(effect.unitsE4()).i64(effect.priceE8()).i64(effect.realizedPlE8());
        out.i64(effect.financingE8()).i64(effect.stopLossE8()).i64(effect.takeProfitE8());
        out.i64(effect.stopLossOrderId()).i64(effect.takeProfitOrderId()).i64(effect.openTimeNs());
        out.text(effect.clientId()).text(effect.tag());
    }

    private static void encodePending(PendingOrder order, PayloadWriter out) {
        out.i64(order.orderId()).constant(order.kind()).i32(order.instrumentId());
        out.i64(order.unitsE4()).i64(order.priceE8()).i64(order.tradeId());
        out.text(order.clientId()).text(order.tag());
        out.i64(order.stopLossE8()).i64(order.takeProfitE8());
        out.i64(order.createdNs()).i64(order.expiryNs());
    }

    private static List<TradeEffect> decodeEffects(PayloadReader in) {
        int count = in.count(EFFECT_LENGTH_MIN);
        List<TradeEffect> effects = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            effects.add(
                    new TradeEffect(
                            in.constant(TradeEffect.Effect.values()),
                            in.i64(),
                            in.i32(),
                            in.i64(),
                            in.i64(),
                            in.i64(),
                            in.i64(),
                            in.i64(),
                            in.i64(),
                            in.i64(),
                            in.i64(),
                            in.i64(),
                            in.text(),
                            in.text()));
        }
        return effects;
    }

    private static List<PendingOrder> decodePending(PayloadReader in, int version) {
        int count = in.count(PENDING_LENGTH_MIN);
        List<PendingOrder> pending = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            pending.add(decodeOrder(in, version));
        }
        return pending;
    }

    private static PendingOrder decodeOrder(PayloadReader in, int version) {
        long orderId = in.i64();
        PendingOrder.Kind kind = in.constant(PendingOrder.Kind.values());
        int instrumentId = in.i32();
        long unitsE4 = in.i64();
        long priceE8 = in.i64();
        long tradeId = in.i64();
        String clientId = in.text();
        String tag = in.text();
        boolean whole = version >= 2;
        return new PendingOrder(
                orderId,
                kind,
                instrumentId,
                unitsE4,
                priceE8,
                whole ? in.i64() : 0,
                whole ? in.i64() : 0,
                whole ? in.i64() : 0,
                whole ? in.i64() : 0,
                tradeId,
                clientId,
                tag);
    }
}
