package saker.live;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Ids of the newest commands that were obeyed, so that none is obeyed twice. One thread. */
final class UsedCommands {
    private static final int KEPT = 10_000; // As many as other commands are remembered.

    private final Set<String> ids = new LinkedHashSet<>();

    /** An empty id is of no command. */
    void add(String commandId) {
        if (commandId.isEmpty() || !ids.add(commandId)) {
            return;
        }
        if (ids.size() > KEPT) {
            ids.remove(ids.iterator().next());
        }
    }

    boolean holds(String commandId) {
        return ids.contains(commandId);
    }

    /** Oldest first; a copy. */
    List<String> ids() {
        return List.copyOf(ids);
    }
}
