package saker.broker.simulated;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Keeps a {@link SimulatedBroker} in a folder: an append-only log, forced to disk, of what changed
 * since the last save. A kill at any moment loses nothing that a returned {@link #save} wrote; a
 * torn last entry is dropped. One thread.
 */
public final class BrokerStateStore implements AutoCloseable {

    /** Opens or creates the folder. */
    public BrokerStateStore(Path folder) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** The saved broker, or null if there is none. */
    public SimulatedBroker load(List<InstrumentTerms> instruments) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Writes what changed since the last save and forces it to disk; cheap if nothing did. */
    public void save(SimulatedBroker broker) throws IOException {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() throws IOException {
        throw new UnsupportedOperationException();
    }
}
