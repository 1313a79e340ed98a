package saker.broker.simulated;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import saker.time.TradingDay;

/**
 * All that the broker remembers. Facts are records that are replaced; whatever is put is also noted
 * as changed, so that a store can write only that. One thread.
 */
final class BrokerState {
    AccountFacts account;
    final Map<String, InstrumentTerms> instruments = new LinkedHashMap<>();
    final Map<String, Quote> quotes = new LinkedHashMap<>();
    final Map<String, Totals> totals = new LinkedHashMap<>();

    private final TreeMap<Long, Order> orders = new TreeMap<>();
    private final TreeMap<Long, Order> pending = new TreeMap<>();
    private final TreeMap<Long, Trade> trades = new TreeMap<>();
    private final TreeMap<Long, Trade> open = new TreeMap<>();
    private final List<Transaction> transactions = new ArrayList<>();

    private final Set<Long> changedOrders = new LinkedHashSet<>();
    private final Set<Long> changedTrades = new LinkedHashSet<>();
    private int savedTransactions;
    private boolean changed;

    /** The account's own figures. */
    record AccountFacts(
            AccountSettings settings,
            long createdTimeNs,
            String alias,
            long marginRateE14,
            long balanceE8,
            long plE8,
            long financingE8,
            Long lastOrderFillTimeNs,
            long timeNs,
            long nextRolloverNs) {

        static AccountFacts opened(AccountSettings settings, long timeNs) {
            return new AccountFacts(
                    settings,
                    timeNs,
                    null,
                    settings.marginRateE14(),
                    0,
                    0,
                    0,
                    null,
                    timeNs,
                    TradingDay.nextRolloverNs(timeNs));
        }

        AccountFacts at(long timeNs) {
            return new AccountFacts(
                    settings,
                    createdTimeNs,
                    alias,
                    marginRateE14,
                    balanceE8,
                    plE8,
                    financingE8,
                    lastOrderFillTimeNs,
                    timeNs,
                    nextRolloverNs);
        }

        AccountFacts rolledOver() {
            return new AccountFacts(
                    settings,
                    createdTimeNs,
                    alias,
                    marginRateE14,
                    balanceE8,
                    plE8,
                    financingE8,
                    lastOrderFillTimeNs,
                    timeNs,
                    TradingDay.nextRolloverNs(nextRolloverNs));
        }

        AccountFacts configured(String newAlias, Long newRateE14) {
            return new AccountFacts(
                    settings,
                    createdTimeNs,
                    newAlias == null ? alias : newAlias,
                    newRateE14 == null ? marginRateE14 : newRateE14,
                    balanceE8,
                    plE8,
                    financingE8,
                    lastOrderFillTimeNs,
                    timeNs,
                    nextRolloverNs);
        }

        AccountFacts booked(long paidInE8, long earnedE8, long financedE8, boolean fill) {
            return new AccountFacts(
                    settings,
                    createdTimeNs,
                    alias,
                    marginRateE14,
                    balanceE8 + paidInE8 + earnedE8 + financedE8,
                    plE8 + earnedE8,
                    financingE8 + financedE8,
                    fill ? (Long) timeNs : lastOrderFillTimeNs,
                    timeNs,
                    nextRolloverNs);
        }
    }

    /** What one instrument earned so far, by side. */
    record Totals(
            String instrument,
            long longPlE8,
            long shortPlE8,
            long longFinancingE8,
            long shortFinancingE8) {

        Totals plus(boolean isLong, long plE8, long financingE8) {
            return new Totals(
                    instrument,
                    longPlE8 + (isLong ? plE8 : 0),
                    shortPlE8 + (isLong ? 0 : plE8),
                    longFinancingE8 + (isLong ? financingE8 : 0),
                    shortFinancingE8 + (isLong ? 0 : financingE8));
        }
    }

    /** The whole state, or what changed; {@code account} decides over all earlier ones. */
    record Image(
            AccountFacts account,
            List<Quote> quotes,
            List<Totals> totals,
            List<Order> orders,
            List<Trade> trades,
            List<Transaction> transactions) {}

    void addInstruments(List<InstrumentTerms> terms) {
        for (InstrumentTerms each : terms) {
            instruments.put(each.name(), each);
        }
    }

    void append(Transaction transaction) {
        if (transaction.id() != lastTransactionId() + 1) {
            throw new IllegalStateException(
                    "transaction id not consecutive: id=%d, last=%d"
                            .formatted(transaction.id(), lastTransactionId()));
        }
        transactions.add(transaction);
        changed = true;
    }

    void put(Order order) {
        orders.put(order.id(), order);
        if (order.isPending()) {
            pending.put(order.id(), order);
        } else {
            pending.remove(order.id());
        }
        changedOrders.add(order.id());
        changed = true;
    }

    void put(Trade trade) {
        trades.put(trade.id(), trade);
        if (trade.isOpen()) {
            open.put(trade.id(), trade);
        } else {
            open.remove(trade.id());
        }
        changedTrades.add(trade.id());
        changed = true;
    }

    void book(String instrument, boolean isLong, long plE8, long financingE8) {
        Totals before = totals.getOrDefault(instrument, new Totals(instrument, 0, 0, 0, 0));
        totals.put(instrument, before.plus(isLong, plE8, financingE8));
        changed = true;
    }

    TreeMap<Long, Order> orders() {
        return orders;
    }

    TreeMap<Long, Order> pending() {
        return pending;
    }

    TreeMap<Long, Trade> trades() {
        return trades;
    }

    TreeMap<Long, Trade> open() {
        return open;
    }

    List<Transaction> transactions() {
        return transactions;
    }

    long lastTransactionId() {
        return transactions.size();
    }

    /** Whether anything but quotes and time changed since {@link #changesSaved()}. */
    boolean hasChanges() {
        return changed;
    }

    /** Everything. */
    Image whole() {
        return new Image(
                account,
                List.copyOf(quotes.values()),
                List.copyOf(totals.values()),
                List.copyOf(orders.values()),
                List.copyOf(trades.values()),
                List.copyOf(transactions));
    }

    /**
     * What changed since {@link #changesSaved()}; {@link #apply} puts it upon the state of then.
     */
    Image changes() {
        return new Image(
                account,
                List.copyOf(quotes.values()),
                List.copyOf(totals.values()),
                changedOrders.stream().map(orders::get).toList(),
                changedTrades.stream().map(trades::get).toList(),
                List.copyOf(transactions.subList(savedTransactions, transactions.size())));
    }

    void changesSaved() {
        changedOrders.clear();
        changedTrades.clear();
        savedTransactions = transactions.size();
        changed = false;
    }

    void apply(Image image) {
        account = image.account();
        image.quotes().forEach(quote -> quotes.put(quote.instrument(), quote));
        image.totals().forEach(each -> totals.put(each.instrument(), each));
        image.orders().forEach(this::put);
        image.trades().forEach(this::put);
        image.transactions().forEach(this::append);
        changesSaved();
    }
}
