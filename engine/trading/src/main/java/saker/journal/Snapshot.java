package saker.journal;

import java.util.Map;

/**
 * State of the engine's parts after a record was applied.
 *
 * @param index of that record
 * @param components bytes by name; each part knows its own layout
 */
public record Snapshot(long index, Map<String, byte[]> components) {
    public Snapshot {
        components = Map.copyOf(components);
    }
}
