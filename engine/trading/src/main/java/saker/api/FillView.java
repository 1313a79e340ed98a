package saker.api;

import saker.model.Side;

/** One execution. */
public record FillView(
        int accountId,
        long transactionId,
        long ticket,
        String symbol,
        Side side,
        long unitsE4,
        long priceE8,
        long realizedPlE8,
        String reason,
        long marketTimeNs) {}
