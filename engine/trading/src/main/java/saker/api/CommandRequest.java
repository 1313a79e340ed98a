package saker.api;

import saker.model.Command;

/**
 * A validated request for a command, in the engine's units; see {@link Command} for the fields.
 *
 * @param symbol TRADE: the instrument, else null
 */
public record CommandRequest(
        Command.Type type,
        String commandId,
        String user,
        String reason,
        String symbol,
        long instanceId,
        long unitsE4,
        long ticket,
        long stopLossE8,
        long takeProfitE8) {}
