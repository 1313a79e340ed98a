package saker.broker.simulated;

/**
 * A take profit, stop loss or trailing stop to attach to a trade.
 *
 * @param priceE8 the level; null for a trailing stop or where a distance is given
 * @param distanceE8 distance from the trade's price (stop loss) or from the market (trailing stop);
 *     null where a price is given
 * @param timeInForce GTC, GTD or GFD; null means GTC
 * @param gtdTimeNs for GTD: ns since the Unix epoch; else null
 * @param triggerCondition null means DEFAULT
 * @param clientExtensions marks of the exit order, or null
 */
public record ExitSpec(
        Long priceE8,
        Long distanceE8,
        TimeInForce timeInForce,
        Long gtdTimeNs,
        TriggerCondition triggerCondition,
        ClientExtensions clientExtensions) {

    /** Good till cancelled at a price. */
    public static ExitSpec atPrice(long priceE8) {
        return new ExitSpec(priceE8, null, TimeInForce.GTC, null, null, null);
    }

    /** Good till cancelled at a distance. */
    public static ExitSpec atDistance(long distanceE8) {
        return new ExitSpec(null, distanceE8, TimeInForce.GTC, null, null, null);
    }
}
