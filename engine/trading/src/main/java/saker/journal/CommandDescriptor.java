package saker.journal;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import saker.model.Command;
import saker.model.RecordKind;

/**
 * Layout of a COMMAND payload, fields in this order; text is its length (i32) and UTF-8.
 *
 * <pre>
 *   type u8 | accountId i32 | instrumentId i32 | instanceId i64 | unitsE4 i64 | ticket i64
 *   stopLossE8 i64 | takeProfitE8 i64 | deadlineNs i64 | commandId text | user text | reason text
 * </pre>
 */
public final class CommandDescriptor {
    public static final int VERSION = 1;

    private CommandDescriptor() {}

    /** Returns the payload's length in bytes. */
    public static int encode(Command command, MutableDirectBuffer buffer, int offset) {
        PayloadWriter out = new PayloadWriter(buffer, offset);
        out.constant(command.type())
                .i32(command.accountId())
                .i32(command.instrumentId())
                .i64(command.instanceId());
        out.i64(command.unitsE4())
                .i64(command.ticket())
                .i64(command.stopLossE8())
                .i64(command.takeProfitE8());
        out.i64(command.deadlineNs())
                .text(command.commandId())
                .text(command.user())
                .text(command.reason());
        return out.length();
    }

    /** Throws {@link PayloadDamagedException} where the bytes are no such payload. */
    public static Command decode(DirectBuffer buffer, int offset, int length) {
        PayloadReader in = new PayloadReader(RecordKind.COMMAND, buffer, offset, length);
        try {
            Command.Type type = in.constant(Command.Type.values());
            int accountId = in.i32();
            int instrumentId = in.i32();
            long instanceId = in.i64();
            long unitsE4 = in.i64();
            long ticket = in.i64();
            long stopLossE8 = in.i64();
            long takeProfitE8 = in.i64();
            long deadlineNs = in.i64();
            Command command =
                    new Command(
                            type,
                            in.text(),
                            in.text(),
                            in.text(),
                            accountId,
                            instrumentId,
                            instanceId,
                            unitsE4,
                            ticket,
                            stopLossE8,
                            takeProfitE8,
                            deadlineNs);
            in.end();
            return command;
        } catch (IllegalArgumentException e) {
            throw new PayloadDamagedException(
                    "payload refused: kind=COMMAND: " + e.getMessage(), e);
        }
    }
}
