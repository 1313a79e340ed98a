package saker.core;

import java.util.List;
import saker.journal.PayloadReader;
import saker.journal.PayloadWriter;
import saker.model.EngineState;
import saker.order.OrderBookState;
import saker.position.LedgerState;
import saker.risk.DailyLossState;

/**
 * An {@link AccountDesk} in a snapshot.
 *
 * <pre>
 *   shown u8, 255 for none | reconciling u8 | transactionsSilent u8 | pricesLive u8 | flattening u8
 *   marketRate f64 | failed instances i32, each i64
 *   fills i32, each instance i64, index i64 | retryAtNs i64 | retryDelayNs i64
 *   entries i32, each timeNs i64
 *   day's loss | ledger | orders
 * </pre>
 *
 * @param shown null for none; a HALTED one is what halts the account
 */
record DeskState(
        EngineState.State shown,
        boolean reconciling,
        boolean transactionsSilent,
        boolean pricesLive,
        boolean flattening,
        double marketRate,
        List<Long> failedInstances,
        List<Fill> lastFills,
        long retryAtNs,
        long retryDelayNs,
        List<Long> entryTimesNs,
        DailyLossState dailyLoss,
        LedgerState ledger,
        OrderBookState orders) {
    private static final int NONE = 255;

    /** The record of the latest fill of an instance's own orders. */
    record Fill(long instanceId, long index) {
        private static final int BYTES = 2 * Long.BYTES;

        private static void encode(PayloadWriter out, Fill fill) {
            out.i64(fill.instanceId).i64(fill.index);
        }

        private static Fill decode(PayloadReader in) {
            return new Fill(in.i64(), in.i64());
        }
    }

    void encode(PayloadWriter out) {
        out.u8(shown == null ? NONE : shown.ordinal())
                .bool(reconciling)
                .bool(transactionsSilent)
                .bool(pricesLive)
                .bool(flattening)
                .f64(marketRate)
                .list(failedInstances, PayloadWriter::i64)
                .list(lastFills, Fill::encode)
                .i64(retryAtNs)
                .i64(retryDelayNs);
        out.list(entryTimesNs, PayloadWriter::i64);
        dailyLoss.encode(out);
        ledger.encode(out);
        orders.encode(out);
    }

    static DeskState decode(PayloadReader in) {
        return new DeskState(
                in.constantOrNull(EngineState.State.values(), NONE),
                in.bool(),
                in.bool(),
                in.bool(),
                in.bool(),
                in.f64(),
                in.list(Long.BYTES, PayloadReader::i64),
                in.list(Fill.BYTES, Fill::decode),
                in.i64(),
                in.i64(),
                in.list(Long.BYTES, PayloadReader::i64),
                DailyLossState.decode(in),
                LedgerState.decode(in),
                OrderBookState.decode(in));
    }
}
