package saker.api;

import saker.model.RiskRule;

/** One wish of a strategy and what risk said to it. {@code action} as in BUY, CLOSE SELL. */
public record SignalView(
        long index,
        int row,
        long instanceId,
        String strategy,
        String symbol,
        String action,
        long lotsE8,
        long priceE8,
        boolean executed,
        RiskRule rule,
        String detail,
        long marketTimeNs) {}
