package saker.live;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import java.util.concurrent.TimeUnit;
import net.openhft.affinity.AffinityLock;

/**
 * A worker verticle whose one thread runs a {@link JournalLoop} for as long as it is deployed. The
 * thread belongs to a pool of its own, named after the loop, and may be bound to a core.
 */
final class JournalVerticle extends VerticleBase {
    private final JournalLoop loop;
    private final int cpu;

    /**
     * @param cpu core to bind the thread to, −1 for none
     */
    JournalVerticle(JournalLoop loop, int cpu) {
        this.loop = loop;
        this.cpu = cpu;
    }

    /** A pool of one thread; a loop that never returns is what it is for. */
    static DeploymentOptions options(String name) {
        return new DeploymentOptions()
                .setThreadingModel(ThreadingModel.WORKER)
                .setWorkerPoolName(name)
                .setWorkerPoolSize(1)
                .setMaxWorkerExecuteTime(365)
                .setMaxWorkerExecuteTimeUnit(TimeUnit.DAYS);
    }

    @Override
    public Future<?> start() {
        return Future.succeededFuture();
    }

    /**
     * Lets the loop run. Call it when the deployment is done: a loop begun in {@link #start} holds
     * the context's only thread, so whoever asks for the deployment's outcome a moment late is
     * never told.
     */
    void begin() {
        context.runOnContext(begun -> run());
    }

    private void run() {
        if (cpu < 0) {
            loop.run();
            return;
        }
        AffinityLock lock = AffinityLock.acquireLock(cpu);
        try {
            loop.run();
        } finally {
            lock.release();
        }
    }
}
