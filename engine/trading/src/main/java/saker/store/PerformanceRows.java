package saker.store;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import saker.model.BrokerEvent;
import saker.model.BrokerEvent.TradeEffect;
import saker.model.FixedPoint;
import saker.position.AccountFigures;
import saker.position.LedgerListener;
import saker.position.Trade;
import saker.position.TradeLedger;

/**
 * Rows of {@code performance_metrics} of one account: instance 0 is the account at the first tick
 * of each market minute; a strategy has a row at each fill that closes something of its own.
 *
 * <p>Profit is what fills realised since the journal began, with financing and without deposits;
 * the account's also has what open trades are worth. The drawdown of the account is that of its
 * equity; that of a strategy is the fall of its profit, in percent of the balance it began with
 * plus its best profit.
 */
final class PerformanceRows implements LedgerListener {
    private static final long MINUTE_NS = 60_000_000_000L;
    private static final long ACCOUNT = 0;

    /** What a strategy, or the account, has earned so far. */
    private static final class Earnings {
        long startBalanceE8;
        long profitE8;
        long bestProfitE8;
        int wins;
        int losses;

        Double winRatePct() {
            return wins + losses == 0 ? null : 100.0 * wins / (wins + losses);
        }

        double drawdownPct() {
            double highest = (double) startBalanceE8 + bestProfitE8;
            return highest <= 0 ? 0 : 100.0 * (bestProfitE8 - profitE8) / highest;
        }
    }

    private final StoreContext context;
    private final String account;
    private final Map<Long, Earnings> earnings = new HashMap<>();
    private String currency;
    private AccountFigures figures;
    private int figuresVersion = -1;
    private long minute = Long.MIN_VALUE;
    private long highestEquityE8;
    private long changedInstance;

    PerformanceRows(StoreContext context, String account, String currency) {
        this.context = context;
        this.account = account;
        this.currency = currency;
    }

    @Override
    public void onReduced(Trade trade, TradeEffect effect, BrokerEvent event) {
        book(trade, effect, event);
    }

    @Override
    public void onClosed(Trade trade, TradeEffect effect, BrokerEvent event) {
        book(trade, effect, event);
        for (long key : new long[] {ACCOUNT, trade.instanceId()}) {
            Earnings of = earnings.get(key);
            if (trade.realizedPlE8() > 0) {
                of.wins++;
            } else if (trade.realizedPlE8() < 0) {
                of.losses++;
            }
            if (trade.instanceId() == ACCOUNT) {
                break; // A manual trade counts once.
            }
        }
    }

    private void book(Trade trade, TradeEffect effect, BrokerEvent event) {
        long wonE8 = FixedPoint.add(effect.realizedPlE8(), effect.financingE8());
        add(ACCOUNT, wonE8, event);
        if (trade.instanceId() != ACCOUNT) {
            add(trade.instanceId(), wonE8, event);
            changedInstance = trade.instanceId();
        }
    }

    private void add(long instanceId, long wonE8, BrokerEvent event) {
        Earnings of = earnings.computeIfAbsent(instanceId, id -> new Earnings());
        if (of.startBalanceE8 == 0) {
            of.startBalanceE8 = event.balanceE8() - wonE8;
        }
        of.profitE8 = FixedPoint.add(of.profitE8, wonE8);
        of.bestProfitE8 = Math.max(of.bestProfitE8, of.profitE8);
    }

    /** After an event: the row of the strategy whose trade it closed. */
    void onApplied(TradeLedger ledger, BrokerEvent event) {
        if (event.type() == BrokerEvent.Type.ACCOUNT_SNAPSHOT && !event.reason().isEmpty()) {
            useCurrency(event.reason());
        }
        if (event.type() == BrokerEvent.Type.FINANCING) {
            onFinancing(ledger, event);
        }
        if (changedInstance == ACCOUNT) {
            return;
        }
        long instanceId = changedInstance;
        changedInstance = ACCOUNT;
        Earnings of = earnings.get(instanceId);
        boolean known = figures().compute(ledger) == AccountFigures.Outcome.OK;
        int open = 0;
        for (Trade trade : ledger.trades()) {
            open += trade.instanceId() == instanceId ? 1 : 0;
        }
        put(
                instanceId,
                event.brokerTimeNs() == 0 ? context.marketTimeNs : event.brokerTimeNs(),
                known ? figures().equityE8() : ledger.balanceE8(),
                ledger.balanceE8(),
                of.profitE8,
                of.drawdownPct(),
                of.winRatePct(),
                open);
    }

    private void onFinancing(TradeLedger ledger, BrokerEvent event) {
        add(ACCOUNT, event.financingE8(), event);
        for (TradeEffect effect : event.effects()) {
            Trade trade = ledger.trade(effect.tradeId());
            if (trade != null && trade.instanceId() != ACCOUNT) {
                add(trade.instanceId(), effect.financingE8(), event);
            }
        }
    }

    /** Whether the tick began a new minute. */
    boolean onTick(TradeLedger ledger) {
        long now = Math.floorDiv(context.marketTimeNs, MINUTE_NS);
        if (now <= minute || !ledger.isKnown()) {
            return false;
        }
        if (figures().compute(ledger) != AccountFigures.Outcome.OK) {
            return false; // With the first figures that can be relied on.
        }
        minute = now;
        long equityE8 = figures().equityE8();
        highestEquityE8 = Math.max(highestEquityE8, equityE8);
        Earnings of = earnings.computeIfAbsent(ACCOUNT, id -> new Earnings());
        put(
                ACCOUNT,
                now * MINUTE_NS,
                equityE8,
                ledger.balanceE8(),
                FixedPoint.add(of.profitE8, figures().unrealizedPlE8()),
                highestEquityE8 <= 0 ? 0 : 100.0 * (highestEquityE8 - equityE8) / highestEquityE8,
                of.winRatePct(),
                ledger.trades().size());
        return true;
    }

    private void put(
            long instanceId,
            long timeNs,
            long equityE8,
            long balanceE8,
            long profitE8,
            double drawdownPct,
            Double winRatePct,
            int openTrades) {
        context.batch.put(
                Statement.PERFORMANCE,
                List.of(account, instanceId, timeNs),
                account,
                account,
                instanceId,
                instanceId,
                RowBatch.time(timeNs),
                timeNs,
                RowBatch.e8(equityE8),
                RowBatch.e8(balanceE8),
                RowBatch.e8(profitE8),
                drawdownPct,
                winRatePct,
                openTrades);
    }

    private AccountFigures figures() {
        if (figures == null || figuresVersion != context.instrumentsVersion()) {
            figures = new AccountFigures(currency, context.instruments(), context.quotes);
            figuresVersion = context.instrumentsVersion();
        }
        return figures;
    }

    private void useCurrency(String named) {
        if (!named.equals(currency)) {
            currency = named;
            figures = null;
        }
    }
}
