package saker.broker.simulated;

/** When a waiting order is triggered by a quote. */
final class TriggerRules {
    private TriggerRules() {}

    /** The price the order looks at. */
    static long price(Quote quote, boolean buys, TriggerCondition condition) {
        return switch (condition) {
            case DEFAULT -> buys ? quote.askE8() : quote.bidE8();
            case INVERSE -> buys ? quote.bidE8() : quote.askE8();
            case BID -> quote.bidE8();
            case ASK -> quote.askE8();
            case MID -> Valuation.mid(quote);
        };
    }

    /**
     * Whether the order fires. A limit or a take profit fires only where it also fills at its price
     * or better, whatever the condition.
     *
     * @param buys whether its fill buys; for exits the opposite of the trade
     */
    static boolean triggered(Order order, boolean buys, Quote quote) {
        OrderSpec spec = order.spec();
        if (spec.type() == OrderType.MARKET) {
            return true;
        }
        long priceE8 = price(quote, buys, spec.triggerCondition());
        return switch (spec.type()) {
            case MARKET -> true;
            case LIMIT, TAKE_PROFIT ->
                    atOrBetter(buys, priceE8, spec.priceE8())
                            && atOrBetter(
                                    buys,
                                    price(quote, buys, TriggerCondition.DEFAULT),
                                    spec.priceE8());
            case STOP, STOP_LOSS -> atOrBeyond(buys, priceE8, spec.priceE8());
            case TRAILING_STOP_LOSS -> atOrBeyond(buys, priceE8, order.trailingStopValueE8());
            case MARKET_IF_TOUCHED ->
                    spec.priceE8() >= order.initialMarketPriceE8()
                            ? priceE8 >= spec.priceE8()
                            : priceE8 <= spec.priceE8();
        };
    }

    private static boolean atOrBetter(boolean buys, long priceE8, long levelE8) {
        return buys ? priceE8 <= levelE8 : priceE8 >= levelE8;
    }

    private static boolean atOrBeyond(boolean buys, long priceE8, long levelE8) {
        return buys ? priceE8 >= levelE8 : priceE8 <= levelE8;
    }

    /** The trailing stop's level at a quote, if it had begun there. */
    static long trailingLevel(Order order, boolean buys, Quote quote) {
        OrderSpec spec = order.spec();
        long priceE8 = price(quote, buys, spec.triggerCondition());
        return buys ? priceE8 + spec.distanceE8() : priceE8 - spec.distanceE8();
    }
}
