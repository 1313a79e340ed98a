package saker.live;

import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import saker.journal.Journal;
import saker.journal.JournalReader;
import saker.journal.JournalWaiter;
import saker.journal.RecordHandler;
import saker.journal.WaitMode;
import saker.model.RecordKind;

/**
 * One thread's job: hand every record of the journal to one state machine, in order, and wait for
 * the next. It ends when it is stopped or when the handler or the journal fails; then {@code
 * onFailed} is told once.
 */
final class JournalLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(JournalLoop.class);
    private static final int BATCH = 256;

    private final String name;
    private final Journal journal;
    private final JournalReader reader;
    private final JournalWaiter waiter;
    private final RecordHandler handler;
    private final Runnable afterBatch;
    private final Consumer<Throwable> onFailed;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean running = true;

    /**
     * @param reader at the record to start with; closed by the loop
     * @param wakeOn kinds that wake a parked loop
     * @param afterBatch called after every look at the journal, also when there was nothing
     */
    JournalLoop(
            String name,
            Journal journal,
            JournalReader reader,
            WaitMode mode,
            Set<RecordKind> wakeOn,
            RecordHandler handler,
            Runnable afterBatch,
            Consumer<Throwable> onFailed) {
        this.name = name;
        this.journal = journal;
        this.reader = reader;
        this.waiter = journal.newWaiter(mode, wakeOn);
        this.handler = handler;
        this.afterBatch = afterBatch;
        this.onFailed = onFailed;
    }

    @Override
    public void run() {
        try {
            while (running) {
                waiter.arm();
                int count = reader.poll(handler, BATCH);
                afterBatch.run();
                waiter.idle(count);
            }
        } catch (Throwable e) { // Whatever it is, a thread that decides is gone and must not be
            // missed.
            LOG.error("{} failed at journal index {}", name, reader.lastIndex(), e);
            onFailed.accept(e);
        } finally {
            journal.removeWaiter(waiter);
            reader.close();
            ended.countDown();
        }
    }

    /** Ends the loop and waits for it, at most five seconds. */
    void stop() {
        running = false;
        waiter.wakeUp();
        try {
            if (!ended.await(5, TimeUnit.SECONDS)) {
                LOG.warn("{} did not end in time", name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
