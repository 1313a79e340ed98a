package saker.live;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import saker.api.CommandOutcome;
import saker.journal.PayloadReader;
import saker.journal.PayloadWriter;
import saker.model.Command;
import saker.model.RiskRule;

/**
 * A {@link CommandTracker} in a snapshot, each part oldest first.
 *
 * <pre>
 *   outcomes i32, each: commandId text | type u8 | state u8 | rule code i32 | ticket i64 | priceE8 i64
 *                       realizedPlE8 i64 | message text
 *   commands i32, each: index i64 | commandId text
 *   intents i32, each: index i64 | index of the command i64
 * </pre>
 */
record CommandsState(
        List<CommandOutcome> outcomes, Map<Long, String> byIndex, Map<Long, Long> originOfIntent) {
    private static final int OUTCOME_LENGTH = 38; // At least, as the next.
    private static final int COMMAND_LENGTH = 12;
    private static final int INTENT_LENGTH = 16;

    void encode(PayloadWriter out) {
        out.list(outcomes, CommandsState::encodeOutcome)
                .list(byIndex.entrySet(), (o, e) -> o.i64(e.getKey()).text(e.getValue()))
                .list(originOfIntent.entrySet(), (o, e) -> o.i64(e.getKey()).i64(e.getValue()));
    }

    static CommandsState decode(PayloadReader in) {
        List<CommandOutcome> outcomes = in.list(OUTCOME_LENGTH, CommandsState::decodeOutcome);
        Map<Long, String> byIndex = new LinkedHashMap<>();
        in.list(COMMAND_LENGTH, i -> byIndex.put(i.i64(), i.text()));
        Map<Long, Long> origins = new LinkedHashMap<>();
        in.list(INTENT_LENGTH, i -> origins.put(i.i64(), i.i64()));
        return new CommandsState(outcomes, byIndex, origins);
    }

    private static void encodeOutcome(PayloadWriter out, CommandOutcome outcome) {
        out.text(outcome.commandId())
                .constant(outcome.type())
                .constant(outcome.state())
                .i32(outcome.rule().code())
                .i64(outcome.ticket())
                .i64(outcome.priceE8())
                .i64(outcome.realizedPlE8())
                .text(outcome.message());
    }

    private static CommandOutcome decodeOutcome(PayloadReader in) {
        return new CommandOutcome(
                in.text(),
                in.constant(Command.Type.values()),
                in.constant(CommandOutcome.State.values()),
                RiskRule.ofCode(in.i32()),
                in.i64(),
                in.i64(),
                in.i64(),
                in.text());
    }
}
