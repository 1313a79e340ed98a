package saker.journal;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import saker.model.RecordKind;

/** Who is woken by which kind. Copied when it changes, so that an append allocates nothing. */
final class Wakers {

    private record Waker(long kinds, JournalWaiter waiter, Runnable action, Thread thread) {}

    private volatile Waker[] wakers = {};

    static long bits(Set<RecordKind> kinds) {
        long bits = 0;
        for (RecordKind kind : kinds) {
            bits |= 1L << kind.ordinal();
        }
        return bits;
    }

    void add(JournalWaiter waiter) {
        add(new Waker(-1, waiter, null, null));
    }

    void add(Set<RecordKind> kinds, Runnable action) {
        add(new Waker(bits(kinds), null, action, null));
    }

    void add(Set<RecordKind> kinds, Thread thread) {
        add(new Waker(bits(kinds), null, null, thread));
    }

    synchronized void remove(JournalWaiter waiter) {
        wakers = Arrays.stream(wakers).filter(w -> w.waiter() != waiter).toArray(Waker[]::new);
    }

    void onAppended(RecordKind kind) {
        long bit = 1L << kind.ordinal();
        for (Waker waker : wakers) {
            if (waker.waiter() != null) {
                waker.waiter().onAppended(bit);
            } else if ((waker.kinds() & bit) != 0) {
                wake(waker);
            }
        }
    }

    /** The journal ended: nobody shall wait for a record that never comes. */
    void wakeAll() {
        for (Waker waker : wakers) {
            if (waker.waiter() != null) {
                waker.waiter().wakeUp();
            } else {
                wake(waker);
            }
        }
    }

    private synchronized void add(Waker waker) {
        Waker[] more = Arrays.copyOf(wakers, wakers.length + 1);
        more[wakers.length] = waker;
        wakers = more;
    }

    private static void wake(Waker waker) {
        if (waker.thread() != null) {
            LockSupport.unpark(waker.thread());
        } else {
            waker.action().run();
        }
    }
}
