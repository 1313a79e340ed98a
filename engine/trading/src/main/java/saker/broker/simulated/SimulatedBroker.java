package saker.broker.simulated;

import java.util.List;

/**
 * One OANDA-like account over the prices it is fed: a state machine without clock, threads and
 * I/O. The same inputs in the same order give the same transactions. Not thread-safe: one thread.
 *
 * <p>Times never go back: an earlier time is taken as the latest known one. Requests happen at the
 * latest time given by {@link #onPrice} or {@link #onTime}, so call {@link #onTime} first.
 */
public final class SimulatedBroker {

    /** Opens an account: transactions CREATE and, if money is paid in, TRANSFER_FUNDS. */
    public SimulatedBroker(
            AccountSettings settings, List<InstrumentTerms> instruments, long openTimeNs) {
        throw new UnsupportedOperationException();
    }

    /** Continues where {@link #encodeState()} was taken. */
    public static SimulatedBroker restore(byte[] state, List<InstrumentTerms> instruments) {
        throw new UnsupportedOperationException();
    }

    // Inputs of the market; they return what happened, in order.

    public List<Transaction> onPrice(
            String instrument, long bidE8, long askE8, boolean tradeable, long timeNs) {
        throw new UnsupportedOperationException();
    }

    /** Lets time pass without a price: expiries and 17:00 New York. */
    public List<Transaction> onTime(long timeNs) {
        throw new UnsupportedOperationException();
    }

    // Requests. requestId goes into the transactions; it may be null.

    public Outcome createOrder(OrderSpec spec, String requestId) {
        throw new UnsupportedOperationException();
    }

    public Outcome replaceOrder(long orderId, OrderSpec spec, String requestId) {
        throw new UnsupportedOperationException();
    }

    public Outcome cancelOrder(long orderId, String requestId) {
        throw new UnsupportedOperationException();
    }

    /**
     * @param unitsE4 unsigned, or null for all
     */
    public Outcome closeTrade(long tradeId, Long unitsE4, String requestId) {
        throw new UnsupportedOperationException();
    }

    public Outcome setTradeOrders(long tradeId, TradeExits exits, String requestId) {
        throw new UnsupportedOperationException();
    }

    public Outcome closePosition(
            String instrument, CloseUnits longUnits, CloseUnits shortUnits, String requestId) {
        throw new UnsupportedOperationException();
    }

    /** Either may be null, not both. */
    public Outcome setOrderExtensions(
            long orderId,
            ClientExtensions extensions,
            ClientExtensions tradeExtensions,
            String requestId) {
        throw new UnsupportedOperationException();
    }

    public Outcome setTradeExtensions(
            long tradeId, ClientExtensions extensions, String requestId) {
        throw new UnsupportedOperationException();
    }

    /** Either may be null, not both. */
    public Outcome configure(String alias, Long marginRateE14, String requestId) {
        throw new UnsupportedOperationException();
    }

    // Reading.

    public long timeNs() {
        throw new UnsupportedOperationException();
    }

    public AccountSummary account() {
        throw new UnsupportedOperationException();
    }

    public List<InstrumentTerms> instruments() {
        throw new UnsupportedOperationException();
    }

    /** Null if unknown. */
    public InstrumentTerms instrument(String name) {
        throw new UnsupportedOperationException();
    }

    /** Null before the first price. */
    public Quote quote(String instrument) {
        throw new UnsupportedOperationException();
    }

    /** All orders ever, by id ascending. */
    public List<Order> orders() {
        throw new UnsupportedOperationException();
    }

    public List<Order> pendingOrders() {
        throw new UnsupportedOperationException();
    }

    /** Null if there never was one. */
    public Order order(long id) {
        throw new UnsupportedOperationException();
    }

    /** The pending order with that client id, or null: ended orders are not found. */
    public Order orderByClientId(String clientId) {
        throw new UnsupportedOperationException();
    }

    /** All trades ever, by id ascending. */
    public List<Trade> trades() {
        throw new UnsupportedOperationException();
    }

    public List<Trade> openTrades() {
        throw new UnsupportedOperationException();
    }

    /** Null if there never was one. */
    public Trade trade(long id) {
        throw new UnsupportedOperationException();
    }

    /** The open trade with that client id, or null. */
    public Trade tradeByClientId(String clientId) {
        throw new UnsupportedOperationException();
    }

    public TradeFigures tradeFigures(long tradeId) {
        throw new UnsupportedOperationException();
    }

    /** Every instrument ever traded. */
    public List<Position> positions() {
        throw new UnsupportedOperationException();
    }

    /** Null if never traded. */
    public Position position(String instrument) {
        throw new UnsupportedOperationException();
    }

    public long lastTransactionId() {
        throw new UnsupportedOperationException();
    }

    /** Null if out of range. */
    public Transaction transaction(long id) {
        throw new UnsupportedOperationException();
    }

    /** Both ends inclusive; ids out of range are left out. */
    public List<Transaction> transactions(long fromId, long toId) {
        throw new UnsupportedOperationException();
    }

    /** Those after {@code id}. */
    public List<Transaction> transactionsSince(long id) {
        throw new UnsupportedOperationException();
    }

    /** Factors from {@code currency} into the account's; null if no known price converts it. */
    public ConversionFactors conversion(String currency) {
        throw new UnsupportedOperationException();
    }

    /** The complete state. */
    public byte[] encodeState() {
        throw new UnsupportedOperationException();
    }
}
