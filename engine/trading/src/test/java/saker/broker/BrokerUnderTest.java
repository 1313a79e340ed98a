package saker.broker;

import java.util.List;
import saker.journal.RecordSink;
import saker.model.Instrument;
import saker.model.OrderIntent.Action;

/** A broker that a session can connect to, and what the contract does to it behind its back. */
public interface BrokerUnderTest extends AutoCloseable {

    /** A new session that knows {@link #instruments}, not started. */
    BrokerSession session(RecordSink journal);

    /** Runs it on the session's thread and waits. */
    void onSessionThread(Runnable body);

    /** At least EURUSD, first. */
    List<Instrument> instruments();

    /** The broker's bid now, × 10^8. */
    long bidE8(Instrument instrument);

    long askE8(Instrument instrument);

    /** Opens a trade as another client of the account would; returns the trade. */
    long openElsewhere(Instrument instrument, long unitsE4);

    /** Ends the stream of events, keeps it from returning while {@code meanwhile} runs. */
    void interruptEvents(Runnable meanwhile);

    /** The next such request is executed and its answer lost. */
    void loseNextAnswer(Action action);

    /** The next such request is lost before it reaches the broker. */
    void dropNextRequest(Action action);

    /** The broker's open trades. */
    List<Long> openTrades();

    /** The broker's newest transaction. */
    long lastTransactionId();

    /** How many orders with our key the broker ever created. */
    int ordersOf(String clientId);

    @Override
    void close();
}
