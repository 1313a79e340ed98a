package saker.venue;

import java.util.ArrayList;
import java.util.List;
import saker.broker.simulated.Quote;
import saker.broker.simulated.Transaction;

/** The open streams of both kinds. Venue thread only. */
final class StreamHub {
    private static final int MAX_STREAMS = 20;

    /** A replay waits while a client has this much outstanding. */
    private static final long BACKED_UP_BYTES = 256 * 1024;

    private final FaultPlan faults;
    private final List<PriceStream> prices = new ArrayList<>();
    private final List<StreamConnection> transactions = new ArrayList<>();

    private boolean priceStreamSeen;
    private long rowsSent;
    private long rowsLost;
    private long clientsDropped;

    StreamHub(FaultPlan faults) {
        this.faults = faults;
    }

    void checkRoom() {
        if (prices.size() + transactions.size() >= MAX_STREAMS) {
            throw new Refusal(429, null, "Too many active streams");
        }
    }

    void add(PriceStream stream) {
        prices.add(stream);
        priceStreamSeen = true;
        strike(stream, faults.take(Fault.Stream.PRICES));
    }

    void addTransactions(StreamConnection stream) {
        transactions.add(stream);
        strike(stream, faults.take(Fault.Stream.TRANSACTIONS));
    }

    void remove(StreamConnection stream) {
        clientsDropped += stream.wasDropped() ? 1 : 0;
        prices.remove(stream);
        transactions.remove(stream);
    }

    /** Lets stream faults strike the connections that are open now. */
    void strikeOpen() {
        prices.forEach(stream -> strike(stream, faults.take(Fault.Stream.PRICES)));
        transactions.forEach(stream -> strike(stream, faults.take(Fault.Stream.TRANSACTIONS)));
    }

    /** Ends all stalls. */
    void relieve() {
        List.copyOf(prices).forEach(StreamConnection::relieve);
        List.copyOf(transactions).forEach(StreamConnection::relieve);
    }

    void onPrice(Quote quote, int digits) {
        boolean sent = false;
        for (PriceStream stream : List.copyOf(prices)) {
            if (!stream.isClosed() && stream.shows(quote.instrument())) {
                stream.onPrice(quote, digits);
                sent = true;
            }
        }
        if (sent) {
            rowsSent++;
        } else {
            rowsLost++;
        }
    }

    void onTransaction(Transaction transaction, TransactionWriter writer) {
        for (StreamConnection stream : List.copyOf(transactions)) {
            stream.send(writer.line(transaction, stream.format()));
            stream.flush();
        }
    }

    void flushPrices() {
        List.copyOf(prices).forEach(StreamConnection::flush);
    }

    void closeAll() {
        List.copyOf(prices).forEach(StreamConnection::close);
        List.copyOf(transactions).forEach(StreamConnection::close);
    }

    boolean isBackedUp() {
        for (PriceStream stream : prices) {
            if (stream.backlogBytes() > BACKED_UP_BYTES) {
                return true;
            }
        }
        return false;
    }

    boolean hasPriceStream() {
        return !prices.isEmpty();
    }

    /** Whether a price stream was ever open. */
    boolean priceStreamSeen() {
        return priceStreamSeen;
    }

    int priceStreams() {
        return prices.size();
    }

    int transactionStreams() {
        return transactions.size();
    }

    /** Prices handed to at least one stream. */
    long rowsSent() {
        return rowsSent;
    }

    /** Prices of the market that no stream was there for. */
    long rowsLost() {
        return rowsLost;
    }

    /** Streams closed because their client did not read. */
    long clientsDropped() {
        return clientsDropped;
    }

    private static void strike(StreamConnection stream, Fault fault) {
        if (fault != null) {
            stream.strike(fault);
        }
    }
}
