package saker.risk;

import saker.model.RiskRule;

/**
 * Why a wish was refused.
 *
 * @param detail the figures behind it: {@code ageMs=61200, quoteAgeMs=60000}
 */
public record Refusal(RiskRule rule, String detail) {}
