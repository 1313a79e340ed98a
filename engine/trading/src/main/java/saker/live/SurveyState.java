package saker.live;

import java.util.List;
import saker.journal.ConfigDescriptor;
import saker.journal.InstrumentDescriptor;
import saker.journal.PartState;
import saker.journal.PayloadReader;
import saker.journal.PayloadWriter;
import saker.model.Configuration;
import saker.model.Instrument;

/**
 * A {@link JournalSurvey} in a snapshot.
 *
 * <pre>
 *   version u8 | lastIndex i64 | diskLow u8
 *   instruments i32, each: length i32, Instrument | configurations i32 (0 or 1), each: length i32, Config
 *   workerCommands i32, each: commandId text
 * </pre>
 */
record SurveyState(
        long lastIndex,
        boolean diskLow,
        List<Instrument> instruments,
        List<Configuration> configurations,
        List<String> workerCommands)
        implements PartState {
    private static final int VERSION = 2;

    @Override
    public byte[] encode() {
        return PartState.encode(
                VERSION,
                out ->
                        out.i64(lastIndex)
                                .bool(diskLow)
                                .list(
                                        instruments,
                                        (o, i) -> o.nested(i, InstrumentDescriptor::encode))
                                .list(
                                        configurations,
                                        (o, c) -> o.nested(c, ConfigDescriptor::encode))
                                .list(workerCommands, PayloadWriter::text));
    }

    static SurveyState decode(byte[] bytes) {
        return PartState.decode(
                "survey",
                VERSION,
                bytes,
                in ->
                        new SurveyState(
                                in.i64(),
                                in.bool(),
                                in.list(Integer.BYTES, i -> i.nested(InstrumentDescriptor::decode)),
                                in.list(Integer.BYTES, i -> i.nested(ConfigDescriptor::decode)),
                                in.list(Integer.BYTES, PayloadReader::text)));
    }
}
