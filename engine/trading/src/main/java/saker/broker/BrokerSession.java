package saker.broker;

import java.util.List;
import java.util.concurrent.CompletionStage;
import saker.model.BarPeriod;
import saker.model.Bars;
import saker.model.Instrument;
import saker.model.OrderIntent;

/**
 * One connection to one account of a broker: what every adapter offers, and what the contract suite
 * demands of each.
 *
 * <p>All methods are called on the session's thread (its event loop) and return at once; nothing
 * blocks. What the broker says is appended to the journal as BrokerEvent and FeedStatus records by
 * the adapter: every transaction once, in the order of its id, whichever way it arrived. The
 * session never resends a request and never calls a sent order final without the broker's evidence.
 */
public interface BrokerSession {

    /** {@link #submit} took the intent; its outcome follows as BrokerEvents. */
    int ACCEPTED = 0;

    /** The request limiter is full; try again later. Nothing was recorded. */
    int BACK_PRESSURED = -1;

    /** No connection, or not reconciled yet; nothing was recorded. */
    int DISCONNECTED = -2;

    /**
     * Connects: reads the account, starts the transaction stream, fetches the transactions since
     * {@code lastTransactionId}, looks for evidence of the unresolved intents, and then appends an
     * ACCOUNT_SNAPSHOT. Reconnects by itself with jittered backoff, doing the same each time.
     *
     * @param lastTransactionId newest transaction in the journal, 0 for a fresh journal (then the
     *     history before the snapshot is not fetched)
     * @param unresolved recorded intents without final evidence
     */
    void start(long lastTransactionId, List<RecordedIntent> unresolved);

    /** Sends an intent. */
    int submit(RecordedIntent intent);

    /** Whether {@link #submit} would send now. */
    boolean isReady();

    /** What does not change about the account. */
    CompletionStage<AccountTerms> account();

    /** Gives the instruments whose ids the events are to carry, where they are known already. */
    void useInstruments(List<Instrument> known);

    /** The account's tradable instruments; {@code symbols} in the order of their ids. */
    CompletionStage<List<Instrument>> instruments(List<String> symbols);

    /** Completed bid bars, oldest first, ending before {@code beforeNs} (market time). */
    CompletionStage<List<Bars.Bar>> candles(
            Instrument instrument, BarPeriod period, int count, long beforeNs);

    /** Ends streams and connections. Requests under way stay unknown. */
    CompletionStage<Void> stop();

    /**
     * @param currency of the account: {@code USD}
     * @param hedging whether it holds long and short trades of one instrument at a time
     */
    record AccountTerms(String currency, boolean hedging) {}

    /** An intent and its index in the journal. */
    record RecordedIntent(long index, OrderIntent intent) {}
}
