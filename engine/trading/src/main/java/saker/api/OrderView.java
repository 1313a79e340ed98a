package saker.api;

import saker.model.RiskRule;
import saker.model.Side;
import saker.order.ClientIds;

/** One order of ours and where it stands. */
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
        RiskRule rule,
        String detail,
        long journalTimeNs,
        long marketTimeNs) {

    /** What the log lines of its signal or command have in common; empty where it is not ours. */
    public String correlation() {
        return ClientIds.causeOf(clientId);
    }
}
