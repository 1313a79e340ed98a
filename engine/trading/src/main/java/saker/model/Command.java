package saker.model;

import java.util.Objects;

/**
 * An order of an operator, from the API or the control socket.
 *
 * @param commandId UUID text, given to the caller
 * @param user who; {@code control} for the control socket
 * @param reason why, where the operator said so
 * @param accountId index of the account
 * @param instrumentId TRADE: the instrument, else −1
 * @param instanceId ENABLE and DISABLE: the strategy instance, else 0
 * @param unitsE4 TRADE: signed base units. CLOSE: unsigned part, 0 for all
 * @param ticket CLOSE and MODIFY: trade id. CANCEL: order id
 * @param stopLossE8 TRADE and MODIFY: absolute price, 0 for none, {@link OrderIntent#UNCHANGED}
 * @param takeProfitE8 like {@code stopLossE8}
 * @param deadlineNs journal time after which a TRADE is refused; {@link Long#MAX_VALUE} for never
 */
public record Command(
        Type type,
        String commandId,
        String user,
        String reason,
        int accountId,
        int instrumentId,
        long instanceId,
        long unitsE4,
        long ticket,
        long stopLossE8,
        long takeProfitE8,
        long deadlineNs) {

    public enum Type {
        TRADE,
        CLOSE,
        MODIFY,
        CANCEL,
        ENABLE_INSTANCE,
        DISABLE_INSTANCE,
        /** No new risk; open positions stay. */
        HALT,
        /** HALT, cancel every pending order, close every trade. */
        FLATTEN,
        RESUME
    }

    public Command {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(reason, "reason");
        if (commandId.isEmpty() || commandId.length() > 64) {
            throw new IllegalArgumentException("bad command: commandId=" + commandId);
        }
    }
}
