package saker.model;

import java.util.Objects;

/**
 * What risk said to one wish.
 *
 * @param rule {@link RiskRule#NONE} when approved
 * @param origin index of the Signal or Command
 * @param row row of the signal, 0 for a command
 * @param detail figures behind a refusal, for people
 */
public record RiskDecision(
        boolean approved,
        RiskRule rule,
        int accountId,
        int instrumentId,
        long instanceId,
        long origin,
        int row,
        String detail) {

    public RiskDecision {
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(detail, "detail");
        if (approved != (rule == RiskRule.NONE)) {
            throw new IllegalArgumentException(
                    "bad decision: approved=" + approved + ", rule=" + rule);
        }
    }
}
