package saker.broker.simulated;

/**
 * The account's figures at the last prices; amounts E8 in account currency, all with at most four
 * decimals, so that the identities hold exactly: {@code navE8 = balanceE8 + unrealizedPlE8}, {@code
 * marginAvailableE8 = max(0, navE8 − marginUsedE8)}. Those named marginCloseout value everything at
 * mid prices.
 *
 * @param marginRateE14 the client's own rate; the larger of it and the instrument's counts
 * @param marginCloseoutPercentE8 1.0 or more closes everything; rounded to five decimals
 * @param lastOrderFillTimeNs null before the first fill
 */
public record AccountSummary(
        String id,
        String alias,
        String currency,
        boolean hedging,
        long createdTimeNs,
        long balanceE8,
        long plE8,
        long financingE8,
        long commissionE8,
        long marginRateE14,
        int openTradeCount,
        int openPositionCount,
        int pendingOrderCount,
        Long lastOrderFillTimeNs,
        long unrealizedPlE8,
        long navE8,
        long marginUsedE8,
        long marginAvailableE8,
        long positionValueE8,
        long marginCloseoutUnrealizedPlE8,
        long marginCloseoutNavE8,
        long marginCloseoutMarginUsedE8,
        long marginCloseoutPositionValueE8,
        long marginCloseoutPercentE8,
        long marginCallMarginUsedE8,
        long marginCallPercentE8,
        long withdrawalLimitE8,
        long lastTransactionId) {}
