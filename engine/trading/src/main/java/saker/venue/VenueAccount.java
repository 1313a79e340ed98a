package saker.venue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import saker.broker.simulated.BrokerStateStore;
import saker.broker.simulated.SimulatedBroker;
import saker.broker.simulated.Transaction;
import saker.history.MarketPrice;

/**
 * The account, with what must happen around each change: new transactions are saved, then shown to
 * the streams. Venue thread only.
 */
final class VenueAccount implements AutoCloseable {
    private final SimulatedBroker broker;
    private final BrokerStateStore store;

    private Consumer<Transaction> listener = transaction -> {};
    private long publishedId;
    private long fills;

    /**
     * @param store or null: nothing is kept
     */
    VenueAccount(SimulatedBroker broker, BrokerStateStore store) {
        this.broker = broker;
        this.store = store;
        this.publishedId = broker.lastTransactionId();
        this.fills =
                broker.transactions(1, publishedId).stream()
                        .filter(Transaction.OrderFill.class::isInstance)
                        .count();
    }

    void listen(Consumer<Transaction> newListener) {
        listener = newListener;
    }

    SimulatedBroker broker() {
        return broker;
    }

    /** Fills since the account was opened. */
    long fills() {
        return fills;
    }

    void onPrice(MarketPrice price) {
        broker.onPrice(
                price.instrument(),
                price.bidE8(),
                price.askE8(),
                price.tradeable(),
                price.timeNs());
        commit();
    }

    void onTime(long marketNs) {
        broker.onTime(marketNs);
        commit();
    }

    /** Saves and shows what happened since the last call; call it before an answer leaves. */
    void commit() {
        if (broker.lastTransactionId() == publishedId) {
            return;
        }
        save();
        for (Transaction transaction : broker.transactionsSince(publishedId)) {
            publishedId = transaction.id();
            if (transaction instanceof Transaction.OrderFill) {
                fills++;
            }
            listener.accept(transaction);
        }
    }

    void save() {
        if (store == null) {
            return;
        }
        try {
            store.save(broker);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot save the account", e);
        }
    }

    @Override
    public void close() throws IOException {
        if (store != null) {
            store.save(broker);
            store.close();
        }
    }
}
