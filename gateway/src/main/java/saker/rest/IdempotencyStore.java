package saker.rest;

import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import saker.json.BadRequest;
import saker.model.Sha256;

/** Which keys were used for which acts, the newest 10,000 for 24 hours. Event loop only. */
final class IdempotencyStore {
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_.:-]{8,64}");
    private static final int MAX_ENTRIES = 10_000;
    private static final long KEEP_MS = 24 * 3_600_000L;

    private final InstantSource clock;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /**
     * What a request did.
     *
     * @param taken fails if it was not done at all, so that its key may be used again
     * @param answer what to say, after waiting so many milliseconds for it at most
     */
    record Act(Future<?> taken, LongFunction<Future<Answer>> answer) {}

    private record Entry(String fingerprint, long createdMs, Act act) {}

    IdempotencyStore(InstantSource clock) {
        this.clock = clock;
    }

    /** The key of a request; a request without one is refused. */
    static String key(Call call) {
        String key = call.header("Idempotency-Key");
        if (key == null || !KEY.matcher(key).matches()) {
            throw new BadRequest(
                    "Idempotency-Key",
                    key == null ? "missing" : key,
                    "8 to 64 letters, digits, dot, colon, dash or underscore; one per act");
        }
        return key;
    }

    /** The problem of a key that came with another request before. */
    static Problem keyUsed() {
        return new Problem(409, "conflict", "this Idempotency-Key was used for another request");
    }

    /** Does what is asked for if the key is new; an equal request finds what the first one did. */
    Act once(Call call, Supplier<Act> first) {
        String name = call.who().username() + '\n' + key(call);
        String fingerprint = fingerprint(call);
        removeOld();
        Entry entry = entries.get(name);
        if (entry == null) {
            Act act = first.get();
            entries.put(name, new Entry(fingerprint, clock.millis(), act));
            removeOld();
            act.taken().onFailure(e -> entries.remove(name));
            return act;
        }
        if (!entry.fingerprint().equals(fingerprint)) {
            throw keyUsed();
        }
        return entry.act();
    }

    /** The id of a command: the same parts make the same one, in every life of the program. */
    static String commandId(String... parts) {
        ByteBuffer hash = ByteBuffer.wrap(Sha256.of(String.join("\n", parts)));
        long high = hash.getLong() & ~0xF000L | 0x8000L; // Version 8: made by our own rule.
        long low = hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }

    /** Of method, path and body. */
    private static String fingerprint(Call call) {
        String text = call.operation().method() + " " + call.path() + "\n";
        return Sha256.hexOf(text + call.body().canonical());
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
}
