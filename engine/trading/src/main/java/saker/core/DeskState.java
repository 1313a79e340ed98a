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
 *   marketRate f64 | failed instances i32, each i64 | retryAtNs i64 | retryDelayNs i64 | entries i32, each timeNs i64
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
        long retryAtNs,
        long retryDelayNs,
        List<Long> entryTimesNs,
        DailyLossState dailyLoss,
        LedgerState ledger,
        OrderBookState orders) {
    private static final int NONE = 255;

    void encode(PayloadWriter out) {
        out.u8(shown == null ? NONE : shown.ordinal())
                .bool(reconciling)
                .bool(transactionsSilent)
                .bool(pricesLive)
                .bool(flattening)
                .f64(marketRate)
                .list(failedInstances, PayloadWriter::i64)
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
                in.i64(),
                in.i64(),
                in.list(Long.BYTES, PayloadReader::i64),
                DailyLossState.decode(in),
                LedgerState.decode(in),
                OrderBookState.decode(in));
    }
}
