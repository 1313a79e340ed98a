package saker.strategy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import saker.journal.PartState;
import saker.journal.PayloadReader;
import saker.journal.PayloadWriter;
import saker.market.QuotesState;
import saker.position.LedgerState;

/**
 * What a {@link StrategyHost} folded of its journal, for a snapshot. The library's own state is not
 * in it: strategies begin anew at each boot.
 *
 * <pre>
 *   version u8 | ticks i64 | quotes | ledgers i32, each ledger
 *   instances i32, each: instanceId i64 | account i32 | instrumentId i32 | rows i32 | enabled u8: 0, 1, 2 for unsaid
 *                        firstBalance f64 | closed i32, each: fields i32, each f64
 *                        commissions i32, each: tradeId i64 | f64
 * </pre>
 */
public record HostState(
        long ticks, QuotesState quotes, List<LedgerState> ledgers, List<Instance> instances)
        implements PartState {
    private static final int VERSION = 4; // Before there were no accounts of instances.
    private static final int LEDGER_LENGTH = 29; // At least, as the next.
    private static final int INSTANCE_LENGTH = 37;
    private static final int UNSAID = 2;

    /**
     * Of one instance.
     *
     * @param account index of its account
     * @param rows how many orders it sees at most
     * @param enabled what the last record said, null for none
     * @param firstBalance of its account, 0 while unknown
     * @param closed its closed trades, oldest first
     * @param commissions of its open trades, by trade id
     */
    record Instance(
            long instanceId,
            int account,
            int instrumentId,
            int rows,
            Boolean enabled,
            double firstBalance,
            List<double[]> closed,
            Map<Long, Double> commissions) {

        boolean isOf(long instanceId, int account, int instrumentId, int rows) {
            return this.instanceId == instanceId
                    && this.account == account
                    && this.instrumentId == instrumentId
                    && this.rows == rows;
        }
    }

    /** Of which instances it is. */
    public Set<Long> instanceIds() {
        return instances.stream().map(Instance::instanceId).collect(Collectors.toSet());
    }

    @Override
    public byte[] encode() {
        return PartState.encode(
                VERSION,
                out -> {
                    out.i64(ticks);
                    quotes.encode(out);
                    out.list(ledgers, (o, ledger) -> ledger.encode(o));
                    out.list(instances, HostState::encodeInstance);
                });
    }

    /** Whether another state is of as many accounts, and of the same instances as these. */
    public boolean isOfSame(HostState other) {
        boolean same =
                ledgers.size() == other.ledgers.size()
                        && instances.size() == other.instances.size();
        for (int i = 0; same && i < instances.size(); i++) {
            Instance its = other.instances.get(i);
            same = instances.get(i).isOf(its.instanceId, its.account, its.instrumentId, its.rows);
        }
        return same;
    }

    /** Throws {@link saker.journal.PayloadDamagedException} where the bytes are no such state. */
    public static HostState decode(byte[] bytes) {
        return PartState.decode(
                "strategies' state",
                VERSION,
                bytes,
                in ->
                        new HostState(
                                in.i64(),
                                QuotesState.decode(in),
                                in.list(LEDGER_LENGTH, LedgerState::decode),
                                in.list(INSTANCE_LENGTH, HostState::decodeInstance)));
    }

    private static void encodeInstance(PayloadWriter out, Instance instance) {
        out.i64(instance.instanceId)
                .i32(instance.account)
                .i32(instance.instrumentId)
                .i32(instance.rows)
                .u8(instance.enabled == null ? UNSAID : instance.enabled ? 1 : 0)
                .f64(instance.firstBalance)
                .list(
                        instance.closed,
                        (o, row) -> o.list(Arrays.stream(row).boxed().toList(), PayloadWriter::f64))
                .list(
                        instance.commissions.entrySet(),
                        (o, each) -> o.i64(each.getKey()).f64(each.getValue()));
    }

    private static Instance decodeInstance(PayloadReader in) {
        long instanceId = in.i64();
        int account = in.i32();
        int instrumentId = in.i32();
        int rows = in.i32();
        int enabled = in.u8();
        return new Instance(
                instanceId,
                account,
                instrumentId,
                rows,
                enabled == UNSAID ? null : enabled == 1,
                in.f64(),
                in.list(Integer.BYTES, HostState::decodeRow),
                decodeCommissions(in));
    }

    private static Map<Long, Double> decodeCommissions(PayloadReader in) {
        Map<Long, Double> commissions = new TreeMap<>();
        in.list(Long.BYTES + Double.BYTES, one -> commissions.put(one.i64(), one.f64()));
        return commissions;
    }

    private static double[] decodeRow(PayloadReader in) {
        double[] row =
                in.list(Double.BYTES, PayloadReader::f64).stream()
                        .mapToDouble(Double::doubleValue)
                        .toArray();
        if (row.length != OrderRows.FIELDS) {
            throw new IllegalArgumentException("closed trade of other fields: count=" + row.length);
        }
        return row;
    }
}
