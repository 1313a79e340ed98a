package saker.rest;

import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import saker.model.Command;

/** Which keys were used for which commands, the newest 10,000 for 24 hours. Event loop only. */
final class IdempotencyStore {
    private static final int MAX_ENTRIES = 10_000;
    private static final long KEEP_MS = 24 * 3_600_000L;

    private final InstantSource clock;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /**
     * @param fingerprint of method, path and body
     * @param submitted completes when the command is in the journal
     */
    record Entry(
            String fingerprint,
            String commandId,
            Command.Type type,
            long createdMs,
            Future<Long> submitted) {}

    IdempotencyStore(InstantSource clock) {
        this.clock = clock;
    }

    /** The entry of a user's key, or null. */
    Entry find(String user, String key) {
        removeOld();
        return entries.get(name(user, key));
    }

    void put(String user, String key, Entry entry) {
        entries.put(name(user, key), entry);
        removeOld();
    }

    /** Forgets a key whose command never reached the journal, so that it may be tried again. */
    void remove(String user, String key) {
        entries.remove(name(user, key));
    }

    private void removeOld() {
        long oldestMs = clock.millis() - KEEP_MS;
        for (Iterator<Entry> i = entries.values().iterator(); i.hasNext(); ) {
            if (i.next().createdMs() >= oldestMs && entries.size() <= MAX_ENTRIES) {
                return;
            }
            i.remove();
        }
    }

    private static String name(String user, String key) {
        return user + '\n' + key;
    }
}
