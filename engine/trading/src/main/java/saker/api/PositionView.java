package saker.api;

import saker.model.Side;

/** One open trade. Stop and target are 0 where there is none. */
public record PositionView(
        int accountId,
        long ticket,
        long instanceId,
        String strategy,
        String symbol,
        int digits,
        Side side,
        long unitsE4,
        long lotsE8,
        long openPriceE8,
        long currentPriceE8,
        long stopLossE8,
        long takeProfitE8,
        long profitE8,
        long openTimeNs,
        boolean pending) {}
