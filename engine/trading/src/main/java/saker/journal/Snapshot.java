package saker.journal;

import java.util.Map;

/**
 * State of the engine's parts after a record was applied: a start reads what follows it.
 *
 * @param position of that record
 * @param components bytes by name; each part knows its own layout
 */
public record Snapshot(ReaderPosition position, Map<String, byte[]> components) {
    public Snapshot {
        components = Map.copyOf(components);
    }

    public long index() {
        return position.index();
    }
}
