package saker.live;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import saker.api.OrderView;
import saker.api.SignalView;
import saker.journal.PartState;
import saker.journal.PayloadReader;
import saker.journal.PayloadWriter;
import saker.market.QuotesState;
import saker.model.EngineState;
import saker.model.RiskRule;
import saker.model.Side;
import saker.position.LedgerState;

/**
 * What {@link LiveViews} show, for a snapshot. Chart bars and the state of the connections are not
 * in it: a boot, and one follows every snapshot, begins them anew. Nor are the names of strategies,
 * which the configuration has. Maps are in the order of their keys.
 *
 * <pre>
 *   version u8 | index i64 | ticks i64 | marketTimeNs i64 | marketRate f64
 *   engine u8 | reason text | quotes
 *   accounts i32, each: ledger | dayStartEquityE8 i64 | dayEndNs i64 | state u8 | reason text
 *   profits i32, each: instanceId i64 | profitE8 i64
 *   states i32, each: instanceId i64 | state u8
 *   details i32, each: instanceId i64 | detail text
 *   signals i32, newest first | orders i32, oldest first | commands
 *   openEntries i32, each i64 | intents i32, each: tradeId i64 | intent i64
 * </pre>
 */
record ViewsState(
        long index,
        long ticks,
        long marketTimeNs,
        double marketRate,
        EngineState.State engine,
        String engineReason,
        QuotesState quotes,
        List<Account> accounts,
        Map<Long, Long> profitE8,
        Map<Long, EngineState.State> instanceStates,
        Map<Long, String> instanceDetails,
        List<SignalView> signals,
        List<OrderView> orders,
        CommandsState commands,
        List<Long> openEntries,
        Map<Long, Long> intentOfTrade)
        implements PartState {
    private static final int VERSION = 3; // 1 had the strategies' names, 2 less of waiting orders.
    private static final int ACCOUNT_LENGTH = 50; // At least, as all lengths here.
    private static final int SIGNAL_LENGTH = 56;
    private static final int ORDER_LENGTH = 104;

    /** Of one account, by index. */
    record Account(
            LedgerState ledger,
            long dayStartEquityE8,
            long dayEndNs,
            EngineState.State state,
            String reason) {}

    @Override
    public byte[] encode() {
        return PartState.encode(VERSION, this::encode);
    }

    private void encode(PayloadWriter out) {
        out.i64(index).i64(ticks).i64(marketTimeNs).f64(marketRate);
        out.constant(engine).text(engineReason);
        quotes.encode(out);
        out.list(accounts, ViewsState::encodeAccount)
                .list(profitE8.entrySet(), (o, e) -> o.i64(e.getKey()).i64(e.getValue()))
                .list(instanceStates.entrySet(), (o, e) -> o.i64(e.getKey()).constant(e.getValue()))
                .list(instanceDetails.entrySet(), (o, e) -> o.i64(e.getKey()).text(e.getValue()))
                .list(signals, ViewsState::encodeSignal)
                .list(orders, ViewsState::encodeOrder);
        commands.encode(out);
        out.list(openEntries, PayloadWriter::i64)
                .list(intentOfTrade.entrySet(), (o, e) -> o.i64(e.getKey()).i64(e.getValue()));
    }

    static ViewsState decode(byte[] bytes) {
        return PartState.decode("views", VERSION, bytes, ViewsState::decode);
    }

    private static ViewsState decode(PayloadReader in) {
        return new ViewsState(
                in.i64(),
                in.i64(),
                in.i64(),
                in.f64(),
                in.constant(EngineState.State.values()),
                in.text(),
                QuotesState.decode(in),
                in.list(ACCOUNT_LENGTH, ViewsState::decodeAccount),
                map(in, 16, PayloadReader::i64),
                map(in, 9, i -> i.constant(EngineState.State.values())),
                map(in, 12, PayloadReader::text),
                in.list(SIGNAL_LENGTH, ViewsState::decodeSignal),
                in.list(ORDER_LENGTH, ViewsState::decodeOrder),
                CommandsState.decode(in),
                in.list(Long.BYTES, PayloadReader::i64),
                map(in, 16, PayloadReader::i64));
    }

    private static <V> Map<Long, V> map(
            PayloadReader in,
            int elementLength,
            java.util.function.Function<PayloadReader, V> value) {
        Map<Long, V> map = new TreeMap<>();
        in.list(elementLength, i -> map.put(i.i64(), value.apply(i)));
        return map;
    }

    private static void encodeAccount(PayloadWriter out, Account account) {
        account.ledger.encode(out);
        out.i64(account.dayStartEquityE8)
                .i64(account.dayEndNs)
                .constant(account.state)
                .text(account.reason);
    }

    private static Account decodeAccount(PayloadReader in) {
        return new Account(
                LedgerState.decode(in),
                in.i64(),
                in.i64(),
                in.constant(EngineState.State.values()),
                in.text());
    }

    private static void encodeSignal(PayloadWriter out, SignalView signal) {
        out.i64(signal.index())
                .i32(signal.row())
                .i64(signal.instanceId())
                .text(signal.symbol())
                .text(signal.action())
                .i64(signal.lotsE8())
                .i64(signal.priceE8())
                .bool(signal.executed())
                .i32(signal.rule().code())
                .text(signal.detail())
                .i64(signal.marketTimeNs());
    }

    private static SignalView decodeSignal(PayloadReader in) {
        return new SignalView(
                in.i64(),
                in.i32(),
                in.i64(),
                "",
                in.text(),
                in.text(),
                in.i64(),
                in.i64(),
                in.bool(),
                RiskRule.ofCode(in.i32()),
                in.text(),
                in.i64());
    }

    private static void encodeOrder(PayloadWriter out, OrderView order) {
        out.i32(order.accountId())
                .i64(order.intent())
                .text(order.clientId())
                .i64(order.orderId())
                .i64(order.instanceId())
                .text(order.symbol())
                .constant(order.side())
                .text(order.action())
                .text(order.state())
                .i64(order.unitsE4())
                .i64(order.priceE8())
                .i64(order.stopLossE8())
                .i64(order.takeProfitE8())
                .i64(order.expiryNs())
                .i32(order.rule().code())
                .text(order.detail())
                .i64(order.journalTimeNs())
                .i64(order.marketTimeNs());
    }

    private static OrderView decodeOrder(PayloadReader in) {
        return new OrderView(
                in.i32(),
                in.i64(),
                in.text(),
                in.i64(),
                in.i64(),
                in.text(),
                in.constant(Side.values()),
                in.text(),
                in.text(),
                in.i64(),
                in.i64(),
                in.i64(),
                in.i64(),
                in.i64(),
                RiskRule.ofCode(in.i32()),
                in.text(),
                in.i64(),
                in.i64());
    }
}
