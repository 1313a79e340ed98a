package saker.live;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.agrona.ExpandableArrayBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import saker.broker.BrokerSession;
import saker.broker.BrokerSession.RecordedIntent;
import saker.broker.PriceFeed;
import saker.config.AccountConfig.Durability;
import saker.journal.BrokerEventDescriptor;
import saker.journal.Journal;
import saker.model.BrokerEvent;
import saker.model.Instrument;
import saker.model.RecordKind;

/**
 * One account's connections on one event loop: its price feed, and its session, which is given each
 * intent in the order of the journal. With {@code durability: power} an intent waits until its
 * record would survive a power cut. An intent that could not be written in time is dropped with a
 * NOT_SENT record; closes and cancels wait for as long as it takes.
 */
final class BrokerSessionVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerSessionVerticle.class);
    private static final long RETRY_MS = 20;

    private final int accountIndex;
    private final Journal journal;
    private final Durability durability;
    private final Function<io.vertx.core.Vertx, BrokerSession> openSession;
    private final Function<io.vertx.core.Vertx, PriceFeed> openFeed;
    private final Queue<RecordedIntent> arriving = new ConcurrentLinkedQueue<>();
    private final ArrayDeque<RecordedIntent> waiting = new ArrayDeque<>();
    private final Set<Long> blockedTrades = new HashSet<>();
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(1024);
    private final java.util.function.LongConsumer onDurable = index -> wake();

    private BrokerSession session;
    private PriceFeed feed;
    private boolean retrying;
    private volatile boolean stopped;
    private volatile boolean entriesStopped;

    BrokerSessionVerticle(
            int accountIndex,
            Journal journal,
            Durability durability,
            Function<io.vertx.core.Vertx, BrokerSession> openSession,
            Function<io.vertx.core.Vertx, PriceFeed> openFeed) {
        this.accountIndex = accountIndex;
        this.journal = journal;
        this.durability = durability;
        this.openSession = openSession;
        this.openFeed = openFeed;
    }

    @Override
    public Future<?> start() {
        session = openSession.apply(vertx);
        feed = openFeed.apply(vertx);
        if (durability == Durability.POWER) {
            journal.syncer().addListener(onDurable);
        }
        return Future.succeededFuture();
    }

    boolean isStopped() {
        return stopped;
    }

    @Override
    public Future<?> stop() {
        stopped = true;
        journal.syncer().removeListener(onDurable);
        return Future.all(
                Future.fromCompletionStage(feed.stop()),
                Future.fromCompletionStage(session.stop()));
    }

    /** Hands over an intent that is in the journal. Any thread. */
    void offer(RecordedIntent intent) {
        arriving.add(intent);
        if (durability == Durability.POWER) {
            journal.syncer().requestSync(intent.index());
        } else {
            wake();
        }
    }

    private void wake() {
        context.runOnContext(woken -> drain());
    }

    /** Runs {@code action} on the account's event loop. */
    <T> Future<T> onLoop(Function<BrokerSession, Future<T>> action) {
        io.vertx.core.Promise<T> promise = io.vertx.core.Promise.promise();
        context.runOnContext(called -> action.apply(session).onComplete(promise));
        return promise.future();
    }

    /**
     * Halted: an entry that was not written yet is dropped. Closes and cancels go on. Any thread.
     */
    void stopEntries(boolean stop) {
        entriesStopped = stop;
        wake();
    }

    void useInstruments(List<Instrument> instruments) {
        context.runOnContext(called -> session.useInstruments(instruments));
    }

    void startSession(long lastTransactionId, List<RecordedIntent> unresolved) {
        context.runOnContext(called -> session.start(lastTransactionId, unresolved));
    }

    void startFeed(List<Instrument> instruments) {
        context.runOnContext(called -> feed.start(instruments));
    }

    void stopFeed() {
        context.runOnContext(called -> feed.stop());
    }

    private void drain() {
        for (RecordedIntent next = arriving.poll(); next != null; next = arriving.poll()) {
            waiting.add(next);
        }
        boolean blocked = sendDurable();
        if (blocked && !retrying) {
            retrying = true;
            vertx.setTimer(
                    RETRY_MS,
                    timer -> {
                        retrying = false;
                        drain();
                    });
        }
    }

    /**
     * Sends what may be sent, in order. A request that has to wait for its trade holds up those of
     * the same trade only.
     *
     * @return whether something durable is left
     */
    private boolean sendDurable() {
        boolean blocked = false;
        blockedTrades.clear();
        for (Iterator<RecordedIntent> next = waiting.iterator(); next.hasNext(); ) {
            RecordedIntent intent = next.next();
            if (!isDurable(intent)) {
                break; // Nor is any behind it.
            }
            long tradeId = intent.intent().tradeId();
            if (!blockedTrades.contains(tradeId) && send(intent)) {
                next.remove();
            } else {
                blocked = true;
                if (tradeId != 0) {
                    blockedTrades.add(tradeId);
                }
            }
        }
        return blocked;
    }

    private boolean isDurable(RecordedIntent intent) {
        return durability == Durability.PROCESS || journal.durableIndex() >= intent.index();
    }

    /** Whether the intent is dealt with. */
    private boolean send(RecordedIntent intent) {
        if (entriesStopped && intent.intent().action().isEntry()) {
            drop(intent, "halted before it could be sent");
            return true;
        }
        if (journal.journalTimeNs() > intent.intent().deadlineNs()) {
            drop(intent, "deadline passed before it could be sent");
            return true;
        }
        return session.submit(intent) == BrokerSession.ACCEPTED;
    }

    private void drop(RecordedIntent intent, String reason) {
        LOG.warn("intent {} not sent: {}", intent.intent().clientId(), reason);
        BrokerEvent event =
                BrokerEvent.of(BrokerEvent.Type.NOT_SENT, accountIndex)
                        .intent(intent.index())
                        .instrumentId(intent.intent().instrumentId())
                        .client(
                                intent.intent().clientId(),
                                Long.toString(intent.intent().instanceId()))
                        .reason(reason)
                        .build();
        int length = BrokerEventDescriptor.encode(event, buffer, 0);
        journal.append(
                RecordKind.BROKER_EVENT,
                BrokerEventDescriptor.VERSION,
                journal.marketTimeNs(),
                0,
                0,
                true,
                buffer,
                0,
                length);
    }
}
