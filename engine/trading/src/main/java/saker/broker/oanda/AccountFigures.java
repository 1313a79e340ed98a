package saker.broker.oanda;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What the broker computes from prices, in account currency × 10^8.
 *
 * @param transactionId newest transaction when it was computed
 */
public record AccountFigures(
        long transactionId,
        long navE8,
        long unrealizedPlE8,
        long marginUsedE8,
        long marginAvailableE8) {

    /**
     * @param answer of {@code GET /accounts/{a}/changes}
     * @throws NumberFormatException if a decimal in it is none
     */
    static AccountFigures of(JsonNode answer, Decimals decimals) {
        JsonNode state = answer.path("state");
        return new AccountFigures(
                Transaction.idOf(answer, "lastTransactionID"),
                decimals.e8(state, "NAV"),
                decimals.e8(state, "unrealizedPL"),
                decimals.e8(state, "marginUsed"),
                decimals.e8(state, "marginAvailable"));
    }
}
