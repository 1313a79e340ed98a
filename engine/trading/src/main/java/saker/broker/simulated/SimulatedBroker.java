package saker.broker.simulated;

import java.util.ArrayList;
import java.util.List;

/**
 * One OANDA-like account over the prices it is fed: a state machine without clock, threads and I/O.
 * The same inputs in the same order give the same transactions. Not thread-safe: one thread.
 *
 * <p>Times never go back: an earlier time is taken as the latest known one. Requests happen at the
 * latest time given by {@link #onPrice} or {@link #onTime}, so call {@link #onTime} first.
 */
public final class SimulatedBroker {
    private final BrokerState state;
    private final Conversion conversion;
    private final Valuation valuation;
    private final MarketEvents market;
    private final OrderRequests orderRequests;
    private final CloseRequests closeRequests;
    private final AccountRequests accountRequests;

    /** Opens an account: transactions CREATE and, if money is paid in, TRANSFER_FUNDS. */
    public SimulatedBroker(
            AccountSettings settings, List<InstrumentTerms> instruments, long openTimeNs) {
        this(opened(settings, instruments, openTimeNs));
        Batch batch = new Batch(state, null);
        batch.add(
                Outcome.Role.RELATED, new Transaction.Create(batch.header(), settings.currency()));
        if (settings.balanceE8() > 0) {
            state.account = state.account.booked(settings.balanceE8(), 0, 0, false);
            batch.add(
                    Outcome.Role.RELATED,
                    new Transaction.TransferFunds(
                            batch.header(),
                            settings.balanceE8(),
                            "CLIENT_FUNDING",
                            settings.balanceE8()));
        }
    }

    SimulatedBroker(BrokerState state) {
        this.state = state;
        this.conversion = new Conversion(state);
        this.valuation = new Valuation(state, conversion);
        OrderRules rules = new OrderRules(state, conversion);
        Execution execution = new Execution(state, valuation, rules);
        this.market = new MarketEvents(state, valuation, execution);
        this.orderRequests = new OrderRequests(state, rules, execution);
        this.closeRequests = new CloseRequests(state, rules, execution);
        this.accountRequests = new AccountRequests(state, rules, valuation);
    }

    private static BrokerState opened(
            AccountSettings settings, List<InstrumentTerms> instruments, long openTimeNs) {
        BrokerState state = new BrokerState();
        state.addInstruments(instruments);
        state.account = BrokerState.AccountFacts.opened(settings, openTimeNs);
        return state;
    }

    /** Continues where {@link #encodeState()} was taken. */
    public static SimulatedBroker restore(byte[] state, List<InstrumentTerms> instruments) {
        BrokerState restored = new BrokerState();
        restored.addInstruments(instruments);
        restored.apply(StateCodec.decode(state));
        return new SimulatedBroker(restored);
    }

    // Inputs of the market; they return what happened, in order.

    public List<Transaction> onPrice(
            String instrument, long bidE8, long askE8, boolean tradeable, long timeNs) {
        if (!state.instruments.containsKey(instrument)) {
            throw new IllegalArgumentException("unknown instrument: instrument=" + instrument);
        }
        List<Transaction> happened = new ArrayList<>(0);
        market.onPrice(new Quote(instrument, bidE8, askE8, tradeable, timeNs), happened);
        return happened;
    }

    /** Lets time pass without a price: expiries and 17:00 New York. */
    public List<Transaction> onTime(long timeNs) {
        List<Transaction> happened = new ArrayList<>(0);
        market.onTime(timeNs, happened);
        return happened;
    }

    // Requests. requestId goes into the transactions; it may be null.

    public Outcome createOrder(OrderSpec spec, String requestId) {
        return orderRequests.create(spec, requestId);
    }

    public Outcome replaceOrder(long orderId, OrderSpec spec, String requestId) {
        return orderRequests.replace(orderId, spec, requestId);
    }

    public Outcome cancelOrder(long orderId, String requestId) {
        return orderRequests.cancel(orderId, requestId);
    }

    /**
     * @param unitsE4 unsigned, or null for all
     */
    public Outcome closeTrade(long tradeId, Long unitsE4, String requestId) {
        return closeRequests.closeTrade(tradeId, unitsE4, requestId);
    }

