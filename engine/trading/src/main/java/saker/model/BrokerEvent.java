package saker.model;

import java.util.List;
import java.util.Objects;

/**
 * What the broker said, or what we know of one of our requests. Broker transactions arrive in the
 * order of their ids, each exactly once, whichever way they reached us (answer, stream, backfill).
 *
 * <p>Fields that a type does not use are 0, "" or empty. Trades opened, reduced and closed by a
 * fill are its {@link #effects}.
 *
 * @param type what happened
 * @param accountId index of the account
 * @param intent index of the OrderIntent it answers, 0 if none of ours
 * @param transactionId broker's transaction, 0 for events that are none
 * @param orderId broker's order
 * @param tradeId broker's trade: the one a stop or target belongs to, or that was opened
 * @param instrumentId −1 where there is none
 * @param unitsE4 signed base units of the order or fill
 * @param priceE8 of the order or fill
 * @param realizedPlE8 account currency
 * @param financingE8 account currency
 * @param commissionE8 account currency, positive is a cost
 * @param balanceE8 account balance after it, as the broker said
 * @param brokerTimeNs broker's stamp, ns since the Unix epoch, 0 if none
 * @param httpStatus of a request's answer, else 0
 * @param clientId our key, where the broker gave it
 * @param tag magic number, where the broker gave it
 * @param reason the broker's reason code or error text
 * @param effects trades a fill or snapshot is about
 * @param pending pending orders of a snapshot
 * @param raw the broker's bytes, as they came; empty for events of our own
 */
