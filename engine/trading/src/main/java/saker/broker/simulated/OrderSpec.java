package saker.broker.simulated;

/**
 * An order as the client asks for it. A null member was not given; the broker fills in defaults
 * before it puts the specification into a transaction.
 *
 * @param type never null
 * @param instrument broker's name such as {@code EUR_USD}; null for exits (the trade decides)
 * @param unitsE4 signed, positive buys; null for exits
 * @param priceE8 level of a waiting order or exit
 * @param distanceE8 of a stop loss or trailing stop
 * @param priceBoundE8 worst price accepted, or null
 * @param gtdTimeNs ns since the Unix epoch; with GTD only
 * @param tradeId the trade an exit belongs to
 * @param clientTradeId or its client id
 */
public record OrderSpec(
        OrderType type,
        String instrument,
        Long unitsE4,
        Long priceE8,
        Long distanceE8,
        Long priceBoundE8,
        TimeInForce timeInForce,
        Long gtdTimeNs,
        PositionFill positionFill,
        TriggerCondition triggerCondition,
        ClientExtensions clientExtensions,
        ClientExtensions tradeClientExtensions,
        ExitSpec takeProfitOnFill,
        ExitSpec stopLossOnFill,
        ExitSpec trailingStopLossOnFill,
        Long tradeId,
        String clientTradeId) {

    public static Builder of(OrderType type) {
        return new Builder(type);
    }

    /** A market order, fill or kill. */
    public static Builder market(String instrument, long unitsE4) {
        return of(OrderType.MARKET).instrument(instrument).unitsE4(unitsE4);
    }

    /** A limit order. */
    public static Builder limit(String instrument, long unitsE4, long priceE8) {
        return of(OrderType.LIMIT).instrument(instrument).unitsE4(unitsE4).priceE8(priceE8);
    }

    /** A stop entry. */
    public static Builder stop(String instrument, long unitsE4, long priceE8) {
        return of(OrderType.STOP).instrument(instrument).unitsE4(unitsE4).priceE8(priceE8);
    }

    /** A builder holding everything of this specification. */
    public Builder toBuilder() {
        Builder b = new Builder(type);
        b.instrument = instrument;
        b.unitsE4 = unitsE4;
        b.priceE8 = priceE8;
        b.distanceE8 = distanceE8;
        b.priceBoundE8 = priceBoundE8;
        b.timeInForce = timeInForce;
        b.gtdTimeNs = gtdTimeNs;
        b.positionFill = positionFill;
        b.triggerCondition = triggerCondition;
        b.clientExtensions = clientExtensions;
        b.tradeClientExtensions = tradeClientExtensions;
        b.takeProfitOnFill = takeProfitOnFill;
        b.stopLossOnFill = stopLossOnFill;
        b.trailingStopLossOnFill = trailingStopLossOnFill;
        b.tradeId = tradeId;
        b.clientTradeId = clientTradeId;
        return b;
    }

    /** The client's order id, or null. */
    public String clientId() {
        return clientExtensions == null ? null : clientExtensions.id();
    }

    /** Collects the optional members; a null clears one. */
    public static final class Builder {
        private final OrderType type;
        private String instrument;
        private Long unitsE4;
        private Long priceE8;
        private Long distanceE8;
        private Long priceBoundE8;
        private TimeInForce timeInForce;
        private Long gtdTimeNs;
        private PositionFill positionFill;
        private TriggerCondition triggerCondition;
        private ClientExtensions clientExtensions;
        private ClientExtensions tradeClientExtensions;
        private ExitSpec takeProfitOnFill;
        private ExitSpec stopLossOnFill;
        private ExitSpec trailingStopLossOnFill;
        private Long tradeId;
        private String clientTradeId;

        private Builder(OrderType type) {
            this.type = type;
        }

        public Builder instrument(String value) {
            instrument = value;
            return this;
        }

        public Builder unitsE4(Long value) {
            unitsE4 = value;
            return this;
        }

        public Builder priceE8(Long value) {
            priceE8 = value;
            return this;
        }

        public Builder distanceE8(Long value) {
            distanceE8 = value;
            return this;
        }

        public Builder priceBoundE8(Long value) {
            priceBoundE8 = value;
            return this;
        }

        public Builder timeInForce(TimeInForce value) {
            timeInForce = value;
            return this;
        }

        public Builder gtdTimeNs(Long value) {
            gtdTimeNs = value;
            return this;
        }

        public Builder positionFill(PositionFill value) {
            positionFill = value;
            return this;
        }

        public Builder triggerCondition(TriggerCondition value) {
            triggerCondition = value;
            return this;
        }

        public Builder clientExtensions(ClientExtensions value) {
            clientExtensions = value;
            return this;
        }

        public Builder tradeClientExtensions(ClientExtensions value) {
            tradeClientExtensions = value;
            return this;
        }

        public Builder takeProfitOnFill(ExitSpec value) {
            takeProfitOnFill = value;
            return this;
        }

        public Builder stopLossOnFill(ExitSpec value) {
            stopLossOnFill = value;
            return this;
        }

        public Builder trailingStopLossOnFill(ExitSpec value) {
            trailingStopLossOnFill = value;
            return this;
        }

        public Builder tradeId(Long value) {
            tradeId = value;
            return this;
        }

        public Builder clientTradeId(String value) {
            clientTradeId = value;
            return this;
        }

        public OrderSpec build() {
            return new OrderSpec(
                    type,
                    instrument,
                    unitsE4,
                    priceE8,
                    distanceE8,
                    priceBoundE8,
                    timeInForce,
                    gtdTimeNs,
                    positionFill,
                    triggerCondition,
                    clientExtensions,
                    tradeClientExtensions,
                    takeProfitOnFill,
                    stopLossOnFill,
                    trailingStopLossOnFill,
                    tradeId,
                    clientTradeId);
        }
    }
}
