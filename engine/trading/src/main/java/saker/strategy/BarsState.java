package saker.strategy;

import java.util.EnumMap;
import java.util.Map;
import saker.journal.PartState;
import saker.journal.PayloadReader;
import saker.journal.PayloadWriter;
import saker.market.FormingBar;
import saker.model.BarPeriod;

/**
 * The bars of one instance of a {@link StrategyHost}, which it builds from a boot on.
 *
 * <pre>
 *   version u8 | instanceId i64
 *   periods i32, each:
 *       minutes i32 | startNs endNs openE8 highE8 lowE8 closeE8 volume i64 | length i32, CRates
 * </pre>
 */
public record BarsState(long instanceId, Map<BarPeriod, Period> periods) implements PartState {
    private static final int VERSION = 1;
    private static final int PERIOD_LENGTH = 64; // At least.

    /**
     * Of one timeframe.
     *
     * @param rates as the framework is given them, oldest first
     */
    record Period(FormingBar forming, byte[] rates) {}

    @Override
    public byte[] encode() {
        return PartState.encode(
                VERSION,
                out -> out.i64(instanceId).list(periods.entrySet(), BarsState::encodePeriod));
    }

    private static void encodePeriod(PayloadWriter out, Map.Entry<BarPeriod, Period> entry) {
        FormingBar bar = entry.getValue().forming;
        out.i32(entry.getKey().minutes())
                .i64(bar.startNs())
                .i64(bar.endNs())
                .i64(bar.openE8())
                .i64(bar.highE8())
                .i64(bar.lowE8())
                .i64(bar.closeE8())
                .i64(bar.volume())
                .bytes(entry.getValue().rates);
    }

    /** Throws {@link saker.journal.PayloadDamagedException} where the bytes are no such state. */
    public static BarsState decode(byte[] bytes) {
        return PartState.decode("bars", VERSION, bytes, BarsState::decode);
    }

    private static BarsState decode(PayloadReader in) {
        long instanceId = in.i64();
        Map<BarPeriod, Period> periods = new EnumMap<>(BarPeriod.class);
        in.list(
                PERIOD_LENGTH,
                one -> {
                    BarPeriod period = BarPeriod.ofMinutes(one.i32());
                    FormingBar bar =
                            new FormingBar(
                                    one.i64(), one.i64(), one.i64(), one.i64(), one.i64(),
                                    one.i64(), one.i64());
                    return periods.put(period, new Period(bar, one.bytes()));
                });
        return new BarsState(instanceId, periods);
    }
}