public record BrokerEvent(
        Type type,
        int accountId,
        long intent,
        long transactionId,
        long orderId,
        long tradeId,
        int instrumentId,
        long unitsE4,
        long priceE8,
        long realizedPlE8,
        long financingE8,
        long commissionE8,
        long balanceE8,
        long brokerTimeNs,
        int httpStatus,
        String clientId,
        String tag,
        String reason,
        List<TradeEffect> effects,
        List<PendingOrder> pending,
        byte[] raw) {

    public enum Type {
        /** The request's bytes are about to leave; from here on only evidence ends the order. */
        REQUEST_SENT,
        /** Answered with success; the transactions it made follow or went before. */
        REQUEST_ANSWERED,
        /** Refused before it had any effect (4xx without a transaction, or never written). */
        REQUEST_REFUSED,
        /** Time-out, reset or 5xx: the outcome is unknown until evidence is found. */
        REQUEST_UNKNOWN,
        /** Proven not executed by two complete scans, or dropped before it was written. */
        NOT_SENT,
        /**
         * Account as of {@link #transactionId}: balance in {@link #balanceE8}, open trades in
         * {@link #effects}, orders in {@link #pending}. {@link #reason} holds the account currency.
         */
        ACCOUNT_SNAPSHOT,
        ORDER_CREATED,
        ORDER_FILLED,
        ORDER_CANCELLED,
        ORDER_REJECTED,
        FINANCING,
        FUNDS,
        /** Any other transaction: kept raw. */
        OTHER
    }

    /** What a fill did to one trade, or (in a snapshot) that the trade is open. */
    public record TradeEffect(
            Effect effect,
            long tradeId,
            int instrumentId,
            long unitsE4, // signed: of the trade when OPENED or OPEN, of the fill when reduced
            long priceE8,
            long realizedPlE8,
            long financingE8,
            long stopLossE8, // in a snapshot: present stop, 0 for none
            long takeProfitE8, // in a snapshot: present target, 0 for none
            long stopLossOrderId,
            long takeProfitOrderId,
            long openTimeNs,
            String clientId,
            String tag) {

        public enum Effect {
            OPENED,
            REDUCED,
            CLOSED,
            /** Snapshot: open with these units. */
            OPEN,
            /** Financing charged to the trade. */
            FINANCED
        }
    }

    /** A pending order in a snapshot, or the one an ORDER_CREATED made. */
    public record PendingOrder(
            long orderId,
            Kind kind,
            int instrumentId,
            long unitsE4,
            long priceE8,
            long stopLossE8, // of the trade it would open, 0 for none
            long takeProfitE8, // like stopLossE8
            long createdNs, // broker's stamp, 0 for unknown
            long expiryNs, // market time at which it ends unfilled, 0 for never
            long tradeId, // STOP_LOSS, TAKE_PROFIT and TRAILING_STOP: the trade it protects
            String clientId,
            String tag) {

        public enum Kind {
            MARKET,
            LIMIT,
            STOP,
            STOP_LOSS,
            TAKE_PROFIT,
            TRAILING_STOP,
            OTHER
        }
    }

    public BrokerEvent {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(clientId, "clientId");
        Objects.requireNonNull(tag, "tag");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(raw, "raw");
        effects = List.copyOf(effects);
        pending = List.copyOf(pending);
    }

    /** A builder with every field empty. */
    public static Builder of(Type type, int accountId) {
        return new Builder(type, accountId);
    }

    /** Sets what a type uses; all else stays 0, "" or empty. */
    public static final class Builder {
        private final Type type;
        private final int accountId;
        private long intent;
        private long transactionId;
        private long orderId;
        private long tradeId;
        private int instrumentId = -1;
        private long unitsE4;
        private long priceE8;
        private long realizedPlE8;
        private long financingE8;
        private long commissionE8;
        private long balanceE8;
        private long brokerTimeNs;
        private int httpStatus;
        private String clientId = "";
        private String tag = "";
        private String reason = "";
        private List<TradeEffect> effects = List.of();
        private List<PendingOrder> pending = List.of();
        private byte[] raw = {};

        private Builder(Type type, int accountId) {
            this.type = type;
            this.accountId = accountId;
        }

        public Builder intent(long intent) {
            this.intent = intent;
            return this;
        }

        public Builder transactionId(long transactionId) {
            this.transactionId = transactionId;
            return this;
        }

        public Builder orderId(long orderId) {
            this.orderId = orderId;
            return this;
        }

        public Builder tradeId(long tradeId) {
            this.tradeId = tradeId;
            return this;
        }

        public Builder instrumentId(int instrumentId) {
            this.instrumentId = instrumentId;
            return this;
        }

        public Builder unitsE4(long unitsE4) {
            this.unitsE4 = unitsE4;
            return this;
        }

        public Builder priceE8(long priceE8) {
            this.priceE8 = priceE8;
            return this;
        }

        public Builder money(long realizedPlE8, long financingE8, long commissionE8) {
            this.realizedPlE8 = realizedPlE8;
            this.financingE8 = financingE8;
            this.commissionE8 = commissionE8;
            return this;
        }

        public Builder balanceE8(long balanceE8) {
            this.balanceE8 = balanceE8;
            return this;
        }

        public Builder brokerTimeNs(long brokerTimeNs) {
            this.brokerTimeNs = brokerTimeNs;
            return this;
        }

        public Builder httpStatus(int httpStatus) {
            this.httpStatus = httpStatus;
            return this;
        }

        public Builder client(String clientId, String tag) {
            this.clientId = clientId;
            this.tag = tag;
            return this;
        }

        public Builder reason(String reason) {
            this.reason = reason;
            return this;
        }

        public Builder effects(List<TradeEffect> effects) {
            this.effects = effects;
            return this;
        }

        public Builder pending(List<PendingOrder> pending) {
            this.pending = pending;
            return this;
        }

        public Builder raw(byte[] raw) {
            this.raw = raw;
            return this;
        }

        public BrokerEvent build() {
            return new BrokerEvent(
                    type,
                    accountId,
                    intent,
                    transactionId,
                    orderId,
                    tradeId,
                    instrumentId,
                    unitsE4,
                    priceE8,
                    realizedPlE8,
                    financingE8,
                    commissionE8,
                    balanceE8,
                    brokerTimeNs,
                    httpStatus,
                    clientId,
                    tag,
                    reason,
                    effects,
                    pending,
                    raw);
        }
    }
}
