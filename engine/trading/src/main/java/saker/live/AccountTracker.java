package saker.live;

import java.util.List;
import saker.api.AccountView;
import saker.api.PositionView;
import saker.config.AccountConfig;
import saker.market.Instruments;
import saker.market.Quotes;
import saker.model.EngineState;
import saker.model.FixedPoint;
import saker.model.Instrument;
import saker.position.AccountFigures;
import saker.position.LedgerListener;
import saker.position.Trade;
import saker.position.TradeLedger;
import saker.time.TradingDay;

/** One account's trades, figures and state, for the screens. Live feed's thread. */
final class AccountTracker {
    private final int index;
    private final AccountConfig config;
    private final Instruments instruments;
    private final Quotes quotes;
    private final TradeLedger ledger;
    private final AccountFigures figures;

    private long dayStartEquityE8;
    private long dayEndNs;
    private EngineState.State state = EngineState.State.RECONCILING;
    private String reason = "starting";

    AccountTracker(
            int index,
            AccountConfig config,
            String currency,
            Instruments instruments,
            Quotes quotes,
            LedgerListener listener) {
        this.index = index;
        this.config = config;
        this.instruments = instruments;
        this.quotes = quotes;
        this.ledger = new TradeLedger(index, listener);
        this.figures = new AccountFigures(currency, instruments, quotes);
    }

    TradeLedger ledger() {
        return ledger;
    }

    EngineState.State state() {
        return state;
    }

    String reason() {
        return reason;
    }

    void onState(EngineState next) {
        state = next.state();
        reason = next.detail();
    }

    /** The market is at this time: a day begins with the first figures that can be relied on. */
    void onTime(long marketTimeNs) {
        if (marketTimeNs >= dayEndNs && ledger.isKnown() && isPriced()) {
            dayStartEquityE8 = figures.equityE8();
            dayEndNs = TradingDay.nextRolloverNs(marketTimeNs);
        }
    }

    private boolean isPriced() {
        return figures.compute(ledger) == AccountFigures.Outcome.OK;
    }

    boolean isFlat() {
        return ledger.trades().isEmpty() && !ledger.pendingOrders().iterator().hasNext();
    }

    /** At the latest quotes; positions come after it. */
    AccountView view(long marketTimeNs) {
        boolean ok = isPriced();
        long equityE8 = ok ? figures.equityE8() : figures.balanceE8();
        return new AccountView(
                index,
                config.name(),
                config.accountId(),
                figures.currency(),
                state.name(),
                figures.balanceE8(),
                equityE8,
                figures.unrealizedPlE8(),
                figures.marginUsedE8(),
                ok ? figures.marginAvailableE8() : 0,
                dayEndNs == 0 ? 0 : equityE8 - dayStartEquityE8,
                ledger.trades().size(),
                marketTimeNs);
    }

    List<Trade> trades() {
        return ledger.trades();
    }

    /**
     * @param pending whether a close or change of it is under way
     */
    PositionView positionOf(Trade trade, String strategy, boolean pending) {
        Instrument instrument = instruments.byId(trade.instrumentId());
        boolean priced =
                instrument != null
                        && quotes.has(instrument.id())
                        && figures.conversion(instrument.id()).isAvailable();
        long currentE8 =
                priced ? quotes.closingPriceE8(instrument.id(), trade.unitsE4()) : trade.priceE8();
        long profit =
                priced
                        ? figures.profitE8(
                                instrument.id(), trade.unitsE4(), trade.priceE8(), currentE8)
                        : 0;
        return new PositionView(
                index,
                trade.tradeId(),
                trade.instanceId(),
                strategy,
                instrument == null ? "" : instrument.symbol(),
                instrument == null ? 5 : instrument.displayDigits(),
                trade.side(),
                Math.abs(trade.unitsE4()),
                instrument == null ? 0 : lotsE8(trade.unitsE4(), instrument),
                trade.priceE8(),
                currentE8,
                trade.stopLossE8(),
                trade.takeProfitE8(),
                profit == FixedPoint.OVERFLOW ? 0 : profit,
                trade.openTimeNs(),
                pending);
    }

    private static long lotsE8(long unitsE4, Instrument instrument) {
        return FixedPoint.mulDiv(
                Math.abs(unitsE4),
                FixedPoint.E4,
                instrument.contractUnits(),
                FixedPoint.Rounding.HALF_UP);
    }

    /** For a snapshot. */
    ViewsState.Account snapshot() {
        return new ViewsState.Account(ledger.state(), dayStartEquityE8, dayEndNs, state, reason);
    }

    /** Goes on from a snapshot. */
    void restore(ViewsState.Account before) {
        ledger.restore(before.ledger());
        dayStartEquityE8 = before.dayStartEquityE8();
        dayEndNs = before.dayEndNs();
        state = before.state();
        reason = before.reason();
    }
}
