package saker.risk;

/** One family of limits for orders that open. Closes, cancels and changes of stops see no rule. */
@FunctionalInterface
public interface EntryRule {

    /** Null, or the reason to refuse. Changes nothing. */
    Refusal check(Entry entry, RiskState state);
}
