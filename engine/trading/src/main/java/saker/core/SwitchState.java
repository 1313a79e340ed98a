package saker.core;

import java.util.List;
import java.util.TreeMap;
import saker.journal.PayloadReader;
import saker.journal.PayloadWriter;
import saker.model.EngineState;
import saker.model.Instrument;
import saker.model.RiskRule;

/**
 * {@link EngineStates} in a snapshot: what records said. What the configuration says of an instance
 * without a record is not in it, for it may have changed.
 *
 * <pre>
 *   engine u8 | rule code i32
 *   instances i32, each: id i64 | state u8
 *   reduceOnly i32, each: instrumentId i32
 * </pre>
 */
record SwitchState(
        EngineState.State engine,
        RiskRule engineRule,
        TreeMap<Long, EngineState.State> instances,
        List<Integer> reduceOnly) {
    private static final int INSTANCE_LENGTH = 9;

    void encode(PayloadWriter out) {
        out.constant(engine).i32(engineRule.code());
        out.i32(instances.size());
        instances.forEach((id, state) -> out.i64(id).constant(state));
        out.list(reduceOnly, PayloadWriter::i32);
    }

    static SwitchState decode(PayloadReader in) {
        EngineState.State engine = in.constant(EngineState.State.values());
        RiskRule rule = RiskRule.ofCode(in.i32());
        int count = in.count(INSTANCE_LENGTH);
        TreeMap<Long, EngineState.State> instances = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            instances.put(in.i64(), in.constant(EngineState.State.values()));
        }
        List<Integer> reduceOnly = in.list(Integer.BYTES, i -> i.index(Instrument.MAX_INSTRUMENTS));
        return new SwitchState(engine, rule, instances, reduceOnly);
    }
}