    public Outcome setTradeOrders(long tradeId, TradeExits exits, String requestId) {
        return orderRequests.setTradeOrders(tradeId, exits, requestId);
    }

    public Outcome closePosition(
            String instrument, CloseUnits longUnits, CloseUnits shortUnits, String requestId) {
        return closeRequests.closePosition(instrument, longUnits, shortUnits, requestId);
    }

    /** Either may be null, not both. */
    public Outcome setOrderExtensions(
            long orderId,
            ClientExtensions extensions,
            ClientExtensions tradeExtensions,
            String requestId) {
        return accountRequests.setOrderExtensions(orderId, extensions, tradeExtensions, requestId);
    }

    public Outcome setTradeExtensions(long tradeId, ClientExtensions extensions, String requestId) {
        return accountRequests.setTradeExtensions(tradeId, extensions, requestId);
    }

    /** Either may be null, not both. */
    public Outcome configure(String alias, Long marginRateE14, String requestId) {
        return accountRequests.configure(alias, marginRateE14, requestId);
    }

    // Reading.

    public long timeNs() {
        return state.account.timeNs();
    }

    public AccountSummary account() {
        return valuation.account();
    }

    public List<InstrumentTerms> instruments() {
        return List.copyOf(state.instruments.values());
    }

    /** Null if unknown. */
    public InstrumentTerms instrument(String name) {
        return state.instruments.get(name);
    }

    /** Null before the first price. */
    public Quote quote(String instrument) {
        return state.quotes.get(instrument);
    }

    /** All orders ever, by id ascending. */
    public List<Order> orders() {
        return List.copyOf(state.orders().values());
    }

    public List<Order> pendingOrders() {
        return List.copyOf(state.pending().values());
    }

    /** Null if there never was one. */
    public Order order(long id) {
        return state.orders().get(id);
    }

    /** The pending order with that client id, or null: ended orders are not found. */
    public Order orderByClientId(String clientId) {
        for (Order order : state.pending().values()) {
            if (clientId.equals(order.spec().clientId())) {
                return order;
            }
        }
        return null;
    }

    /** All trades ever, by id ascending. */
    public List<Trade> trades() {
        return List.copyOf(state.trades().values());
    }

    public List<Trade> openTrades() {
        return List.copyOf(state.open().values());
    }

    /** Null if there never was one. */
    public Trade trade(long id) {
        return state.trades().get(id);
    }

    /** The open trade with that client id, or null. */
    public Trade tradeByClientId(String clientId) {
        for (Trade trade : state.open().values()) {
            if (clientId.equals(trade.clientId())) {
                return trade;
            }
        }
        return null;
    }

    public TradeFigures tradeFigures(long tradeId) {
        Trade trade = state.trades().get(tradeId);
        if (trade == null) {
            throw new IllegalArgumentException("no such trade: tradeId=" + tradeId);
        }
        return valuation.figures(trade);
    }

    /** Every instrument ever traded. */
    public List<Position> positions() {
        return state.totals.keySet().stream().map(valuation::position).toList();
    }

    /** Null if never traded. */
    public Position position(String instrument) {
        return valuation.position(instrument);
    }

    public long lastTransactionId() {
        return state.lastTransactionId();
    }

    /** Null if out of range. */
    public Transaction transaction(long id) {
        boolean known = id >= 1 && id <= state.lastTransactionId();
        return known ? state.transactions().get((int) id - 1) : null;
    }

    /** Both ends inclusive; ids out of range are left out. */
    public List<Transaction> transactions(long fromId, long toId) {
        int from = (int) Math.max(0, Math.min(fromId - 1, state.lastTransactionId()));
        int to = (int) Math.max(from, Math.min(toId, state.lastTransactionId()));
        return List.copyOf(state.transactions().subList(from, to));
    }

    /** Those after {@code id}. */
    public List<Transaction> transactionsSince(long id) {
        return transactions(id + 1, Long.MAX_VALUE);
    }

    /** Factors from {@code currency} into the account's; null if no known price converts it. */
    public ConversionFactors conversion(String currency) {
        return conversion.factors(currency);
    }

    /** The complete state. */
    public byte[] encodeState() {
        return StateCodec.encode(state.whole());
    }

    BrokerState state() {
        return state;
    }
}
