package saker.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import saker.journal.Journal;
import saker.journal.JournalReader;
import saker.journal.ReaderPosition;
import saker.journal.UnknownPositionException;

/**
 * Writes what the journal says to the database, in order and exactly once: the rows of a batch and
 * the position after it are one transaction, which only commits on top of the position before it.
 *
 * <p>A batch that failed is kept and tried again; the position in the database then says whether
 * its commit was lost or only its answer. While the database is down nothing more is read. Records
 * beyond the durable index are not read at all, for a power cut may take them back.
 *
 * <p>What the fold remembers is made anew at start, by folding everything up to the stored position
 * without writing it. Runs on a thread of its own ({@link #run}); the other methods are for any
 * thread.
 */
final class StoreProjection implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(StoreProjection.class);
    private static final String NAME = "store";
    private static final int BATCH_ROWS = 1_000;
    private static final int POLL_RECORDS = 256;
    private static final long IDLE_MS = 5;
    private static final long SYNC_EVERY_NS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final int VALID_TIMEOUT_S = 3;
    private static final long POSITION_EVERY_NS = TimeUnit.SECONDS.toNanos(1);

    /** Something that fails as a database does, after the rows and before the commit; for tests. */
    @FunctionalInterface
    interface BeforeCommit {
        void run(Connection connection) throws SQLException;
    }

    private final Journal journal;
    private final StoreSetup setup;
    private final DatabaseAddress address;
    private final Runnable migration;
    private final long backoffMaxMs;
    private final BeforeCommit beforeCommit;
    private final RowBatch batch = new RowBatch();

    // The projection's thread.
    private Connection connection;
    private StoreFold fold;
    private JournalReader reader;
    private ReaderPosition stored; // What the database has, null for nothing.
    private boolean migrated;
    private long backoffMs = 1;
    private String lastFailure = "";
    private long syncAskedNs;
    private long positionWrittenNs;

    private volatile StoreState state = StoreState.STARTING;
    private volatile long writtenIndex = -1;
    private volatile boolean running = true;
    private final Object monitor = new Object();

    /**
     * @param setup accounts and strategies where the journal has no Config record yet
     * @param migration brings the schema up to date; run at the first connection
     */
    StoreProjection(
            Journal journal,
            StoreSetup setup,
            DatabaseAddress address,
            Runnable migration,
            long backoffMaxMs,
            BeforeCommit beforeCommit) {
        this.journal = journal;
        this.setup = setup;
        this.address = address;
        this.migration = migration;
        this.backoffMaxMs = backoffMaxMs;
        this.beforeCommit = beforeCommit;
    }

    @Override
    public void run() {
        try {
            while (running) {
                step();
            }
        } catch (RuntimeException | InternalError e) {
            LOG.error("store projection ended: journalIndex={}", writtenIndex, e);
            become(StoreState.DOWN);
        } finally {
            close();
        }
    }

    /** Ends {@link #run} after the batch in hand. */
    void stop() {
        running = false;
        synchronized (monitor) {
            monitor.notifyAll();
        }
    }

    StoreState state() {
        return state;
    }

    /** Every record up to here is in the database; −1 before the first. */
    long writtenIndex() {
        return writtenIndex;
    }

    /** Waits until everything up to an index is in the database; false after the time-out. */
    boolean awaitWritten(long index, long timeoutMs) throws InterruptedException {
        long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        synchronized (monitor) {
            while (writtenIndex < index) {
                long leftMs = TimeUnit.NANOSECONDS.toMillis(endNs - System.nanoTime());
                if (leftMs <= 0) {
                    return false;
                }
                monitor.wait(leftMs);
            }
        }
        return true;
    }

    private void step() {
        try {
            connect();
            if (fold == null) {
                prepare();
            }
            if (batch.isSealed()) {
                writePending(); // It failed before.
            }
            project();
            backoffMs = 1;
            lastFailure = "";
        } catch (SQLException | saker.api.StoreUnavailableException | AssertionError e) {
            onFailure(e); // The driver asserts, where assertions are on, that its server lives.
        }
    }

    // ---- Connecting
    // ------------------------------------------------------------------------------

    private void connect() throws SQLException {
        if (connection != null) {
            return;
        }
        if (!migrated) {
            migration.run();
            migrated = true;
        }
        connection = address.connect();
        connection.setAutoCommit(false);
        if (fold != null) {
            resume();
        }
    }

    /** After an outage: was the batch in hand written or not? */
    private void resume() throws SQLException {
        ReaderPosition found = readPosition();
        if (reader.position().equals(found)) {
            batch.clear();
            onWritten(found);
        } else if (found == null ? stored != null : !found.equals(stored)) {
            LOG.warn("database is another one: found={}, left={}", found, stored);
            reader.close();
            fold = null;
        }
        become(StoreState.CATCHING_UP);
    }

    /**
     * Folds the past up to what is stored; all of it is written if the journal does not know that.
     */
    private void prepare() throws SQLException {
        become(StoreState.STARTING);
        stored = readPosition();
        batch.clear();
        fold = new StoreFold(journal.journalId(), setup, batch);
        reader = journal.newReader();
        if (stored != null && isKnown(stored)) {
            while (running && reader.lastIndex() < stored.index()) {
                reader.poll(fold, POLL_RECORDS, stored.index());
                batch.clear();
            }
            onWritten(stored);
        }
        fold.putSetup();
        become(StoreState.CATCHING_UP);
    }

    private boolean isKnown(ReaderPosition position) {
        try {
            journal.newReaderAfter(position).close();
            return true;
        } catch (UnknownPositionException e) {
            LOG.warn("the journal does not know what the database has; writing it all again", e);
            return false;
        }
    }

    // ---- Projecting
    // ------------------------------------------------------------------------------

    private void project() throws SQLException {
        long durable = journal.durableIndex();
        boolean atEnd = false;
        while (!atEnd && !batch.isSealed() && batch.size() < BATCH_ROWS) {
            atEnd = reader.poll(fold, 1, durable) == 0;
        }
        writePending();
        if (atEnd) {
            become(StoreState.OK);
            askForSync();
            idle(IDLE_MS);
        } else if (state == StoreState.DOWN) {
            become(StoreState.CATCHING_UP);
        }
    }

    private void writePending() throws SQLException {
        ReaderPosition position = reader.position();
        if (position.index() < 0) {
            return;
        }
        boolean due = System.nanoTime() - positionWrittenNs >= POSITION_EVERY_NS;
        if (batch.size() > 0 || due && !position.equals(stored)) {
            write(position);
        } else {
            advance(position.index()); // Nothing of these records is stored.
            if (due) {
                checkConnection();
            }
        }
    }

    /** An outage shows even while there is nothing to write. */
    private void checkConnection() throws SQLException {
        if (!connection.isValid(VALID_TIMEOUT_S)) {
            throw new SQLException("the database does not answer any more");
        }
        connection.rollback();
        positionWrittenNs = System.nanoTime();
    }

    private void write(ReaderPosition position) throws SQLException {
        batch.seal();
        batch.write(connection);
        writePosition(position);
        beforeCommit.run(connection);
        connection.commit();
        batch.clear();
        onWritten(position);
    }

    /** Only on top of what this projection wrote last: two writers, and one of them fails. */
    private void writePosition(ReaderPosition position) throws SQLException {
        String sql =
                """
                insert into projection_position as p
                    (name, journal_id, boot_id, journal_index, updated_at)
                values (?, ?, ?, ?, now())
                on conflict (name) do update set journal_id = excluded.journal_id,
                    boot_id = excluded.boot_id, journal_index = excluded.journal_index,
                    updated_at = excluded.updated_at
                where p.journal_id = ? and p.boot_id = ? and p.journal_index = ?
                """;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, NAME);
            set(statement, 2, position);
            set(statement, 5, stored == null ? position : stored);
            if (statement.executeUpdate() != 1) {
                throw new SQLException("another projection writes to this database");
            }
        }
    }

    private static void set(PreparedStatement statement, int from, ReaderPosition position)
            throws SQLException {
        statement.setLong(from, position.journalId());
        statement.setLong(from + 1, position.bootId());
        statement.setLong(from + 2, position.index());
    }

    private ReaderPosition readPosition() throws SQLException {
        String sql =
                "select journal_id, boot_id, journal_index from projection_position where name = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, NAME);
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? new ReaderPosition(row.getLong(1), row.getLong(2), row.getLong(3))
                        : null;
            }
        } finally {
            connection.rollback();
        }
    }

    private void onWritten(ReaderPosition position) {
        stored = position;
        positionWrittenNs = System.nanoTime();
        advance(position.index());
    }

    private void advance(long index) {
        if (index != writtenIndex) {
            synchronized (monitor) {
                writtenIndex = index;
                monitor.notifyAll();
            }
        }
    }

    /** A quiet journal would stay behind its durable index until its next periodic sync. */
    private void askForSync() {
        long appended = journal.appendedIndex();
        long nowNs = System.nanoTime();
        if (appended > journal.durableIndex() && nowNs - syncAskedNs >= SYNC_EVERY_NS) {
            journal.syncer().requestSync(appended);
            syncAskedNs = nowNs;
        }
    }

    // ---- Failures
    // --------------------------------------------------------------------------------

    private void onFailure(Throwable failure) {
        if (!String.valueOf(failure.getMessage()).equals(lastFailure)) {
            lastFailure = String.valueOf(failure.getMessage());
            LOG.warn("database does not take what the journal says: {}", lastFailure);
        }
        become(StoreState.DOWN);
        disconnect();
        backoffMs = Math.min(backoffMaxMs, 2 * backoffMs);
        idle(backoffMs);
    }

    private void become(StoreState next) {
        if (state != next) {
            LOG.info("store is {}: was={}, journalIndex={}", next, state, writtenIndex);
            state = next;
        }
    }

    private void idle(long ms) {
        synchronized (monitor) {
            try {
                if (running) {
                    monitor.wait(ms);
                }
            } catch (InterruptedException e) {
                running = false;
                Thread.currentThread().interrupt();
            }
        }
    }

    private void disconnect() {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            LOG.debug("closing a broken connection", e);
        }
        connection = null;
    }

    private void close() {
        disconnect();
        if (reader != null) {
            reader.close();
        }
    }
}
