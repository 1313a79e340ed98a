package saker.broker.oanda;

import java.util.TreeMap;
import java.util.function.Consumer;
import saker.broker.oanda.OandaCounters.Count;

/**
 * Puts the account's transactions into the order of their ids, each exactly once, whichever way
 * they arrive: answer, stream, backfill. Ids are consecutive, so a hole is seen at once; what lies
 * behind it waits until it is filled. One thread.
 */
final class TransactionSequencer {
    private final Consumer<Transaction> emit;
    private final OandaCounters counters;
    private final TreeMap<Long, Transaction> waiting = new TreeMap<>();

    private long lastEmitted;
    private boolean started;
    private boolean held;

    TransactionSequencer(Consumer<Transaction> emit, OandaCounters counters) {
        this.emit = emit;
        this.counters = counters;
    }

    /** Everything up to {@code lastTransactionId} is known already. */
    void startAfter(long lastTransactionId) {
        lastEmitted = lastTransactionId;
        started = true;
        waiting.headMap(lastTransactionId, true).clear();
    }

    /** False until the newest known transaction is given: before, nothing is emitted. */
    boolean isStarted() {
        return started;
    }

    void offer(Transaction transaction) {
        boolean known = started && transaction.id() <= lastEmitted;
        if (known || waiting.putIfAbsent(transaction.id(), transaction) != null) {
            counters.increment(Count.TRANSACTION_DUPLICATE);
            return;
        }
        if (!held) {
            emitUpTo(Long.MAX_VALUE);
        }
    }

    /** From now on nothing is emitted, except by {@link #emitUpTo}. */
    void hold() {
        held = true;
    }

    void release() {
        held = false;
        emitUpTo(Long.MAX_VALUE);
    }

    boolean isHeld() {
        return held;
    }

    /** Emits what is waiting without a hole, up to this id. */
    void emitUpTo(long id) {
        while (started && lastEmitted < id) {
            Transaction next = waiting.remove(lastEmitted + 1);
            if (next == null) {
                return;
            }
            lastEmitted++;
            emit.accept(next);
        }
    }

    long lastEmitted() {
        return lastEmitted;
    }

    /** The newest id up to which nothing is missing, emitted or waiting. */
    long completeTo() {
        long complete = lastEmitted;
        while (waiting.containsKey(complete + 1)) {
            complete++;
        }
        return complete;
    }

    /** Whether something waits behind a hole. */
    boolean hasGap() {
        return started && !waiting.isEmpty() && waiting.lastKey() > completeTo();
    }

    /** The first id that waits behind the hole; {@code otherwise} if none does. */
    long firstAfterGap(long otherwise) {
        Long first = waiting.higherKey(completeTo());
        return first == null ? otherwise : first;
    }

    /** Gives up the ids before {@code id}, which the broker never gave. */
    void skipTo(long id) {
        while (started && lastEmitted < id - 1) {
            Transaction next = waiting.remove(lastEmitted + 1);
            lastEmitted++;
            if (next == null) {
                counters.increment(Count.TRANSACTION_HOLES);
            } else {
                emit.accept(next);
            }
        }
        if (!held) {
            emitUpTo(Long.MAX_VALUE);
        }
    }
}
