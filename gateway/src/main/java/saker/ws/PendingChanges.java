package saker.ws;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import saker.api.AccountView;
import saker.api.CommandOutcome;
import saker.api.EngineListener;
import saker.api.FillView;
import saker.api.OrderView;
import saker.api.PositionView;
import saker.api.QuoteView;
import saker.api.SignalView;
import saker.api.StatusView;
import saker.api.StrategyView;
import saker.model.BarPeriod;
import saker.model.Bars;

/**
 * What changed since the last drain: of states the newest value per key, of events all, up to a
 * limit. The live feed's thread writes, the event loop drains; nobody waits longer than a map
 * operation.
 */
final class PendingChanges implements EngineListener {
    static final int MAX_EVENTS = 20_000;

    record BarKey(String symbol, BarPeriod period, long startNs) {}

    record PositionKey(int accountId, long ticket) {}

    /** Everything since the drain before. A null position is a closed one. */
    record Batch(
            Map<String, QuoteView> quotes,
            Map<BarKey, Bars.Bar> bars,
            Map<Integer, AccountView> accounts,
            Map<PositionKey, PositionView> positions,
            Map<Long, StrategyView> strategies,
            List<Object> events,
            StatusView status,
            boolean lost) {}

    interface BarFilter {
        boolean wants(String symbol, BarPeriod period);
    }

    private final BarFilter barFilter;
    private final Runnable onEvent;
    private Map<String, QuoteView> quotes = new LinkedHashMap<>();
    private Map<BarKey, Bars.Bar> bars = new LinkedHashMap<>();
    private Map<Integer, AccountView> accounts = new LinkedHashMap<>();
    private Map<PositionKey, PositionView> positions = new LinkedHashMap<>();
    private Map<Long, StrategyView> strategies = new LinkedHashMap<>();
    private List<Object> events = new ArrayList<>();
    private StatusView status;
    private boolean lost;

    /**
     * @param onEvent called after an event was added, on the caller's thread
     */
    PendingChanges(BarFilter barFilter, Runnable onEvent) {
        this.barFilter = barFilter;
        this.onEvent = onEvent;
    }

    synchronized Batch drain() {
        Batch batch =
                new Batch(quotes, bars, accounts, positions, strategies, events, status, lost);
        quotes = new LinkedHashMap<>();
        bars = new LinkedHashMap<>();
        accounts = new LinkedHashMap<>();
        positions = new LinkedHashMap<>();
        strategies = new LinkedHashMap<>();
        events = new ArrayList<>();
        status = null;
        lost = false;
        return batch;
    }

    @Override
    public synchronized void onQuote(QuoteView quote) {
        quotes.put(quote.symbol(), quote);
    }

    @Override
    public void onBar(String symbol, BarPeriod period, Bars.Bar bar) {
        if (barFilter.wants(symbol, period)) {
            synchronized (this) {
                bars.put(new BarKey(symbol, period, bar.startNs()), bar);
            }
        }
    }

    @Override
    public synchronized void onAccount(AccountView account) {
        accounts.put(account.accountId(), account);
    }

    @Override
    public synchronized void onPosition(PositionView position) {
        positions.put(new PositionKey(position.accountId(), position.ticket()), position);
    }

    @Override
    public synchronized void onPositionClosed(int accountId, long ticket) {
        positions.put(new PositionKey(accountId, ticket), null);
    }

    @Override
    public synchronized void onStrategy(StrategyView strategy) {
        strategies.put(strategy.instanceId(), strategy);
    }

    @Override
    public synchronized void onStatus(StatusView newest) {
        status = newest;
    }

    @Override
    public void onOrder(OrderView order) {
        add(order);
    }

    @Override
    public void onFill(FillView fill) {
        add(fill);
    }

    @Override
    public void onSignal(SignalView signal) {
        add(signal);
    }

    @Override
    public void onCommand(CommandOutcome outcome) {
        add(outcome);
    }

    private void add(Object view) {
        synchronized (this) {
            if (events.size() < MAX_EVENTS) {
                events.add(view);
            } else {
                lost = true;
            }
        }
        onEvent.run();
    }
}
