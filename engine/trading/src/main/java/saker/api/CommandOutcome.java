package saker.api;

import saker.model.Command;
import saker.model.RiskRule;

/**
 * What became of a command.
 *
 * @param rule why it was refused, else {@link RiskRule#NONE}
 * @param ticket trade it opened or touched, 0 if none yet
 * @param priceE8 fill price, 0 if none
 * @param realizedPlE8 profit of what it closed, account currency
 * @param message for people
 */
public record CommandOutcome(
        String commandId,
        Command.Type type,
        State state,
        RiskRule rule,
        long ticket,
        long priceE8,
        long realizedPlE8,
        String message) {

    public enum State {
        /** In the journal; nothing decided yet. */
        ACCEPTED,
        /** Sent to the broker. */
        SENT,
        DONE,
        REJECTED,
        /** Sent without an answer; being looked for. Never sent again. */
        UNKNOWN;

        public boolean isFinal() {
            return this == DONE || this == REJECTED;
        }
    }
}
