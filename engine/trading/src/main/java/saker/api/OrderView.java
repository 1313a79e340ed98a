package saker.api;

import saker.model.RiskRule;
import saker.model.Side;
import saker.order.ClientIds;

/**
 * One order of ours and where it stands.
 *
 * @param stopLossE8 what it asks for, 0 for none
 * @param takeProfitE8 like {@code stopLossE8}
 * @param expiryNs market time at which it ends unfilled, 0 for never
 */
public record OrderView(
        int accountId,
        long intent,
        String clientId,
        long orderId,
        long instanceId,
        String symbol,
        Side side,
        String action,
        String state,
        long unitsE4,
        long priceE8,
        long stopLossE8,
        long takeProfitE8,
        long expiryNs,
        RiskRule rule,
        String detail,
        long journalTimeNs,
        long marketTimeNs) {

    /** What the log lines of its signal or command have in common; empty where it is not ours. */
    public String correlation() {
        return ClientIds.causeOf(clientId);
    }
}
