package saker.auth;

import com.password4j.Argon2Function;
import com.password4j.BadParametersException;
import com.password4j.Password;
import com.password4j.types.Argon2;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Argon2id hashes, made on two threads of their own, so that a storm of logins takes neither the
 * event loop nor all of the memory. Thread-safe.
 */
public final class Passwords implements AutoCloseable {
    private static final int MEMORY_KIB = 19_456; // OWASP's first choice: 19 MiB, 2 passes.
    private static final int PASSES = 2;
    private static final int THREADS = 2;
    private static final int MAX_WAITING = 32;

    private final Argon2Function argon2 =
            Argon2Function.getInstance(MEMORY_KIB, PASSES, 1, 32, Argon2.ID);
    private final WorkerExecutor executor;
    private final AtomicInteger waiting = new AtomicInteger();
    private final String dummyHash;

    public Passwords(Vertx vertx) {
        this.executor = vertx.createSharedWorkerExecutor("saker-argon2", THREADS);
        this.dummyHash = hashNow("a password that nobody has");
    }

    /** The hash in PHC text form; fails with {@link AuthFailure.Kind#BUSY} when too many wait. */
    public Future<String> hash(String password) {
        return run(() -> hashNow(password));
    }

    /** Whether the password fits; takes as long for no hash as for one. */
    public Future<Boolean> matches(String password, Optional<String> hash) {
        return run(() -> check(password, hash.orElse(dummyHash)) && hash.isPresent());
    }

    @Override
    public void close() {
        executor.close();
    }

    private <T> Future<T> run(Callable<T> work) {
        if (waiting.incrementAndGet() > MAX_WAITING) {
            waiting.decrementAndGet();
            return Future.failedFuture(new AuthFailure(AuthFailure.Kind.BUSY, 1));
        }
        return executor.executeBlocking(work, false).onComplete(done -> waiting.decrementAndGet());
    }

    private String hashNow(String password) {
        return Password.hash(password).addRandomSalt(16).with(argon2).getResult();
    }

    private static boolean check(String password, String hash) {
        try {
            return Password.check(password, hash).with(Argon2Function.getInstanceFromHash(hash));
        } catch (BadParametersException e) {
            return false; // A damaged hash lets nobody in.
        }
    }
}
