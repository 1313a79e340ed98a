package saker.cli;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import saker.config.ConfigLoader;
import saker.config.SakerConfig.DatabaseConfig;
import saker.live.DataLock;
import saker.store.Store;

/** The store of a data folder for a tool: its own while no engine runs there, else beside it. */
final class StoreAccess implements AutoCloseable {
    private final DataLock lock; // Null beside a running engine.
    private final Store store;

    private StoreAccess(DataLock lock, Store store) {
        this.lock = lock;
        this.store = store;
    }

    /**
     * @param config folder with saker.yaml, null for the embedded store
     */
    static StoreAccess open(Vertx vertx, Path config, Path data) throws IOException {
        DatabaseConfig database =
                config == null
                        ? new DatabaseConfig(null, null)
                        : ConfigLoader.load(config).database();
        DataLock lock;
        try {
            lock = DataLock.acquire(data);
        } catch (IllegalStateException e) {
            return new StoreAccess(null, Store.beside(vertx, database, data));
        }
        try {
            return new StoreAccess(lock, Store.open(vertx, database, data));
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    Store store() {
        return store;
    }

    @Override
    public void close() throws IOException {
        store.close();
        if (lock != null) {
            lock.close();
        }
    }
}
